"""What pages show of voice: nothing without an engine, and with one what its reader may do."""

from pathlib import Path

import brotli
import pytest
from django.urls import reverse

from sabaq.adapters.janus.memory import MemoryEngine
from sabaq.classroom.models import BoothSeat
from sabaq.classroom.ports import MediaEngine
from sabaq.classroom.rules.booths import SLOW_DOWN_SHOWN_FOR
from sabaq.classroom.services.floor import grant_floor
from sabaq.classroom.services.hands import raise_hand
from sabaq.classroom.services.running import begin_class, end_class
from sabaq.kernel import clock
from sabaq.kernel.ports import replaced
from sabaq.people.actors import acting
from sabaq.people.enums import Role
from tests.factories import NOW, EditionFactory, EnrolmentFactory, SessionFactory
from tests.servers import ROOT
from tests.visitors import participant_browser, staff_browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]
BY = acting("Trainer", account_id=7)
SCRIPTS = ROOT / "src/sabaq/web/static/sabaq"
# Compressed: until voice is heard, and with all that speaking needs.
TO_HEAR, IN_ALL = 10 * 1024, 40 * 1024


@pytest.fixture
def live(pack_version):
    session = SessionFactory(edition=EditionFactory(version=pack_version, languages=["en", "ru"]))
    begin_class(session, None, by=BY, at=NOW)
    return session


@pytest.fixture
def engine():
    with replaced(MediaEngine, MemoryEngine()):
        yield


def page(client, name, session):
    return client.get(reverse(name, args=[session.uuid]))


def marks(answer):
    text = answer.content.decode()
    said = (
        "sabaq-voice ",
        "sabaq-mic ",
        "sabaq-booth ",
        "voice.js",
        "voice-road.js",
        "mic.js",
        "booth.js",
        "booth-sound.js",
    )
    return [mark for mark in said if f"<{mark}" in text or f"sabaq/{mark}" in text]


def people(session):
    enrolment = EnrolmentFactory(edition=session.edition)
    return {
        "participant": (participant_browser(enrolment), "classroom:room"),
        "interpreter": (staff_browser(session.edition, Role.INTERPRETER), "classroom:room"),
        "trainer": (staff_browser(session.edition, Role.TRAINER), "trainer:console"),
    }


def test_without_an_engine_pages_know_nothing_of_voice(live):
    answers = [page(client, name, live) for client, name in people(live).values()]

    assert [marks(answer) for answer in answers] == [[], [], []]
    assert all("microphone=()" in answer["Permissions-Policy"] for answer in answers)
    assert all("ws" not in answer["Content-Security-Policy"] for answer in answers)


@pytest.mark.usefixtures("engine")
def test_with_an_engine_each_sees_what_she_may_do(live):
    answers = {who: page(client, name, live) for who, (client, name) in people(live).items()}

    assert {who: marks(answer) for who, answer in answers.items()} == {
        "participant": ["sabaq-voice ", "voice.js", "voice-road.js", "mic.js"],
        "interpreter": [
            "sabaq-voice ",
            "sabaq-mic ",
            "sabaq-booth ",
            "voice.js",
            "voice-road.js",
            "mic.js",
            "booth.js",
            "booth-sound.js",
        ],
        "trainer": ["sabaq-voice ", "sabaq-mic ", "voice.js", "voice-road.js", "mic.js"],
    }
    policy = answers["participant"]["Content-Security-Policy"]
    assert "connect-src 'self' ws://testserver;" in policy
    assert "microphone=(self)" in answers["participant"]["Permissions-Policy"]


@pytest.mark.usefixtures("engine")
def test_the_booth_leads_an_interpreter_to_the_glossary_of_the_course(live):
    client, name = people(live)["interpreter"]

    room = page(client, name, live).content.decode()
    glossary = reverse("office:pack_glossary", args=[live.edition.version.uuid])
    assert f'href="{glossary}" target="sabaq-glossary"' in room
    assert client.get(glossary).status_code == 200


@pytest.mark.usefixtures("engine")
def test_whoever_has_the_floor_has_a_microphone_until_she_gives_it_back(live):
    enrolment = EnrolmentFactory(edition=live.edition)
    client = participant_browser(enrolment)
    hand = raise_hand(live, enrolment_id=enrolment.pk, by=BY, at=NOW)
    grant_floor(hand, by=BY, at=NOW)
    with_floor = marks(page(client, "classroom:room", live))
    path = reverse("classroom:give_floor_back", args=[live.uuid])
    client.post(path, {"write_id": "0198c0de-0000-7000-8000-000000000001"})

    assert "sabaq-mic " in with_floor
    assert "sabaq-mic " not in marks(page(client, "classroom:room", live))


