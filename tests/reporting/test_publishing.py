"""What leaves the office: one decision for each edition, kept, and everything else added up from it."""

import io
from datetime import timedelta

import pytest
from python_calamine import CalamineWorkbook

from sabaq.kernel.audit import trail_of
from sabaq.people.enums import Country, Role, Sex
from sabaq.reporting.enums import By, Reader
from sabaq.reporting.errors import FiguresPublishedMeanwhile
from sabaq.reporting.indicators import (
    CONFIRMED,
    NOMINATED,
    participation,
    participation_over,
)
from sabaq.reporting.models import Release
from sabaq.reporting.pictures import chart_of
from sabaq.reporting.publishing import names_of
from sabaq.reporting.reports import measure, published_over, published_report
from sabaq.reporting.services import publish_figures
from sabaq.reporting.workbook import workbook
from tests.factories import NOW, EditionFactory, ProjectFactory
from tests.reporting.test_annexes import of
from tests.reporting.test_reports import counts, officer
from tests.sample_pack import sample_version

pytestmark = pytest.mark.django_db


def filled(edition, *rows):
    for country, sex, heads in rows:
        for _ in range(heads):
            officer(edition, country, sex)
    return edition


@pytest.fixture
def edition():
    return filled(
        EditionFactory(version=sample_version()),
        (Country.KAZAKHSTAN, Sex.FEMALE, 9),
        (Country.KYRGYZSTAN, Sex.MALE, 8),
        (Country.UZBEKISTAN, Sex.UNDISCLOSED, 1),
    )


def publish(edition, number=1, days=0):
    at = NOW + timedelta(days=days)
    return publish_figures(edition, number, by=of(edition, Role.EVALUATOR), at=at)


def shown(report, indicator, by):
    [table] = [t for t in report.total.tables if t.indicator.key == indicator.key and t.by is by]
    return {row.key: row.total for row in table.rows}, table.total.total


def test_before_anything_is_published_there_is_nothing_to_read(edition):
    assert published_report(edition) is None
    assert published_over([edition], at=NOW).unpublished == (edition,)


def test_a_published_table_hides_small_counts_and_gives_no_sex_by_country(edition):
    publish(edition)

    table = measure(CONFIRMED, [edition], by=By.COUNTRY, reader=Reader.PUBLISHED)

    # With one alone hidden, the total would tell it.
    assert counts(table) == {"KZ": (9, None), "KG": (None, None), "UZ": (None, None)}
    assert (table.total.total, table.total.women) == (18, 9)


def test_few_who_preferred_not_to_say_are_joined_with_the_men(edition):
    publish(edition)

    table = measure(CONFIRMED, [edition], by=By.SEX, reader=Reader.PUBLISHED)

    assert counts(table) == {"female": (9, None), "male-or-undisclosed": (9, None)}


def test_women_are_not_told_in_total_where_the_table_by_sex_hides_them():
    # With the women the men would be 18 - 6 - 10.
    edition = filled(
        EditionFactory(version=sample_version()),
        (Country.KAZAKHSTAN, Sex.FEMALE, 6),
        (Country.KAZAKHSTAN, Sex.MALE, 2),
        (Country.KAZAKHSTAN, Sex.UNDISCLOSED, 10),
    )
    publish(edition)

    by_sex, by_country = (
        measure(CONFIRMED, [edition], by=by, reader=Reader.PUBLISHED) for by in (By.SEX, By.COUNTRY)
    )

    told = {row.key: row.total for row in by_sex.rows}
    assert told["male"] is None
    assert len([key for key, total in told.items() if total is None]) == 2
    assert [by_sex.total.women, by_country.total.women] == [told["female"]] * 2


def test_published_figures_stand_whatever_happens_afterwards(edition):
    release = publish(edition)
    filled(edition, (Country.KAZAKHSTAN, Sex.FEMALE, 1))

    report = published_report(edition)

    assert shown(report, CONFIRMED, By.COUNTRY) == ({"KZ": 9, "KG": None, "UZ": None}, 18)
    assert report.made_at == release.released_at == NOW
    [line] = trail_of(release)
    assert (line.verb, line.actor_label) == ("published", "M&E officer")


