"""The figures of an article: attendance as the report publishes it, and what the closing survey says."""

from sabaq.courses.models import Edition
from sabaq.courses.packs.parts import QuestionKind
from sabaq.feedback.errors import UnknownSurvey
from sabaq.feedback.queries import survey_results
from sabaq.kernel import clock
from sabaq.kernel.i18n import text_in
from sabaq.newsroom.ports import Attendance, Opinion
from sabaq.reporting.enums import Reader
from sabaq.reporting.indicators import ATTENDED
from sabaq.reporting.queries import heads_of
from sabaq.reporting.reports import edition_report

SURVEY = "closing"
_AGREED = ("4", "5")


class ReportedFigures:
    """Figures that have passed the same suppression as any published table."""

    def attendance_of(self, edition: Edition) -> Attendance:
        shown = edition_report(edition, reader=Reader.PUBLISHED, at=clock.now())
        heads = heads_of([edition])
        countries = {head.country for head in heads if ATTENDED.counts(head) and head.country}
        total = shown.total.total_of(ATTENDED)
        return Attendance(
            total=total.total or None,
            women=total.women,
            countries=tuple(sorted(countries)),
        )

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
