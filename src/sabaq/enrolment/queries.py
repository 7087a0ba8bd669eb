"""Doors to calls, nominations, enrolments and letters, and the counts that a decision needs."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.utils.translation import pgettext_lazy

from sabaq.courses.models import CountrySeats, Edition, Session
from sabaq.enrolment.enums import (
    STATES_ENROLLED,
    STATES_LET_IN,
    EnrolmentState,
    LetterState,
    NominationState,
)
from sabaq.enrolment.models import AccessLink, Call, Enrolment, Letter, Nomination, Room
from sabaq.enrolment.rules import Seating, percent
from sabaq.kernel.models import AuditRecord
from sabaq.people.actors import Actor
from sabaq.people.enums import Country, Role, Sex
from sabaq.people.models import Agency, Person
from sabaq.people.rules import name_key, tidy_name

UNDECIDED = (NominationState.PROPOSED, NominationState.RESERVE)


def _reach(actor: Actor, edition: Edition) -> tuple[set[int], set[str]]:
    grants = actor.grants_as(Role.FOCAL_POINT, edition_id=edition.pk)
    agencies = {grant.agency_id for grant in grants if grant.agency_id is not None}
    countries = {grant.country for grant in grants if grant.agency_id is None and grant.country}
    return agencies, countries


def agencies_within_reach(actor: Actor, edition: Edition) -> QuerySet[Agency]:
    """Give the agencies for which the actor may nominate: a focal point's own, an organiser's all."""
    if actor.has_role(Role.ORGANISER, edition_id=edition.pk):
        return Agency.objects.order_by("country", "key")
    agencies, countries = _reach(actor, edition)
    reached = Q(pk__in=agencies) | Q(country__in=countries)
    return Agency.objects.filter(reached).order_by("country", "key")


def nominations_visible_to(actor: Actor, edition: Edition) -> QuerySet[Nomination]:
    """Give an edition's nominations: to its organiser all, to a focal point those of her agencies."""
    nominations = edition.nominations.select_related("nominee", "agency")
    if actor.has_role(Role.ORGANISER, edition_id=edition.pk):
        return nominations
    agencies, countries = _reach(actor, edition)
    return nominations.filter(Q(agency__in=agencies) | Q(agency__country__in=countries))


def has_confirmed_data(person: Person) -> bool:
    """Tell whether this person has confirmed her data in any course: from then on they are hers."""
    return Enrolment.objects.filter(person=person, profile_confirmed_at__isnull=False).exists()


def in_order_of_decision(nominations: QuerySet[Nomination]) -> QuerySet[Nomination]:
    """Give nominations by state as people decide them, the reserve list in its order, then by name."""
    return nominations.order_by(
        F("reserve_rank").asc(nulls_last=True), "agency__country", "name_key"
    )


def enrolments_visible_to(actor: Actor, edition: Edition) -> QuerySet[Enrolment]:
    """Give an edition's enrolments: to its organiser all, to a focal point those of her agencies."""
    enrolments = edition.enrolments.select_related("person__agency", "nomination")
    if actor.has_role(Role.ORGANISER, edition_id=edition.pk):
        return enrolments
    agencies, countries = _reach(actor, edition)
    return enrolments.filter(
        Q(person__agency__in=agencies) | Q(person__agency__country__in=countries)
    )


def letters_visible_to(actor: Actor, edition: Edition) -> QuerySet[Letter]:
    """Give the letters owed to participants whose enrolment the actor may see."""
    enrolments = enrolments_visible_to(actor, edition).values("pk")
    return Letter.objects.filter(enrolment__in=enrolments).select_related(
        "enrolment__person__agency", "enrolment__edition"
    )


def with_valid_link(enrolments: QuerySet[Enrolment], *, at: datetime) -> QuerySet[Enrolment]:
    """Give enrolments with `valid_links`, the list of their access links that open at this moment."""
    return enrolments.prefetch_related(Prefetch("links", valid_links(at=at), to_attr="valid_links"))


def valid_links(*, at: datetime) -> QuerySet[AccessLink]:
    """Give the access links that open at this moment, the newest first."""
    return AccessLink.objects.filter(revoked_at__isnull=True, expires_at__gt=at).order_by("-id")


