"""Asking, voting, closing, showing what came of it. See docs/invariants/votes.md."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from sabaq.classroom.errors.polls import (
    AnotherPollIsOpen,
    PollIsClosed,
    PollIsOpen,
    PollMovedOn,
    UnknownPoll,
    UnknownWord,
)
from sabaq.classroom.events.polls import PollClosed, PollCounted, PollOpened, ResultsShown
from sabaq.classroom.log import append, locked_class, must_be_live
from sabaq.classroom.models import LiveClass, PollRun, PollWord, Vote
from sabaq.classroom.rules.polls import LIVE_TOTALS_FROM, sound_choices, totals_of, words_of
from sabaq.classroom.services.removal import Whereabouts, remove_text
from sabaq.courses.models import Session
from sabaq.courses.packs import Poll, PollKind
from sabaq.kernel.writes import body_digest
from sabaq.people.actors import NOBODY, Actor

COUNTS_AT_MOST_EVERY = timedelta(seconds=5)


def open_poll(
    session: Session, poll: Poll, *, by: Actor, at: datetime, expected: str | None = None
) -> PollRun:
    """Ask a poll, or ask it again; opening the one that is open changes nothing.

    `expected` names the last asking that whoever presses has seen ("" for none); where there is a later
    one, `PollMovedOn` is raised.
    """
    with locked_class(session) as live:
        must_be_live(live)
        running = PollRun.objects.filter(session=session, closed_at__isnull=True).first()
        if running and running.poll == poll.key:
            return running
        if running:
            raise AnotherPollIsOpen
        runs = PollRun.objects.filter(session=session, poll=poll.key)
        last = runs.order_by("-opened_at", "-id").first()
        if expected is not None and expected != (str(last.uuid) if last else ""):
            raise PollMovedOn
        run = PollRun.objects.create(session=session, poll=poll.key, kind=poll.kind, opened_at=at)
        append(live, PollOpened(run=str(run.uuid), poll=poll.key), by=by, at=at)
        return run


def vote(
    run: PollRun,
    poll: Poll,
    choices: Iterable[str],
    *,
    enrolment_id: int,
    at: datetime,
    write_id: UUID | None = None,
) -> Vote:
    """Cast or change a vote while the poll is open; of two devices the last one counts.

    It leaves no receipt, no event and no moment: nothing of it stays once the poll has closed. A sending
    (a write id and what was chosen) that was taken before changes nothing.
    """
    chosen = list(sound_choices(poll, choices))
    sending = body_digest({"write_id": write_id, "choices": chosen})
    with locked_class(run.session) as live:
        run = PollRun.objects.select_for_update().get(pk=run.pk)
        if run.closed_at is not None:
            raise PollIsClosed
        cast, _ = Vote.objects.get_or_create(run=run, enrolment_id=enrolment_id)
        if write_id is None or sending not in cast.taken:
            cast.is_new = cast.is_new or cast.choices != chosen
            cast.choices, cast.taken = chosen, [*cast.taken, sending]
            cast.save(update_fields=["choices", "taken", "is_new"])
            _tell_count(live, run, at=at)
        return cast


def count_votes(run: PollRun, *, at: datetime) -> None:
    """Tell how many have voted by now: the last votes before a pause are counted so, too."""
    with locked_class(run.session) as live:
        run = PollRun.objects.select_for_update().get(pk=run.pk)
        if run.closed_at is None:
            _tell_count(live, run, at=at)


def close_poll(run: PollRun, *, by: Actor, at: datetime) -> PollRun:
    """Take no more votes, keep what they came to and delete them; closing twice changes nothing."""
    with locked_class(run.session) as live:
        run = PollRun.objects.select_for_update().get(pk=run.pk)
        if run.closed_at is not None:
            return run
        votes = list(run.votes.values_list("choices", flat=True))
        run.closed_at, run.counted = at, len(votes)
        _total(run, votes)
        run.save(update_fields=["closed_at", "counted", "totalled", "totals"])
        if run.kind == PollKind.WORD:
            PollWord.objects.bulk_create(
                PollWord(run=run, word=word, votes=number) for word, number in words_of(votes)
            )
        run.votes.all().delete()
        append(live, PollClosed(str(run.uuid), run.counted), by=by, at=at)
        return run


def show_results(run: PollRun, *, by: Actor, at: datetime) -> PollRun:
    """Show everyone the totals of a closed poll; of an open one raise `PollIsOpen`."""
    with locked_class(run.session) as live:
        run = PollRun.objects.select_for_update().get(pk=run.pk)
        if run.closed_at is None:
            raise PollIsOpen
        if run.results_shown_at is None:
            run.results_shown_at = at
            run.save(update_fields=["results_shown_at"])
            append(live, ResultsShown(str(run.uuid), run.totals), by=by, at=at)
        return run


def remove_word(session: Session, word: UUID, *, by: Actor, at: datetime) -> PollWord:
    """Erase a word for everybody; its row stays, without the text. Removing twice changes nothing."""
    with locked_class(session) as live:
        rows = PollWord.objects.select_for_update().select_related("run")
        row = rows.filter(run__session=session, uuid=word).first()
        if row is None:
            raise UnknownWord
        if row.removed_at is None:
            row.run.revision += 1
            row.run.save(update_fields=["revision"])
        remove_text(live, row, Whereabouts("word", {"word": ""}), by=by, at=at)
        return row


def poll_that_is(poll: Poll | None) -> Poll:
    """Give the poll, or raise `UnknownPoll`."""
    if poll is None:
        raise UnknownPoll
    return poll


def _tell_count(live: LiveClass, run: PollRun, *, at: datetime) -> None:
    if run.counted_at is not None and at - run.counted_at < COUNTS_AT_MOST_EVERY:
        return
    voted = run.votes.count()
    is_renewed = run.votes.filter(is_new=True).count() >= LIVE_TOTALS_FROM
    if voted == run.counted and not is_renewed:
        return
    run.counted_at, run.counted = at, voted
    if is_renewed:
        _total(run, list(run.votes.values_list("choices", flat=True)))
        run.votes.update(is_new=False)
    run.save(update_fields=["counted_at", "counted", "totals", "totalled"])
    # Not by whoever voted: her key beside the number would say when she did.
    append(live, PollCounted(str(run.uuid), voted), by=NOBODY, at=at)


def _total(run: PollRun, votes: list[list[str]]) -> None:
    # A word is a text: it is kept where it can be erased, and only once the poll has closed.
    run.totals = {} if run.kind == PollKind.WORD else totals_of(votes)
    run.totalled = len(votes)
