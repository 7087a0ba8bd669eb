"""An interpreter's booth as her page shows it: who is on air, what she may do about it, and for how long."""

from dataclasses import dataclass
from datetime import datetime

from sabaq.classroom.models import BoothSeat
from sabaq.classroom.queries.booths import own_seat, partners_of, usual_pair
from sabaq.classroom.rules.booths import TAKE_OVER_AFTER
from sabaq.courses.models import Session
from sabaq.people.enums import Language

# Minutes. Half an hour is what two interpreters usually agree on.
TURN_LENGTHS = (10, 15, 20, 30, 45)


@dataclass(frozen=True)
class ShownBooth:
    """`seat` is None until she sits in one; `pair` are codes and names of its languages.

    `stand` is "on" (air), "asked" or "off"; `seconds` is for how long the one who is on air has been,
    `wait` after how many she may take over.
    """

    seat: BoothSeat | None
    pair: tuple[tuple[str, str], ...]
    partners: tuple[BoothSeat, ...] = ()
    seconds: int = 0
    wait: int = 0

    @property
    def stand(self) -> str:
        if self.seat is None:
            return "none"
        if self.seat.is_on_air:
            return "on"
        return "asked" if self.seat.asked_at else "off"

    @property
    def on_air(self) -> BoothSeat | None:
        """Give the partner who is on air."""
        return next((one for one in self.partners if one.is_on_air), None)

    @property
    def asking(self) -> BoothSeat | None:
        """Give the partner who has asked longest to take over."""
        waiting = (one for one in self.partners if one.asked_at and not one.is_on_air)
        return min(waiting, key=lambda one: (one.asked_at, one.pk), default=None)

    @property
    def into(self) -> str:
        """Give the name of the language in which the booth is heard."""
        speaker = self.on_air or self.seat
        return str(Language(speaker.into).label) if speaker else ""

    @property
    def other(self) -> str:
        return str(Language(self.seat.other).label) if self.seat else ""

    @property
    def key(self) -> str:
        """Give how it looks: the same key, the same look."""
        seats = [self.seat, *self.partners] if self.seat else []
        return ".".join(
            f"{one.pk}{one.first}{one.into}{one.second}{one.turn or ''}{'?' if one.asked_at else ''}"
            for one in seats
        )


def booth_of(session: Session, account_id: int, *, at: datetime) -> ShownBooth | None:
    """Give her booth, or the one she would sit down in; None where the edition has a single language."""
    seat = own_seat(session, account_id)
    if seat is None:
        pair = usual_pair(session, account_id)
        return ShownBooth(None, _named(pair)) if pair else None
    partners = tuple(partners_of(seat))
    speaker = next((one for one in (seat, *partners) if one.is_on_air), None)
    left = seat.asked_at + TAKE_OVER_AFTER - at if seat.asked_at else TAKE_OVER_AFTER
    since = speaker.on_air_since if speaker else None
    return ShownBooth(
        seat,
        _named((seat.first, seat.second)),
        partners,
        seconds=max(0, int((at - since).total_seconds())) if since else 0,
        wait=max(0, int(-(-left.total_seconds() // 1))),
    )


def _named(pair: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((code, str(Language(code).label)) for code in pair)
