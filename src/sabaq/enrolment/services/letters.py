"""Letters to participants: owed, sent by e-mail at most once, or handed over by a person.

The text is made when it is sent or shown (`enrolment.effects`). Sending happens outside any transaction,
between two short ones: the first claims the letter, the second says what became of it. A letter found
claimed by an attempt that never ended may have left: it is not sent again by itself, but shown to be
handed over.
"""

from datetime import datetime

from django.db import transaction

from sabaq.courses.models import Edition
from sabaq.enrolment.effects import SESSION_MOVED, can_be_posted, post
from sabaq.enrolment.enums import STATES_LET_IN, LetterState
from sabaq.enrolment.errors import NoLinkToSend
from sabaq.enrolment.models import AccessLink, Enrolment, Letter
from sabaq.enrolment.ports import MailDelayed, MailRefused, Postman
from sabaq.enrolment.queries import valid_link_of
from sabaq.enrolment.rules import LETTER_ATTEMPTS, back_off
from sabaq.enrolment.services.links import reissue_link
from sabaq.kernel import ports
from sabaq.kernel.audit import record
from sabaq.kernel.tasks import enqueue
from sabaq.people.actors import Actor

INVITATION = "invitation"
SEND = "enrolment.send_letter"


@transaction.atomic
def queue_letter(enrolment: Enrolment, kind: str, *, by: Actor | None, at: datetime) -> Letter:
    """Owe this participant a letter of this kind, once; one owed before is owed anew."""
    letter, created = Letter.objects.select_for_update().get_or_create(
        enrolment=enrolment, kind=kind, defaults={"queued_at": at}
    )
    if not created:
        _requeue(letter, at=at)
    record(letter, "queued", by=by, at=at)
    enqueue(SEND, str(letter.pk))
    return letter


@transaction.atomic
def queue_word_of_move(edition: Edition, *, by: Actor | None, at: datetime) -> list[Letter]:
    """Owe everybody who comes to class, and can be reached by e-mail, the letter about moved sessions."""
    if not ports.get(Postman).delivers:
        return []  # nobody could hand over sixty letters in time; every page says it
    reached = Enrolment.objects.filter(edition=edition, state__in=STATES_LET_IN)
    return [
        queue_letter(enrolment, SESSION_MOVED, by=by, at=at)
        for enrolment in reached.exclude(person__email="").order_by("pk")
    ]


@transaction.atomic
def send_again(letter: Letter, *, by: Actor, at: datetime) -> Letter:
    """Try to send a letter by e-mail once more. Raises `NoLinkToSend`."""
    letter = _locked(letter.pk)
    if letter.state == LetterState.QUEUED:
        return letter
    if valid_link_of(letter.enrolment, at=at) is None:
        raise NoLinkToSend
    return queue_letter(letter.enrolment, letter.kind, by=by, at=at)


@transaction.atomic
def hand_over_letters(letters: list[Letter], *, by: Actor, at: datetime) -> list[Letter]:
    """Note that somebody gave these letters to their participants; gives those not noted before."""
    found = Letter.objects.select_for_update().filter(pk__in=[letter.pk for letter in letters])
    done = [letter for letter in found if letter.state in {LetterState.WAITING, LetterState.FAILED}]
    for letter in done:
        letter.state, letter.sent_at = LetterState.SENT, at
        letter.save(update_fields=["state", "sent_at"])
        record(letter, "handed over", by=by, at=at, changed=["state"])
    return done


@transaction.atomic
def replace_link(enrolment: Enrolment, *, by: Actor, at: datetime) -> AccessLink:
    """Close every way in of this participant, open a new one, and owe her the letter about it."""
    link = reissue_link(enrolment, by=by, at=at)
    queue_letter(enrolment, INVITATION, by=by, at=at)
    return link


def send_letter(letter_id: int, *, at: datetime) -> None:
    """Send a queued letter by e-mail, or leave it to be handed over. Safe to run twice."""
    letter = _claim(letter_id, at=at)
    if letter is None:
        return
    try:
        post(letter, at=at)
    except MailDelayed:
        _put_off(letter, at=at)
    except MailRefused:
        _conclude(letter, LetterState.FAILED, at=at)
    else:
        _conclude(letter, LetterState.SENT, at=at)


@transaction.atomic
def _claim(letter_id: int, *, at: datetime) -> Letter | None:
    """Give the letter to whoever sends it now, or None where there is nothing to send."""
    letter = Letter.objects.select_for_update().filter(pk=letter_id).first()
    if letter is None:
        return None
    if letter.state == LetterState.SENDING:
        _end(letter, LetterState.WAITING, verb="perhaps sent", at=at)
        return None
    if letter.state != LetterState.QUEUED:
        return None
    enrolment = letter.enrolment
    usable = enrolment.state in STATES_LET_IN and valid_link_of(enrolment, at=at)
    if not usable or not can_be_posted(letter):
        _end(letter, LetterState.WAITING, verb="to be handed over", at=at)
        return None
    letter.state, letter.attempts = LetterState.SENDING, letter.attempts + 1
    letter.save(update_fields=["state", "attempts"])
    return letter


@transaction.atomic
def _put_off(letter: Letter, *, at: datetime) -> None:
    letter = _locked(letter.pk)
    if letter.attempts >= LETTER_ATTEMPTS:
        _end(letter, LetterState.FAILED, verb="could not be sent", at=at)
        return
    letter.state = LetterState.QUEUED
    letter.save(update_fields=["state"])
    enqueue(SEND, str(letter.pk), after=back_off(letter.attempts))


@transaction.atomic
def _conclude(letter: Letter, state: LetterState, *, at: datetime) -> None:
    letter = _locked(letter.pk)
    verb = "sent" if state is LetterState.SENT else "could not be sent"
    _end(letter, state, verb=verb, at=at)


def _end(letter: Letter, state: LetterState, *, verb: str, at: datetime) -> None:
    letter.state = state
    letter.sent_at = at if state is LetterState.SENT else None
    letter.save(update_fields=["state", "sent_at"])
    record(letter, verb, by=None, at=at, changed=["state"])


def _requeue(letter: Letter, *, at: datetime) -> None:
    letter.state, letter.queued_at, letter.sent_at = LetterState.QUEUED, at, None
    letter.attempts = 0
    letter.save(update_fields=["state", "queued_at", "sent_at", "attempts"])


def _locked(letter_id: int) -> Letter:
    return Letter.objects.select_for_update().get(pk=letter_id)
