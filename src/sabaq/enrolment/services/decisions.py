"""The organiser decides: confirmed, on the reserve list, or not confirmed this time.

Every act here takes the edition's row first (see docs/invariants/seats.md): two organisers who confirm
at once must not give away more seats than the edition and its overbooking margin hold.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from sabaq.courses.models import Edition
from sabaq.enrolment.enums import EnrolmentState, LetterState, NominationState
from sabaq.enrolment.errors import (
    AlreadyConfirmed,
    EditionFull,
    NominationsDiffer,
    NominationWithdrawn,
    TooManyForSeats,
)
from sabaq.enrolment.models import AccessLink, Enrolment, Letter, Nomination
from sabaq.enrolment.queries import seating_of
from sabaq.enrolment.rules import Seating
from sabaq.enrolment.services.letters import INVITATION, queue_letter
from sabaq.enrolment.services.links import issue_link, revoke_link
from sabaq.enrolment.services.nominations import lock_edition
from sabaq.kernel.audit import record
from sabaq.kernel.errors import NotAllowed
from sabaq.people.actors import Actor
from sabaq.people.enums import Role


@transaction.atomic
def confirm_nominations(
    nominations: Iterable[Nomination], *, by: Actor | None, at: datetime
) -> list[Enrolment]:
    """Give each nominee a seat, a way in and an invitation; those confirmed already are passed over.

    All or nobody: raises `EditionFull` or `TooManyForSeats` (with how many fit), `NominationWithdrawn`,
    `NominationsDiffer`, or `NotAllowed`. Gives the new enrolments.
    """
    edition, chosen = _locked(nominations, by=by)
    if edition is None:
        return []
    withdrawn = [n for n in chosen if n.state == NominationState.WITHDRAWN]
    if withdrawn:
        raise NominationWithdrawn(count=len(withdrawn))
    chosen = [n for n in chosen if n.state != NominationState.CONFIRMED]
    require_seats(seating_of(edition), len(chosen))
    return [enrol(edition, nomination, by=by, at=at) for nomination in chosen]


@transaction.atomic
def reserve_nominations(
    nominations: Iterable[Nomination], *, by: Actor | None, at: datetime
) -> list[Nomination]:
    """Put nominees at the end of the reserve list, in the given order.

    Gives those that were not on it yet. Raises `AlreadyConfirmed`, `NominationsDiffer`, `NotAllowed`.
    """
    edition, chosen = _locked(nominations, by=by)
    changed = _open_to(NominationState.RESERVE, chosen)
    last = Nomination.objects.filter(edition=edition).aggregate(last=Max("reserve_rank"))["last"]
    for rank, nomination in enumerate(changed, (last or 0) + 1):
        decide(nomination, NominationState.RESERVE, rank=rank, by=by, at=at)
    return changed


@transaction.atomic
def decline_nominations(
    nominations: Iterable[Nomination], *, by: Actor | None, at: datetime
) -> list[Nomination]:
    """Say of nominees that they are not confirmed this time; one let in provisionally is let in no longer.

    Gives those newly decided. Raises `AlreadyConfirmed`, `NominationsDiffer`, `NotAllowed`.
    """
    edition, chosen = _locked(nominations, by=by)
    changed = _open_to(NominationState.DECLINED, chosen)
    for nomination in changed:
        decide(nomination, NominationState.DECLINED, rank=None, by=by, at=at)
    let_in = Enrolment.objects.filter(
        edition=edition,
        state=EnrolmentState.PROVISIONAL,
        person__in=[nomination.nominee_id for nomination in changed],
    )
    for enrolment in let_in:
        turn_away(enrolment, by=by, at=at)
    return changed


@transaction.atomic
def withdraw_enrolment(
    enrolment: Enrolment, *, by: Actor | None, at: datetime, reason: str = ""
) -> Enrolment:
    """Free the seat and close every way in at once; the nomination is to be decided again.

    What the participant did so far is kept. Withdrawing twice changes nothing. Raises `NotAllowed`.
    """
    edition = lock_edition(enrolment.edition)
    require_organiser(edition, by=by)
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if enrolment.state == EnrolmentState.WITHDRAWN:
        return enrolment
    enrolment.state = EnrolmentState.WITHDRAWN
    enrolment.save(update_fields=["state"])
    record(enrolment, "withdrawn", by=by, at=at, changed=["state"], reason=reason)
    _close_ways_in(enrolment, by=by, at=at)
    nomination = enrolment.nomination
    if nomination is not None:
        nomination.state, nomination.decided_at = NominationState.PROPOSED, None
        nomination.save(update_fields=["state", "decided_at"])
        record(nomination, "to be decided again", by=by, at=at, changed=["state"])
    return enrolment


def _locked(
    nominations: Iterable[Nomination], *, by: Actor | None
) -> tuple[Edition | None, list[Nomination]]:
    """Take the edition's row, then give the chosen nominations as they are now, in the given order."""
    wanted: dict[int, Nomination] = {nomination.pk: nomination for nomination in nominations}
    if not wanted:
        return None, []
    editions = {nomination.edition_id for nomination in wanted.values()}
    if len(editions) > 1:
        raise NominationsDiffer
    edition = Edition.objects.select_for_update().get(pk=editions.pop())
    require_organiser(edition, by=by)
    now = Nomination.objects.filter(pk__in=wanted).in_bulk()
    return edition, [now[pk] for pk in wanted if pk in now]


