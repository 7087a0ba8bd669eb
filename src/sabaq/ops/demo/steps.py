"""What the demo consists of, in the order in which an office would do it, by the services that it uses."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from sabaq.courses.models import Appointment, CountrySeats, Edition
from sabaq.courses.queries import actor_of_account
from sabaq.enrolment.enums import NominationState
from sabaq.enrolment.models import Nomination
from sabaq.enrolment.services.decisions import (
    confirm_nominations,
    decline_nominations,
    reserve_nominations,
)
from sabaq.enrolment.services.imports import import_nominations
from sabaq.kernel import clock
from sabaq.ops.demo.moment import DECIDED_AT, NOMINATED_AT
from sabaq.ops.demo.officers import HEADER, DemoOfficer, officers_of
from sabaq.ops.editions import load_edition_file
from sabaq.people.actors import Actor
from sabaq.people.enums import Role
from sabaq.people.errors import AccountExists
from sabaq.people.models import Account, Agency
from sabaq.people.services import create_account, set_password

PASSWORD = "sabaq-demo-2027"  # noqa: S105 - printed on the terminal of whoever starts the demo
ADMINISTRATOR = "admin@demo.example"
PACK, EDITION = "gender-human-rights", "regional-2027"
RESERVED_PER_COUNTRY = 2


@dataclass(frozen=True)
class Step:
    """One part of the demo; `act` may run again after an interruption."""

    key: str
    title: str
    act: Callable[[], None]


def open_administrator() -> None:
    try:
        with transaction.atomic():
            create_account(
                ADMINISTRATOR,
                by=None,
                at=clock.now(),
                name="Demo administrator",
                password=PASSWORD,
                administrator=True,
            )
    except AccountExists:
        return


def load_edition() -> None:
    path = settings.PACKS_DIR / PACK / "editions" / f"{EDITION}.toml"
    load_edition_file(path, by=None, at=NOMINATED_AT)


def give_passwords() -> None:
    for account in Account.objects.filter(appointments__edition=edition()).distinct():
        set_password(account, PASSWORD, by=None, at=clock.now())


def nominate() -> None:
    """Send in each agency's table, as its focal point does."""
    for country in edition().country_seats.values_list("country", flat=True):
        agencies = list(Agency.objects.filter(country=country).order_by("key"))
        officers = officers_of(country)
        for place, agency in enumerate(agencies):
            table = table_of(officers[place :: len(agencies)])
            focal_point = acting(Role.FOCAL_POINT, agency)
            done = import_nominations(edition(), agency, table, by=focal_point, at=NOMINATED_AT)
            if done.refused:
                raise AssertionError(f"the demo's own officers were refused: {done.refused}")


def decide() -> None:
    """Fill each country's seats, put two on the reserve list, and leave the rest to whoever tries the demo."""
    for seats in CountrySeats.objects.filter(edition=edition()):
        proposed = list(
            Nomination.objects.filter(
                edition=edition(), agency__country=seats.country, state=NominationState.PROPOSED
            ).order_by("id")
        )
        decide_country(proposed, seats.seats, at=DECIDED_AT)


@transaction.atomic
def decide_country(proposed: list[Nomination], seats: int, *, at: datetime) -> None:
    organiser = acting(Role.ORGANISER)
    reserved = seats + RESERVED_PER_COUNTRY
    confirm_nominations(proposed[:seats], by=organiser, at=at)
    reserve_nominations(proposed[seats:reserved], by=organiser, at=at)
    decline_nominations(proposed[reserved : reserved + 1], by=organiser, at=at)


def edition() -> Edition:
    return Edition.objects.get(slug=EDITION)


def acting(role: Role, agency: Agency | None = None) -> Actor:
    """Give the actor who holds `role` in the demo edition, for this agency if one is given."""
    held = Appointment.objects.filter(edition=edition(), role=role).select_related("account")
    if agency is not None:
        held = held.filter(agency=agency) | held.filter(agency=None, country=agency.country)
    return actor_of_account(held.order_by("id")[0].account)


def table_of(officers: list[DemoOfficer]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADER)
    writer.writerows(officer.row() for officer in officers)
    return text.getvalue().encode()


STEPS = (
    Step("administrator", "The administrator's account", open_administrator),
    Step("edition", "The course pack and its edition, with staff and timetable", load_edition),
    Step("passwords", "Passwords for the staff", give_passwords),
    Step("nominations", "90 officers nominated by the agencies' focal points", nominate),
    Step("decisions", "64 seats confirmed, with invitations", decide),
)
