"""The figures of an article: attendance as the report publishes it, and what the closing survey said, from the same release."""

from sabaq.courses.models import Edition
from sabaq.courses.packs.parts import QuestionKind
from sabaq.kernel.i18n import text_in
from sabaq.newsroom.ports import Attendance, Opinion
from sabaq.people.enums import Country
from sabaq.reporting.enums import By
from sabaq.reporting.indicators import ATTENDED
from sabaq.reporting.keeping import kept_questions
from sabaq.reporting.queries import heads_of, releases_of
from sabaq.reporting.reports import published_report

SURVEY = "closing"
_AGREED = ("4", "5")


class ReportedFigures:
    """Heads and answers as they were last published; while nothing is, an article has countries and no numbers."""

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
        release = releases_of(edition).last()
        asked = kept_questions(release.outcomes, SURVEY) if release else []
        first = next((one for one in asked if one.kind is QuestionKind.LIKERT), None)
        if first is None or first.counts is None:
            return None
        chosen = dict(zip(first.options, first.counts, strict=True))
        agreed = sum(chosen[option] for option in _AGREED if option in chosen)
        return Opinion(text_in(first.text, language).text, agreed, sum(first.counts))
