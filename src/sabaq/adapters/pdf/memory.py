"""The printer's in-memory twin: keeps the sheets it was given, prints nothing."""

from collections.abc import Sequence

from sabaq.adapters.pdf.certificate import refuse_unprintable
from sabaq.adapters.pdf.glyphs import missing_glyphs
from sabaq.classroom.ports import RegisterSheet
from sabaq.credentials.ports import CertificateSheet, PrintedPicture
from sabaq.enrolment.ports import AccessSheet, RoomSheet
from sabaq.reporting.ports import ReportSheet

BLANK = b"%PDF-1.7\n%%EOF\n"


class RecordingPrinter:
    """Refuses what `TypstPrinter` refuses, so that a test against it proves the caller's error path."""

    def __init__(self) -> None:
        self.printed: list[CertificateSheet] = []
        self.access: list[AccessSheet] = []
        self.reports: list[ReportSheet] = []
        self.registers: list[RegisterSheet] = []
        self.rooms: list[RoomSheet] = []

    def certificates(self, sheets: Sequence[CertificateSheet], *, title: str) -> bytes:
        for sheet in sheets:
            refuse_unprintable(sheet)
        self.printed.extend(sheets)
        return BLANK

    def can_draw(self, picture: PrintedPicture) -> bool:
        return True

    def access_sheets(self, sheets: Sequence[AccessSheet]) -> bytes:
        self.access.extend(sheets)
        return BLANK

    def report(self, sheet: ReportSheet) -> bytes:
        self.reports.append(sheet)
        return BLANK

    def register(self, sheet: RegisterSheet) -> bytes:
        self.registers.append(sheet)
        return BLANK

    def room_sheet(self, sheet: RoomSheet) -> bytes:
        self.rooms.append(sheet)
        return BLANK

    def missing_glyphs(self, text: str) -> frozenset[str]:
        return missing_glyphs(text)
