"""The writer's in-memory twin: keeps the sheets it was given, writes nothing."""

from sabaq.newsroom.ports import ArticleDocument
from sabaq.reporting.ports import ReportSheet

BLANK = b"PK\x05\x06" + bytes(18)


class RecordingWriter:
    def __init__(self) -> None:
        self.reports: list[ReportSheet] = []
        self.articles: list[ArticleDocument] = []

    def report(self, sheet: ReportSheet) -> bytes:
        self.reports.append(sheet)
        return BLANK

    def article(self, document: ArticleDocument) -> bytes:
        self.articles.append(document)
        return BLANK
