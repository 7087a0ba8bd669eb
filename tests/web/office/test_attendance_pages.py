"""Attendance in the office: the list, one person's page, corrections, the register, rooms and marks."""

import io
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from sabaq.adapters.pdf.memory import RecordingPrinter
from sabaq.classroom.enums import ClassState
from sabaq.classroom.models import LiveClass, PresenceCorrection, RoomMark
from sabaq.classroom.ports import RegisterPrinter
from sabaq.enrolment.enums import EnrolmentState
from sabaq.enrolment.links import link_code
from sabaq.enrolment.models import AccessLink, Room
from sabaq.enrolment.ports import RoomSheetPrinter
from sabaq.kernel import clock, ports
from sabaq.kernel.ids import new_uuid
from sabaq.people.enums import Role
from tests.factories import (
    NOW,
    AgencyFactory,
    EditionFactory,
    EnrolmentFactory,
    PresenceFactory,
    RoomFactory,
    SessionFactory,
)
from tests.visitors import participant_browser
from tests.web.office.staff import signed_in

pytestmark = pytest.mark.django_db
DAY = "2027-02-04"
LATER = NOW + timedelta(hours=3)


@pytest.fixture(autouse=True)
def later():
    with clock.frozen(LATER):
        yield


@pytest.fixture
def edition():
    return EditionFactory(attendance_minutes=30)


@pytest.fixture
def session(edition):
    """A class held from 13:20 to 14:20 by the clock in Tashkent."""
    hour = NOW + timedelta(hours=1)
    session = SessionFactory(edition=edition, starts_at=NOW, ends_at=hour)
    LiveClass.objects.create(session=session, state=ClassState.ENDED, started_at=NOW, ended_at=hour)
    return session


@pytest.fixture
def customs():
    return AgencyFactory(key="customs", name={"en": "Customs service", "ru": "Таможенная служба"})


def officer(session, name, minutes=0, late=0, **person):
    enrolment = EnrolmentFactory(
        edition=session.edition, person__native_name=name, person__latin_name="", **person
    )
    if minutes:
        start = NOW + timedelta(minutes=late)
        PresenceFactory(
            session=session,
            enrolment=enrolment,
            from_at=start,
            until_at=start + timedelta(minutes=minutes),
        )
    return enrolment


def words(response):
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(text.split())


def correct(client, enrolment, session, **said):
    data = {
        "session": session.uuid,
        "kind": "added",
        "reason": "The line of the hall was down.",
        "write_id": new_uuid(),
        **said,
    }
    path = reverse("office:attendance_correct", args=[session.edition.slug, enrolment.uuid])
    return client.post(path, data)


def register(client, edition, kind="xlsx", **query):
    return client.get(reverse(f"office:register_{kind}", args=[edition.slug, DAY]), query)


def table_of(response):
    """Give the head of the register's table and its lines."""
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0)
    rows = sheet.to_python(skip_empty_area=False)
    top = next(n for n, row in enumerate(rows) if row[0] == "No.")
    return rows[top], [row for row in rows[top + 1 :] if isinstance(row[0], float)]


def rows_of(response):
    return table_of(response)[1]


def test_the_page_says_who_reached_the_minutes_of_a_day(edition, session):
    officer(session, "Ақбота Достық", 45)
    officer(session, "Ботагөз Ерлан", 29)
    officer(session, "Венера Жұмабек")

    said = words(signed_in(edition, Role.HOST).get(f"/office/{edition.slug}/attendance/"))

    assert "A day counts as attended from 30 minutes in class." in said
    assert "On the list 3 Were in class 2 Attended the day 1 at least 30 minutes" in said
    for line in (
        r"Ақбота Достық Border service \d+ 45 45 attended by connection",
        r"Ботагөз Ерлан Border service \d+ 29 29 too short by connection",
        r"Венера Жұмабек Border service \d+ 0 0 absent –",
    ):
        assert re.search(line, said)


def test_a_persons_page_shows_intervals_and_gaps_by_the_clock_of_the_course(edition, session):
    someone = officer(session, "Ақбота Достық", 10)
    start = NOW + timedelta(minutes=25)
    PresenceFactory(
        session=session,
        enrolment=someone,
        from_at=start,
        until_at=start + timedelta(minutes=10),
    )

    path = reverse("office:attendance_of", args=[edition.slug, someone.uuid])
    said = words(signed_in(edition, Role.EVALUATOR).get(path))

    assert "13:20–13:30 gap 13:30–13:45 13:45–13:55" in said
    assert "Correct the attendance" not in said


