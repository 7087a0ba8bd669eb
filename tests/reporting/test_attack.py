"""An attack from outside: every table an observer can get hold of, read from the real files, in two versions.

The attacker has page, workbook, document and PDF of both releases, and the reports over several editions; she
knows one officer who was added between them. She solves what she has (tests/reporting/suppression/reader.py).
"""

import io
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from docx import Document
from python_calamine import CalamineWorkbook

from sabaq.ops.demo.officers import CONFIRMED, officers_in
from sabaq.ops.rehearsal.pages import read_page
from sabaq.people.enums import AgencyKind, Country, RankBand, Role, Sex
from sabaq.reporting.enums import By
from sabaq.reporting.indicators import OUTCOMES, Head
from sabaq.reporting.models import Release
from sabaq.reporting.publishing import figures_to_publish
from sabaq.reporting.releases import figures_of
from sabaq.reporting.services import publish_figures
from sabaq.reporting.tables import label_of
from tests.adapters.pdf.sheets import pages_of
from tests.factories import (
    NOW,
    AgencyFactory,
    AppointmentFactory,
    EditionFactory,
    EnrolmentFactory,
    NominationFactory,
    PersonFactory,
    PresenceFactory,
    ProjectFactory,
    SessionFactory,
)
from tests.reporting.suppression.reader import Reader
from tests.reporting.test_annexes import of
from tests.sample_pack import sample_version
from tests.web.office.staff import page, signed_in

DIMENSIONS = {"sex": "By sex", "country": "By country"}
DIMENSIONS |= {"agency-kind": "By kind of agency", "rank-band": "By rank"}
DEMO = Path(__file__).parents[2] / "packs/gender-human-rights/editions/regional-2027.nominees.csv"


@pytest.fixture
def edition(db):
    edition = EditionFactory(version=sample_version(), attendance_minutes=30)
    shared, own = ProjectFactory(code="shared"), ProjectFactory(code="own")
    edition.projects.add(shared, own)
    SessionFactory(edition=edition)
    for number in range(40):
        country = Country.values[(number % 9) % 4]
        attend(edition, country, number)
    return edition


def attend(edition, country, number):
    kind = AgencyKind.values[number % 7 % 3]
    person = PersonFactory(
        agency=AgencyFactory(country=country, kind=kind),
        sex=Sex.UNDISCLOSED if number == 11 else (Sex.FEMALE, Sex.MALE)[number % 2],
        rank_band=RankBand.values[number % 11 % 4],
    )
    nomination = NominationFactory(edition=edition, nominee=person, state="confirmed")
    enrolment = EnrolmentFactory(edition=edition, person=person, nomination=nomination)
    if number % 8:
        until = NOW + timedelta(minutes=30)
        PresenceFactory(session=edition.sessions.first(), enrolment=enrolment, until_at=until)


def workbook_of(data):
    """Give the tables of a workbook, and the totals, of the whole report alone."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    tables, totals = {}, {}
    others = {"Summary", *(outcome.key for outcome in OUTCOMES), "Definitions"}
    for indicator in [name for name in book.sheet_names if name not in others]:
        for by, label, total, _, _, project in book.get_sheet_by_name(indicator).to_python()[3:]:
            count = int(total) if isinstance(total, float) else None
            if project:
                continue
            if by in DIMENSIONS.values():
                tables.setdefault((indicator, by), {})[label] = count
            elif by:
                totals[indicator] = count
    return tables, totals


def page_of(html):
    tables = {}
    for table in read_page(html).all("table"):
        by = DIMENSIONS.get(table.get("data-by"))
        for cell in table.having("data-indicator", "data-key") if by else []:
            value = cell.get("data-value")
            if value != "0":
                about = (cell.get("data-indicator"), by)
                tables.setdefault(about, {})[cell.get("data-l")] = int(value) if value else None
    return tables


def document_of(data):
    """Give the rows of the document's tables as text."""
    tables = Document(io.BytesIO(data)).tables
    return {" ".join(cell.text for cell in row.cells) for table in tables for row in table.rows}


def printed(pdf):
    return re.sub(r"\s+", " ", " ".join(pages_of(pdf)))


def exports(client, edition):
    """Take everything, and hold that page, document and PDF show what the workbook shows."""
    got = {
        name: client.get(reverse(f"office:report_{name}", args=[edition.slug])).content
        for name in ("xlsx", "docx", "pdf")
    }
    tables, totals = workbook_of(got["xlsx"])
    two_way = {about: cells for about, cells in tables.items() if about[1] != "By sex"}
    assert page_of(page(client, "report", edition)) == two_way
    words, paper = document_of(got["docx"]), printed(got["pdf"])
    for (indicator, _), cells in two_way.items():
        if indicator in {"nominated", "confirmed"}:
            counts = [*cells.values(), totals[indicator]]
            said = ["not shown" if count is None else str(count) for count in counts]
            row = " ".join([indicator.capitalize(), *said])
            assert any(line.startswith(row) for line in words)
            assert row in paper
    return tables, totals


