"""Serves the printing ports of credentials, enrolment and reporting by Typst."""

from collections.abc import Sequence

from sabaq.adapters.pdf.access_sheet import render_access_sheets
from sabaq.adapters.pdf.certificate import render_certificate
from sabaq.adapters.pdf.glyphs import missing_glyphs
from sabaq.adapters.pdf.report import render_report
from sabaq.credentials.ports import CertificateSheet
from sabaq.enrolment.ports import AccessSheet
from sabaq.reporting.ports import ReportSheet


class TypstPrinter:
    """A `CertificatePrinter`, `AccessSheetPrinter` and `ReportPrinter`; holds no state."""

    def certificate(self, sheet: CertificateSheet) -> bytes:
        return render_certificate(sheet)

    def access_sheets(self, sheets: Sequence[AccessSheet]) -> bytes:
        return render_access_sheets(sheets)

    def report(self, sheet: ReportSheet) -> bytes:
        return render_report(sheet)

    def missing_glyphs(self, text: str) -> frozenset[str]:
        return missing_glyphs(text)
