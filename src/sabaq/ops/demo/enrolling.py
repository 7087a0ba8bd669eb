"""Officers are nominated, decided on, and open their links, as the table beside the edition's file says."""

from collections import defaultdict
from collections.abc import Callable

from django.db import transaction

from sabaq.enrolment.access import actor_of_link
from sabaq.enrolment.models import AccessLink, Nomination
from sabaq.enrolment.queries import letters_visible_to
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
from sabaq.enrolment.services.letters import hand_over_letters, send_letter
from sabaq.ops.demo.courses import DemoCourse
from sabaq.ops.demo.officers import CONFIRMED, DECLINED, RESERVE
from sabaq.people.enums import Role
from sabaq.people.models import Agency
from sabaq.people.rules import name_key

# In the first lines of `open_links`: the third of every three has not opened the link yet.
NOT_OPENED = 2


@transaction.atomic
def nominate(course: DemoCourse) -> None:
    """Nominate each officer, as the focal point of her agency does."""
    edition = course.edition
    agencies = {agency.key: agency for agency in Agency.objects.all()}
    focal_points = {
        key: course.acting(Role.FOCAL_POINT, agency) for key, agency in agencies.items()
    }
    for row in course.officers():
        agency, by = agencies[row.agency], focal_points[row.agency]
        nominate_officer(edition, agency, row.officer, by=by, at=course.nominated_at)


@transaction.atomic
def decide(course: DemoCourse) -> None:
    """Decide as the table says, and leave the rest to whoever tries the demo."""
    organiser, at = course.acting(Role.ORGANISER), course.decided_at
    proposed = {
        (nomination.agency.key, nomination.name_key): nomination
        for nomination in Nomination.objects.filter(edition=course.edition).select_related("agency")
    }
    chosen: dict[str, list[Nomination]] = defaultdict(list)
    for row in course.officers():
        chosen[row.decision].append(proposed[row.agency, name_key(row.officer.native_name)])
    confirm_nominations(chosen[CONFIRMED], by=organiser, at=at)
    reserve_nominations(chosen[RESERVE], by=organiser, at=at)
    decline_nominations(chosen[DECLINED], by=organiser, at=at)


@transaction.atomic
def hand_letters_over(course: DemoCourse) -> None:
    """Note every invitation as handed over, as the focal points did once the seats were confirmed."""
    organiser, at = course.acting(Role.ORGANISER), course.decided_at
    letters = letters_visible_to(organiser, course.edition)
    for letter in letters:
        send_letter(letter.pk, at=at)
    hand_over_letters(list(letters.all()), by=organiser, at=at)


def open_links(course: DemoCourse) -> None:
    """Let about two in three open their link: they confirm their data, read the notice, and answer."""
    _open_links(course, lambda number: number % 3 != NOT_OPENED)


def open_every_link(course: DemoCourse) -> None:
    """Let all open their link, as they have by the end of a course."""
    _open_links(course, lambda _: True)


@transaction.atomic
def _open_links(course: DemoCourse, is_opened: Callable[[int], bool]) -> None:
    edition, at = course.edition, course.opened_at
    links = AccessLink.objects.filter(enrolment__edition=edition).order_by("id")
    for number, link in enumerate(links.select_related("enrolment__person", "enrolment__edition")):
        enrolment = link.enrolment
        if enrolment is None or not is_opened(number):
            continue
        officer = actor_of_link(link)
        enter_by_link(link, by=officer, at=at)
        confirm_profile(enrolment, {}, by=officer, at=at)
        read_notice(enrolment, edition.notice_version, by=officer, at=at)
        photo, voice = number % 2 == 0, number % 4 != 1
        set_consents(enrolment, photo=photo, voice=voice, listing=True, by=officer, at=at)
