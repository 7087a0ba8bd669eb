"""What the demo publishes of last year's course: enough of it is shown to be worth reading."""

from pathlib import Path

import pytest

from sabaq.ops.demo import enrolling, past
from sabaq.ops.demo.courses import PAST
from sabaq.ops.demo.steps import certificates, load_editions
from sabaq.reporting.enums import By
from sabaq.reporting.models import Release
from sabaq.reporting.releases import figures_of

pytestmark = pytest.mark.django_db
# Six in ten is promised of any report like it. Of this one 112 of 128 counts were shown when this was written.
FLOOR = 0.8


def test_of_last_years_course_all_totals_and_eight_in_ten_counts_are_shown(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    Path(tmp_path, "demo").mkdir()
    load_editions()
    for act in (
        enrolling.nominate,
        enrolling.decide,
        enrolling.hand_letters_over,
        enrolling.open_every_link,
        certificates,
        past.teach_whole_course,
        past.publish,
    ):
        act(PAST)

    figures = figures_of(Release.objects.get(edition__slug=PAST.slug))

    assert {by for _, by in figures.counts} == {by.value for by in By}
    assert figures.cells >= 120
    assert all(by for _, by, _ in figures.hidden), "a total is hidden"
    assert figures.cells_shown >= FLOOR * figures.cells, (figures.cells_shown, figures.cells)
