"""Heads of editions, counted once each, in a fixed number of queries however many rows there are."""

from collections.abc import Collection, Iterable

from sabaq.classroom.queries.attendance import attended_minutes
from sabaq.courses.models import Edition
from sabaq.courses.queries import course_days
from sabaq.credentials.enums import CertificateState
from sabaq.credentials.models import Certificate
from sabaq.enrolment.enums import STATES_ENROLLED, EnrolmentState, NominationState
from sabaq.enrolment.models import Enrolment, Nomination
from sabaq.people.actors import Actor
from sabaq.people.enums import Role
from sabaq.people.models import Person
from sabaq.reporting.enums import By, Reader
from sabaq.reporting.indicators import Head, Indicator
from sabaq.reporting.tables import Table, tabulate

EXACT_ROLES = (Role.ORGANISER, Role.EVALUATOR)
REPORT_ROLES = (*EXACT_ROLES, Role.OBSERVER)


def reader_of(actor: Actor, edition: Edition) -> Reader:
    """Tell how exactly this actor may read the edition's head counts."""
    exact = actor.has_role(*EXACT_ROLES, edition_id=edition.pk)
    return Reader.EXACT if exact else Reader.PUBLISHED


def heads_of(editions: Iterable[Edition]) -> list[Head]:
    """Give one head per officer and edition, whether nominated, enrolled or both."""
    return [head for edition in editions for head in _heads(edition)]


def measure(
    indicator: Indicator, editions: Collection[Edition], *, by: By, reader: Reader
) -> Table:
    """Count `indicator` over `editions` along `by`, each officer of each edition once."""
    unique = {edition.pk: edition for edition in editions}
    return tabulate(indicator, by, heads_of(unique.values()), reader=reader)


def _heads(edition: Edition) -> list[Head]:
    minutes = attended_minutes(edition)
    days = course_days(edition)
    enrolments = Enrolment.objects.filter(
        edition=edition, state__in=STATES_ENROLLED
    ).select_related("person__agency")
    certified = set(
        Certificate.objects.filter(
            enrolment__edition=edition, state=CertificateState.VALID
        ).values_list("enrolment_id", flat=True)
    )
    nominated = dict(
        Nomination.objects.filter(edition=edition)
        .exclude(state=NominationState.WITHDRAWN)
        .values_list("nominee_id", "pk")
    )
    heads = []
    for enrolment in enrolments:
        attended = minutes.get(enrolment.pk, {})
        heads.append(
            _head(
                edition,
                enrolment.person,
                nominated=nominated.pop(enrolment.person_id, None) is not None,
                confirmed=enrolment.state == EnrolmentState.ACTIVE,
                registered=enrolment.profile_confirmed_at is not None,
                days=frozenset(
                    day for day in days if attended.get(day, 0) >= edition.attendance_minutes
                ),
                days_held=len(days),
                certified=enrolment.pk in certified,
            )
        )
    waiting = Nomination.objects.filter(pk__in=nominated.values()).select_related("nominee__agency")
    heads += [_head(edition, nomination.nominee, nominated=True) for nomination in waiting]
    return heads


def _head(edition: Edition, person: Person, **facts: object) -> Head:
    return Head(
        edition_id=edition.pk,
        person_id=person.pk,
        sex=person.sex,
        country=person.country,
        agency_kind=person.agency.kind if person.agency else "",
        rank_band=person.rank_band,
        **facts,  # type: ignore[arg-type]
    )
