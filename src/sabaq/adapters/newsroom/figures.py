"""The figures of an article: attendance as the report publishes it, and what the closing survey says."""

from sabaq.courses.models import Edition
from sabaq.courses.packs.parts import QuestionKind
from sabaq.feedback.errors import UnknownSurvey
from sabaq.feedback.queries import survey_results
from sabaq.kernel.i18n import text_in
from sabaq.newsroom.ports import Attendance, Opinion
from sabaq.people.enums import Country
from sabaq.reporting.enums import By
from sabaq.reporting.indicators import ATTENDED
from sabaq.reporting.queries import heads_of
from sabaq.reporting.reports import published_report

SURVEY = "closing"
_AGREED = ("4", "5")


class ReportedFigures:
    """Heads as they were last published; while nothing is, an article has countries and no numbers."""

    def attendance_of(self, edition: Edition) -> Attendance:
        made = published_report(edition)
        if made is None:
            attended = (head for head in heads_of([edition]) if ATTENDED.counts(head))
            countries = {head.country for head in attended if head.country}
            return Attendance(None, None, tuple(sorted(countries)))
        total = made.total.total_of(ATTENDED)
        by_country = next(
            table
            for table in made.total.tables
            if table.indicator is ATTENDED and table.by is By.COUNTRY
        )
        countries = {row.key for row in by_country.rows} & set(Country.values)
        return Attendance(total.total or None, total.women, tuple(sorted(countries)))

    def opinion_of(self, edition: Edition, language: str) -> Opinion | None:
        """Give the first question of agreement in the closing survey: never the one that flatters most."""
        try:
            results = survey_results(edition, SURVEY).results
        except UnknownSurvey:
            return None
        first = next((one for one in results if one.question.kind is QuestionKind.LIKERT), None)
        if first is None or first.counts is None:
            return None
        keys = [option.key for option in first.question.options]
        agreed = sum(count for key, count in zip(keys, first.counts, strict=True) if key in _AGREED)
        return Opinion(text_in(first.question.text, language).text, agreed, first.answered)