@pytest.mark.usefixtures("engine")
def test_a_class_that_has_ended_has_no_voice(live):
    end_class(live, by=BY, at=NOW)

    assert [marks(page(client, name, live)) for client, name in people(live).values()] == [[]] * 3


def booth_act(client, session, **fields):
    answer = client.post(
        reverse("classroom:booth", args=[session.uuid]),
        fields,
        headers={"X-Requested-With": "fetch"},
    )
    return answer.status_code, answer.content.decode()


@pytest.mark.usefixtures("engine")
def test_the_booth_shows_who_is_on_air_and_what_may_be_done_about_it(live):
    first, second = (staff_browser(live.edition, Role.INTERPRETER) for _ in range(2))

    def offered(client):
        text = page(client, "classroom:room", live).content.decode()
        said = ("enter", "on", "ask", "keep", "hand", "turn")
        stand = text.partition('data-stand="')[2].partition('"')[0]
        return stand, [act for act in said if f'id="booth-{act}"' in text]

    assert offered(first) == ("none", ["enter"])
    for client in (first, second):
        assert booth_act(client, live, act="enter", first="en", second="ru") == (204, "")
    assert offered(first) == ("off", ["enter", "on", "turn"])
    booth_act(first, live, act="on")
    assert offered(first) == ("on", ["enter", "on", "ask", "turn"])
    assert offered(second) == ("off", ["enter", "ask"])
    booth_act(second, live, act="ask")
    assert offered(first) == ("on", ["enter", "on", "hand", "turn"])
    assert offered(second) == ("asked", ["enter", "on", "keep"])


@pytest.mark.usefixtures("engine")
def test_a_booth_refuses_in_words(live):
    first, second = (staff_browser(live.edition, Role.INTERPRETER) for _ in range(2))
    before = booth_act(first, live, act="on")
    for client in (first, second):
        booth_act(client, live, act="enter", first="en", second="ru")
    booth_act(first, live, act="on")

    assert before == (422, "Choose the languages of your booth first.")
    assert booth_act(first, live, act="enter", first="en", second="en")[0] == 422
    assert booth_act(second, live, act="on") == (
        409,
        "Your partner was faster. Look who is on air now.",
    )
    assert booth_act(second, live, act="on", seen="no turn")[0] == 400
    assert booth_act(second, live, act="dance")[0] == 400


@pytest.mark.usefixtures("engine")
def test_nobody_but_an_interpreter_of_this_edition_reaches_a_booth(live):
    others = [
        participant_browser(EnrolmentFactory(edition=live.edition)),
        staff_browser(live.edition, Role.TRAINER),
        staff_browser(EditionFactory(), Role.INTERPRETER),
    ]

    acts = ("enter", "on", "ask", "keep", "hand", "turn", "slower")
    asked = [
        booth_act(one, live, act=act, first="en", second="ru") for one in others for act in acts
    ]
    assert {status for status, _ in asked} == {404}
    assert BoothSeat.objects.count() == 0


@pytest.mark.usefixtures("engine")
def test_slower_shows_at_the_console_and_is_gone_after_a_while(live):
    trainer = staff_browser(live.edition, Role.TRAINER)
    interpreter = staff_browser(live.edition, Role.INTERPRETER)
    booth_act(interpreter, live, act="enter", first="en", second="ru")
    booth_act(interpreter, live, act="on")
    booth_act(interpreter, live, act="slower")

    def console():
        text = page(trainer, "trainer:console", live).content.decode()
        return 'id="slow-down"' in text, 'id="interpreting"' in text

    soon = console()
    with clock.frozen(NOW + SLOW_DOWN_SHOWN_FOR):
        later = console()
    assert (soon, later) == ((True, True), (False, True))


def test_the_scripts_of_voice_are_small():
    def weight(*names):
        return sum(len(brotli.compress(Path(SCRIPTS / name).read_bytes())) for name in names)

    assert weight("voice.js", "voice-road.js", "mic.js") <= TO_HEAR
    assert weight("voice.js", "voice-road.js", "mic.js", "booth.js", "booth-sound.js") <= IN_ALL
