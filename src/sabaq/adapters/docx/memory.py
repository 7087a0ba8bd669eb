"""The writer's in-memory twin: keeps the sheets it was given, writes nothing."""

from sabaq.reporting.ports import ReportSheet

BLANK = b"PK\x05\x06" + bytes(18)


class RecordingWriter:
    def __init__(self) -> None:
        self.reports: list[ReportSheet] = []

    def report(self, sheet: ReportSheet) -> bytes:
        self.reports.append(sheet)
        return BLANK
