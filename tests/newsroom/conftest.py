from collections.abc import Iterator

import pytest

from sabaq.adapters.newsroom.memory import GivenFigures
from sabaq.kernel import ports
from sabaq.newsroom.ports import Attendance, Figures

ALL = ("KG", "KZ", "TJ", "TM", "UZ")


@pytest.fixture
def figures() -> Iterator[GivenFigures]:
    """Give the figures that every draft of this test is made from."""
    given = GivenFigures(Attendance(61, 29, ALL))
    with ports.replaced(Figures, given):
        yield given
