"""What an article may say of numbers: what the published report says, and what enough have answered."""

from datetime import timedelta

import pytest

from sabaq.adapters.newsroom.figures import ReportedFigures
from sabaq.feedback.services import answer_survey, close_survey
from sabaq.newsroom.ports import Attendance, Opinion
from sabaq.people.actors import acting
from sabaq.people.enums import Country, Sex
from sabaq.reporting.services import publish_figures
from tests.factories import (
    NOW,
    AgencyFactory,
    EditionFactory,
    EnrolmentFactory,
    PresenceFactory,
    SessionFactory,
)
from tests.sample_pack import sample_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return EditionFactory(attendance_minutes=30, version=sample_version())


def attend(edition, sex, times, country=Country.KAZAKHSTAN):
    session = edition.sessions.first() or SessionFactory(edition=edition)
    for _ in range(times):
        agency = AgencyFactory(country=country)
        enrolment = EnrolmentFactory(edition=edition, person__agency=agency, person__sex=sex)
        until = NOW + timedelta(minutes=30)
        PresenceFactory(session=session, enrolment=enrolment, until_at=until)


def publish(edition, number=1):
    publish_figures(edition, number, by=acting("M&E officer", [], account_id=1), at=NOW)


def test_before_figures_are_published_an_article_has_countries_and_no_numbers(edition):
    attend(edition, Sex.FEMALE, 6)

    assert ReportedFigures().attendance_of(edition) == Attendance(None, None, ("KZ",))


def test_heads_and_women_are_given_where_the_report_publishes_them(edition):
    attend(edition, Sex.FEMALE, 6)
    attend(edition, Sex.MALE, 5, Country.UZBEKISTAN)
    publish(edition)

    assert ReportedFigures().attendance_of(edition) == Attendance(11, 6, ("KZ", "UZ"))


def test_few_men_hide_the_women_beside_them(edition):
    attend(edition, Sex.FEMALE, 9)
    attend(edition, Sex.MALE, 2)
    publish(edition)

    assert ReportedFigures().attendance_of(edition) == Attendance(11, None, ("KZ",))


def test_fewer_than_five_are_not_counted_in_public(edition):
    attend(edition, Sex.FEMALE, 4)
    publish(edition)

    assert ReportedFigures().attendance_of(edition) == Attendance(None, None, ("KZ",))


def answer(edition, *values):
    for value in values:
        answer_survey(
            EnrolmentFactory(edition=edition), "closing", {"relevant": str(value)}, by=None
        )
    close_survey(edition, "closing", by=None, at=NOW)


def test_the_opinion_is_that_of_the_first_question_and_counts_four_and_five(edition):
    answer(edition, *[5] * 6, *[4] * 3, 3, 1)
    publish(edition)

    opinion = ReportedFigures().opinion_of(edition, "en")

    assert (opinion.agreed, opinion.answered) == (9, 11)
    assert opinion == Opinion(opinion.statement, 9, 11)
    assert opinion.statement


def test_before_figures_are_published_there_is_no_opinion(edition):
    answer(edition, *[5] * 12)

    assert ReportedFigures().opinion_of(edition, "en") is None


def test_the_opinion_stays_that_of_the_last_release(edition):
    for value in (5, 2):
        answer_survey(
            EnrolmentFactory(edition=edition), "closing", {"relevant": str(value)}, by=None
        )
    publish(edition)
    answer(edition, *[4] * 12)

    assert ReportedFigures().opinion_of(edition, "en") is None
    publish(edition, 2)
    opinion = ReportedFigures().opinion_of(edition, "ru")
    assert (opinion.agreed, opinion.answered) == (13, 14)


def test_nine_answers_are_no_opinion(edition):
    answer(edition, *[5] * 9)
    publish(edition)

    assert ReportedFigures().opinion_of(edition, "en") is None
