"""What the demo consists of, in the order in which an office would do it, by the services that it uses."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from sabaq.classroom.services.running import begin_class
from sabaq.courses.models import Appointment, Edition
from sabaq.courses.queries import actor_of_account, pack_of
from sabaq.enrolment.access import actor_of_link
from sabaq.enrolment.models import AccessLink, Nomination
from sabaq.enrolment.services import (
    confirm_nominations,
    confirm_profile,
    decline_nominations,
    enter_by_link,
    nominate_officer,
    read_notice,
    reserve_nominations,
    set_consents,
)
from sabaq.kernel import clock
from sabaq.ops.demo.certificates import design_certificates
from sabaq.ops.demo.moment import DECIDED_AT, LOADED_AT, NOMINATED_AT, OPENED_AT
from sabaq.ops.demo.officers import CONFIRMED, DECLINED, RESERVE, DemoOfficer, officers_in
from sabaq.ops.editions import load_edition_file
from sabaq.people.actors import Actor
from sabaq.people.enums import Role
from sabaq.people.errors import AccountExists
from sabaq.people.models import Account, Agency
from sabaq.people.rules import name_key
from sabaq.people.services import create_account

PASSWORD = "sabaq-demo-2027"  # noqa: S105 - printed on the terminal of whoever starts the demo
ADMINISTRATOR = "admin@demo.example"
PACK, EDITION = "gender-human-rights", "regional-2027"
# Its call is open while the other is taught, so that a focal point has something to do.
OPEN_FOR_NOMINATION = "interviewing-2027"
TAUGHT_NOW = "interviewing-screening"
# In the first lines of `open_links`: the third of every three has not opened the link yet.
NOT_OPENED = 2


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
    for name in (EDITION, OPEN_FOR_NOMINATION):
        load_edition_file(folder() / f"{name}.toml", by=None, at=LOADED_AT)


def give_passwords() -> None:
    # A password takes a second to hash, on purpose; the demo's staff share one, and so its hash.
    staff = Account.objects.filter(appointments__edition=edition())
    Account.objects.filter(pk__in=staff.values("pk")).update(password=make_password(PASSWORD))


@transaction.atomic
def nominate() -> None:
    """Nominate each officer, as the focal point of her agency does."""
    agencies = {agency.key: agency for agency in Agency.objects.all()}
    focal_points = {key: acting(Role.FOCAL_POINT, agency) for key, agency in agencies.items()}
    for row in officers():
        nominate_officer(
            edition(),
            agencies[row.agency],
            row.officer,
            by=focal_points[row.agency],
            at=NOMINATED_AT,
        )


@transaction.atomic
def decide() -> None:
    """Decide as the table says, and leave the rest to whoever tries the demo."""
    organiser = acting(Role.ORGANISER)
    proposed = {
        (nomination.agency.key, nomination.name_key): nomination
        for nomination in Nomination.objects.filter(edition=edition()).select_related("agency")
    }
    chosen: dict[str, list[Nomination]] = defaultdict(list)
    for row in officers():
        chosen[row.decision].append(proposed[row.agency, name_key(row.officer.native_name)])
    confirm_nominations(chosen[CONFIRMED], by=organiser, at=DECIDED_AT)
    reserve_nominations(chosen[RESERVE], by=organiser, at=DECIDED_AT)
    decline_nominations(chosen[DECLINED], by=organiser, at=DECIDED_AT)


@transaction.atomic
def open_links() -> None:
    """Let about two in three open their link: they confirm their data, read the notice, and answer."""
    links = AccessLink.objects.filter(enrolment__edition=edition()).order_by("id")
    for number, link in enumerate(links.select_related("enrolment__person", "enrolment__edition")):
        enrolment = link.enrolment
        if enrolment is None or number % 3 == NOT_OPENED:
            continue
        officer = actor_of_link(link)
        enter_by_link(link, by=officer, at=OPENED_AT)
        confirm_profile(enrolment, {}, by=officer, at=OPENED_AT)
        read_notice(enrolment, edition().notice_version, by=officer, at=OPENED_AT)
        set_consents(
            enrolment,
            photo=number % 2 == 0,
            voice=number % 4 != 1,
            listing=True,
            by=officer,
            at=OPENED_AT,
        )


def certificates() -> None:
    design_certificates(edition(), by=acting(Role.ORGANISER))


def begin_teaching() -> None:
    """Begin the class that the demo opens in, as its trainer does."""
    session = edition().sessions.get(key=TAUGHT_NOW)
    pack = pack_of(edition().version)
    deck = next(topic.deck for topic in pack.topics if topic.key == session.topic)
    begin_class(session, deck, by=acting(Role.TRAINER), at=session.starts_at)


def officers() -> list[DemoOfficer]:
    return officers_in(folder() / f"{EDITION}.nominees.csv")


def folder() -> Path:
    return Path(settings.PACKS_DIR) / PACK / "editions"


def edition() -> Edition:
    return Edition.objects.get(slug=EDITION)


def acting(role: Role, agency: Agency | None = None) -> Actor:
    """Give the actor who holds `role` in the demo edition, for this agency if one is given."""
    held = Appointment.objects.filter(edition=edition(), role=role).select_related("account")
    if agency is not None:
        held = held.filter(agency=agency) | held.filter(agency=None, country=agency.country)
    return actor_of_account(held.order_by("id")[0].account)


STEPS = (
    Step("administrator", "The administrator's account", open_administrator),
    Step("edition", "The course pack and its edition, with staff and timetable", load_edition),
    Step("passwords", "Passwords for the staff", give_passwords),
    Step("nominations", "90 officers nominated by the agencies' focal points", nominate),
    Step("decisions", "Seats confirmed, with invitations, and a reserve list", decide),
    Step("links", "Personal links opened, data confirmed", open_links),
    Step("certificates", "Certificates with emblems and signatures", certificates),
    Step("class", "The class on interviewing and screening, begun by its trainer", begin_teaching),
)
