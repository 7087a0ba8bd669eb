"""The console beside slides and polls: time, hands, announcements, who is here; each told to whom it is for."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from sabaq.classroom.enums import Trouble
from sabaq.classroom.models import Announcement, ClassEvent, Hand
from sabaq.classroom.services.announcements import announce, withdraw_announcement
from sabaq.classroom.services.hands import raise_hand
from sabaq.classroom.services.helping import Circumstances, call_help
from sabaq.classroom.services.presence import note_presence
from sabaq.classroom.services.running import begin_class
from sabaq.courses.models import Appointment
from sabaq.kernel import clock
from sabaq.kernel.i18n import values_of
from sabaq.kernel.ids import new_uuid
from sabaq.people.actors import acting
from sabaq.people.enums import Role
from sabaq.web.classroom.parts import fingerprint
from sabaq.web.classroom.stage import deck_of
from tests.factories import NOW, EditionFactory, EnrolmentFactory, RoomFactory, SessionFactory
from tests.visitors import participant_browser, staff_browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]
TRAINER = acting("Trainer", account_id=7)
QUICK = {"X-Requested-With": "fetch"}


@pytest.fixture
def session(pack_version):
    edition = EditionFactory(version=pack_version)
    return SessionFactory(
        edition=edition, starts_at=NOW - timedelta(minutes=10), ends_at=NOW + timedelta(minutes=40)
    )


@pytest.fixture
def trainer(session):
    return staff_browser(session.edition, Role.TRAINER)


@pytest.fixture
def host(session):
    return staff_browser(session.edition, Role.HOST)


@pytest.fixture
def live(session):
    begin_class(session, deck_of(session), by=TRAINER, at=NOW - timedelta(minutes=8))
    return session


def press(client, session, what, *args, **fields):
    door = "classroom" if what.startswith("translate") else "trainer"
    path = reverse(f"{door}:{what}", args=[session.uuid, *args])
    answer = client.post(path, fields, headers=QUICK)
    return answer.status_code, answer.content.decode()


def console(client, session, part=""):
    page = client.get(reverse("trainer:console", args=[session.uuid])).content.decode()
    found = re.search(rf'data-part="{part}".*?(?=data-part=|</main>)', page, re.DOTALL)
    return re.sub(r"\s+", " ", found[0] if found else "")


def room(session, enrolment):
    path = reverse("classroom:room", args=[session.uuid])
    return participant_browser(enrolment).get(path).content.decode()


def at(monkeypatch, minutes):
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=minutes))


def test_before_the_class_begins_the_console_shows_its_first_slide_as_the_next(session, trainer):
    first = deck_of(session).slides[0]

    assert f'data-following="{first.id}"' in console(trainer, session, part="next")


def test_the_running_order_says_what_is_planned_and_what_it_took(trainer, live):
    press(trainer, live, "show_slide", slide="first-minutes", expected="title")

    order = console(trainer, live, "order")

    lines = re.findall(r"<tr.*?</tr>", order)[1:]
    said = [re.findall(r'<td class="n">(?:<span[^>]*>)?([^<]+)', line) for line in lines]
    # Two minutes are the author's; the other slides share what is left.
    assert said[:3] == [["2", "8"], ["4", "0"], ["4", "–"]]


@pytest.mark.parametrize(
    ("minute", "words"),
    [(0, "8 minutes behind the plan"), (-9.5, "on time"), (-15, "ahead of the plan")],
)
def test_ahead_and_behind_are_said_in_words(session, trainer, monkeypatch, minute, words):
    begin_class(session, deck_of(session), by=TRAINER, at=NOW - timedelta(minutes=25))
    press(trainer, session, "show_slide", slide="standards", expected="title")
    if minute != -15:
        press(trainer, session, "show_slide", slide="title", expected="standards")
    at(monkeypatch, minute)

    assert words in console(trainer, session, "minutes")


def test_the_console_says_who_drives(live, trainer, host):
    press(host, live, "show_slide", slide="first-minutes", expected="title")

    driver = Appointment.objects.get(role=Role.HOST).account
    assert f"shown by <bdi>{driver}</bdi>" in console(trainer, live, "slides")


def test_five_minutes_left_is_sent_by_the_host_and_confirmed_by_the_trainer(live, trainer, host):
    assert "Five minutes left." not in console(trainer, live, "told")

    assert press(host, live, "send_five_minutes") == (204, "")
    told = console(trainer, live, "told")
    assert "A colleague tells you so." in told
    assert "Five minutes left." not in console(host, live, "told")  # she has sent it
    since = re.search(r'name="since" value="([^"]+)"', told)[1]
    press(trainer, live, "see_five_minutes", since=since)

    assert "Five minutes left." not in console(trainer, live, "told")
    assert re.search(r"Seen by: <bdi>Staff \d+</bdi>", console(host, live, "five_minutes"))


def test_five_minutes_left_comes_by_itself(live, trainer, monkeypatch):
    at(monkeypatch, 34)
    before = console(trainer, live, "told")
    at(monkeypatch, 35)

    assert "Five minutes left." not in before
    assert "The class is planned to end at 14:00." in console(trainer, live, "told")


def test_no_participant_and_no_projected_screen_learns_of_five_minutes_left(live, trainer, host):
    enrolment = EnrolmentFactory(edition=live.edition)

    press(host, live, "send_five_minutes")

    screen = trainer.get(reverse("trainer:screen", args=[live.uuid])).content.decode()
    assert "Five minutes" not in room(live, enrolment)
    assert "Five minutes" not in screen
    assert set(ClassEvent.objects.filter(kind="FiveMinutesSent").values_list("audience")) == {
        ("staff",)
    }


@pytest.mark.parametrize("since", ["", "soon", "2027-02-04T08:20:00"])
def test_a_moment_that_is_none_is_a_bad_request(live, trainer, since):
    assert press(trainer, live, "see_five_minutes", since=since)[0] == 400


def test_the_queue_of_hands_says_who_whence_and_in_which_language(live, trainer):
    first, second = EnrolmentFactory.create_batch(2, edition=live.edition)
    for minutes, enrolment in ((3, first), (1, second)):
        moment = NOW - timedelta(minutes=minutes)
        raise_hand(live, enrolment_id=enrolment.pk, by=TRAINER, at=moment)

    queue = console(trainer, live, "hands")

    assert re.findall(r"<b><bdi>([^<]+)</bdi></b>", queue) == [
        first.person.display_name,
        second.person.display_name,
    ]
    assert f"{first.person.agency.name['en']} · Русский" in queue
    assert re.findall(r'data-ago="(\d+)"', queue) == ["180", "60"]


def test_a_hand_is_called_and_lowered_from_the_console(live, trainer):
    enrolment = EnrolmentFactory(edition=live.edition)
    hand = raise_hand(live, enrolment_id=enrolment.pk, by=TRAINER, at=NOW)

    press(trainer, live, "call_hand", hand.uuid)
    called = console(trainer, live, "hands")
    press(trainer, live, "lower_hand", hand.uuid)

    assert "called</span>" in called
    assert "No hand is up." in console(trainer, live, "hands")
    assert press(trainer, live, "call_hand", hand.uuid)[0] == 409
    assert Hand.objects.get().lowered_at == NOW


def test_a_call_for_help_says_when_by_the_clock_of_the_course(live, host):
    enrolment = EnrolmentFactory(edition=live.edition)
    she = {"enrolment_id": enrolment.pk, "by": acting("She")}
    call_help(live, Trouble.STUCK, "It stands still", Circumstances(), **she, at=NOW)

    shown = console(host, live, part="help")

    course = NOW.astimezone(ZoneInfo(str(live.edition.zone)))
    assert course.utcoffset() != NOW.utcoffset()
    assert f">{course:%H:%M}</time>" in shown


def test_an_announcement_reaches_everybody_in_her_language_until_it_is_withdrawn(live, trainer):
    reader = EnrolmentFactory(edition=live.edition)
    write_id = str(new_uuid())
    texts = {"text-en": "Back at 11:30", "text-ru": "Вернёмся в 11:30"}

    for _ in range(2):
        press(trainer, live, "announce", write_id=write_id, **texts)

    made = Announcement.objects.get()
    screen = reverse("trainer:screen", args=[live.uuid])
    assert "Back at 11:30" in room(live, reader)
    assert "Вернёмся в 11:30" in trainer.get(f"{screen}?language=ru").content.decode()
    press(trainer, live, "withdraw_announcement", made.uuid)
    assert "Back at 11:30" not in room(live, reader)
    assert "Back at 11:30" not in trainer.get(screen).content.decode()


def test_a_translation_is_added_at_the_console_and_a_colleagues_is_not_overwritten(
    live, trainer, host
):
    made = announce(live, {"en": "Back at 11:30"}, by=TRAINER, at=NOW)
    first = {"language": "ru", "text": "Вернёмся в 11:30", "seen": ""}

    assert press(trainer, live, "translate_announcement", made.uuid, **first)[0] == 204
    status, said = press(
        host, live, "translate_announcement", made.uuid, **{**first, "text": "До 11:30"}
    )

    made.refresh_from_db()
    assert (status, said.split(".")[0]) == (
        409,
        "Somebody else has written this translation meanwhile",
    )
    assert values_of(made.text)["ru"] == "Вернёмся в 11:30"


def test_the_form_for_the_next_announcement_has_a_write_id_of_its_own(live, trainer):
    def key_and_id():
        form = console(trainer, live, "announce")
        return re.search(r'data-key="([^"]+)"', form)[1], re.search(
            r'write_id" value="(.{36})', form
        )[1]

    before, write_id = key_and_id()
    press(trainer, live, "announce", write_id=write_id, **{"text-en": "One"})
    after, other_id = key_and_id()

    assert before != after
    assert write_id != other_id


def test_who_is_here_is_counted_by_language_and_agency_and_named_to_the_host_alone(
    live, trainer, host
):
    here, absent = EnrolmentFactory.create_batch(2, edition=live.edition)
    note_presence(live.pk, {here.pk}, at=NOW)

    name = here.person.agency.name["en"]
    counted, names = console(trainer, live, "here"), console(host, live, "names")

    assert 'data-present="1"' in counted
    assert "2 are enrolled." in counted
    assert f'<th scope="row">{name}</th>' in counted
    assert console(trainer, live, "names") == ""
    assert here.person.display_name not in counted
    absentees = re.findall(r"<li data-absent><bdi>([^<]+)</bdi>", names)
    assert absentees == [absent.person.display_name]


def test_a_withdrawn_announcement_cannot_be_put_up_again_by_a_stale_form(live, trainer):
    made = announce(live, {"en": "Back at 11:30"}, by=TRAINER, at=NOW)
    withdraw_announcement(made, by=TRAINER, at=NOW)

    stale = {"language": "en", "text": "Back at 11:40", "seen": "Back at 11:30"}

    assert press(trainer, live, "translate_announcement", made.uuid, **stale)[0] == 409


def test_an_announcement_of_another_session_is_not_found(live, trainer):
    other = SessionFactory(edition=live.edition)
    elsewhere = announce(other, {"en": "Elsewhere"}, by=TRAINER, at=NOW)

    assert press(trainer, live, "withdraw_announcement", elsewhere.uuid)[0] == 404


def test_the_console_fetches_only_what_it_does_not_have(live, trainer):
    page = trainer.get(reverse("trainer:console", args=[live.uuid])).content.decode()
    had = re.findall(r'data-part="[^"]+" data-key="[^"]*"', page)
    have = ".".join(f"{one.split(chr(34))[1]}-{fingerprint(one)}" for one in had)
    desk = reverse("trainer:desk", args=[live.uuid])

    unchanged = trainer.get(desk, {"have": have})
    announce(live, {"en": "Back at 11:30"}, by=TRAINER, at=NOW)
    changed = trainer.get(desk, {"have": have}).content.decode()

    assert unchanged.status_code == 204
    parts = set(re.findall(r'data-part="([^"]+)"', changed))
    assert parts == {"jump", "announcements", "announce"}


def test_every_part_of_the_console_is_renewed_by_what_it_fetches(live, trainer):
    page = trainer.get(reverse("trainer:console", args=[live.uuid])).content.decode()

    fetched = trainer.get(reverse("trainer:desk", args=[live.uuid])).content.decode()

    parts = r'data-part="([^"]+)"'
    assert set(re.findall(parts, page)) == set(re.findall(parts, fetched))


def test_the_host_is_led_to_the_rooms_where_there_are_any(live, host, trainer):
    marks = reverse("office:room_marks", args=[live.edition.slug, live.uuid])
    assert marks not in console(host, live, "names")

    RoomFactory(edition=live.edition)

    assert marks in console(host, live, "names")
    assert marks not in trainer.get(reverse("trainer:console", args=[live.uuid])).content.decode()
