"""Heads of editions, counted once each, in a fixed number of queries however many rows there are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from sabaq.classroom.queries.attendance import attendances_of
from sabaq.courses.models import Edition
from sabaq.credentials.enums import CertificateState
from sabaq.credentials.models import Certificate
from sabaq.enrolment.enums import STATES_ENROLLED, EnrolmentState, NominationState
from sabaq.enrolment.models import Enrolment, Nomination
from sabaq.people.actors import Actor
from sabaq.people.enums import Role
from sabaq.programmes.models import Project
from sabaq.reporting.enums import Reader
from sabaq.reporting.indicators import Head
from sabaq.reporting.models import Annex, Release

EXACT_ROLES = (Role.ORGANISER, Role.EVALUATOR)
REPORT_ROLES = (*EXACT_ROLES, Role.OBSERVER)


def reader_of_all(actor: Actor, editions: Iterable[Edition]) -> Reader:
    """Tell how exactly this actor may read totals over `editions`: as of the least exact among them."""
    readers = {reader_of(actor, edition) for edition in editions}
    return Reader.PUBLISHED if Reader.PUBLISHED in readers else Reader.EXACT


def reader_of(actor: Actor, edition: Edition) -> Reader:
    """Tell how exactly this actor may read the edition's head counts."""
    exact = actor.has_role(*EXACT_ROLES, edition_id=edition.pk)
    return Reader.EXACT if exact else Reader.PUBLISHED


def annexes_visible_to(actor: Actor, edition: Edition) -> QuerySet[Annex]:
    """Give the donor annexes of the edition, the last first, to whoever may issue one; without the papers."""
    if not actor.has_role(*EXACT_ROLES, edition_id=edition.pk):
        return Annex.objects.none()
    return Annex.objects.filter(edition=edition).defer("document")


def releases_of(edition: Edition) -> QuerySet[Release]:
    """Give all that was published of the edition, the first first."""
    return Release.objects.filter(edition=edition)


def heads_of(editions: Iterable[Edition]) -> list[Head]:
    """Give one head per officer and edition, whether nominated, enrolled or both; eight queries for any number."""
    return heads_and_days_of(editions)[0]


def heads_and_days_of(
    editions: Iterable[Edition],
) -> tuple[list[Head], dict[int, tuple[date, ...]]]:
    """Give the heads, and by edition the days on which something was taught; see `heads_of`."""
    by_id = {edition.pk: edition for edition in editions}
    attendances = attendances_of(by_id.values())
    held = {pk: attendance.days for pk, attendance in attendances.items()}
    nominated = _nominated(by_id.keys())
    certified = set(
        Certificate.objects.filter(
            enrolment__edition__in=by_id.keys(), state=CertificateState.VALID
        ).values_list("enrolment_id", flat=True)
    )
    heads = []
    for pk, edition_id, state, confirmed_at, person_id, *profile in _enrolled(by_id.keys()):
        enough = by_id[edition_id].attendance_minutes
        minutes = attendances[edition_id].minutes.get(pk, {})
        days = frozenset(day for day in held[edition_id] if minutes.get(day, 0) >= enough)
        heads.append(
            Head(
                edition_id,
                person_id,
                *_said(profile),
                nominated=nominated.pop((edition_id, person_id), None) is not None,
                confirmed=state == EnrolmentState.ACTIVE,
                registered=confirmed_at is not None,
                days=days,
                held=held[edition_id],
                certified=pk in certified,
            )
        )
    heads += [
        Head(edition_id, person_id, *_said(profile), nominated=True, held=held[edition_id])
        for (edition_id, person_id), profile in nominated.items()
    ]
    return heads, held


def editions_by_project(edition_ids: Collection[int]) -> list[tuple[Project, list[int]]]:
    """Give the projects of these editions by code, each with the ids of those that count for it."""
    belongs = (
        Edition.projects.through.objects.filter(edition__in=edition_ids)
        .select_related("project__donor", "project__programme__parent")
        .order_by("project__code", "edition_id")
    )
    counted: dict[Project, list[int]] = defaultdict(list)
    for one in belongs:
        counted[one.project].append(one.edition_id)
    return list(counted.items())


_PROFILE = ("sex", "country", "agency__kind", "rank_band")


def _enrolled(edition_ids: Collection[int]) -> Iterable[tuple[Any, ...]]:
    return Enrolment.objects.filter(edition__in=edition_ids, state__in=STATES_ENROLLED).values_list(
        "pk",
        "edition_id",
        "state",
        "profile_confirmed_at",
        "person_id",
        *(f"person__{field}" for field in _PROFILE),
    )


def _nominated(edition_ids: Collection[int]) -> dict[tuple[int, int], tuple[Any, ...]]:
    """Give who is nominated, by edition and person, with what is counted of her."""
    rows = (
        Nomination.objects.filter(edition__in=edition_ids)
        .exclude(state=NominationState.WITHDRAWN)
        .values_list("edition_id", "nominee_id", *(f"nominee__{field}" for field in _PROFILE))
    )
    return {(edition_id, person_id): profile for edition_id, person_id, *profile in rows}


def _said(profile: Sequence[str | None]) -> tuple[str, str, str, str]:
    sex, country, agency_kind, rank_band = profile
    return sex or "", country or "", agency_kind or "", rank_band or ""
