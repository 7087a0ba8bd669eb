"""What leaves the house for a participant: the letter with her way in, by post, on paper or to be copied."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, override
from i18nfield.strings import LazyI18nString

from sabaq.courses.models import Edition
from sabaq.enrolment.links import link_code, link_token, show_code
from sabaq.enrolment.models import AccessLink, Enrolment, Letter, Room
from sabaq.enrolment.ports import (
    AccessCard,
    AccessSheet,
    AccessSheetPrinter,
    Mail,
    MailRefused,
    Postman,
    RoomSheet,
    RoomSheetPrinter,
)
from sabaq.enrolment.queries import valid_link_of
from sabaq.enrolment.rules import letter_language
from sabaq.kernel import ports
from sabaq.kernel.i18n import text_in
from sabaq.kernel.places import place_of
from sabaq.people.enums import ZONE_OF_COUNTRY, Country
from sabaq.people.models import Agency

SESSION_MOVED = "session-moved"


@dataclass(frozen=True)
class LetterText:
    """A letter as its reader gets it, in `language`."""

    language: str
    subject: str
    body: str


def personal_link(link: AccessLink) -> str:
    """Give the whole address that opens this way in. Never log it."""
    return f"{settings.PUBLIC_URL}{reverse('public:link', args=[link_token(link.uuid)])}"


def typed_code(link: AccessLink) -> str:
    """Give the code of this way in as people read it. Never log it."""
    return show_code(link_code(link.uuid))


def code_address() -> str:
    """Give the address of the page on which a code is typed."""
    return f"{settings.PUBLIC_URL}{reverse('public:code')}"


def text_of_letter(letter: Letter, link: AccessLink) -> LetterText:
    """Give the words of a letter in the language of its reader, else in Russian."""
    enrolment, edition = letter.enrolment, letter.enrolment.edition
    language = letter_language(enrolment.person.language, dict(settings.LANGUAGES))
    with override(language):
        title = text_in(edition.title, language).text
        moved = _moved(letter, language) if letter.kind == SESSION_MOVED else []
        body = render_to_string(
            f"enrolment/letters/{letter.kind}.txt",
            {
                "name": str(enrolment.person),
                "title": title,
                "starts_on": edition.starts_on,
                "ends_on": edition.ends_on,
                "link": personal_link(link),
                "code": typed_code(link),
                "code_address": code_address(),
                "valid_until": edition.day_of(link.expires_at),
                "contact": text_in(edition.contact_name, language).text,
                "office": text_in(edition.contact_office, language).text,
                "email": edition.contact_email,
                "moved": moved,
            },
        )
        if letter.kind == SESSION_MOVED:
            subject = gettext("New time of a class: %(title)s") % {"title": title}
        else:
            subject = gettext("Your invitation to the course: %(title)s") % {"title": title}
    return LetterText(language, " ".join(subject.split()), body.strip() + "\n")


def text_for_guest(link: AccessLink, language: str) -> LetterText:
    """Give the words to send to a guest speaker with her way into one session."""
    guest, session = link.guest, link.session
    if guest is None or session is None:
        raise ValueError("the link is no guest's")
    edition = session.edition
    with override(language):

        def said(value: LazyI18nString) -> str:
            return text_in(value, language).text

        body = render_to_string(
            "enrolment/letters/guest.txt",
            {
                "name": said(guest.name),
                "session": said(session.title),
                "title": said(edition.title),
                "time": _by_clocks(session.starts_at, [ZoneInfo(edition.zone)]),
                "link": personal_link(link),
                "code": typed_code(link),
                "code_address": code_address(),
                "contact": said(edition.contact_name),
                "office": said(edition.contact_office),
                "email": edition.contact_email,
            },
        )
    return LetterText(language, "", body.strip() + "\n")


@dataclass(frozen=True)
class MovedSession:
    """One moved session in a letter; times come with the places whose clock they are by."""

    title: str
    day: date
    before: str
    now: str


def _moved(letter: Letter, language: str) -> list[MovedSession]:
    """Give the sessions that were moved and still lie ahead when the letter was queued."""
    edition, country = letter.enrolment.edition, letter.enrolment.person.country
    zones = [ZoneInfo(edition.zone)]
    own = ZoneInfo(ZONE_OF_COUNTRY[Country(country)]) if country else zones[0]
    sessions = edition.sessions.filter(
        moved_from__isnull=False, starts_at__gt=letter.queued_at
    ).order_by("starts_at", "id")
    found = []
    for session in sessions:
        if session.moved_from is None:
            continue
        here = session.starts_at.astimezone(zones[0])
        differs = here.utcoffset() != session.starts_at.astimezone(own).utcoffset()
        clocks = [*zones, own] if differs else zones
        found.append(
            MovedSession(
                title=text_in(session.title, language).text,
                day=here.date(),
                before=_by_clocks(session.moved_from, clocks),
                now=_by_clocks(session.starts_at, clocks),
            )
        )
    return found


def _by_clocks(moment: datetime, zones: Sequence[ZoneInfo]) -> str:
    """Say a moment by each clock: "5 February, 11:00 in Tashkent"."""
    return " · ".join(
        f"{date_format(moment.astimezone(zone), 'j E, H:i')} {place_of(zone.key)}" for zone in zones
    )


def can_be_posted(letter: Letter) -> bool:
    """Tell whether the letter can go by e-mail: the post is set up, and the person has an address."""
    return bool(letter.enrolment.person.email) and ports.get(Postman).delivers


def post(letter: Letter, *, at: datetime) -> None:
    """Send the letter by e-mail; raises `MailRefused` or `MailDelayed`."""
    link = valid_link_of(letter.enrolment, at=at)
    if link is None:
        raise MailRefused
    text = text_of_letter(letter, link)
    ports.get(Postman).deliver(
        Mail(
            key=f"{letter.uuid}.{int(letter.queued_at.timestamp())}",
            to=letter.enrolment.person.email,
            subject=text.subject,
            body=text.body,
            reply_to=letter.enrolment.edition.contact_email,
        )
    )


def print_access_sheets(
    edition: Edition, enrolments: Iterable[Enrolment], *, language: str
) -> bytes:
    """Give one PDF with the ways in of `enrolments`, which carry `valid_links`, a sheet for each agency."""
    sheets: dict[Agency, list[Enrolment]] = {}
    for enrolment in enrolments:
        if enrolment.person.agency and enrolment.valid_links:  # type: ignore[attr-defined]
            sheets.setdefault(enrolment.person.agency, []).append(enrolment)
    with override(language):
        printed: Sequence[AccessSheet] = [
            _sheet(edition, agency, members, language) for agency, members in sheets.items()
        ]
    return ports.get(AccessSheetPrinter).access_sheets(printed)


def print_room_sheet(room: Room, link: AccessLink, *, language: str) -> bytes:
    """Give the sheet with the way in of a room's screen."""
    edition = room.edition

    def said(value: LazyI18nString) -> str:
        return text_in(value, language).text

    sheet = RoomSheet(
        language=language,
        room=room.name,
        place=room.place,
        agency=said(room.agency.name) if room.agency else "",
        course_title=said(edition.title),
        starts_on=edition.starts_on,
        ends_on=edition.ends_on,
        valid_until=edition.day_of(link.expires_at),
        address=code_address(),
        link=personal_link(link),
        code=link_code(link.uuid),
        contact=f"{said(edition.contact_name)}, {edition.contact_email}",
    )
    return ports.get(RoomSheetPrinter).room_sheet(sheet)


def _sheet(
    edition: Edition, agency: Agency, members: Sequence[Enrolment], language: str
) -> AccessSheet:
    links = [enrolment.valid_links[0] for enrolment in members]  # type: ignore[attr-defined]
    zone = ZoneInfo(edition.zone)
    return AccessSheet(
        language=language,
        agency=text_in(agency.name, language).text,
        course_title=text_in(edition.title, language).text,
        starts_on=edition.starts_on,
        ends_on=edition.ends_on,
        valid_until=min(link.expires_at for link in links).astimezone(zone).date(),
        address=code_address(),
        cards=tuple(
            AccessCard(str(enrolment.person), personal_link(link), link_code(link.uuid))
            for enrolment, link in zip(members, links, strict=True)
        ),
        contact=f"{text_in(edition.contact_name, language).text}, {edition.contact_email}",
    )
