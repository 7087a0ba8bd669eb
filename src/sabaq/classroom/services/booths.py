"""Booths: sitting down in one, going on air, handing over, turning round. The server decides who is on air.

Whoever is on air is a fact of the log, so it outlives every kill, and every partner sees the same. All of it
happens under the lock of the class: of two who take at once exactly one gets it.
"""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from sabaq.classroom.errors.booths import (
    BoothNeedsTwoLanguages,
    HandoverNotYet,
    LanguageSpoken,
    NobodyAsks,
    NotInABooth,
    OnAirMeanwhile,
    StillOnAir,
)
from sabaq.classroom.events.booths import (
    BoothEntered,
    BoothTurned,
    HandoverAsked,
    HandoverTakenBack,
    InterpreterOffAir,
    InterpreterOnAir,
    SlowDownAsked,
)
from sabaq.classroom.log import append, locked_class, must_not_have_ended
from sabaq.classroom.models import BoothSeat, LiveClass
from sabaq.classroom.queries.booths import last_slow_down, partners_of, usual_into
from sabaq.classroom.rules.booths import SLOW_DOWN_SHOWN_FOR, may_take_over
from sabaq.courses.models import Session
from sabaq.kernel.ids import new_uuid
from sabaq.people.actors import Actor


def enter_booth(session: Session, first: str, second: str, *, by: Actor, at: datetime) -> BoothSeat:
    """Sit down between two languages of the edition; the same two again change nothing.

    Raises `BoothNeedsTwoLanguages`, or `StillOnAir`.
    """
    first, second = sorted((first, second))
    if first == second or not {first, second} <= set(session.edition.languages):
        raise BoothNeedsTwoLanguages
    with locked_class(session) as live:
        must_not_have_ended(live)
        account_id = _account(by)
        seat = _seats(live).filter(account_id=account_id).first()
        if seat and (seat.first, seat.second) == (first, second):
            return seat
        if seat and seat.is_on_air:
            raise StillOnAir
        seat = seat or BoothSeat(session=session, account_id=account_id)
        seat.first, seat.second, seat.asked_at = first, second, None
        on_air = partners_of(seat).filter(turn__isnull=False).first()
        seat.into = on_air.into if on_air else usual_into(live, first, second)
        seat.save()
        append(live, BoothEntered(str(seat.uuid), first, second), by=by, at=at)
        return seat


def go_on_air(session: Session, *, seen: UUID | None, by: Actor, at: datetime) -> BoothSeat:
    """Speak for the booth from now on; `seen` is the turn the page showed (None: nobody's).

    Where a partner is on air this takes over from her, if she asked to be relieved or was asked long enough ago.
    Raises `OnAirMeanwhile`, `HandoverNotYet`, or `LanguageSpoken` where another booth speaks the language.
    """
    with locked_class(session) as live:
        seat = _own_seat(live, by)
        if seat.is_on_air:
            return seat
        on_air = partners_of(seat).filter(turn__isnull=False).first()
        if (on_air.turn if on_air else None) != seen:
            raise OnAirMeanwhile
        if on_air and not may_take_over(
            asked_at=seat.asked_at, relief_asked_at=on_air.asked_at, at=at
        ):
            raise HandoverNotYet
        _change(live, on_air, seat, by=by, at=at)
        return seat


def hand_over(session: Session, *, seen: UUID | None, by: Actor, at: datetime) -> BoothSeat:
    """Let the partner who has asked longest speak; `seen` is the turn that ends. Give her seat.

    Raises `OnAirMeanwhile` where that turn is over, or `NobodyAsks`.
    """
    with locked_class(session) as live:
        seat = _own_seat(live, by)
        if seat.turn is None or seat.turn != seen:
            raise OnAirMeanwhile
        partner = (
            partners_of(seat).filter(asked_at__isnull=False).order_by("asked_at", "id").first()
        )
        if partner is None:
            raise NobodyAsks
        _change(live, seat, partner, by=by, at=at)
        return partner


def ask_handover(session: Session, *, by: Actor, at: datetime) -> BoothSeat:
    """Ask to take over or, on air, to be relieved; asking again changes nothing."""
    with locked_class(session) as live:
        seat = _own_seat(live, by)
        if seat.asked_at is None:
            seat.asked_at = at
            seat.save(update_fields=["asked_at"])
            append(live, HandoverAsked(str(seat.uuid)), by=by, at=at)
        return seat


