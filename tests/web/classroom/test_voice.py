"""What pages show of voice: nothing without an engine, and with one what its reader may do."""

from pathlib import Path

import brotli
import pytest
from django.urls import reverse

from sabaq.adapters.janus.memory import MemoryEngine
from sabaq.classroom.ports import MediaEngine
from sabaq.classroom.services.floor import grant_floor
from sabaq.classroom.services.hands import raise_hand
from sabaq.classroom.services.running import begin_class, end_class
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
        "participant": ["sabaq-voice ", "voice.js", "mic.js"],
        "interpreter": [
            "sabaq-voice ",
            "sabaq-mic ",
            "sabaq-booth ",
            "voice.js",
            "mic.js",
            "booth.js",
            "booth-sound.js",
        ],
        "trainer": ["sabaq-voice ", "sabaq-mic ", "voice.js", "mic.js"],
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


def test_the_scripts_of_voice_are_small():
    def weight(*names):
        return sum(len(brotli.compress(Path(SCRIPTS / name).read_bytes())) for name in names)

    assert weight("voice.js", "mic.js") <= TO_HEAR
    assert weight("voice.js", "mic.js", "booth.js", "booth-sound.js") <= IN_ALL
