"""Make a poll, ask it, close it, show what came of it, remove it."""

from typing import Any
from uuid import UUID

from sabaq.classroom.enums import POLL_KINDS
from sabaq.classroom.errors.polls import UnknownKind, UnknownPoll
from sabaq.classroom.models import PollRun, PollWord, SpotPoll
from sabaq.classroom.queries.polls import poll_of, runs_of
from sabaq.classroom.services import polls, spot_polls
from sabaq.courses.models import Session
from sabaq.courses.packs import PollKind
from sabaq.kernel import clock
from sabaq.kernel.writes import once
from sabaq.web.requests import Request, found, write_id_of
from sabaq.web.trainer.views.acts import act


@act
def write_poll(request: Request, session: Session) -> None:
    """Make a poll on the spot, once however often the form arrives; ask it at once where that was pressed."""
    at, said = clock.now(), request.POST
    names = ("kind", "language", "question", "lines", "then")
    fields = {name: said.get(name, "") for name in names}
    if fields["kind"] not in dict(POLL_KINDS):
        raise UnknownKind

    def write() -> dict[str, Any]:
        spot = spot_polls.write_poll(
            session,
            kind=PollKind(fields["kind"]),
            language=fields["language"],
            question=fields["question"],
            lines=fields["lines"],
            by=request.actor,
            at=at,
        )
        return {"poll": str(spot.uuid)}

    answer, _ = once(request.actor.key, write_id_of(request), fields, write, at=at)
    if fields["then"] == "ask":
        written = polls.poll_that_is(poll_of(session, answer["poll"]))
        polls.open_poll(session, written, by=request.actor, at=at, expected="")


@act
def discard_poll(request: Request, session: Session, poll: str) -> None:
    spot_polls.discard_poll(session, poll, by=request.actor, at=clock.now())


@act
def remove_poll(request: Request, session: Session, poll: UUID) -> None:
    spot = found(SpotPoll.objects.filter(session=session), uuid=poll)
    spot_polls.remove_poll(session, spot, by=request.actor, at=clock.now())


@act
def open_poll(request: Request, session: Session, poll: str) -> None:
    """Ask a poll; `after` names the last asking that was seen, so that a stale press asks nothing again."""
    asked = polls.poll_that_is(poll_of(session, poll))
    expected = request.POST.get("after")
    polls.open_poll(session, asked, by=request.actor, at=clock.now(), expected=expected)


@act
def close_poll(request: Request, session: Session, poll: str) -> None:
    polls.close_poll(_run(request, session, poll), by=request.actor, at=clock.now())


@act
def show_results(request: Request, session: Session, poll: str) -> None:
    polls.show_results(_run(request, session, poll), by=request.actor, at=clock.now())


@act
def remove_word(request: Request, session: Session, word: UUID) -> None:
    which = found(PollWord.objects.filter(run__session=session), uuid=word)
    polls.remove_word(session, which.uuid, by=request.actor, at=clock.now())


def _run(request: Request, session: Session, poll: str) -> PollRun:
    """Give the asking that the form was about; without one named, the last."""
    runs, named = runs_of(session).filter(poll=poll), request.POST.get("run", "")
    run = next((one for one in runs.reverse() if named in {"", str(one.uuid)}), None)
    if run is None:
        raise UnknownPoll
    return run
