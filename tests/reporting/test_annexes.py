import pytest

from sabaq.adapters.pdf.memory import RecordingPrinter
from sabaq.kernel import ports
from sabaq.kernel.audit import trail_of
from sabaq.people.actors import Grant, acting
from sabaq.people.enums import Role
from sabaq.reporting.errors import AnnexNamesNobody
from sabaq.reporting.models import Annex, Recipient
from sabaq.reporting.ports import ReportPrinter
from sabaq.reporting.queries import annexes_visible_to
from sabaq.reporting.services import issue_annex
from tests.factories import NOW, EditionFactory, EnrolmentFactory, ProjectFactory

pytestmark = pytest.mark.django_db
WHO = Recipient("N. Recipient", "The donor", "Annual audit of the grant")


@pytest.fixture
def printer():
    with ports.replaced(ReportPrinter, RecordingPrinter()) as printer:
        yield printer


def of(edition, role):
    return acting(str(role.label), [Grant(role, edition.pk)], account_id=1)


def test_an_annex_says_to_whom_why_and_by_whom_before_any_figure(printer):
    edition = EditionFactory()
    edition.projects.add(ProjectFactory())
    EnrolmentFactory(edition=edition)

    annex = issue_annex(edition, WHO, language="en", by=of(edition, Role.EVALUATOR), at=NOW)

    [sheet] = printer.reports
    assert sheet.title == "Donor annex: exact head counts"
    assert sheet.facts[:3] == (
        ("Issued to", "N. Recipient, The donor"),
        ("Reason", "Annual audit of the grant"),
        ("Issued by", "M&E officer"),
    )
    assert sheet.suppressed_below is None
    assert sheet.sections[0].tables[0].rows[1] == ("Confirmed", "1", "Female: 1", "100 %")
    [line] = trail_of(annex)
    assert (line.verb, line.actor_label, line.reason, line.at) == (
        "issued",
        "M&E officer",
        "Annual audit of the grant",
        NOW,
    )


def test_a_paper_that_is_out_does_not_change_with_later_corrections():
    edition = EditionFactory()
    edition.projects.add(ProjectFactory())
    annex = issue_annex(edition, WHO, language="en", by=of(edition, Role.ORGANISER), at=NOW)
    before = bytes(annex.document)
    EnrolmentFactory(edition=edition)

    [kept] = Annex.objects.all()

    assert bytes(kept.document) == before
    assert before.startswith(b"%PDF")


@pytest.mark.parametrize("missing", ["name", "organisation", "reason"])
def test_no_annex_goes_out_without_a_name_an_organisation_and_a_reason(printer, missing):
    said = {"name": "N", "organisation": "O", "reason": "R", missing: "  "}
    edition = EditionFactory()

    with pytest.raises(AnnexNamesNobody, match="named recipient"):
        issue_annex(
            edition, Recipient(**said), language="en", by=of(edition, Role.ORGANISER), at=NOW
        )

    assert (printer.reports, Annex.objects.count()) == ([], 0)


def test_annexes_are_seen_by_those_who_may_issue_them(printer):
    edition = EditionFactory()
    annex = issue_annex(edition, WHO, language="en", by=of(edition, Role.ORGANISER), at=NOW)

    seen = {
        role: list(annexes_visible_to(of(edition, role), edition))
        for role in (Role.ORGANISER, Role.EVALUATOR, Role.OBSERVER, Role.TRAINER)
    }

    assert seen == {
        Role.ORGANISER: [annex],
        Role.EVALUATOR: [annex],
        Role.OBSERVER: [],
        Role.TRAINER: [],
    }
