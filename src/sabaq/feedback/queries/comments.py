"""The doors to comments: the M&E officer's, and everybody else's to what she has released."""

from dataclasses import dataclass

from django.db.models import QuerySet

from sabaq.courses.models import Edition
from sabaq.enrolment.enums import EnrolmentState
from sabaq.enrolment.models import Enrolment
from sabaq.feedback.enums import Theme
from sabaq.feedback.models import SurveyComment
from sabaq.feedback.queries.results import surveys_shown
from sabaq.kernel.i18n import values_of
from sabaq.people.actors import Actor
from sabaq.people.enums import Role


@dataclass(frozen=True)
class ReleasedComment:
    """What others read of a comment: its text by language, and what it is about."""

    survey: str
    question: str
    theme: Theme
    text: dict[str, str]


def editions_evaluated_by(actor: Actor) -> QuerySet[Edition]:
    """Give the editions whose M&E officer the actor is. Here an administrator is not let in beside her."""
    return Edition.objects.filter(pk__in=actor.editions_as(Role.EVALUATOR))


def comments_visible_to(actor: Actor, edition: Edition) -> QuerySet[SurveyComment]:
    """Give the comments of the surveys that ten or more have answered, as they were written, to the M&E officer alone.

    In the order of random keys. A survey with fewer shows none to anybody.
    """
    if not editions_evaluated_by(actor).filter(pk=edition.pk).exists():
        return SurveyComment.objects.none()
    return SurveyComment.objects.filter(edition=edition, survey__in=surveys_shown(edition))


def released_comments(edition: Edition) -> list[ReleasedComment]:
    """Give what others may read, in an order without meaning."""
    found = SurveyComment.objects.filter(
        edition=edition, survey__in=surveys_shown(edition), released_on__isnull=False
    )
    return [
        ReleasedComment(one.survey, one.question, Theme(one.theme), values_of(one.wording))
        for one in found
    ]


def names_in(edition: Edition) -> set[str]:
    """Give the names of the people of a course, so that a comment can be searched for them."""
    people = Enrolment.objects.filter(edition=edition).exclude(state=EnrolmentState.DECLINED)
    rows = people.values_list("person__native_name", "person__latin_name", "person__display_name")
    names = {name for row in rows for name in row if name}
    for contributor in edition.contributors.all():
        names.update(values_of(contributor.name).values())
    return names
