"""The editions that the demo consists of, and who acts in them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings

from sabaq.courses.models import Appointment, Edition
from sabaq.courses.queries import actor_of_account
from sabaq.ops.demo.folder import demo_folder
from sabaq.ops.demo.moment import DECIDED_AT, LOADED_AT, NOMINATED_AT, OPENED_AT
from sabaq.ops.demo.officers import DemoOfficer, officers_in
from sabaq.people.actors import Actor
from sabaq.people.enums import Role
from sabaq.people.models import Agency

PACK = "gender-human-rights"
# 52 weeks: last year's course was held on the same days of the week.
A_YEAR = timedelta(weeks=52)
_DATE = re.compile(r"\b20\d\d-\d\d-\d\d(?!\d)")


@dataclass(frozen=True)
class DemoCourse:
    """One edition: when each thing was done in it, counted from the moments of this year's by `earlier`."""

    slug: str
    earlier: timedelta = timedelta()

    @property
    def loaded_at(self) -> datetime:
        return LOADED_AT - self.earlier

    @property
    def nominated_at(self) -> datetime:
        return NOMINATED_AT - self.earlier

    @property
    def decided_at(self) -> datetime:
        return DECIDED_AT - self.earlier

    @property
    def opened_at(self) -> datetime:
        return OPENED_AT - self.earlier

    @property
    def edition(self) -> Edition:
        return Edition.objects.get(slug=self.slug)

    def officers(self) -> list[DemoOfficer]:
        return officers_in(folder() / f"{self.slug}.nominees.csv")

    def acting(self, role: Role, agency: Agency | None = None) -> Actor:
        """Give the actor who holds `role` in the edition, for this agency if one is given."""
        held = Appointment.objects.filter(edition__slug=self.slug, role=role)
        if agency is not None:
            held = held.filter(agency=agency) | held.filter(agency=None, country=agency.country)
        return actor_of_account(held.select_related("account").order_by("id")[0].account)


NOW = DemoCourse(settings.DEMO_EDITION)
PAST = DemoCourse(settings.DEMO_PAST_EDITION, earlier=A_YEAR)
# Its call is open while the first is taught, so that a focal point has something to do.
OPEN_FOR_NOMINATION = "interviewing-2027"


def folder() -> Path:
    """Give where the edition files and the tables of officers lie."""
    return Path(settings.PACKS_DIR) / PACK / "editions"


def file_of_past() -> Path:
    """Write the edition file of last year's course: this year's, 52 weeks earlier; give where it lies."""
    text = (folder() / f"{NOW.slug}.toml").read_text("utf-8")
    text = _DATE.sub(lambda day: str(date.fromisoformat(day[0]) - A_YEAR), text)
    file = demo_folder() / f"{PAST.slug}.toml"
    file.write_text(text.replace(f'slug = "{NOW.slug}"', f'slug = "{PAST.slug}"'), "utf-8")
    return file


def of(course: DemoCourse, *acts: Callable[[DemoCourse], None]) -> Callable[[], None]:
    """Give one act that does these in this course, in order."""

    def act() -> None:
        for one in acts:
            one(course)

    return act
