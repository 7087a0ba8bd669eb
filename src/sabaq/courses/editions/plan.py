"""An edition as its file states it: frozen, checked, not yet in the database.

Texts are mappings language -> text. Moments are aware, in UTC. `place` is a row's place among its like.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal

from sabaq.courses.editions.lines import Lines
from sabaq.kernel.ids import digest

Texts = Mapping[str, str]


@dataclass(frozen=True)
class Head:
    slug: str
    pack: str
    version: str
    title: Texts
    starts_on: date
    ends_on: date
    zone: str
    languages: tuple[str, ...]
    seats: int
    overbooking: int
    women_aim: int
    hours: Decimal
    attendance_minutes: int
    projects: tuple[str, ...]


@dataclass(frozen=True)
class Contact:
    name: Texts
    function: Texts
    office: Texts
    email: str


@dataclass(frozen=True)
class Notice:
    version: int
    text: Texts


@dataclass(frozen=True)
class Classes:
    """How its classes are held: in a named edition a question waits to be released, and may bear a name."""

    is_named: bool = True


@dataclass(frozen=True)
class CallPlan:
    opens_at: datetime
    closes_at: datetime
    text: Texts


@dataclass(frozen=True)
class DonorPlan:
    key: str
    name: Texts
    place: int = field(compare=False)


@dataclass(frozen=True)
class ProgrammePlan:
    key: str
    name: Texts
    parent: str
    place: int = field(compare=False)


@dataclass(frozen=True)
class ProjectPlan:
    key: str
    name: Texts
    programme: str
    donor: str
    place: int = field(compare=False)


@dataclass(frozen=True)
class CountryPlan:
    key: str
    seats: int
    place: int = field(compare=False)


@dataclass(frozen=True)
class AgencyPlan:
    key: str
    name: Texts
    country: str
    kind: str
    place: int = field(compare=False)


@dataclass(frozen=True)
class SupportPlan:
    key: str
    text: Texts
    place: int = field(compare=False)


@dataclass(frozen=True)
class ContributorPlan:
    key: str
    kind: str
    name: Texts
    function: Texts
    statement: Texts
    place: int = field(compare=False)


@dataclass(frozen=True)
class SessionPlan:
    """One entry of the timetable, its local times already turned into moments."""

    key: str
    kind: str
    title: Texts
    topic: str
    starts_at: datetime
    ends_at: datetime
    contributors: tuple[str, ...]
    place: int = field(compare=False)


@dataclass(frozen=True)
class TestPlan:
    """How the edition asks a test of its pack; a moment that is not stated follows the timetable."""

    key: str
    forms: bool
    before: tuple[datetime | None, datetime | None]
    after: tuple[datetime | None, datetime | None]
    place: int = field(compare=False)

    __test__ = False  # not a test of ours, whatever pytest makes of the name


@dataclass(frozen=True)
class StaffPlan:
    key: str
    name: str
    language: str
    roles: tuple[str, ...]
    agencies: tuple[str, ...]
    country: str
    contributor: str
    place: int = field(compare=False)


@dataclass(frozen=True)
class EditionPlan:
    """Everything one file says. `lines` tells where it says it and is no part of the plan's content."""

    head: Head
    contact: Contact
    notice: Notice
    classes: Classes
    call: CallPlan
    donors: tuple[DonorPlan, ...]
    programmes: tuple[ProgrammePlan, ...]
    projects: tuple[ProjectPlan, ...]
    countries: tuple[CountryPlan, ...]
    agencies: tuple[AgencyPlan, ...]
    support: tuple[SupportPlan, ...]
    contributors: tuple[ContributorPlan, ...]
    sessions: tuple[SessionPlan, ...]
    tests: tuple[TestPlan, ...]
    staff: tuple[StaffPlan, ...]
    lines: Lines = field(compare=False, repr=False)

    @property
    def digest(self) -> str:
        """Give a digest of what the file says; comments, order of keys and spacing do not count."""
        content = {
            part.name: _plain(getattr(self, part.name))
            for part in fields(self)
            if part.name != "lines"
        }
        return digest(json.dumps(content, sort_keys=True, ensure_ascii=False, default=str).encode())


def _plain(part: object) -> object:
    if isinstance(part, tuple):
        return [_plain(row) for row in part]
    return asdict(part)  # type: ignore[call-overload]
