"""What the report asks of suppression, and what it does with the answer."""

import pytest

from sabaq.people.enums import Country, Sex
from sabaq.reporting.enums import By, Reader
from sabaq.reporting.indicators import CONFIRMED, participation, participation_over
from sabaq.reporting.publishing import names_of
from sabaq.reporting.reports import edition_report, report_over
from sabaq.reporting.suppression import Cell, Protection, Reason
from tests.factories import NOW, EditionFactory, ProjectFactory
from tests.reporting.test_reports import officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    edition = EditionFactory()
    for country, sex, heads in (
        (Country.KAZAKHSTAN, Sex.FEMALE, 9),
        (Country.KYRGYZSTAN, Sex.MALE, 8),
        (Country.UZBEKISTAN, Sex.UNDISCLOSED, 1),
    ):
        for _ in range(heads):
            officer(edition, country, sex)
    return edition


def test_suppression_is_asked_once_about_every_table_of_the_report(edition):
    other, asked = EditionFactory(), []
    shared, own = ProjectFactory(code="shared"), ProjectFactory(code="own")
    edition.projects.add(shared, own)
    other.projects.add(shared)

    def hide(tables, scopes):
        asked.append((tables, scopes))
        return Protection()

    report_over([edition, other], reader=Reader.PUBLISHED, at=NOW, hide=hide)

    [(tables, scopes)] = asked
    assert scopes == (frozenset({edition.pk, other.pk}), frozenset({edition.pk}))
    confirmed = {
        (table.edition, table.by): dict(table.counts)
        for table in tables
        if table.indicator == "confirmed"
    }
    assert confirmed[edition.pk, "country"] == {"KZ": 9, "KG": 8, "UZ": 1}
    assert confirmed[edition.pk, "sex"] == {"female": 9, "male-or-undisclosed": 9}
    assert confirmed[other.pk, "country"] == {}


def test_what_suppression_hides_is_in_no_part_of_the_report(edition):
    scope = frozenset({edition.pk})
    cells = [
        Cell(scope, "confirmed", "country", "KZ"),
        Cell(scope, "confirmed", "sex", "female"),
        Cell(scope, "registered", "", "total"),
    ]

    report = edition_report(
        edition,
        reader=Reader.PUBLISHED,
        at=NOW,
        hide=lambda tables, scopes: Protection(dict.fromkeys(cells, Reason.SMALL)),
    )

    shown = {
        (table.indicator.key, table.by, row.key): row.total
        for table in report.total.tables
        for row in (*table.rows, table.total)
    }
    hidden = {cell for cell, total in shown.items() if total is None}
    assert hidden == {
        ("confirmed", By.COUNTRY, "KZ"),
        ("confirmed", By.SEX, "female"),
        *(("registered", by, "total") for by in By),
    }
    assert report.total.total_of(CONFIRMED).women is None


def test_a_reader_of_exact_figures_asks_suppression_nothing(edition):
    def hide(tables, scopes):
        raise AssertionError("asked")

    report = edition_report(edition, reader=Reader.EXACT, at=NOW, hide=hide)

    assert report.total.total_of(CONFIRMED).total == 18


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