def ask_no_longer(session: Session, *, by: Actor, at: datetime) -> BoothSeat:
    """Take back what `ask_handover` asked."""
    with locked_class(session) as live:
        seat = _own_seat(live, by)
        _forget_asking(live, seat, by=by, at=at)
        return seat


def turn_round(session: Session, into: str, *, by: Actor, at: datetime) -> BoothSeat:
    """Speak into this language of the booth; the same again changes nothing. Partners turn round with her.

    Raises `BoothNeedsTwoLanguages` for one the booth does not have, or `LanguageSpoken`.
    """
    with locked_class(session) as live:
        seat = _own_seat(live, by)
        if into not in {seat.first, seat.second}:
            raise BoothNeedsTwoLanguages
        if seat.into == into:
            return seat
        if seat.is_on_air:
            _must_be_free(live, into, but=seat)
            partners_of(seat).update(into=into)
        seat.into = into
        seat.save(update_fields=["into"])
        append(live, BoothTurned(str(seat.uuid), into), by=by, at=at)
        return seat


def leave_air(session: Session, account_id: int, *, by: Actor, at: datetime) -> None:
    """End her turn and her asking, if any: her microphone is off, or her page has gone."""
    with locked_class(session) as live:
        seat = _seats(live).filter(account_id=account_id).first()
        if seat is None:
            return
        _forget_asking(live, seat, by=by, at=at)
        if seat.is_on_air:
            _off(live, seat, by=by, at=at)


def leave_every_booth(live: LiveClass, *, by: Actor, at: datetime) -> None:
    """Let nobody be on air in a class locked by `locked_class`: it ends."""
    _seats(live).filter(asked_at__isnull=False).update(asked_at=None)
    for seat in _seats(live).filter(turn__isnull=False).order_by("id"):
        _off(live, seat, by=by, at=at)


def ask_to_slow_down(session: Session, *, by: Actor, at: datetime) -> None:
    """Ask whoever speaks on the floor to speak more slowly; asked again while it is shown, nothing."""
    with locked_class(session) as live:
        seat = _own_seat(live, by)
        last = last_slow_down(session)
        if last is None or at - last.at >= SLOW_DOWN_SHOWN_FOR:
            append(live, SlowDownAsked(str(seat.uuid)), by=by, at=at)


def _seats(live: LiveClass) -> QuerySet[BoothSeat]:
    return BoothSeat.objects.select_for_update().filter(session_id=live.session_id)


def _own_seat(live: LiveClass, by: Actor) -> BoothSeat:
    must_not_have_ended(live)
    seat = _seats(live).filter(account_id=_account(by)).first()
    if seat is None:
        raise NotInABooth
    return seat


def _account(by: Actor) -> int:
    """Give the account that acts; nobody else sits in a booth."""
    if by.account_id is None:
        raise NotInABooth
    return by.account_id


def _change(
    live: LiveClass, off: BoothSeat | None, on: BoothSeat, *, by: Actor, at: datetime
) -> None:
    """Put `on` on air in the place of `off`, into the same language; nobody of the booth asks any longer."""
    if off is not None:
        on.into = off.into
        _off(live, off, by=by, at=at)
    _must_be_free(live, on.into, but=on)
    partners_of(on).update(asked_at=None)
    on.turn, on.on_air_since, on.asked_at = new_uuid(), at, None
    on.save(update_fields=["into", "turn", "on_air_since", "asked_at"])
    append(live, InterpreterOnAir(str(on.uuid), on.into), by=by, at=at)


def _off(live: LiveClass, seat: BoothSeat, *, by: Actor, at: datetime) -> None:
    seat.turn = seat.on_air_since = None
    seat.save(update_fields=["turn", "on_air_since"])
    append(live, InterpreterOffAir(str(seat.uuid), seat.into), by=by, at=at)


def _forget_asking(live: LiveClass, seat: BoothSeat, *, by: Actor, at: datetime) -> None:
    if seat.asked_at is not None:
        seat.asked_at = None
        seat.save(update_fields=["asked_at"])
        append(live, HandoverTakenBack(str(seat.uuid)), by=by, at=at)


def _must_be_free(live: LiveClass, language: str, *, but: BoothSeat) -> None:
    spoken = _seats(live).filter(into=language, turn__isnull=False).exclude(pk=but.pk)
    if spoken.exists():
        raise LanguageSpoken
