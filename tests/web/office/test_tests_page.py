"""More time for a test, as the organiser gives it on its page; the M&E officer looks on."""

from datetime import timedelta

import pytest

from sabaq.assessment.enums import Phase
from sabaq.kernel import clock
from sabaq.kernel.ids import new_uuid
from sabaq.people.enums import Role
from tests.assessment.sittings import CLOSED, CLOSES, edition_with_a_test, sit
from tests.factories import NOW, EnrolmentFactory
from tests.web.office.staff import page, post, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return edition_with_a_test(zone="UTC")


def asked(whom="all", *, days=2, reason="No network for two days"):
    until = CLOSES + timedelta(days=days)
    return {
        "which": f"{Phase.AFTER.value}:knowledge",
        "whom": whom,
        "day": f"{until:%Y-%m-%d}",
        "time": f"{until:%H:%M}",
        "reason": reason,
        "write_id": str(new_uuid()),
    }


def test_more_time_for_one_is_given_once_and_told_with_its_reason(edition):
    enrolment = EnrolmentFactory(edition=edition)
    organiser = signed_in(edition, Role.ORGANISER)
    form = asked(str(enrolment.uuid))

    with clock.frozen(NOW):
        answers = [post(organiser, "test_extend", edition, **form).content.decode() for _ in "ab"]

    assert all("More time is given." in answer for answer in answers)
    assert answers[-1].count("No network for two days") == 1
    assert "Now open until" in answers[-1]
    assert "No network for two days" in page(signed_in(edition, Role.EVALUATOR), "tests", edition)
    enrolment.refresh_from_db()
    assert list(enrolment.tests_extended) == ["knowledge"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reason": " "}, "This field is required."),
        ({"whom": ""}, "This field is required."),
        ({"day": "yesterday"}, "Enter a valid date."),
        ({"day": "2020-01-01"}, "Choose a time after now and after"),
        ({"which": "after:unknown"}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_given_is_told_in_words_and_changes_nothing(edition, changes, words):
    organiser = signed_in(edition, Role.ORGANISER)

    with clock.frozen(NOW):
        answer = post(organiser, "test_extend", edition, **{**asked(), **changes})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    edition.refresh_from_db()
    assert edition.tests_extended == {}


def test_the_organiser_is_told_that_the_right_answers_had_been_open(edition):
    sit(EnrolmentFactory(edition=edition), Phase.AFTER, "abb")
    organiser = signed_in(edition, Role.ORGANISER)

    with clock.frozen(NOW):
        early = post(organiser, "test_extend", edition, **asked(days=1)).content.decode()
    with clock.frozen(CLOSED + timedelta(days=1)):
        late = post(organiser, "test_extend", edition, **asked(days=9)).content.decode()

    warning = "The right answers had been open to participants before"
    assert (warning in early, warning in late) == (False, True)
