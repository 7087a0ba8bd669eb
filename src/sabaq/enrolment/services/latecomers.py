"""Latecomers: let in at once with a link of their own, decided later under the lock of the seats.

A provisional enrolment takes no seat and is counted nowhere (docs/invariants/seats.md). Confirming turns
it into an ordinary one, with a nomination of its own where the agency made none; what she did so far counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from sabaq.courses.models import Edition
from sabaq.enrolment.enums import EnrolmentState, NominationState
from sabaq.enrolment.errors import (
    AlreadyEnrolled,
    EnrolmentsDiffer,
    NominationWithdrawn,
    NotAdmitted,
)
from sabaq.enrolment.models import AccessLink, Enrolment, Nomination
from sabaq.enrolment.queries import seating_of
from sabaq.enrolment.rules import Officer
from sabaq.enrolment.services.decisions import (
    decide,
    enrol,
    require_organiser,
    require_seats,
    turn_away,
)
from sabaq.enrolment.services.links import issue_link, reissue_link
from sabaq.enrolment.services.nominations import check_officer, lock_edition, person_of
from sabaq.kernel.audit import record
from sabaq.kernel.errors import NotAllowed
from sabaq.people.actors import Actor
from sabaq.people.enums import Role
from sabaq.people.models import Agency
from sabaq.people.rules import name_key

ADMITTING_ROLES = (Role.ORGANISER, Role.HOST)


@dataclass(frozen=True)
class Admission:
    """What came of letting somebody in; `nomination` is the one she had before, if any."""

    enrolment: Enrolment
    link: AccessLink
    is_new: bool
    nomination: Nomination | None


@transaction.atomic
def admit_provisionally(
    edition: Edition, agency: Agency, officer: Officer, *, by: Actor, at: datetime
) -> Admission:
    """Let an officer in who has no seat, with a link and a code, until the organiser decides.

    Admitting her twice gives what the first time gave; a nomination she has is linked, never doubled, and
    stays as it was decided. Raises `AlreadyEnrolled`, `OfficerNotValid` or `NotAllowed`.
    """
    _require_admitter(edition, by=by)
    check_officer(officer)
    edition = lock_edition(edition)
    key = name_key(officer.native_name)
    nomination = (
        Nomination.objects.filter(edition=edition, agency=agency, name_key=key)
        .select_related("nominee")
        .first()
    )
    # The same name in the same agency is the same officer here, as it is for nominations.
    enrolment = Enrolment.objects.filter(
        edition=edition, person__agency=agency, person__name_key=key
    ).first()
    if enrolment is not None and enrolment.state == EnrolmentState.ACTIVE:
        raise AlreadyEnrolled
    if enrolment is not None and enrolment.state == EnrolmentState.PROVISIONAL:
        return Admission(
            enrolment, issue_link(enrolment, by=by, at=at), is_new=False, nomination=nomination
        )
    if enrolment is None:
        person = nomination.nominee if nomination else person_of(edition, agency, officer)
        enrolment = Enrolment(edition=edition, person=person, enrolled_at=at)
    enrolment.state, enrolment.nomination = EnrolmentState.PROVISIONAL, nomination
    enrolment.enrolled_at = at
    enrolment.save()
    record(enrolment, "admitted provisionally", by=by, at=at, changed=["state"])
    link = issue_link(enrolment, by=by, at=at)
    return Admission(enrolment, link, is_new=True, nomination=nomination)


@transaction.atomic
def confirm_latecomers(
    enrolments: Iterable[Enrolment], *, by: Actor, at: datetime
) -> list[Enrolment]:
    """Give each a seat under every rule of seats; those confirmed already are passed over.

    All or nobody: raises `EditionFull`, `TooManyForSeats`, `NotAdmitted` (somebody was let in no longer),
    `NominationWithdrawn` or `NotAllowed`. Their links stay as they are; who has an e-mail address gets a letter.
    """
    edition, chosen = _locked(enrolments, by=by)
    if edition is None:
        return []
    if any(one.state not in {EnrolmentState.PROVISIONAL, EnrolmentState.ACTIVE} for one in chosen):
        raise NotAdmitted
    chosen = [one for one in chosen if one.state == EnrolmentState.PROVISIONAL]
    require_seats(seating_of(edition), len(chosen))
    nominations = [_nomination_of(one, by=by, at=at) for one in chosen]
    withdrawn = sum(one.state == NominationState.WITHDRAWN for one in nominations)
    if withdrawn:
        raise NominationWithdrawn(count=withdrawn)
    return [enrol(edition, nomination, by=by, at=at) for nomination in nominations]


@transaction.atomic
def decline_latecomers(
    enrolments: Iterable[Enrolment], *, by: Actor, at: datetime
) -> list[Enrolment]:
    """Say of latecomers that they are not confirmed this time: their links close at once.

    What they wrote is kept and counted nowhere. Gives those newly decided. Raises `NotAllowed`, or
    `NotAdmitted` where somebody has a seat by now.
    """
    _edition, chosen = _locked(enrolments, by=by)
    if any(one.state == EnrolmentState.ACTIVE for one in chosen):
        raise NotAdmitted
    changed = [one for one in chosen if one.state == EnrolmentState.PROVISIONAL]
    for one in changed:
        turn_away(one, by=by, at=at)
        nomination = one.nomination
        if nomination is not None and nomination.state != NominationState.WITHDRAWN:
            decide(nomination, NominationState.DECLINED, rank=None, by=by, at=at)
    return changed


@transaction.atomic
def replace_latecomer_link(enrolment: Enrolment, *, by: Actor, at: datetime) -> AccessLink:
    """Close a latecomer's link and open a new one, to be read out again. Raises `NotAdmitted`, `NotAllowed`."""
    _require_admitter(enrolment.edition, by=by)
    enrolment = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    if enrolment.state != EnrolmentState.PROVISIONAL:
        raise NotAdmitted
    return reissue_link(enrolment, by=by, at=at)


