"""Agencies nominate officers, correct what they wrote, and withdraw, until the organiser has decided."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format

from sabaq.courses.models import Edition
from sabaq.enrolment.enums import NominationState
from sabaq.enrolment.errors import (
    AgencyOutOfReach,
    AlreadyDecided,
    AlreadyNominated,
    CallClosed,
    NoCall,
    OfficerNotValid,
)
from sabaq.enrolment.models import Call, Enrolment, Nomination
from sabaq.enrolment.queries import (
    UNDECIDED,
    agencies_within_reach,
    call_of,
    has_confirmed_data,
    nominations_visible_to,
)
from sabaq.enrolment.rules import OFFICER_FIELDS, Officer
from sabaq.kernel.audit import record
from sabaq.people.actors import Actor
from sabaq.people.enums import Sex
from sabaq.people.models import Agency, Person
from sabaq.people.rules import name_key, tidy_name


@transaction.atomic
def nominate_officer(
    edition: Edition, agency: Agency, officer: Officer, *, by: Actor, at: datetime
) -> Nomination:
    """Nominate an officer of `agency` while the call is open.

    Raises `NoCall`, `CallClosed`, `AgencyOutOfReach`, `OfficerNotValid`, or `AlreadyNominated` (nothing
    is doubled; a nomination that the agency had withdrawn comes back instead).
    """
    require_open_call(edition, at=at)
    require_reach(edition, agency, by=by)
    check_officer(officer)
    return write_nomination(lock_edition(edition), agency, officer, by=by, at=at)


def lock_edition(edition: Edition) -> Edition:
    """Take the row that everyone who nominates, confirms or withdraws in this edition takes first."""
    return Edition.objects.select_for_update().get(pk=edition.pk)


def require_open_call(edition: Edition, *, at: datetime) -> Call:
    """Give the call, or raise `NoCall` or `CallClosed`, which names its dates by the course's clock."""
    call = call_of(edition)
    if call is None:
        raise NoCall
    if not call.opens_at <= at < call.closes_at:
        zone = ZoneInfo(edition.zone)
        raise CallClosed(
            opens=date_format(call.opens_at.astimezone(zone), "j E Y, H:i"),
            closes=date_format(call.closes_at.astimezone(zone), "j E Y, H:i"),
        )
    return call


def require_reach(edition: Edition, agency: Agency, *, by: Actor) -> None:
    """Raise `AgencyOutOfReach` unless the actor may nominate for this agency in this edition."""
    if not agencies_within_reach(by, edition).filter(pk=agency.pk).exists():
        raise AgencyOutOfReach


def check_officer(officer: Officer) -> None:
    """Raise `OfficerNotValid` with every problem by field."""
    person = Person(**_columns(officer))
    exclude = {field.name for field in Person._meta.fields} - set(OFFICER_FIELDS)
    try:
        person.clean_fields(exclude=exclude)
    except ValidationError as error:
        raise OfficerNotValid(error.message_dict) from error


def write_nomination(
    edition: Edition, agency: Agency, officer: Officer, *, by: Actor, at: datetime
) -> Nomination:
    """Write the nomination of a checked officer, under the edition's lock; raises `AlreadyNominated`."""
    key = name_key(officer.native_name)
    nomination = Nomination.objects.filter(edition=edition, agency=agency, name_key=key).first()
    if nomination is None:
        nomination = Nomination.objects.create(
            edition=edition,
            nominee=person_of(edition, agency, officer),
            agency=agency,
            name_key=key,
            nominated_by_id=by.account_id,
            nominated_at=at,
        )
        record(nomination, "nominated", by=by, at=at)
        return nomination
    if nomination.state != NominationState.WITHDRAWN:
        raise AlreadyNominated
    _note(nomination.nominee, officer, only_given=True)
    nomination.state, nomination.decided_at = NominationState.PROPOSED, None
    nomination.nominated_by_id, nomination.nominated_at = by.account_id, at
    nomination.save(update_fields=["state", "decided_at", "nominated_by", "nominated_at"])
    record(nomination, "nominated again", by=by, at=at, changed=["state"])
    return nomination


