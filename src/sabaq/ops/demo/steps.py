"""What the demo consists of, in the order in which an office would do it, by the services that it uses."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from sabaq.kernel import clock
from sabaq.ops.demo import enrolling, past, today
from sabaq.ops.demo.certificates import design_certificates
from sabaq.ops.demo.courses import (
    NOW,
    OPEN_FOR_NOMINATION,
    PAST,
    DemoCourse,
    file_of_past,
    folder,
    of,
)
from sabaq.ops.editions import load_edition_file
from sabaq.people.enums import Role
from sabaq.people.errors import AccountExists
from sabaq.people.models import Account
from sabaq.people.services import create_account

ADMINISTRATOR = "admin@demo.example"


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
                password=settings.DEMO_PASSWORD,
                administrator=True,
            )
    except AccountExists:
        return


def load_editions() -> None:
    load_edition_file(file_of_past(), by=None, at=PAST.loaded_at)
    for name in (NOW.slug, OPEN_FOR_NOMINATION):
        load_edition_file(folder() / f"{name}.toml", by=None, at=NOW.loaded_at)


def give_passwords() -> None:
    # A password takes a second to hash, on purpose; the demo's staff share one, and so its hash.
    staff = Account.objects.filter(appointments__edition=NOW.edition)
    hashed = make_password(settings.DEMO_PASSWORD)
    Account.objects.filter(pk__in=staff.values("pk")).update(password=hashed)


def certificates(course: DemoCourse) -> None:
    design_certificates(course.edition, by=course.acting(Role.ORGANISER), at=course.decided_at)


STEPS = (
    Step("administrator", "The administrator's account", open_administrator),
    Step("editions", "The course pack and its editions, with staff and timetable", load_editions),
    Step("passwords", "Passwords for the staff", give_passwords),
    Step("past-enrolled", "Last year's officers", of(PAST, enrolling.nominate, enrolling.decide, enrolling.hand_letters_over, enrolling.open_every_link)),
    Step("past-taught", "Last year's classes", of(PAST, certificates, past.teach_whole_course)),
    Step("past-tested", "Last year's tests and surveys", of(PAST, past.sit_all_tests)),
    Step("past-published", "Last year's certificates, report and article", of(PAST, past.publish)),
    Step("nominations", "This year's 90 officers, nominated by their focal points", of(NOW, enrolling.nominate)),
    Step("decisions", "Seats confirmed, with invitations, and a reserve list", of(NOW, enrolling.decide)),
    Step("links", "Personal links opened, data confirmed", of(NOW, enrolling.open_links, certificates)),
    Step("morning", "The classes of the morning, and the first tests", of(NOW, today.teach_the_morning)),
    Step("class", "The class on interviewing and screening, begun by its trainer", of(NOW, today.begin_the_lesson)),
)  # fmt: skip
