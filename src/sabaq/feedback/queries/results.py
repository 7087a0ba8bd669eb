"""What was answered by all together. No path leads from here to who answered."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from sabaq.courses.models import Edition
from sabaq.courses.packs import Survey
from sabaq.courses.queries import pack_of
from sabaq.enrolment.enums import EnrolmentState
from sabaq.enrolment.models import Enrolment
from sabaq.feedback.models import (
    SurveyAnswer,
    SurveyComment,
    SurveyMark,
    SurveyPool,
)
from sabaq.feedback.queries.taking_part import survey_of
from sabaq.feedback.rules import SHOWN_FROM, Result, percent, result_of


@dataclass(frozen=True)
class Response:
    """How many of those asked have answered. Exact for the office: it says who took part, not how.

    `asked` is None where the reader may not be told how many those are; there is no rate then.
    """

    answered: int
    asked: int | None

    @property
    def rate(self) -> int | None:
        """Give it in whole percent."""
        return None if self.asked is None else percent(self.answered, self.asked)


@dataclass(frozen=True)
class SurveyResults:
    """One survey of one edition, fit to be shown: each of `results` is suppressed under ten answers by itself.

    `counted` participants have their answers in `results`; those of the others wait in the pool for company.
    """

    survey: Survey
    response: Response
    counted: int
    closed_on: date | None
    results: tuple[Result, ...]

    @property
    def is_shown(self) -> bool:
        """Tell whether enough participants are counted for anything to be shown, comments included."""
        return self.counted >= SHOWN_FROM


def survey_results(edition: Edition, survey_key: str) -> SurveyResults:
    """Give the results of one survey, or raise `UnknownSurvey`."""
    return _results(edition, [survey_of(edition, survey_key)])[0]


def results_of(edition: Edition) -> tuple[SurveyResults, ...]:
    """Give the results of every survey of the edition's course, in its order: five queries, however many."""
    return _results(edition, pack_of(edition.version).surveys.values())


def survey_response(edition: Edition, survey_key: str) -> Response:
    """Count who has answered among the active enrolments of an edition."""
    active = Enrolment.objects.filter(edition=edition, state=EnrolmentState.ACTIVE)
    answered = SurveyMark.objects.filter(survey=survey_key, enrolment__in=active).count()
    return Response(answered, active.count())


def surveys_shown(edition: Edition) -> list[str]:
    """Give the keys of the surveys of which so many are counted that comments may be read."""
    pools = SurveyPool.objects.filter(edition=edition, counted__gte=SHOWN_FROM)
    return list(pools.values_list("survey", flat=True))


def _results(edition: Edition, surveys: Iterable[Survey]) -> tuple[SurveyResults, ...]:
    active = Enrolment.objects.filter(edition=edition, state=EnrolmentState.ACTIVE)
    asked = active.count()
    marks = SurveyMark.objects.filter(enrolment__in=active).values_list("survey")
    answered = dict(marks.annotate(times=Count("pk")))
    choices = _choices(edition)
    pools = {pool.survey: pool for pool in SurveyPool.objects.filter(edition=edition)}
    return tuple(
        SurveyResults(
            survey,
            Response(answered.get(survey.key, 0), asked),
            pools[survey.key].counted if survey.key in pools else 0,
            pools[survey.key].closed_on if survey.key in pools else None,
            tuple(result_of(q, choices[survey.key, q.key]) for q in survey.questions),
        )
        for survey in surveys
    )


def _choices(edition: Edition) -> dict[tuple[str, str], dict[str, int]]:
    """Give how often each choice was made, by survey and question; comments count as one choice."""
    found: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    answers = SurveyAnswer.objects.filter(edition=edition)
    for survey, question, choice, times in answers.values_list(
        "survey", "question", "choice"
    ).annotate(times=Count("pk")):
        found[survey, question][choice] = times
    comments = SurveyComment.objects.filter(edition=edition).order_by()
    for survey, question, times in comments.values_list("survey", "question").annotate(
        times=Count("pk")
    ):
        found[survey, question][""] = times
    return found
