"""Calling for help and answering. What was written does not outlive the class."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sabaq.classroom.enums import ClassState
from sabaq.classroom.errors.running import ClassHasEnded
from sabaq.classroom.events.base import Event
from sabaq.classroom.events.helping import HelpAnswered, HelpCalled
from sabaq.classroom.log import append, locked_class
from sabaq.classroom.models import HelpCall, LiveClass
from sabaq.classroom.rules import tidy_text
from sabaq.courses.models import Session
from sabaq.people.actors import Actor

_WORDS = ("text", "reply", "browser", "connection", "following")
_FIGURES = ("screen_width", "round_trip_ms", "silent_seconds")


@dataclass(frozen=True)
class Circumstances:
    """What her browser knows of itself and its line; None and "" where it does not say."""

    browser: str = ""
    screen_width: int | None = None
    connection: str = ""
    round_trip_ms: int | None = None
    following: str = ""
    silent_seconds: int | None = None


def call_help(
    session: Session,
    trouble: str,
    text: str,
    circumstances: Circumstances,
    *,
    enrolment_id: int,
    by: Actor,
    at: datetime,
) -> HelpCall:
    """Call the host, also before the class begins. While a call is open another one renews it."""
    with locked_class(session) as live:
        if live.state == ClassState.ENDED:
            raise ClassHasEnded
        call, _ = HelpCall.objects.update_or_create(
            session=session,
            enrolment_id=enrolment_id,
            answered_at=None,
            defaults={"trouble": trouble, "text": text, **asdict(circumstances)},
            create_defaults={
                "trouble": trouble,
                "text": text,
                "called_at": at,
                **asdict(circumstances),
            },
        )
        _tell(live, HelpCalled(str(call.uuid), enrolment_id), call, by=by, at=at)
        return call


def answer_help(call: HelpCall, reply: str, *, by: Actor, at: datetime) -> HelpCall:
    """Mark a call answered, with a reply she sees or without; answering twice changes nothing."""
    with locked_class(call.session) as live:
        call = HelpCall.objects.select_for_update().get(pk=call.pk)
        if call.answered_at is None:
            call.answered_at, call.reply = at, tidy_text(reply)
            call.save(update_fields=["answered_at", "reply"])
            _tell(live, HelpAnswered(str(call.uuid), call.enrolment_id), call, by=by, at=at)
        return call


def forget_help(live: LiveClass, *, at: datetime) -> None:
    """Blank what was written and measured, and close what is open, in a class locked by `locked_class`."""
    calls = HelpCall.objects.filter(session_id=live.session_id)
    calls.filter(answered_at__isnull=True).update(answered_at=at)
    calls.update(**dict.fromkeys(_WORDS, ""), **dict.fromkeys(_FIGURES))


def _tell(live: LiveClass, event: Event, call: HelpCall, *, by: Actor, at: datetime) -> None:
    append(live, event, by=by, at=at, enrolment_id=call.enrolment_id)