def truths(release):
    """Give what is hidden of a release, from the database: (indicator, dimension, label) and the count."""
    figures = figures_of(release)
    for indicator, by, key in sorted(figures.hidden):
        if by:
            yield indicator, by, key, figures.counts[indicator, by][key]


def named(indicator):
    return "attended-2027-02-04" if indicator == "attended-day-1" else indicator


def labels(by, key):
    return label_of(By(by), key)


def test_all_files_of_two_releases_together_recover_nothing_that_is_hidden(edition):
    evaluator, observer = of(edition, Role.EVALUATOR), signed_in(edition, Role.OBSERVER)
    publish_figures(edition, 1, by=evaluator, at=NOW)
    first = exports(observer, edition)
    attend(edition, Country.TURKMENISTAN, 101)
    publish_figures(edition, 2, by=evaluator, at=NOW + timedelta(days=1))
    second = exports(observer, edition)

    reader = Reader(
        {
            (version, indicator, by): cells
            for version, (tables, _) in enumerate((first, second))
            for (indicator, by), cells in tables.items()
        },
        {
            (version, indicator): total
            for version, (_, totals) in enumerate((first, second))
            for indicator, total in totals.items()
        },
    )
    hidden = 0
    for version, release in enumerate(Release.objects.order_by("number")):
        for indicator, by, key, truth in truths(release):
            name = (version, named(indicator), DIMENSIONS[by], labels(by, key))
            assert name in reader.names, "a hidden cell without a row in the files"
            least, most = reader.bounds(name)
            assert least < most
            assert most >= 5 or truth >= 5, (name, truth, most)
            hidden += 1
    assert hidden > 10
    # The officer whom she knows to have come in between shows in no pair of counts.
    for about, cells in second[0].items():
        before = first[0].get(about, {})
        both = [k for k in cells if before.get(k) is not None and cells[k] is not None]
        assert [before[k] for k in both] == [cells[k] for k in both]
    assert all(None in (first[1][i], second[1][i]) or first[1][i] == second[1][i] for i in first[1])


def test_sections_of_projects_and_totals_tell_nothing_that_their_editions_do_not(edition):
    other = EditionFactory(version=sample_version(), attendance_minutes=30)
    other.projects.add(edition.projects.get(code="shared"))
    SessionFactory(edition=other)
    for number in range(30):
        attend(other, Country.values[number % 7 % 5], number)
    shown = []
    for one in (edition, other):
        publish_figures(one, 1, by=of(one, Role.EVALUATOR), at=NOW)
        client = signed_in(one, Role.OBSERVER)
        shown.append(
            workbook_of(client.get(reverse("office:report_xlsx", args=[one.slug])).content)
        )
    both = signed_in(edition, Role.OBSERVER)
    account = both.session["_auth_user_id"]
    AppointmentFactory(edition=other, account_id=account, role=Role.OBSERVER)

    tables, totals = workbook_of(both.get(reverse("office:reports_xlsx")).content)

    for (indicator, by), cells in tables.items():
        if by == "By sex" or indicator.startswith("attended-"):
            continue
        for label, count in cells.items():
            parts = [t.get((indicator, by), {}).get(label, 0) for t, _ in shown]
            assert count == (None if None in parts else sum(parts)), (indicator, by, label)
    assert totals["confirmed"] == 70


def test_of_the_demo_all_totals_and_six_in_ten_counts_are_shown():
    days = (date(2027, 2, 4), date(2027, 2, 5))
    kinds = {"border": "border", "police": "police", "customs": "customs", "drug": "drug-control"}
    heads = []
    for number, one in enumerate(officers_in(DEMO)):
        came = one.decision == CONFIRMED and number % 19 != 3
        country, agency = one.agency.split("-")[:2]
        heads.append(
            Head(
                1,
                number,
                one.officer.sex,
                country.upper(),
                kinds.get(agency, "training"),
                one.officer.rank_band,
                nominated=True,
                confirmed=one.decision == CONFIRMED,
                registered=came,
                days=frozenset(days if came and number % 13 else days[:1] if came else ()),
                held=days,
                certified=came and number % 13 != 0,
            )
        )

    figures = figures_to_publish(1, heads, days)

    assert all(by for _, by, _ in figures.hidden)
    assert figures.cells_shown >= 0.6 * figures.cells
