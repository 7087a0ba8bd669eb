"""Short signed tickets: what a follower may learn of one class, checked without a query."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sabaq.kernel import tokens

_PURPOSE = "live"
# What an event for all bears as its audience.
EVERYBODY = "all"
VALID_FOR = timedelta(minutes=10)


class Holder(NamedTuple):
    """By what right a ticket was given: by a way in (an access link) or by a staff account's role in the class."""

    session_id: int
    link_id: int | None
    account_id: int | None
    is_staff: bool


@dataclass(frozen=True, slots=True)
class Ticket:
    """`enrolment_id` is None for staff and guests; staff learn of presence and hands, others do not.

    `good_for` is how long a ticket that was read still holds: a stream ends with its ticket.
    """

    session_id: int
    session_uuid: UUID
    enrolment_id: int | None = None
    is_staff: bool = False
    good_for: timedelta = VALID_FOR
    link_id: int | None = None
    account_id: int | None = None

    @property
    def holder(self) -> Holder:
        return Holder(self.session_id, self.link_id, self.account_id, self.is_staff)

    def sees(self, audience: str, enrolment_id: int | None) -> bool:
        """Tell whether an event is for this follower; one for a single enrolment is for staff too."""
        if audience == EVERYBODY or self.is_staff:
            return True
        is_hers = self.enrolment_id is not None and self.enrolment_id == enrolment_id
        return audience == "one" and is_hers


def write_ticket(ticket: Ticket, *, at: datetime) -> str:
    """Give the signed form, good for ten minutes: long enough to reconnect, too short to pass on."""
    body = {
        "s": ticket.session_id,
        "u": ticket.session_uuid.hex,
        "e": ticket.enrolment_id,
        "f": ticket.is_staff,
        "x": int((at + VALID_FOR).timestamp()),
        "l": ticket.link_id,
        "a": ticket.account_id,
    }
    return tokens.sign(body, purpose=_PURPOSE, at=at, valid_for=VALID_FOR)


def read_ticket(text: str, *, at: datetime) -> Ticket:
    """Give the ticket, or raise `tokens.TokenInvalid` or `tokens.TokenExpired`."""
    body = tokens.read(text, purpose=_PURPOSE, at=at)
    good_for = timedelta(seconds=body["x"] - int(at.timestamp()))
    return Ticket(
        body["s"], UUID(hex=body["u"]), body["e"], body["f"], good_for, body["l"], body["a"]
    )
