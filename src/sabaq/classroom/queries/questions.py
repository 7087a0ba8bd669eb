"""Questions of a class: all of them for staff, those released for the class, her own for whoever asked."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from sabaq.classroom.models import Question, QuestionTranslation, Support
from sabaq.classroom.models.questions import mark_of
from sabaq.courses.models import Session

# What everybody in the class may see: released, and not gone into another.
_PUBLIC = Q(released_at__isnull=False, merged_into__isnull=True)


def questions_of(session: Session) -> QuerySet[Question]:
    """Give every question that stands, with its translations and who asked it with her name; for staff."""
    return (
        Question.objects.filter(session=session, removed_at__isnull=True)
        .select_related("asker__person__agency")
        .prefetch_related("translations")
        .order_by("asked_at", "id")
    )


def questions_for_class(session: Session) -> QuerySet[Question]:
    """Give the questions everybody in the class may see: released, and not gone into another."""
    return questions_of(session).filter(_PUBLIC)


def own_questions(
    session: Session, enrolment_id: int, on_this_device: Collection[UUID] = ()
) -> QuerySet[Question]:
    """Give what this participant has asked: with her name, and without it from this very device."""
    return questions_of(session).filter(_asked_by(enrolment_id, on_this_device))


def _asked_by(enrolment_id: int, on_this_device: Collection[UUID]) -> Q:
    return Q(asker_id=enrolment_id) | Q(uuid__in=list(on_this_device))


def questions_seen_by(
    session: Session,
    enrolment_id: int | None,
    on_this_device: Collection[UUID] = (),
    *,
    language: str,
) -> QuerySet[Question]:
    """Give the questions of `questions_for_class`, and with them this participant's own, which may wait.

    Each with `translated` (its text in `language`, or None) and `is_supported` by her, all in one query.
    """
    translation = QuestionTranslation.objects.filter(question=OuterRef("pk"), language=language)
    mark = mark_of(session, enrolment_id) if enrolment_id is not None else ""
    seen = _PUBLIC
    if enrolment_id is not None:
        seen |= _asked_by(enrolment_id, on_this_device)
    return (
        Question.objects.filter(seen, session=session, removed_at__isnull=True)
        .select_related("asker__person")
        .annotate(
            translated=Subquery(translation.values("text")[:1]),
            is_supported=Exists(Support.objects.filter(question=OuterRef("pk"), mark=mark)),
        )
        .order_by("asked_at", "id")
    )


def uncounted_questions(
    session_ids: Iterable[int], *, counted_before: datetime
) -> QuerySet[Question]:
    """Give the questions of these sessions whose number of supporters has changed since it was told."""
    return (
        Question.objects.filter(session__in=session_ids, removed_at__isnull=True)
        .filter(Q(told_at__isnull=True) | Q(told_at__lte=counted_before))
        .filter(released_at__isnull=False)
        .exclude(told=F("supporters"))
        .select_related("session")
    )