def test_published_anew_they_hold_back_what_a_few_heads_have_changed(edition):
    publish(edition)
    filled(edition, (Country.KAZAKHSTAN, Sex.FEMALE, 1), (Country.TAJIKISTAN, Sex.MALE, 12))

    publish(edition, 2, days=1)

    countries, total = shown(published_report(edition), CONFIRMED, By.COUNTRY)
    assert total == 31
    assert countries["KZ"] is None  # 9 and 10 side by side would tell of one woman
    assert countries["KG"] is None  # hidden before, and the same still


def test_published_anew_with_one_officer_more_no_total_moves_by_one(edition):
    publish(edition)
    filled(edition, (Country.KAZAKHSTAN, Sex.FEMALE, 1))

    publish(edition, 2, days=1)

    tables = published_report(edition).total.tables
    changed = {NOMINATED.key, CONFIRMED.key}
    assert {t.total.total for t in tables if t.indicator.key in changed} == {None}


def test_publishing_twice_without_a_change_publishes_once(edition):
    first = publish(edition)

    assert publish(edition, 2) == first
    assert Release.objects.count() == 1


def test_whoever_has_seen_another_release_announced_is_refused(edition):
    publish(edition)
    filled(edition, (Country.TAJIKISTAN, Sex.MALE, 12))

    with pytest.raises(FiguresPublishedMeanwhile):
        publish(edition, 1)


def test_sums_over_editions_are_those_of_what_each_shows(edition):
    other = filled(
        EditionFactory(version=sample_version()),
        (Country.KYRGYZSTAN, Sex.MALE, 7),
        (Country.KAZAKHSTAN, Sex.FEMALE, 6),
    )
    shared, own = ProjectFactory(code="shared"), ProjectFactory(code="own")
    shared.editions.set([edition, other])
    own.editions.set([other])
    for one in (edition, other):
        publish(one)

    report = published_over([edition, other, EditionFactory()], at=NOW)

    [table] = [t for t in report.total.tables if t.indicator is CONFIRMED and t.by is By.COUNTRY]
    rows = {row.key: (row.total, row.at_least) for row in table.rows}
    assert rows == {"KZ": (15, None), "KG": (None, 7), "UZ": (None, None)}
    assert table.total.total == 31
    totals = {p.project.code: p.figures.total_of(CONFIRMED).total for p in report.projects}
    assert totals == {"shared": 31, "own": 13}


def test_a_day_has_one_name_in_the_report_of_an_edition_and_over_several(edition):
    days = (edition.starts_on, edition.ends_on)

    assert list(names_of(participation(days)).values()) == [
        "nominated",
        "confirmed",
        "registered",
        "attended-day-1",
        "attended-day-2",
        "attended",
        "completed",
        "certified",
    ]
    assert list(names_of(participation(days)).values()) == list(
        names_of(participation_over(2)).values()
    )


def test_the_workbook_says_of_a_hidden_count_that_it_is_not_shown(edition):
    publish(edition)

    book = CalamineWorkbook.from_filelike(
        io.BytesIO(workbook(published_report(edition), language="en"))
    )

    rows = book.get_sheet_by_name("confirmed").to_python()
    said = {row[1]: row[2] for row in rows if row[0] == "By country"}
    assert said == {"Kazakhstan": 9, "Kyrgyzstan": "not shown", "Uzbekistan": "not shown"}
    summary = {row[0]: row[1:5] for row in book.get_sheet_by_name("Summary").to_python()}
    assert summary["Confirmed"] == [18, 9, "", ""]


def test_a_bar_is_as_long_as_may_be_said_at_least(edition):
    other = filled(EditionFactory(version=sample_version()), (Country.KYRGYZSTAN, Sex.MALE, 7))
    for one in (edition, other):
        publish(one)

    report = published_over([edition, other], at=NOW)

    [by_country] = [one for one in report.total.breakdowns if one.by is By.COUNTRY]
    bars = {bar.label: (bar.parts, bar.said) for bar in chart_of(by_country, CONFIRMED).bars}
    assert bars["Kyrgyzstan"] == ((7.0,), "at least 7")
    assert bars["Uzbekistan"] == ((), "not shown")