def test_a_correction_needs_a_reason_and_is_saved_once_however_often_it_is_sent(edition, session):
    someone, host = officer(session, "Ақбота Достық", 10), signed_in(edition, Role.HOST)
    write_id = new_uuid()

    refused = correct(host, someone, session, reason="")
    for _ in range(2):
        saved = correct(
            host, someone, session, from_at="13:30", until_at="13:50", write_id=write_id
        )

    assert (refused.status_code, saved.status_code) == (422, 302)
    kept = PresenceCorrection.objects.get()
    assert (kept.from_at, kept.until_at) == (
        NOW + timedelta(minutes=10),
        NOW + timedelta(minutes=30),
    )
    page = words(host.get(saved.headers["Location"]))
    assert "Minutes added, 13:30–13:50 The line of the hall was down." in page
    assert "30 minutes attended" in page


def test_what_is_outside_the_session_is_said_and_nothing_typed_is_lost(edition, session):
    someone, host = officer(session, "Ақбота Достық"), signed_in(edition, Role.HOST)

    answer = correct(host, someone, session, from_at="08:00", until_at="09:00")

    assert answer.status_code == 422
    assert "This session was from 13:20 to 14:20." in words(answer)
    assert 'value="The line of the hall was down."' in answer.content.decode()
    assert PresenceCorrection.objects.count() == 0


def test_an_undone_correction_counts_no_more_and_both_stand_in_the_register(edition, session):
    someone, host = officer(session, "Ақбота Достық", 10), signed_in(edition, Role.ORGANISER)
    correct(host, someone, session)
    made = PresenceCorrection.objects.get()

    host.post(
        reverse("office:correction_undo", args=[edition.slug, made.uuid]), {"reason": "Mistaken."}
    )

    (row,) = rows_of(register(host, edition))
    assert row[7] == 10
    assert "the whole session added. The line of the hall was down." in row[9]
    assert "an earlier correction undone. Mistaken." in row[9]
    trail = words(host.get(f"/office/{edition.slug}/trail/"))
    assert "Attendance corrected: minutes added The line of the hall was down." in trail


def test_the_register_says_when_how_long_and_how_it_is_known(edition, session, customs):
    officer(session, "Ақбота Достық", 40, late=5, person__agency=customs)
    seen = officer(session, "Ботагөз Ерлан", person__agency=customs)
    RoomMark.objects.create(
        session=session, room=RoomFactory(edition=edition), enrolment=seen, at=NOW
    )

    head, rows = table_of(register(signed_in(edition, Role.EVALUATOR), edition))

    assert head == [
        "No.",
        "Name",
        "Name in Latin letters",
        "Rank band",
        "Agency",
        "First in",
        "Last out",
        "Minutes",
        "How recorded",
        "Corrections",
        "Signature",
    ]
    # The column to sign in is left empty.
    assert [row[10:] for row in rows] == [[""], [""]]
    assert [row[:9] for row in rows] == [
        [
            1,
            "Ақбота Достық",
            "",
            "Middle",
            "Customs service",
            "13:25",
            "14:05",
            40,
            "by connection",
        ],
        [2, "Ботагөз Ерлан", "", "Middle", "Customs service", "13:20", "14:20", 60, "by host"],
    ]


def test_a_focal_point_gets_the_register_of_her_own_agency_alone(edition, session, customs):
    officer(session, "Ақбота Достық", 40, person__agency=customs)
    stranger = officer(session, "Ботагөз Ерлан", 40)
    focal_point = signed_in(edition, Role.FOCAL_POINT, agency=customs)

    assert [row[1] for row in rows_of(register(focal_point, edition))] == ["Ақбота Достық"]
    assert "Ботагөз" not in words(focal_point.get(f"/office/{edition.slug}/attendance/"))
    assert register(focal_point, edition, agency=stranger.person.agency.key).status_code == 404


