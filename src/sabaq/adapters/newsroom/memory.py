"""The newsroom's neighbours in memory: figures that are given."""

from sabaq.courses.models import Edition
from sabaq.newsroom.ports import Attendance, Opinion


class GivenFigures:
    def __init__(self, attendance: Attendance, opinion: Opinion | None = None) -> None:
        self.attendance = attendance
        self.opinion = opinion

    def attendance_of(self, edition: Edition) -> Attendance:
        return self.attendance

    def opinion_of(self, edition: Edition, language: str) -> Opinion | None:
        return self.opinion