def _require_admitter(edition: Edition, *, by: Actor) -> None:
    if not by.has_role(*ADMITTING_ROLES, edition_id=edition.pk):
        raise NotAllowed


def _locked(
    enrolments: Iterable[Enrolment], *, by: Actor
) -> tuple[Edition | None, list[Enrolment]]:
    """Take the edition's row, then give the chosen enrolments as they are now."""
    wanted = {enrolment.pk: enrolment.edition_id for enrolment in enrolments}
    if not wanted:
        return None, []
    if len(set(wanted.values())) > 1:
        raise EnrolmentsDiffer
    edition = Edition.objects.select_for_update().get(pk=next(iter(wanted.values())))
    require_organiser(edition, by=by)
    now = Enrolment.objects.select_related("person__agency", "nomination").in_bulk(wanted)
    return edition, [now[pk] for pk in wanted if pk in now]


def _nomination_of(enrolment: Enrolment, *, by: Actor, at: datetime) -> Nomination:
    """Give the nomination of a latecomer: linked when she came, made by her agency since, or made now."""
    person = enrolment.person
    if person.agency is None:  # whoever is admitted has one
        raise NotAdmitted
    of_edition = Nomination.objects.filter(edition=enrolment.edition_id)
    nomination = (
        enrolment.nomination
        or of_edition.filter(nominee=person).first()
        or of_edition.filter(agency=person.agency, name_key=person.name_key).first()
    )
    if nomination is None:
        nomination = Nomination.objects.create(
            edition_id=enrolment.edition_id,
            nominee=person,
            agency=person.agency,
            name_key=person.name_key,
            nominated_by_id=by.account_id,
            nominated_at=at,
        )
        record(nomination, "nominated", by=by, at=at)
    elif nomination.nominee_id != person.pk:
        # She wrote her name otherwise when she was admitted, and her agency nominated her since.
        if nomination.state == NominationState.CONFIRMED:
            raise AlreadyEnrolled
        nomination.nominee = person
        nomination.save(update_fields=["nominee"])
        record(nomination, "corrected", by=by, at=at, changed=["nominee"])
    return nomination
