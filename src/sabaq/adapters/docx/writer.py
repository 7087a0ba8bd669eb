"""Serves the writing ports of reporting and newsroom by python-docx."""

from sabaq.newsroom.ports import ArticleDocument
from sabaq.reporting.ports import ReportSheet


class WordWriter:
    """A writer of documents that the office edits; holds no state."""

    def report(self, sheet: ReportSheet) -> bytes:
        # python-docx takes a third of a second to load: only whoever asks for a document waits.
        from sabaq.adapters.docx.report import render_report  # noqa: PLC0415

        return render_report(sheet)

    def article(self, document: ArticleDocument) -> bytes:
        from sabaq.adapters.docx.article import render_article  # noqa: PLC0415

        return render_article(document)