def open_link_ids(link_ids: Collection[int], *, at: datetime) -> set[int]:
    """Give those of the links that let their holders in at this moment."""
    links = valid_links(at=at).filter(pk__in=link_ids)
    in_place = Q(enrolment__isnull=True) | Q(enrolment__state__in=STATES_LET_IN)
    return set(links.filter(in_place).values_list("pk", flat=True))


def valid_link_of(enrolment: Enrolment, *, at: datetime) -> AccessLink | None:
    """Give the access link by which this participant comes in, or None."""
    return valid_links(at=at).filter(enrolment=enrolment).first()


def rooms_of(edition: Edition, *, at: datetime) -> QuerySet[Room]:
    """Give the rooms of an edition by name, each with `valid_links`: empty once it is closed."""
    links = Prefetch("links", valid_links(at=at), to_attr="valid_links")
    return edition.rooms.select_related("agency", "edition").prefetch_related(links)


def guest_links(edition: Edition, *, at: datetime) -> QuerySet[AccessLink]:
    """Give the links of an edition's guest speakers that open at this moment, with guest and session."""
    return (
        valid_links(at=at)
        .filter(session__edition=edition)
        .select_related("guest", "session__edition")
        .order_by("session__starts_at", "id")
    )


def call_of(edition: Edition) -> Call | None:
    """Give the call for nominations of an edition, or None where there is none yet."""
    return Call.objects.filter(edition=edition).first()


def seating_of(edition: Edition) -> Seating:
    """Give the seats of an edition and how many are taken; lock the edition before you act on it."""
    taken = Enrolment.objects.filter(edition=edition, state=EnrolmentState.ACTIVE).count()
    return Seating(edition.seats, edition.overbooking, taken)


@dataclass
class Share:
    """The counts of one country, or of all together: seats meant for it, nominated, confirmed, women.

    `proposed` are still to be decided; `undecided` are those and the reserve list.
    """

    country: str
    seats: int = 0
    nominated: int = 0
    undecided: int = 0
    proposed: int = 0
    confirmed: int = 0
    women: int = 0
    women_nominated: int = 0

    @property
    def label(self) -> str:
        return str(Country(self.country).label) if self.country else ""

    @cached_property
    def women_percent(self) -> int | None:
        return percent(self.women, self.confirmed)

    @property
    def over(self) -> int:
        """Give how many are confirmed beyond the seats meant for the country (a guide, no limit)."""
        return max(0, self.confirmed - self.seats)

    def add(self, other: "Share") -> None:
        self.seats += other.seats
        self.nominated += other.nominated
        self.undecided += other.undecided
        self.proposed += other.proposed
        self.confirmed += other.confirmed
        self.women += other.women
        self.women_nominated += other.women_nominated


def shares_by_country(edition: Edition) -> tuple[list[Share], Share]:
    """Give the counts of each country, alphabetical in the reader's language, and their total.

    Three queries, however many rows. Nominations withdrawn by their agency are not counted.
    """
    shares: dict[str, Share] = {}

    def share(country: str) -> Share:
        return shares.setdefault(country, Share(country))

    for meant in CountrySeats.objects.filter(edition=edition):
        share(meant.country).seats = meant.seats
    women = Count("pk", filter=Q(nominee__sex=Sex.FEMALE))
    undecided = Count("pk", filter=Q(state__in=UNDECIDED))
    proposed = Count("pk", filter=Q(state=NominationState.PROPOSED))
    for country, number, open_, new, female in (
        Nomination.objects.filter(edition=edition)
        .exclude(state=NominationState.WITHDRAWN)
        .order_by()
        .values_list("agency__country")
        .annotate(number=Count("pk"), undecided=undecided, proposed=proposed, women=women)
    ):
        row = share(country)
        row.nominated, row.women_nominated = number, female
        row.undecided, row.proposed = open_, new
    for country, number, female in (
        Enrolment.objects.filter(edition=edition, state=EnrolmentState.ACTIVE)
        .values_list("person__country")
        .annotate(number=Count("pk"), women=Count("pk", filter=Q(person__sex=Sex.FEMALE)))
    ):
        row = share(country)
        row.confirmed, row.women = number, female
    total = Share("")
    for row in shares.values():
        total.add(row)
    return sorted(shares.values(), key=lambda row: row.label), total


