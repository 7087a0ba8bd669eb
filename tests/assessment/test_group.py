"""What a trainer may see of a test: whole tens, in steps of five per cent, by objective."""

from datetime import timedelta

import pytest

from sabaq.assessment.enums import Phase
from sabaq.assessment.queries.group import group_of
from sabaq.assessment.rules import Share, share_of
from sabaq.assessment.services import begin_attempt, hand_in, save_answers
from sabaq.assessment.services.windows import hand_in_what_lapsed
from sabaq.courses.services.packs import import_pack
from sabaq.people.actors import acting
from tests.factories import NOW, EditionFactory, EnrolmentFactory
from tests.sample_pack import sample_files, sample_version

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


def test_what_the_clock_hands_in_is_put_in_after_all_that_were_shown():
    hour = timedelta(hours=1)
    stated = {"key": "knowledge", "before": {"closes_at": (NOW + hour).isoformat()}}
    edition = EditionFactory(version=sample_version(), tests=[stated])
    left_lying = begin_attempt(EnrolmentFactory(edition=edition), "knowledge", by=BY, at=NOW)
    save_answers(left_lying, {"one": "a", "two": "a", "three": "a"}, by=BY, at=NOW)
    sit(edition, 9)
    sit(edition, 1, minutes=62)  # under way when the test closed
    ten = shown(edition)

    assert hand_in_what_lapsed(at=NOW + 2 * hour) == 1

    # The eleventh sheet waits for company, and takes nobody's place among the ten.
    assert shown(edition) == ten == (10, [Share(95)])


def test_only_objectives_are_listed_that_this_edition_asks_about():
    # Items three and four, in the forms alone, are about another objective.
    files = sample_files(items=("one", "two", "three", "four"))
    whole = files["tests/knowledge.toml"].decode().replace('topic = "first-contact"\n', "")
    head, *items = whole.split("[[items]]\n")
    asked, others = (
        "".join(f"[[items]]\n{one}" for one in part) for part in (items[:2], items[2:])
    )
    files["items/first-contact.toml"] = asked.encode()
    files["items/legal-framework.toml"] = others.replace('"danger"', '"cedaw"').encode()
    forms = '[forms]\nA = ["one", "three"]\nB = ["two", "four"]\n'
    files["tests/knowledge.toml"] = f'pick = ["one", "two"]\n{head}{forms}'.encode()
    version = import_pack(files, by=None, at=NOW)

    def lines(*, forms):
        edition = EditionFactory(version=version, tests=[{"key": "knowledge", "forms": forms}])
        return [line.objective.key for line in group_of(edition, "knowledge", Phase.BEFORE).lines]

    assert (lines(forms=False), lines(forms=True)) == (
        ["danger"],
        ["danger", "cedaw"],
    )


@pytest.mark.parametrize(
    ("right", "asked", "percent"),
    [(0, 10, 5), (30, 30, 95), (13, 20, 65), (27, 40, 70), (9, 9, None)],
)
def test_a_share_is_rounded_and_never_quite_all_or_none(right, asked, percent):
    assert share_of(right, asked) == (None if percent is None else Share(percent))
