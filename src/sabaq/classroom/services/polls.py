"""Asking, voting, closing, showing what came of it."""

from datetime import datetime, timedelta

from sabaq.classroom.errors.polls import (
    AnotherPollIsOpen,
    PollIsClosed,
    PollIsOpen,
    UnknownOption,
    UnknownPoll,
)
from sabaq.classroom.events.polls import PollClosed, PollCounted, PollOpened, ResultsShown, VoteCast
from sabaq.classroom.log import append, locked_class, must_be_live
from sabaq.classroom.models import LiveClass, PollRun, Vote
from sabaq.classroom.queries.polls import counts_of
from sabaq.courses.models import Session
from sabaq.courses.packs import Poll
from sabaq.people.actors import Actor

COUNTS_AT_MOST_EVERY = timedelta(seconds=5)


def open_poll(session: Session, poll: Poll, *, by: Actor, at: datetime) -> PollRun:
    """Ask a prepared poll; opening the one that is open changes nothing."""
    with locked_class(session) as live:
        must_be_live(live)
        running = PollRun.objects.filter(session=session, closed_at__isnull=True).first()
        if running and running.poll == poll.key:
            return running
        if running:
            raise AnotherPollIsOpen
        run = PollRun.objects.create(session=session, poll=poll.key, opened_at=at)
        append(live, PollOpened(run=str(run.uuid), poll=poll.key), by=by, at=at)
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
        event = VoteCast(run=str(run.uuid), enrolment=enrolment_id, option=option)
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
            append(live, PollClosed(str(run.uuid), run.counted), by=by, at=at)
        return run


def show_results(run: PollRun, poll: Poll, *, by: Actor, at: datetime) -> PollRun:
    """Show everyone the totals of a closed poll; of an open one raise `PollIsOpen`."""
    with locked_class(run.session) as live:
        run = PollRun.objects.select_for_update().get(pk=run.pk)
        if run.closed_at is None:
            raise PollIsOpen
        if run.results_shown_at is None:
            run.results_shown_at = at
            run.save(update_fields=["results_shown_at"])
            counts = {option.key: 0 for option in poll.options} | counts_of(run)
            append(live, ResultsShown(str(run.uuid), counts), by=by, at=at)
        return run


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
    append(live, PollCounted(str(run.uuid), votes), by=by, at=at)
