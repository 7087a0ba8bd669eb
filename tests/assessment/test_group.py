"""What a trainer may see of a test: whole tens, in steps of five per cent, by objective."""

from datetime import timedelta

import pytest

from sabaq.assessment.enums import Phase
from sabaq.assessment.queries.group import group_of
from sabaq.assessment.rules import Share, share_of
from sabaq.assessment.services import begin_attempt, hand_in, save_answers
from sabaq.people.actors import acting
from tests.factories import NOW, EditionFactory, EnrolmentFactory
from tests.sample_pack import sample_version

pytestmark = pytest.mark.django_db
BY = acting("Aigul U.")


def sit(edition, number, *, minutes=0, option="b"):
    for _ in range(number):
        at = NOW + timedelta(minutes=minutes)
        attempt = begin_attempt(EnrolmentFactory(edition=edition), "knowledge", by=BY, at=at)
        save_answers(attempt, {"one": "b", "two": option, "three": option}, by=BY, at=at)
        hand_in(attempt, by=BY, at=at)


def shown(edition):
    group = group_of(edition, "knowledge", Phase.BEFORE)
    return group.sheets, [line.share for line in group.lines]


def test_nothing_is_shown_of_fewer_than_ten_and_then_only_whole_tens():
    edition = EditionFactory(version=sample_version())
    sit(edition, 9)
    assert shown(edition) == (0, [None])

    sit(edition, 1)
    ten = shown(edition)
    sit(edition, 9, minutes=1, option="a")

    # Nine more, all of them wrong, have changed nothing that could be told apart.
    assert shown(edition) == ten == (10, [Share(95)])
    sit(edition, 1, minutes=2, option="a")
    assert shown(edition) == (20, [Share(65)])


@pytest.mark.parametrize(
    ("right", "asked", "percent"),
    [(0, 10, 5), (30, 30, 95), (13, 20, 65), (27, 40, 70), (9, 9, None)],
)
def test_a_share_is_rounded_and_never_quite_all_or_none(right, asked, percent):
    assert share_of(right, asked) == (None if percent is None else Share(percent))
