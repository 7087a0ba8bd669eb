"""What the page of an edition shows to one member of staff, gathered in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from sabaq.classroom.queries.running import live_session_ids
from sabaq.classroom.services.moving import MOVING_ROLES
from sabaq.courses.enums import ContributorKind, SessionKind
from sabaq.courses.models import Contributor, Edition, Session
from sabaq.courses.queries import timetable
from sabaq.credentials.queries import certificates_of
from sabaq.enrolment.enums import EnrolmentState, NominationState
from sabaq.enrolment.models import AccessLink, Call, Enrolment, Nomination
from sabaq.enrolment.queries import (
    Share,
    call_of,
    enrolments_visible_to,
    latecomers_of,
    letters_owed,
    letters_visible_to,
    nominations_visible_to,
    shares_by_country,
)
from sabaq.enrolment.rules import percent
from sabaq.kernel.places import place_of
from sabaq.newsroom.models import ArticleText
from sabaq.people.actors import Actor
from sabaq.people.enums import ZONE_OF_COUNTRY, Country, Language, Role, Sex
from sabaq.people.models import Agency
from sabaq.programmes.models import Project
from sabaq.web.office.stages import Act, CallState, Facts, Part, Stage, next_act, rail, stage_of

_PART_OF_ROLE = {
    Role.ORGANISER: Part.ORGANISER,
    Role.EVALUATOR: Part.EVALUATOR,
    Role.FOCAL_POINT: Part.FOCAL_POINT,
    Role.HOST: Part.CLASS,
    Role.TRAINER: Part.CLASS,
    Role.INTERPRETER: Part.CLASS,
    Role.COMMUNICATION: Part.NEWS,
    Role.REPRESENTATIVE: Part.NEWS,
    Role.OBSERVER: Part.OBSERVER,
}


@dataclass(frozen=True)
class Entry:
    """One entry of the timetable; `state` is "live" (a class goes on), "running" (by the clock), "done" or ""."""

    session: Session
    state: str

    @property
    def minutes(self) -> int:
        return round((self.session.ends_at - self.session.starts_at).total_seconds() / 60)

    @property
    def named(self) -> list[Contributor]:
        """Give those who speak in it; interpreters stand behind every session."""
        found = self.session.contributors.all()
        return [one for one in found if one.kind != ContributorKind.INTERPRETER]


@dataclass(frozen=True)
class Day:
    """One day of the timetable, by the clock of the course."""

    date: date
    entries: list[Entry]


@dataclass(frozen=True)
class Counts:
    """What the deciding and preparing still leave to do, among what this reader may see."""

    proposed: int = 0
    reserve: int = 0
    to_hand_over: int = 0
    opened: int = 0
    provisional: int = 0


@dataclass(frozen=True)
class EditionPage:
    """`rows` and `total` are exact head counts: they are empty for who may not see them."""

    edition: Edition
    part: Part
    call: Call | None
    rows: list[Share]
    total: Share
    counts: Counts
    entries: list[Entry]
    facts: Facts
    reader_zone: str
    at: datetime
    may_move: bool = False  # sessions, and admit latecomers

    @property
    def stage(self) -> Stage:
        return stage_of(self.facts)

    @property
    def rail(self) -> list[tuple[Stage, str]]:
        return rail(self.stage)

    @cached_property
    def act(self) -> Act:
        return next_act(self.facts, self.part)

    @property
    def has_counts(self) -> bool:
        return self.part in {Part.ORGANISER, Part.EVALUATOR, Part.FOCAL_POINT}

    @property
    def can_open_nominations(self) -> bool:
        return self.part in {Part.ORGANISER, Part.FOCAL_POINT}

    @property
    def women_nominated_percent(self) -> int | None:
        return percent(self.total.women_nominated, self.total.nominated)

    @property
    def place(self) -> str:
        return place_of(self.edition.zone)

    @property
    def languages(self) -> str:
        return ", ".join(Language(code).label for code in self.edition.languages)

    @cached_property
    def projects(self) -> list[Project]:
        return list(self.edition.projects.select_related("donor"))

    @property
    def days(self) -> list[Day]:
        zone = ZoneInfo(self.edition.zone)
        days: dict[date, list[Entry]] = {}
        for entry in self.entries:
            days.setdefault(entry.session.starts_at.astimezone(zone).date(), []).append(entry)
        return [Day(day, entries) for day, entries in days.items()]

    @property
    def live_session(self) -> Session | None:
        return next((entry.session for entry in self.entries if entry.state == "live"), None)

    @property
    def next_session(self) -> Session | None:
        """Give the session that is on by the clock, or else comes next, breaks apart."""
        return next(
            (
                entry.session
                for entry in self.entries
                if entry.state in {"running", ""} and entry.session.kind != SessionKind.BREAK
            ),
            None,
        )


def gather(edition: Edition, actor: Actor, *, at: datetime) -> EditionPage:
    """Gather what this actor may see of the edition at this moment."""
    part = part_of(actor, edition)
    call = call_of(edition)
    rows, total = _counted(edition, actor, part)
    counts = _counts(edition, actor, part)
    entries = _timetable(edition, at=at)
    facts = _facts(edition, call, total, counts, entries, at=at)
    zone = _zone_of(actor, edition)
    may_move = actor.has_role(*MOVING_ROLES, edition_id=edition.pk)
    return EditionPage(edition, part, call, rows, total, counts, entries, facts, zone, at, may_move)


def part_of(actor: Actor, edition: Edition) -> Part:
    """Give the greatest part the actor has in the edition."""
    held = {
        part for role, part in _PART_OF_ROLE.items() if actor.has_role(role, edition_id=edition.pk)
    }
    return next(part for part in Part if part in held)


def _counted(edition: Edition, actor: Actor, part: Part) -> tuple[list[Share], Share]:
    """Give exact counts: all countries to organiser and M&E officer, her own to a focal point."""
    if part in {Part.ORGANISER, Part.EVALUATOR}:
        return shares_by_country(edition)
    if part is not Part.FOCAL_POINT:
        return [], Share("")
    grants = actor.grants_as(Role.FOCAL_POINT, edition_id=edition.pk)
    countries = {grant.country for grant in grants if grant.country}
    rows = [row for row in shares_by_country(edition)[0] if row.country in countries]
    rows += [row for row in _shares_of_agencies(edition, actor) if row.country not in countries]
    total = Share("")
    for row in rows:
        total.add(row)
    return rows, total


@dataclass
class AgencyShare(Share):
    """The counts of one agency: seats are meant for countries, so it has none of its own."""

    agency: Agency | None = None


def _shares_of_agencies(edition: Edition, actor: Actor) -> list[Share]:
    grants = actor.grants_as(Role.FOCAL_POINT, edition_id=edition.pk)
    agencies = Agency.objects.filter(pk__in=[g.agency_id for g in grants if g.agency_id])
    shares: dict[int, Share] = {row.pk: AgencyShare(row.country, agency=row) for row in agencies}
    female = Count("pk", filter=Q(nominee__sex=Sex.FEMALE))
    open_ = Count("pk", filter=Q(state__in=[NominationState.PROPOSED, NominationState.RESERVE]))
    nominated = Nomination.objects.filter(edition=edition, agency__in=agencies)
    for pk, number, undecided, women in (
        nominated.exclude(state=NominationState.WITHDRAWN)
        .order_by()
        .values_list("agency")
        .annotate(number=Count("pk"), undecided=open_, women=female)
    ):
        share = shares[pk]
        share.nominated, share.undecided, share.women_nominated = number, undecided, women
    enrolled = Enrolment.objects.filter(
        edition=edition, state=EnrolmentState.ACTIVE, person__agency__in=agencies
    )
    for pk, number, women in (
        enrolled.order_by()
        .values_list("person__agency")
        .annotate(number=Count("pk"), women=Count("pk", filter=Q(person__sex=Sex.FEMALE)))
    ):
        shares[pk].confirmed, shares[pk].women = number, women
    return list(shares.values())


def _counts(edition: Edition, actor: Actor, part: Part) -> Counts:
    if part not in {Part.ORGANISER, Part.FOCAL_POINT}:
        return Counts()
    states = dict(
        nominations_visible_to(actor, edition)
        .select_related(None)
        .order_by()
        .values_list("state")
        .annotate(number=Count("pk"))
    )
    enrolments: QuerySet[Enrolment] = enrolments_visible_to(actor, edition).select_related(None)
    used = AccessLink.objects.filter(enrolment=OuterRef("pk"), first_used_at__isnull=False)
    return Counts(
        proposed=states.get(NominationState.PROPOSED, 0),
        reserve=states.get(NominationState.RESERVE, 0),
        to_hand_over=letters_owed(letters_visible_to(actor, edition)).count(),
        opened=enrolments.filter(Exists(used), state=EnrolmentState.ACTIVE).count(),
        provisional=latecomers_of(edition).count() if part is Part.ORGANISER else 0,
    )


def _timetable(edition: Edition, *, at: datetime) -> list[Entry]:
    live = live_session_ids(edition)
    sessions = timetable(edition).prefetch_related("contributors")
    return [Entry(s, "live" if s.pk in live else _by_clock(s, at)) for s in sessions]


def _by_clock(session: Session, at: datetime) -> str:
    if session.ends_at <= at:
        return "done"
    return "running" if session.starts_at <= at else ""


def _facts(
    edition: Edition,
    call: Call | None,
    total: Share,
    counts: Counts,
    entries: Iterable[Entry],
    *,
    at: datetime,
) -> Facts:
    zone = ZoneInfo(edition.zone)
    today = at.astimezone(zone).date()
    taught = [entry for entry in entries if entry.session.kind != SessionKind.TRIAL]
    ahead = [entry.session for entry in taught if entry.state != "done"]
    return Facts(
        today=today,
        starts_on=edition.starts_on,
        is_over=today > edition.ends_on or (today == edition.ends_on and not ahead),
        call=_call_state(call, at),
        proposed=counts.proposed,
        reserve=counts.reserve,
        seats_left=max(0, edition.seats - total.confirmed),
        to_hand_over=counts.to_hand_over,
        provisional=counts.provisional,
        not_opened=max(0, total.confirmed - counts.opened),
        is_live=any(entry.state == "live" for entry in entries),
        is_more_today=any(s.starts_at.astimezone(zone).date() == today for s in ahead),
        certificates=certificates_of(edition).count(),
        articles=ArticleText.objects.filter(article__edition=edition).count(),
    )


def _call_state(call: Call | None, at: datetime) -> CallState:
    if call is None or at < call.opens_at:
        return CallState.AHEAD
    return CallState.OPEN if at < call.closes_at else CallState.CLOSED


def _zone_of(actor: Actor, edition: Edition) -> str:
    """Give the reader's zone: her own if known, else that of the one country she answers for."""
    grants = actor.grants_as(Role.FOCAL_POINT, edition_id=edition.pk)
    if actor.zone or not grants:
        return actor.zone
    agencies = Agency.objects.filter(pk__in=[g.agency_id for g in grants if g.agency_id])
    countries = {g.country for g in grants if g.country} | set(
        agencies.values_list("country", flat=True)
    )
    return ZONE_OF_COUNTRY[Country(countries.pop())] if len(countries) == 1 else ""