class ParticipantState(TextChoices):
    """How far a participant has come; worked out, never stored."""

    INVITED = "invited", pgettext_lazy("participant", "Invited")
    OPENED = "opened", pgettext_lazy("participant", "Opened the link")
    READY = "ready", pgettext_lazy("participant", "Confirmed her or his data")
    CLOSED = "closed", pgettext_lazy("participant", "Without a link")
    WITHDRAWN = "withdrawn", pgettext_lazy("participant", "Withdrawn")


def participants_visible_to(actor: Actor, edition: Edition) -> QuerySet[Enrolment]:
    """Give the enrolments of those who have or had a seat, without latecomers who are not confirmed."""
    return enrolments_visible_to(actor, edition).filter(state__in=STATES_ENROLLED)


def latecomers_of(edition: Edition) -> QuerySet[Enrolment]:
    """Give who was admitted provisionally and is still to be decided, in the order in which they came."""
    return (
        edition.enrolments.filter(state=EnrolmentState.PROVISIONAL)
        .select_related("person__agency", "nomination", "edition")
        .order_by("enrolled_at", "pk")
    )


def with_progress(enrolments: QuerySet[Enrolment], *, at: datetime) -> QuerySet[Enrolment]:
    """Give enrolments with `progress`, their `ParticipantState` at this moment."""
    links = AccessLink.objects.filter(enrolment=OuterRef("pk"))
    return enrolments.annotate(
        progress=Case(
            When(state=EnrolmentState.WITHDRAWN, then=Value(ParticipantState.WITHDRAWN.value)),
            When(
                ~Exists(links.filter(revoked_at__isnull=True, expires_at__gt=at)),
                then=Value(ParticipantState.CLOSED.value),
            ),
            When(profile_confirmed_at__isnull=False, then=Value(ParticipantState.READY.value)),
            When(
                Exists(links.filter(first_used_at__isnull=False)),
                then=Value(ParticipantState.OPENED.value),
            ),
            default=Value(ParticipantState.INVITED.value),
            output_field=CharField(),
        )
    )


def named_like(enrolments: QuerySet[Enrolment], words: str) -> QuerySet[Enrolment]:
    """Give enrolments of people whose name, in either script, contains these words."""
    if not words.strip():
        return enrolments
    return enrolments.filter(
        Q(person__name_key__contains=name_key(words))
        | Q(person__latin_name__icontains=tidy_name(words))
    )


def by_consent(enrolments: QuerySet[Enrolment], wanted: str) -> QuerySet[Enrolment]:
    """Give those who agreed to `photo`, `voice` or `listing`; with `no-` before it those who did not, or not yet."""
    if not wanted:
        return enrolments
    agreed = Q(**{f"{wanted.removeprefix('no-')}_agreed": True})
    return enrolments.exclude(agreed) if wanted.startswith("no-") else enrolments.filter(agreed)


def letters_owed(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """Give the letters that somebody must hand over: no e-mail, or it could not be sent."""
    return letters.filter(state__in=[LetterState.WAITING, LetterState.FAILED])


def trail_of_enrolment(edition: Edition) -> QuerySet[AuditRecord]:
    """Give the audit trail of an edition's nominations, enrolments, links, letters, rooms and sessions, newest first."""

    def ids(rows: QuerySet[Any]) -> QuerySet[Any, Any]:
        keys: QuerySet[Any, Any] = rows.order_by().annotate(pk_as_text=Cast("pk", CharField()))
        return keys.values("pk_as_text")

    about: list[tuple[str, QuerySet[Any]]] = [
        (Nomination._meta.label, Nomination.objects.filter(edition=edition)),
        (Enrolment._meta.label, Enrolment.objects.filter(edition=edition)),
        (
            AccessLink._meta.label,
            AccessLink.objects.filter(Q(enrolment__edition=edition) | Q(session__edition=edition)),
        ),
        (Session._meta.label, Session.objects.filter(edition=edition)),
        (Letter._meta.label, Letter.objects.filter(enrolment__edition=edition)),
        (Room._meta.label, Room.objects.filter(edition=edition)),
    ]
    which = Q(pk__in=[])
    for label, rows in about:
        which |= Q(object_type=label, object_id__in=ids(rows))
    return AuditRecord.objects.filter(which).order_by("-id")
