"""The newsroom's neighbours in memory: figures that are given, documents that are kept and not written."""

from sabaq.courses.models import Edition
from sabaq.newsroom.ports import ArticleDocument, Attendance, Opinion

DOCUMENT = b"PK\x03\x04"


class GivenFigures:
    def __init__(self, attendance: Attendance, opinion: Opinion | None = None) -> None:
        self.attendance = attendance
        self.opinion = opinion

    def attendance_of(self, edition: Edition) -> Attendance:
        return self.attendance

    def opinion_of(self, edition: Edition, language: str) -> Opinion | None:
        return self.opinion


class RecordingWriter:
    def __init__(self) -> None:
        self.documents: list[ArticleDocument] = []

    def article(self, document: ArticleDocument) -> bytes:
        self.documents.append(document)
        return DOCUMENT
