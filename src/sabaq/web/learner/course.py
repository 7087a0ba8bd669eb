"""Gathers what a participant's pages are made of, each kind of thing in one query."""

from sabaq.assessment.queries import attempts_of
from sabaq.classroom.enums import ClassState
from sabaq.classroom.queries import timetable_with_classes
from sabaq.courses.enums import SessionKind
from sabaq.courses.models import Edition
from sabaq.credentials.queries import valid_certificate_of
from sabaq.enrolment.models import Enrolment
from sabaq.feedback.queries import surveys_answered_by
from sabaq.web.learner.next_step import Course, Slot


def course_of(enrolment: Enrolment) -> Course:
    """Give the participant's course as it stands: four queries, however long the timetable is."""
    attempts_of(enrolment)
    surveys_answered_by(enrolment)
    return Course(
        slots=slots_of(enrolment.edition),
        has_certificate=valid_certificate_of(enrolment) is not None,
    )


def slots_of(edition: Edition) -> tuple[Slot, ...]:
    """Give the edition's timetable as slots."""
    return tuple(
        Slot(
            uuid=session.uuid,
            kind=SessionKind(session.kind),
            title=session.title,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            topic=session.topic,
            live=session.class_state == ClassState.LIVE,  # type: ignore[attr-defined]
            ended=session.class_state == ClassState.ENDED,  # type: ignore[attr-defined]
        )
        for session in timetable_with_classes(edition)
    )
