"""Serves the printing ports of credentials, enrolment, classroom and reporting by Typst."""

from collections.abc import Sequence

from sabaq.adapters.pdf.access_sheet import render_access_sheets
from sabaq.adapters.pdf.certificate import can_draw, render_certificates
from sabaq.adapters.pdf.glyphs import missing_glyphs
from sabaq.adapters.pdf.register import render_register
from sabaq.adapters.pdf.report import render_report
from sabaq.adapters.pdf.room_sheet import render_room_sheet
from sabaq.classroom.ports import RegisterSheet
from sabaq.credentials.ports import CertificateSheet, PrintedPicture
from sabaq.enrolment.ports import AccessSheet, RoomSheet
from sabaq.reporting.ports import ReportSheet


class TypstPrinter:
    """A printer of certificates, access sheets, room sheets, registers and reports; holds no state."""

    def certificates(self, sheets: Sequence[CertificateSheet], *, title: str) -> bytes:
        return render_certificates(sheets, title=title)

    def can_draw(self, picture: PrintedPicture) -> bool:
        return can_draw(picture)

    def access_sheets(self, sheets: Sequence[AccessSheet]) -> bytes:
        return render_access_sheets(sheets)

    def report(self, sheet: ReportSheet) -> bytes:
        return render_report(sheet)

    def room_sheet(self, sheet: RoomSheet) -> bytes:
        return render_room_sheet(sheet)

    def register(self, sheet: RegisterSheet) -> bytes:
        return render_register(sheet)

    def missing_glyphs(self, text: str) -> frozenset[str]:
        return missing_glyphs(text)
