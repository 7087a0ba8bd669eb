import io
from datetime import date, timedelta

import pytest
from python_calamine import CalamineWorkbook

from sabaq.enrolment.enums import NominationState
from sabaq.people.enums import Country, Sex
from sabaq.reporting.enums import By, Reader
from sabaq.reporting.indicators import ATTENDED, CONFIRMED, NOMINATED
from sabaq.reporting.reports import edition_report, measure, report_over
from sabaq.reporting.workbook import workbook
from tests.factories import (
    NOW,
    AgencyFactory,
    EditionFactory,
    EnrolmentFactory,
    NominationFactory,
    PersonFactory,
    PresenceFactory,
    ProjectFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db


def officer(edition, country, sex, *, confirmed=True, minutes=0, session=None):
    person = PersonFactory(agency=AgencyFactory(country=country), sex=sex)
    nomination = NominationFactory(
        edition=edition,
        nominee=person,
        state=NominationState.CONFIRMED if confirmed else NominationState.PROPOSED,
    )
    if not confirmed:
        return nomination
    enrolment = EnrolmentFactory(edition=edition, person=person, nomination=nomination)
    if minutes:
        PresenceFactory(
            session=session, enrolment=enrolment, until_at=NOW + timedelta(minutes=minutes)
        )
    return enrolment


@pytest.fixture
def edition():
    edition = EditionFactory(attendance_minutes=30, slug="regional-2027")
    session = SessionFactory(edition=edition)
    for _ in range(6):
        officer(edition, Country.KAZAKHSTAN, Sex.FEMALE, minutes=30, session=session)
    for _ in range(5):
        officer(edition, Country.UZBEKISTAN, Sex.MALE, minutes=29, session=session)
    officer(edition, Country.TAJIKISTAN, Sex.UNDISCLOSED, minutes=31, session=session)
    officer(edition, Country.TAJIKISTAN, Sex.FEMALE, confirmed=False)
    NominationFactory(edition=edition, state=NominationState.WITHDRAWN)
    return edition


def counts(table):
    return {row.key: (row.total, row.women) for row in table.rows}


def test_the_office_sees_exact_heads_and_women_by_country(edition):
    table = measure(NOMINATED, [edition], by=By.COUNTRY, reader=Reader.EXACT)

    assert counts(table) == {"KZ": (6, 6), "TJ": (2, 1), "UZ": (5, 0)}
    assert (table.total.total, table.total.women) == (13, 7)


def test_only_minutes_over_the_threshold_are_attendance(edition):
    table = measure(ATTENDED, [edition], by=By.COUNTRY, reader=Reader.EXACT)

    assert counts(table) == {"KZ": (6, 6), "TJ": (1, 0)}


def test_an_edition_given_twice_is_counted_once(edition):
    twice = measure(CONFIRMED, [edition, edition], by=By.SEX, reader=Reader.EXACT)

    assert twice.total.total == 12


@pytest.mark.parametrize("more", [0, 25])
def test_the_number_of_queries_does_not_grow_with_the_officers(
    edition, more, django_assert_num_queries
):
    for _ in range(more):
        officer(edition, Country.KYRGYZSTAN, Sex.FEMALE)

    with django_assert_num_queries(9):
        edition_report(edition, at=NOW)


def test_an_edition_in_two_projects_counts_in_each_and_once_in_the_total(edition):
    both, own, other = ProjectFactory(code="a"), ProjectFactory(code="b"), ProjectFactory(code="c")
    later = EditionFactory(starts_on=date(2027, 5, 1), ends_on=date(2027, 5, 2))
    officer(later, Country.KYRGYZSTAN, Sex.FEMALE)
    edition.projects.add(both, own)
    later.projects.add(both, other)

    report = report_over([edition, later], at=NOW)

    sections = {one.project.code: one.figures.total_of(CONFIRMED).total for one in report.projects}
    assert sections == {"a": 13, "b": 12, "c": 1}
    assert report.total.total_of(CONFIRMED).total == 13


def test_a_report_over_several_editions_counts_days_by_their_number(edition):
    later = EditionFactory(attendance_minutes=30)
    enrolment = officer(later, Country.KAZAKHSTAN, Sex.FEMALE)
    for number in range(2):
        session = SessionFactory(
            edition=later,
            starts_at=NOW + timedelta(days=number),
            ends_at=NOW + timedelta(days=number, hours=1),
        )
        PresenceFactory(session=session, enrolment=enrolment, from_at=session.starts_at)

    report = report_over([edition, later], at=NOW)

    attended = {
        indicator.label: report.total.total_of(indicator).total
        for indicator in report.indicators
        if indicator.key.startswith("attended")
    }
    assert attended == {
        "Attended day 1": 8,
        "Attended day 2": 1,
        "Attended at least one day": 8,
    }


@pytest.mark.parametrize("editions", [1, 6])
def test_the_number_of_queries_does_not_grow_with_the_editions(
    edition, editions, django_assert_num_queries
):
    others = EditionFactory.create_batch(editions)
    for other in others:
        other.projects.add(ProjectFactory())
        officer(other, Country.KYRGYZSTAN, Sex.MALE)

    with django_assert_num_queries(9):
        report_over([edition, *others], at=NOW)


def test_the_workbook_states_what_the_page_states(edition):
    edition.projects.add(ProjectFactory(code="imt"), ProjectFactory(code="blo"))
    report = edition_report(edition, at=NOW)

    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(report, language="en")))

    assert book.sheet_names == [
        "Summary",
        "nominated",
        "confirmed",
        "registered",
        "attended-2027-02-04",
        "attended",
        "completed",
        "certified",
        "Definitions",
    ]
    summary = {row[0]: row[1:6] for row in book.get_sheet_by_name("Summary").to_python()}
    assert summary["Confirmed"] == [12, 6, 5, 1, 0.5]
    lines = {(row[0], row[1]): row[2:4] for row in book.get_sheet_by_name("confirmed").to_python()}
    assert lines["By country", "Kazakhstan"] == [6, 6]


def test_a_breakdown_reads_by_indicator_with_its_values_side_by_side_and_the_total_last(edition):
    countries = edition_report(edition, at=NOW).breakdowns[0]

    nominated = countries.by_indicator[0]

    assert {cell.indicator for cell in nominated} == {NOMINATED}
    assert [(cell.row.label, cell.row.total) for cell in nominated] == [
        *((line.label, line.cells[0].row.total) for line in countries.lines),
        ("Total", 13),
    ]
