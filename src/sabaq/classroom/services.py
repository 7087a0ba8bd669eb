"""What is done in a class: each verb locks the class, checks, changes the state, appends the fact."""

from datetime import datetime, timedelta

from django.db import transaction

from sabaq.classroom import events
from sabaq.classroom.enums import ClassState
from sabaq.classroom.errors import (
    AnotherPollIsOpen,
    ClassHasEnded,
    ClassNotLive,
    PollIsClosed,
    SlideMovedOn,
    UnknownOption,
    UnknownPoll,
    UnknownSlide,
)
from sabaq.classroom.log import append, locked_class
from sabaq.classroom.models import LiveClass, PollRun, Presence, Vote
from sabaq.classroom.queries import counts_of
from sabaq.courses.models import Session
from sabaq.courses.packs import Deck, Poll
from sabaq.people.actors import Actor

COUNTS_AT_MOST_EVERY = timedelta(seconds=5)
# Two beats may be lost on a bad link before a stretch of presence ends.
PRESENCE_MENDS_GAPS_OF = timedelta(seconds=45)
WAITING_IS_NOTED_FOR = timedelta(hours=1)


def begin_class(session: Session, deck: Deck | None, *, by: Actor, at: datetime) -> LiveClass:
    """Begin the class on the deck's first slide; beginning a live class again changes nothing."""
    with locked_class(session) as live:
        if live.state == ClassState.LIVE:
            return live
        if live.state == ClassState.ENDED:
            raise ClassHasEnded
        live.state, live.started_at = ClassState.LIVE, at
        live.slide = deck.slides[0].id if deck and deck.slides else ""
        live.save(update_fields=["state", "started_at", "slide"])
        append(live, events.ClassBegan(slide=live.slide), by=by, at=at)
        return live


def show_slide(
    session: Session, deck: Deck, slide: str, *, expected: str, by: Actor, at: datetime
) -> LiveClass:
    """Show `slide` to everyone, if the class still stands on `expected`; else raise `SlideMovedOn`.

    Two trainers who press "next" at once move one slide, not two.
    """
    wanted = deck.slide(slide)
    if wanted is None:
        raise UnknownSlide
    with locked_class(session) as live:
        _must_be_live(live)
        if live.slide == slide:
            return live
        if live.slide != expected:
            raise SlideMovedOn
        live.slide = slide
        live.save(update_fields=["slide"])
        append(live, events.SlideShown(slide=slide, block_hash=wanted.hash), by=by, at=at)
        return live


def open_poll(session: Session, poll: Poll, *, by: Actor, at: datetime) -> PollRun:
    """Ask a prepared poll; opening the one that is open changes nothing."""
    with locked_class(session) as live:
        _must_be_live(live)
        running = PollRun.objects.filter(session=session, closed_at__isnull=True).first()
        if running and running.poll == poll.key:
            return running
        if running:
            raise AnotherPollIsOpen
        run = PollRun.objects.create(session=session, poll=poll.key, opened_at=at)
        append(live, events.PollOpened(run=str(run.uuid), poll=poll.key), by=by, at=at)
        return run


def vote(
    run: PollRun, poll: Poll, option: str, *, enrolment_id: int, by: Actor, at: datetime
) -> Vote:
    """Cast or change a vote while the poll is open. Colleagues learn of the number of votes only."""
    if option not in {one.key for one in poll.options}:
        raise UnknownOption
    with locked_class(run.session) as live:
        run = PollRun.objects.select_for_update().get(pk=run.pk)
        if run.closed_at is not None:
            raise PollIsClosed
        cast, _ = Vote.objects.update_or_create(
            run=run, enrolment_id=enrolment_id, defaults={"option": option, "at": at}
        )
        event = events.VoteCast(run=str(run.uuid), enrolment=enrolment_id, option=option)
        append(live, event, by=by, at=at)
        _tell_count(live, run, by=by, at=at)
        return cast


def count_votes(run: PollRun, *, by: Actor, at: datetime) -> None:
    """Tell everyone how many have voted by now: the last votes before a pause are counted so, too."""
    with locked_class(run.session) as live:
        run = PollRun.objects.select_for_update().get(pk=run.pk)
        if run.closed_at is None:
            _tell_count(live, run, by=by, at=at)


