"""Where the class is in its time: the running order, who drives, and "five minutes left"."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sabaq.classroom.enums import ClassState
from sabaq.classroom.events.running import ClassBegan, SlideShown
from sabaq.classroom.events.timekeeping import FiveMinutesSeen, FiveMinutesSent
from sabaq.classroom.models import ClassEvent, LiveClass
from sabaq.classroom.queries.timekeeping import timekeeping_of
from sabaq.classroom.rules.running_order import (
    minutes_behind,
    minutes_shown,
    plan_of,
    planned_minutes,
    told_since,
)
from sabaq.courses.models import Session
from sabaq.courses.packs import Deck, Text, text_in
from sabaq.people.models import Account

_ACCOUNT = "account:"


@dataclass(frozen=True)
class OrderedSlide:
    """One line of the running order; `took` is None for a slide that has not been shown."""

    id: str
    title: Text
    planned: int
    took: int | None


@dataclass(frozen=True)
class Driver:
    """Who showed the slide that stands, and how many seconds ago."""

    name: str
    seconds: int


@dataclass(frozen=True)
class FiveMinutes:
    """`is_told` is whether this member of staff is to be told now; `seen_by` names who has seen it."""

    since: datetime | None
    is_sent: bool
    is_told: bool
    seen_by: tuple[str, ...]


@dataclass(frozen=True)
class DeskTime:
    ends_at: datetime
    gone: int | None
    planned: int
    behind: int
    order: tuple[OrderedSlide, ...]
    driver: Driver | None
    five_minutes: FiveMinutes

    @property
    def ahead(self) -> int:
        return -self.behind

    @property
    def order_key(self) -> str:
        """Give how the running order looks, so that it is redrawn only when it changes."""
        return ".".join(f"{one.planned}-{one.took}" for one in self.order)


def time_on_desk(
    session: Session, live: LiveClass, deck: Deck | None, language: str, key: str, *, at: datetime
) -> DeskTime:
    """Read the time of a class from its log, for the member of staff whose actor's key is `key`; two queries."""
    events = list(timekeeping_of(session))
    names = _names_of(event.actor_key for event in events)
    starts_at, ends_at = plan_of(session.starts_at, session.ends_at, live.started_at)
    until = live.ended_at or at
    total = (ends_at - starts_at).total_seconds() / 60
    slides = deck.slides if deck else ()
    planned = planned_minutes([one.minutes for one in slides], total)
    took = minutes_shown(_shown(events), until)
    ids = [one.id for one in slides]
    is_live = live.state == ClassState.LIVE and live.slide in ids
    return DeskTime(
        ends_at=ends_at,
        gone=int((until - live.started_at).total_seconds() // 60) if live.started_at else None,
        planned=round(total),
        behind=minutes_behind(planned, ids.index(live.slide), (at - starts_at).total_seconds() / 60)
        if is_live
        else 0,
        order=tuple(
            OrderedSlide(
                one.id,
                text_in(one.title, language),
                max(round(minutes), 1),
                round(took[one.id]) if one.id in took else None,
            )
            for one, minutes in zip(slides, planned, strict=True)
        ),
        driver=_driver(events, names, at=at) if is_live else None,
        five_minutes=_five_minutes(live, events, names, key, ends_at=ends_at, at=at),
    )


def _shown(events: Sequence[ClassEvent]) -> list[tuple[str, datetime]]:
    kinds = {ClassBegan.__name__, SlideShown.__name__}
    return [(event.payload["slide"], event.at) for event in events if event.kind in kinds]


def _driver(events: Sequence[ClassEvent], names: dict[str, str], *, at: datetime) -> Driver | None:
    kinds = {ClassBegan.__name__, SlideShown.__name__}
    last = next((event for event in reversed(events) if event.kind in kinds), None)
    if last is None:
        return None
    return Driver(names.get(last.actor_key, ""), max(int((at - last.at).total_seconds()), 0))


def _five_minutes(
    live: LiveClass,
    events: Sequence[ClassEvent],
    names: dict[str, str],
    key: str,
    *,
    ends_at: datetime,
    at: datetime,
) -> FiveMinutes:
    sent = next((one for one in reversed(events) if one.kind == FiveMinutesSent.__name__), None)
    since = told_since(ends_at, sent.at if sent else None, at)
    if live.state != ClassState.LIVE or since is None:
        return FiveMinutes(None, is_sent=False, is_told=False, seen_by=())
    is_sent = sent is not None and sent.at == since
    seen = [
        one.actor_key for one in events if one.kind == FiveMinutesSeen.__name__ and one.at >= since
    ]
    knows = {*seen, *([sent.actor_key] if is_sent and sent else [])}
    return FiveMinutes(
        since,
        is_sent=is_sent,
        is_told=key not in knows,
        seen_by=tuple(names[one] for one in dict.fromkeys(seen) if one in names),
    )


def _names_of(keys: Iterable[str]) -> dict[str, str]:
    """Give the names of the accounts among these actors' keys."""
    ids = {int(key.removeprefix(_ACCOUNT)) for key in keys if key.startswith(_ACCOUNT)}
    return {f"{_ACCOUNT}{one.pk}": str(one) for one in Account.objects.filter(pk__in=ids)}