def require_seats(seating: Seating, asked: int) -> None:
    """Raise `EditionFull` or `TooManyForSeats` unless that many seats are left; lock the edition first."""
    if asked and seating.left == 0:
        raise EditionFull(count=seating.limit)
    if asked > seating.left:
        raise TooManyForSeats(count=seating.left, asked=asked)


def turn_away(enrolment: Enrolment, *, by: Actor | None, at: datetime) -> None:
    """End a provisional enrolment, under the edition's lock: her link opens no more, and no letter is owed."""
    enrolment.state = EnrolmentState.DECLINED
    enrolment.save(update_fields=["state"])
    record(enrolment, "not confirmed", by=by, at=at, changed=["state"])
    _close_ways_in(enrolment, by=by, at=at)


def _close_ways_in(enrolment: Enrolment, *, by: Actor | None, at: datetime) -> None:
    for link in AccessLink.objects.filter(enrolment=enrolment, revoked_at__isnull=True):
        revoke_link(link, by=by, at=at)
    Letter.objects.filter(enrolment=enrolment).exclude(state=LetterState.SENT).delete()


def require_organiser(edition: Edition, *, by: Actor | None) -> None:
    """Raise `NotAllowed` unless the actor organises this edition; None is the system itself."""
    if by is not None and not by.has_role(Role.ORGANISER, edition_id=edition.pk):
        raise NotAllowed


def _open_to(state: NominationState, chosen: list[Nomination]) -> list[Nomination]:
    """Give those that are not in `state` yet; what an agency withdrew stays withdrawn."""
    confirmed = sum(n.state == NominationState.CONFIRMED for n in chosen)
    if confirmed:
        raise AlreadyConfirmed(count=confirmed)
    return [n for n in chosen if n.state not in {state, NominationState.WITHDRAWN}]


def decide(
    nomination: Nomination,
    state: NominationState,
    *,
    rank: int | None,
    by: Actor | None,
    at: datetime,
) -> None:
    """Write down what was decided, under the edition's lock."""
    nomination.state, nomination.decided_at, nomination.reserve_rank = state, at, rank
    nomination.save(update_fields=["state", "decided_at", "reserve_rank"])
    record(nomination, str(state.value), by=by, at=at, changed=["state"])


def enrol(edition: Edition, nomination: Nomination, *, by: Actor | None, at: datetime) -> Enrolment:
    """Give a nominee one of the seats that were counted under the edition's lock, with a link and a letter."""
    decide(nomination, NominationState.CONFIRMED, rank=None, by=by, at=at)
    enrolment, created = Enrolment.objects.get_or_create(
        edition=edition,
        person_id=nomination.nominee_id,
        defaults={"nomination": nomination, "enrolled_at": at},
    )
    is_in_class = not created and enrolment.state == EnrolmentState.PROVISIONAL
    if not created:
        # She had a seat before and gave it back, or was let in: what she did and agreed to is hers still.
        enrolment.state, enrolment.nomination = EnrolmentState.ACTIVE, nomination
        enrolment.enrolled_at = at
        enrolment.save(update_fields=["state", "nomination", "enrolled_at"])
    record(enrolment, "enrolled", by=by, at=at, changed=["state"])
    issue_link(enrolment, by=by, at=at)
    # Whoever was let in holds her link already: a letter to hand over would tell her nothing.
    if not is_in_class or enrolment.person.email:
        queue_letter(enrolment, INVITATION, by=by, at=at)
    return enrolment