def close_poll(run: PollRun, *, by: Actor, at: datetime) -> PollRun:
    """Take no more votes; closing twice changes nothing."""
    with locked_class(run.session) as live:
        run = PollRun.objects.select_for_update().get(pk=run.pk)
        if run.closed_at is None:
            run.closed_at, run.counted = at, run.votes.count()
            run.save(update_fields=["closed_at", "counted"])
            append(live, events.PollClosed(str(run.uuid), run.counted), by=by, at=at)
        return run


def show_results(run: PollRun, poll: Poll, *, by: Actor, at: datetime) -> PollRun:
    """Show everyone the totals of a closed poll."""
    with locked_class(run.session) as live:
        run = PollRun.objects.select_for_update().get(pk=run.pk)
        if run.closed_at is None:
            raise AnotherPollIsOpen
        if run.results_shown_at is None:
            run.results_shown_at = at
            run.save(update_fields=["results_shown_at"])
            counts = {option.key: 0 for option in poll.options} | counts_of(run)
            append(live, events.ResultsShown(str(run.uuid), counts), by=by, at=at)
        return run


def end_class(session: Session, *, by: Actor, at: datetime) -> LiveClass:
    """End the class for everyone, closing a poll that is still open; ending it twice changes nothing."""
    with locked_class(session) as live:
        if live.state == ClassState.ENDED:
            return live
        _must_be_live(live)
        running = PollRun.objects.filter(session=session, closed_at__isnull=True).first()
        if running:
            close_poll(running, by=by, at=at)
            live.refresh_from_db()
        live.state, live.ended_at = ClassState.ENDED, at
        live.save(update_fields=["state", "ended_at"])
        append(live, events.ClassEnded(), by=by, at=at)
        return live


@transaction.atomic
def note_presence(session_id: int, enrolment_ids: set[int], *, at: datetime) -> None:
    """Note that these participants are in the class now, or wait for it.

    A stretch that was noted less than 45 s ago is carried on, otherwise a new one begins; so a lost
    network shows as a gap. Waiting is noted from an hour before the planned beginning, so that the
    trainer sees who is here; `attended_minutes` counts it as nothing. After the end nothing is noted.
    """
    if not _is_open_for_presence(session_id, at):
        return
    recent = Presence.objects.filter(
        session_id=session_id,
        enrolment_id__in=enrolment_ids,
        from_at__lte=at,
        until_at__gte=at - PRESENCE_MENDS_GAPS_OF,
    ).order_by("until_at")
    latest = {row.enrolment_id: row.pk for row in recent}
    Presence.objects.filter(pk__in=latest.values(), until_at__lt=at).update(until_at=at)
    Presence.objects.bulk_create(
        Presence(session_id=session_id, enrolment_id=enrolment_id, from_at=at, until_at=at)
        for enrolment_id in sorted(enrolment_ids - latest.keys())
    )


def _is_open_for_presence(session_id: int, at: datetime) -> bool:
    live = LiveClass.objects.filter(session_id=session_id).first()
    if live is not None and live.state != ClassState.WAITING:
        # The reader writes down a moment later whom it saw: seen before the end counts after it too.
        return live.ended_at is None or at <= live.ended_at
    waits = Session.objects.filter(pk=session_id, starts_at__lte=at + WAITING_IS_NOTED_FOR).exists()
    if waits and live is None:
        LiveClass.objects.get_or_create(session_id=session_id)
    return waits


def poll_of_run(poll: Poll | None) -> Poll:
    """Give the poll, or raise `UnknownPoll`."""
    if poll is None:
        raise UnknownPoll
    return poll


def _tell_count(live: LiveClass, run: PollRun, *, by: Actor, at: datetime) -> None:
    if run.counted_at is not None and at - run.counted_at < COUNTS_AT_MOST_EVERY:
        return
    votes = run.votes.count()
    if votes == run.counted:
        return
    run.counted_at, run.counted = at, votes
    run.save(update_fields=["counted_at", "counted"])
    append(live, events.PollCounted(str(run.uuid), votes), by=by, at=at)


def _must_be_live(live: LiveClass) -> None:
    if live.state == ClassState.ENDED:
        raise ClassHasEnded
    if live.state != ClassState.LIVE:
        raise ClassNotLive
