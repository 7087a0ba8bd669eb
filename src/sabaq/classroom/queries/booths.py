"""Booths: who sits in which, who of them is on air, and whether somebody asked to speak more slowly."""

from dataclasses import dataclass

from django.db.models import QuerySet

from sabaq.classroom.events.booths import SlowDownAsked
from sabaq.classroom.models import BoothSeat, ClassEvent, LiveClass
from sabaq.classroom.queries.floor import floor_language
from sabaq.courses.models import Session
from sabaq.courses.queries import roles_in_class
from sabaq.people.enums import Role


def own_seat(session: Session, account_id: int) -> BoothSeat | None:
    return BoothSeat.objects.filter(session=session, account_id=account_id).first()


def partners_of(seat: BoothSeat) -> QuerySet[BoothSeat]:
    """Give the other seats of her booth, in the order in which they were taken."""
    booth = BoothSeat.objects.filter(
        session_id=seat.session_id, first=seat.first, second=seat.second
    )
    return booth.exclude(pk=seat.pk).select_related("account").order_by("id")


def on_air(session_id: int) -> QuerySet[BoothSeat]:
    """Give who is heard in a language, with account, in the order of the languages."""
    seats = BoothSeat.objects.filter(session_id=session_id, turn__isnull=False)
    return seats.select_related("account").order_by("into")


def usual_pair(session: Session, account_id: int) -> tuple[str, str] | None:
    """Give the two languages to sit down between: hers in this edition before, else the edition's first two."""
    languages = list(session.edition.languages)
    before = BoothSeat.objects.filter(
        account_id=account_id, session__edition=session.edition_id, first__in=languages
    )
    last = before.filter(second__in=languages).order_by("-id").first()
    if last:
        return last.first, last.second
    return (languages[0], languages[1]) if len(languages) > 1 else None


def usual_into(live: LiveClass, first: str, second: str) -> str:
    """Give the language to interpret into: the one of the two that the floor does not speak."""
    spoken = floor_language(live, tuple(live.session.edition.languages))
    return first if spoken == second else second


def interprets(account_id: int, session_id: int) -> bool:
    """Tell whether this account is an interpreter of the class at this moment."""
    return Role.INTERPRETER in roles_in_class(account_id, session_id)


def last_slow_down(session: Session) -> ClassEvent | None:
    """Give when an interpreter last asked the floor to speak more slowly."""
    asked = ClassEvent.objects.filter(session=session, kind=SlowDownAsked.__name__)
    return asked.order_by("-seq").first()


@dataclass(frozen=True)
class SeatSeen:
    """A seat as voice needs it, apart from the database. `speaker` is the key of the actor who sits there."""

    uuid: str
    speaker: str
    account_id: int
    booth: tuple[str, str]
    into: str
    is_on_air: bool


def seats_seen(session_id: int) -> dict[str, SeatSeen]:
    """Give every seat of a class, by speaker."""
    rows = BoothSeat.objects.filter(session_id=session_id).order_by("id")
    seen = [
        SeatSeen(
            str(seat.uuid),
            f"account:{seat.account_id}",
            seat.account_id,
            (seat.first, seat.second),
            seat.into,
            seat.is_on_air,
        )
        for seat in rows
    ]
    return {seat.speaker: seat for seat in seen}
