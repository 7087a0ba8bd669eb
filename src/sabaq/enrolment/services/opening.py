"""First opening: the participant confirms who she is, reads the notice, and answers three questions."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from sabaq.enrolment.models import Enrolment
from sabaq.kernel.audit import Signatory, record
from sabaq.people.services import correct_person

CONSENTS = ("photo_agreed", "voice_agreed", "listing_agreed")


@transaction.atomic
def confirm_profile(
    enrolment: Enrolment, profile: Mapping[str, str], *, by: Signatory, at: datetime
) -> Enrolment:
    """Correct the person as she says and note when she confirmed it, which is the first time."""
    enrolment = _locked(enrolment)
    correct_person(enrolment.person, profile, by=by, at=at)
    if enrolment.profile_confirmed_at is not None:
        return enrolment
    enrolment.profile_confirmed_at = at
    enrolment.save(update_fields=["profile_confirmed_at"])
    record(enrolment, "profile confirmed", by=by, at=at, changed=["profile_confirmed_at"])
    return enrolment


@transaction.atomic
def read_notice(enrolment: Enrolment, version: int, *, by: Signatory, at: datetime) -> Enrolment:
    """Note that this version of the edition's data notice was read; an older one never replaces a newer."""
    enrolment = _locked(enrolment)
    if enrolment.notice_version is not None and enrolment.notice_version >= version:
        return enrolment
    enrolment.notice_version, enrolment.notice_read_at = version, at
    changed = ["notice_version", "notice_read_at"]
    enrolment.save(update_fields=changed)
    record(enrolment, "notice read", by=by, at=at, changed=changed)
    return enrolment


@transaction.atomic
def set_consents(
    enrolment: Enrolment,
    *,
    photo: bool,
    voice: bool,
    listing: bool,
    by: Signatory,
    at: datetime,
) -> Enrolment:
    """Keep three separate answers; the audit line names which changed, never to what."""
    enrolment = _locked(enrolment)
    answers = dict(zip(CONSENTS, (photo, voice, listing), strict=True))
    changed = [name for name, answer in answers.items() if getattr(enrolment, name) != answer]
    if not changed:
        return enrolment
    for name in changed:
        setattr(enrolment, name, answers[name])
    enrolment.save(update_fields=changed)
    record(enrolment, "consents answered", by=by, at=at, changed=changed)
    return enrolment


def _locked(enrolment: Enrolment) -> Enrolment:
    return (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("person")
        .get(pk=enrolment.pk)
    )
