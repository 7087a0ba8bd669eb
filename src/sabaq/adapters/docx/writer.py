"""Serves the writing port of reporting by python-docx."""

from sabaq.reporting.ports import ReportSheet


class WordWriter:
    """A writer of documents that the office edits; holds no state."""

    def report(self, sheet: ReportSheet) -> bytes:
        # python-docx takes a third of a second to load: only whoever asks for a document waits.
        from sabaq.adapters.docx.report import render_report  # noqa: PLC0415

        return render_report(sheet)
