"""Gathers what a participant's pages are made of, each kind of thing in one query."""

from sabaq.assessment.enums import Phase
from sabaq.assessment.queries import attempts_of
from sabaq.assessment.queries.windows import window_of
from sabaq.assessment.rules import Taught
from sabaq.classroom.enums import ClassState
from sabaq.classroom.queries.running import timetable_now
from sabaq.courses.enums import SessionKind
from sabaq.courses.models import Edition
from sabaq.courses.packs import Pack, Topic
from sabaq.courses.packs.paging import pages_of
from sabaq.courses.queries import pack_of
from sabaq.credentials.queries import valid_certificate_of
from sabaq.enrolment.models import Enrolment
from sabaq.feedback.queries import done_by
from sabaq.web.learner.next_step import Course, Part, Slot


def course_of(enrolment: Enrolment) -> Course:
    """Give the participant's course as it stands: four queries, however long timetable and pack are."""
    pack = pack_of(enrolment.edition.version)
    done, slots = done_by(enrolment), slots_of(enrolment.edition)
    return Course(
        slots=slots,
        tests=tests_of(enrolment, pack, slots),
        lessons=tuple(
            Part(
                topic.key,
                topic.title,
                done=topic.key in enrolment.lessons_read,
                page=min(enrolment.lesson_pages.get(topic.key, 0) + 1, count_of_pages(pack, topic)),
                pages=count_of_pages(pack, topic),
            )
            for topic in pack.topics
            if topic.lesson is not None
        ),
        surveys=tuple(
            Part(
                survey.key,
                survey.title,
                done=survey.key in done.surveys,
                asked=survey.asked,
                closed=survey.key in done.closed,
            )
            for survey in pack.surveys.values()
        ),
        commitment=Part("commitment", pack.promise.title, done=done.has_committed)
        if pack.promise
        else None,
        has_certificate=valid_certificate_of(enrolment) is not None,
    )


def tests_of(enrolment: Enrolment, pack: Pack, slots: tuple[Slot, ...]) -> tuple[Part, ...]:
    """Give each test twice, before the course and after it, with when it is open for this participant."""
    attempts = attempts_of(enrolment)
    timetable = [Taught(slot.kind, slot.starts_at, slot.ends_at) for slot in slots]
    return tuple(
        Part(
            test.key,
            test.title,
            phase=phase,
            window=window_of(enrolment, test.key, phase, timetable=timetable),
            begun=(test.key, phase) in attempts,
            done=(test.key, phase) in attempts
            and attempts[test.key, phase].handed_in_at is not None,
        )
        for phase in Phase
        for test in pack.tests.values()
    )


def count_of_pages(pack: Pack, topic: Topic) -> int:
    return len(pages_of(pack, topic))


def slots_of(edition: Edition) -> tuple[Slot, ...]:
    """Give the edition's timetable as slots."""
    return tuple(
        Slot(
            uuid=uuid,
            kind=SessionKind(kind),
            title=title,
            starts_at=starts_at,
            ends_at=ends_at,
            topic=topic,
            moved_from=moved_from,
            moved_at=moved_at,
            live=state == ClassState.LIVE,
            ended=state == ClassState.ENDED,
        )
        for uuid, kind, title, starts_at, ends_at, topic, moved_from, moved_at, state in timetable_now(
            edition
        )
    )
