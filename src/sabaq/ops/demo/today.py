"""The first day of this year's course, as far as it has come at twenty past one: classes over, tests in, one class on."""

from datetime import timedelta
from random import Random

from django.db import transaction

from sabaq.assessment.enums import Phase
from sabaq.classroom.services.hands import raise_hand
from sabaq.classroom.services.polls import open_poll
from sabaq.classroom.services.questions import Asker, ask_question, release_question
from sabaq.classroom.services.running import begin_class
from sabaq.enrolment.models import Enrolment
from sabaq.ops.demo.courses import DemoCourse
from sabaq.ops.demo.moment import DEMO_BEGINS
from sabaq.ops.demo.sitting import actor_of, sit
from sabaq.ops.demo.teaching import be_there, hold, sessions_before, show_slides, topic_of
from sabaq.people.enums import Role

TAUGHT_NOW = "interviewing-screening"
SLIDES_SHOWN = 4
# Kept for whoever plays a participant: she has a test to sit.
HAVE_A_TEST_TO_SIT = 6
ASKED = (
    ("ru", "Если в смене нет женщины-сотрудника, как провести досмотр женщины?"),
    ("en", "Who may be in the room while a woman is interviewed?"),
    ("ru", "Может ли родственник переводить при опросе?"),
)


def here(course: DemoCourse) -> list[Enrolment]:
    """Give those who have come in: who has opened her link takes part."""
    inside = Enrolment.objects.filter(
        edition__slug=course.slug, profile_confirmed_at__isnull=False
    ).order_by("id")
    return list(inside.select_related("person", "edition__version"))


def teach_the_morning(course: DemoCourse) -> None:
    """Hold the classes that are over; most of those who came have sat the test before the course."""
    there = here(course)
    for session in sessions_before(course, DEMO_BEGINS):
        hold(course, session, there, Random(f"{course.slug} {session.key}"))  # noqa: S311
    with transaction.atomic():
        for number, enrolment in enumerate(there[HAVE_A_TEST_TO_SIT:]):
            at = course.opened_at + timedelta(hours=number)
            # Every ninth was interrupted, and may go on until the evening.
            sit(enrolment, Phase.BEFORE, at=at, hands_in=number % 9 != 0)


@transaction.atomic
def begin_the_lesson(course: DemoCourse) -> None:
    """Begin the class that the demo opens in, ten minutes ago: slides, three questions, a hand, an open poll."""
    session = course.edition.sessions.select_related("edition__version").get(key=TAUGHT_NOW)
    trainer, topic, there = course.acting(Role.TRAINER), topic_of(session), here(course)
    assert topic is not None  # noqa: S101 - it is taught from the pack
    assert topic.deck is not None  # noqa: S101
    begin_class(session, topic.deck, by=trainer, at=session.starts_at)
    be_there(session, there, until=DEMO_BEGINS, rng=Random(session.key))  # noqa: S311
    show_slides(session, topic.deck, SLIDES_SHOWN, until=DEMO_BEGINS, by=trainer)
    at = DEMO_BEGINS - timedelta(minutes=3)
    askers = there[HAVE_A_TEST_TO_SIT:]
    for number, (language, text) in enumerate(ASKED):
        enrolment = askers[number]
        asker = Asker(enrolment.pk, is_named=number == 0)
        by = actor_of(enrolment)
        question = ask_question(session, text, language=language, asker=asker, by=by, at=at)
        if number == 1:
            release_question(question, by=trainer, at=at + timedelta(minutes=1))
    raise_hand(session, enrolment_id=askers[4].pk, by=actor_of(askers[4]), at=at)
    open_poll(session, topic.polls[0], by=trainer, at=DEMO_BEGINS - timedelta(minutes=1))