@transaction.atomic
def correct_nomination(
    nomination: Nomination, officer: Officer, *, by: Actor, at: datetime
) -> Nomination:
    """Correct what the agency wrote about its officer, as long as nothing is decided.

    Raises `AgencyOutOfReach`, `AlreadyDecided`, `OfficerNotValid`, or `AlreadyNominated` where the new
    name is nominated by this agency already.
    """
    check_officer(officer)
    nomination = _own(nomination, by=by)
    if nomination.state not in UNDECIDED:
        raise AlreadyDecided
    key = name_key(officer.native_name)
    same = Nomination.objects.filter(
        edition=nomination.edition_id, agency=nomination.agency_id, name_key=key
    )
    if same.exclude(pk=nomination.pk).exists():
        raise AlreadyNominated
    person = nomination.nominee
    if key != nomination.name_key and _is_known_elsewhere(person, nomination):
        # Another name is another person: the one known from an earlier course keeps hers.
        nomination.nominee = person_of(nomination.edition, nomination.agency, officer)
        changed = ["nominee"]
    else:
        changed = _note(person, officer, only_given=False)
    nomination.name_key = key
    nomination.save(update_fields=["nominee", "name_key"])
    record(nomination, "corrected", by=by, at=at, changed=changed)
    return nomination


@transaction.atomic
def withdraw_nomination(nomination: Nomination, *, by: Actor, at: datetime) -> Nomination:
    """Take a nomination back, as long as nothing is decided; twice is as good as once.

    Raises `AgencyOutOfReach` or `AlreadyDecided`.
    """
    nomination = _own(nomination, by=by)
    if nomination.state == NominationState.WITHDRAWN:
        return nomination
    if nomination.state not in UNDECIDED:
        raise AlreadyDecided
    nomination.state, nomination.decided_at = NominationState.WITHDRAWN, at
    nomination.reserve_rank = None
    nomination.save(update_fields=["state", "decided_at", "reserve_rank"])
    record(nomination, "withdrawn", by=by, at=at, changed=["state"])
    return nomination


def _own(nomination: Nomination, *, by: Actor) -> Nomination:
    """Give the nomination as it is now, under the edition's lock, to those who see it."""
    edition = lock_edition(nomination.edition)
    own = nominations_visible_to(by, edition).filter(pk=nomination.pk).first()
    if own is None:
        raise AgencyOutOfReach
    return own


def _columns(officer: Officer) -> dict[str, str]:
    values = {field: getattr(officer, field) for field in OFFICER_FIELDS}
    for field in ("native_name", "latin_name", "patronymic", "email"):
        values[field] = tidy_name(values[field])
    return values


def person_of(edition: Edition, agency: Agency, officer: Officer) -> Person:
    """Find the officer again by agency and name (known from another course), or create her."""
    nominated = Nomination.objects.filter(edition=edition).values("nominee")
    key = name_key(officer.native_name)
    known = Person.objects.filter(agency=agency, name_key=key).exclude(pk__in=nominated)
    person = known.order_by("id").first()
    if person is None:
        return Person.objects.create(agency=agency, country=agency.country, **_columns(officer))
    _note(person, officer, only_given=True)
    return person


def _note(person: Person, officer: Officer, *, only_given: bool) -> list[str]:
    """Write down what the agency says, and give the changed columns.

    What the officer confirmed herself stands: then the agency may only add what is missing, and say
    the rank and the e-mail address of today.
    """
    confirmed = has_confirmed_data(person)
    changed = []
    for field, value in _columns(officer).items():
        now = getattr(person, field)
        hers = confirmed and now and field not in {"rank_band", "email"}
        silent = not value or (field == "sex" and value == Sex.UNDISCLOSED)
        if now == value or hers or (silent and (only_given or confirmed)):
            continue
        setattr(person, field, value)
        changed.append(field)
    if changed:
        person.save(update_fields=changed)
    return changed


def _is_known_elsewhere(person: Person, nomination: Nomination) -> bool:
    others = Nomination.objects.filter(nominee=person).exclude(pk=nomination.pk)
    return others.exists() or Enrolment.objects.filter(person=person).exists()
