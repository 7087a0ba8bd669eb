"""Classes as they were held: who was there, which slides were shown, what a poll came to."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from sabaq.classroom.services.polls import close_poll, open_poll, show_results, vote
from sabaq.classroom.services.presence import note_presence
from sabaq.classroom.services.running import begin_class, end_class, show_slide
from sabaq.courses.enums import SessionKind
from sabaq.courses.models import Session
from sabaq.courses.packs import Deck, Poll
from sabaq.courses.packs.parts import Topic
from sabaq.courses.queries import pack_of
from sabaq.enrolment.models import Enrolment
from sabaq.ops.demo.courses import DemoCourse
from sabaq.people.actors import Actor
from sabaq.people.enums import Role

# Somebody seen again this soon was never away: `note_presence` mends gaps of up to 45 s.
SEEN_EVERY = timedelta(seconds=40)
NOT_HELD = {SessionKind.BREAK, SessionKind.TRIAL}


def sessions_before(course: DemoCourse, moment: datetime) -> list[Session]:
    """Give the sessions of the course that are over at `moment` and that somebody taught, in order."""
    sessions = course.edition.sessions.filter(ends_at__lte=moment).exclude(kind__in=NOT_HELD)
    return list(sessions.order_by("starts_at").select_related("edition__version"))


@transaction.atomic
def hold(course: DemoCourse, session: Session, there: Sequence[Enrolment], rng: Random) -> None:
    """Hold a whole class on time: its slides at even distances, its first poll in the middle."""
    trainer, topic = course.acting(Role.TRAINER), topic_of(session)
    deck = topic.deck if topic else None
    begin_class(session, deck, by=trainer, at=session.starts_at)
    be_there(session, there, until=session.ends_at, rng=rng)
    if deck is not None:
        show_slides(session, deck, len(deck.slides), until=session.ends_at, by=trainer)
    if topic is not None and topic.polls:
        asked_at = session.starts_at + (session.ends_at - session.starts_at) / 2
        _ask(session, topic.polls[0], there, rng, by=trainer, at=asked_at)
    end_class(session, by=trainer, at=session.ends_at)


def topic_of(session: Session) -> Topic | None:
    pack = pack_of(session.edition.version)
    return next((topic for topic in pack.topics if topic.key == session.topic), None)


def show_slides(session: Session, deck: Deck, number: int, *, until: datetime, by: Actor) -> None:
    """Show the first `number` slides at even distances, the last of them some time before `until`."""
    each = (until - session.starts_at) / (number + 1)
    for place in range(1, number):
        before, slide = deck.slides[place - 1].id, deck.slides[place].id
        at = session.starts_at + each * place
        show_slide(session, deck, slide, expected=before, by=by, at=at)


def be_there(session: Session, there: Sequence[Enrolment], *, until: datetime, rng: Random) -> None:
    """Let them come within the first minutes and stay; every eighth loses the network once."""
    length = (until - session.starts_at).total_seconds()
    comes = {enrolment.pk: rng.uniform(0, 150) for enrolment in there}
    away = {
        enrolment.pk: (start := rng.uniform(0.3, 0.7) * length, start + rng.uniform(90, 400))
        for number, enrolment in enumerate(there)
        if number % 8 == 0
    }
    at = session.starts_at
    while at <= until:
        passed = (at - session.starts_at).total_seconds()
        seen = {
            pk
            for pk, came in comes.items()
            if passed >= came and not (pk in away and away[pk][0] < passed < away[pk][1])
        }
        if seen:
            note_presence(session.pk, seen, at=at)
        at += SEEN_EVERY


def _ask(
    session: Session,
    poll: Poll,
    there: Sequence[Enrolment],
    rng: Random,
    *,
    by: Actor,
    at: datetime,
) -> None:
    run = open_poll(session, poll, by=by, at=at)
    for enrolment in there:
        if rng.random() < 0.85:
            choice = a_choice(poll, rng)
            vote(run, poll, choice, enrolment_id=enrolment.pk, at=at + timedelta(seconds=30))
    run = close_poll(run, by=by, at=at + timedelta(minutes=2))
    show_results(run, by=by, at=at + timedelta(minutes=2))


def a_choice(poll: Poll, rng: Random) -> list[str]:
    """Give what somebody answers: one option, the first ones more often; of a poll for words, nothing usable."""
    options = [option.key for option in poll.options]
    return rng.choices(options, weights=range(len(options), 0, -1)) if options else []
