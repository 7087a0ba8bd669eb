"""Papers with figures, by the ports of the house."""

from datetime import datetime

from django.utils.translation import gettext as _

from sabaq.courses.models import Edition
from sabaq.kernel import ports
from sabaq.reporting.models import Recipient
from sabaq.reporting.ports import ReportPrinter
from sabaq.reporting.reports import edition_report
from sabaq.reporting.sheets import report_sheet


def print_annex(
    edition: Edition, recipient: Recipient, *, language: str, by: str, at: datetime
) -> bytes:
    """Give the exact head counts as a PDF in `language` (which must be the active one).

    It names recipient, reason and who issued it before any figure; tests and surveys are not in it.
    """
    facts = (
        (_("Issued to"), f"{recipient.name}, {recipient.organisation}"),
        (_("Reason"), recipient.reason),
        (_("Issued by"), by),
        (
            _("Please note"),
            _(
                "These counts are exact and for this recipient alone. They are not to be passed on or published."
            ),
        ),
    )
    report = edition_report(edition, at=at)
    return ports.get(ReportPrinter).report(report_sheet(report, language=language, facts=facts))