def test_the_pdf_carries_zone_date_and_agency_in_the_readers_language(edition, session, customs):
    officer(session, "Ақбота Достық", 40, person__agency=customs)
    client = signed_in(edition, Role.HOST)
    client.cookies["lang"] = "ru"

    with ports.replaced(RegisterPrinter, RecordingPrinter()) as printer:
        register(client, edition, "pdf", agency="customs")

    (sheet,) = printer.registers
    assert sheet.title == "Ведомость посещения, четверг, 4 февраля 2027"
    assert sheet.facts[:2] == (
        ("Ведомство", "Таможенная служба"),
        ("Время", "по часам в Ташкенте"),
    )
    assert sheet.lines[0].recorded == "по подключению"


def test_she_reads_on_her_own_page_what_was_corrected_why_and_what_no_longer_counts(
    edition, session
):
    someone, host = officer(session, "Ақбота Достық", 10), signed_in(edition, Role.ORGANISER)
    her, colleague = (
        participant_browser(one) for one in (someone, officer(session, "Ботагөз Екі"))
    )
    assert "Corrections of your attendance" not in words(her.get("/me/"))

    correct(host, someone, session)
    made = PresenceCorrection.objects.get()
    host.post(
        reverse("office:correction_undo", args=[edition.slug, made.uuid]), {"reason": "Mistaken."}
    )

    page = words(her.get("/me/"))
    assert "the whole session added undone The line of the hall was down." in page
    assert "an earlier correction undone Mistaken." in page
    assert "The line of the hall" not in words(colleague.get("/me/"))


def test_a_latecomer_may_be_marked_in_a_room_and_stands_in_no_register(edition, session):
    officer(session, "Ботагөз Екі", 10)
    her, room = officer(session, "Ақбота Бір"), RoomFactory(edition=edition, name="Hall")
    her.state = EnrolmentState.PROVISIONAL
    her.save()
    host = signed_in(edition, Role.HOST)
    path = reverse("office:room_marks", args=[edition.slug, session.uuid])

    listed = words(host.get(path))
    host.post(path, {"room": room.uuid, "shown": [her.uuid], "here": [her.uuid]})

    assert "Ақбота Бір Admitted provisionally" in listed
    assert list(RoomMark.objects.values_list("enrolment", flat=True)) == [her.pk]
    assert [row[1] for row in rows_of(register(host, edition))] == ["Ботагөз Екі"]


def test_a_day_that_is_not_taught_has_no_register(edition, session):
    host = signed_in(edition, Role.HOST)

    for day in ("2027-02-09", "today", "2027-02-4"):
        path = reverse("office:register_pdf", args=[edition.slug, day])
        assert host.get(path).status_code == 404


def test_a_room_is_made_printed_closed_and_opened_with_another_code(edition, session):
    organiser = signed_in(edition, Role.ORGANISER)
    organiser.post(f"/office/{edition.slug}/rooms/", {"name": "Hall", "place": "Second floor"})
    room = Room.objects.get()
    first = AccessLink.objects.get(room=room)

    with ports.replaced(RoomSheetPrinter, RecordingPrinter()) as printer:
        organiser.get(reverse("office:room_sheet", args=[edition.slug, room.uuid]))
    organiser.post(reverse("office:room_close", args=[edition.slug, room.uuid]))
    closed = organiser.get(reverse("office:room_sheet", args=[edition.slug, room.uuid]))
    organiser.post(reverse("office:room_open", args=[edition.slug, room.uuid]))

    assert [(sheet.room, sheet.code) for sheet in printer.rooms] == [
        ("Hall", link_code(first.uuid))
    ]
    assert closed.status_code == 409
    assert AccessLink.objects.filter(room=room, revoked_at__isnull=True).get() != first


def test_the_host_marks_all_at_once_who_sits_in_a_room(edition, session, customs):
    here = [
        officer(session, name, person__agency=customs) for name in ("Ақбота Бір", "Ботагөз Екі")
    ]
    away, room = officer(session, "Венера Үш"), RoomFactory(edition=edition, name="Hall")
    host = signed_in(edition, Role.HOST)
    path = reverse("office:room_marks", args=[edition.slug, session.uuid])

    done = host.post(
        path,
        {
            "room": room.uuid,
            "shown": [one.uuid for one in [*here, away]],
            "here": [one.uuid for one in here],
        },
    )

    assert done.headers["Location"] == f"{path}?room={room.uuid}"
    assert set(RoomMark.objects.values_list("enrolment", flat=True)) == {one.pk for one in here}
    page = host.get(f"{path}?room={room.uuid}").content.decode()
    assert page.count(" checked") == 2
    assert "Customs service" in page
