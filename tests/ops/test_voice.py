"""The voice engine and its detour as the tree of processes finds it: added where it is there, missed in one line where not."""

import pytest

from sabaq.ops.supervisor import Child, Supervisor
from sabaq.ops.turn import DETOUR_TOLD, TurnServer, detour_told, find_detour, is_ipv4, own_address
from sabaq.ops.voice import TOLD, Engine, engine_told, find_engine


def test_a_machine_without_janus_is_told_so_in_one_line():
    engine, why_not = find_engine({"PATH": "/nonexistent"})

    assert engine is None
    assert why_not.startswith("no voice: janus is not installed")
    assert "\n" not in why_not


def test_voice_can_be_switched_off():
    assert find_engine({"PATH": "/usr/bin", "SABAQ_VOICE": "0"}) == (None, "")


def test_children_are_told_what_the_parent_found(monkeypatch):
    engine = Engine("/usr/bin/janus", 4711, "one", "two", rtp_ports="30000-30100")
    monkeypatch.setenv(TOLD, engine.told())
    told = engine_told()
    monkeypatch.delenv(TOLD)

    assert (told, engine_told()) == (engine, None)


def test_an_engine_that_never_starts_does_not_end_the_server():
    def ready_after_many_deaths():
        return broken.deaths >= 4

    broken = Child("voice", ["/bin/false"], is_needed=False)
    good = Child("web", ["/bin/sleep", "60"])
    supervisor = Supervisor([broken, good], ready_after_many_deaths, lambda: None)
    supervisor.when_ready = supervisor.stopping.set

    assert supervisor.run() == 0
    assert broken.deaths >= 4


ENGINE = Engine("/usr/bin/janus", 4711, "one", "two", address="10.77.0.1")


@pytest.fixture
def with_coturn(tmp_path):
    program = tmp_path / "turnserver"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    return {"PATH": str(tmp_path)}


def test_a_machine_without_coturn_is_told_in_one_line_what_it_costs():
    server, why_not = find_detour({"PATH": "/nonexistent"}, ENGINE.address)

    assert server is None
    assert why_not.startswith("no detour for voice: coturn is not installed")
    assert "\n" not in why_not


def test_the_detour_leads_to_the_engine_by_names_that_browsers_know(with_coturn):
    plain, _ = find_detour({**with_coturn, "SABAQ_URL": "https://course.example"}, ENGINE.address)
    more = {"SABAQ_TURN_HOST": "turn.course.example", "SABAQ_TURN_PORT": "4000"}
    both, _ = find_detour({**with_coturn, **more}, ENGINE.address)
    other, _ = find_detour(
        {**with_coturn, "SABAQ_TURN_HOST": "turn.course.example:8443"}, ENGINE.address
    )

    assert (plain.address, both.address) == ("10.77.0.1", "10.77.0.1")
    assert plain.urls == ("turn:course.example:3478?transport=tcp",)
    assert both.urls == (
        "turn:localhost:4000?transport=tcp",
        "turns:turn.course.example:443?transport=tcp",
    )
    assert other.urls[-1] == "turns:turn.course.example:8443?transport=tcp"
    assert plain.secret != both.secret


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SABAQ_TURN_PORT", "many"),
        ("SABAQ_TURN_PORT", "0"),
        ("SABAQ_TURN_PORT", "65536"),
        ("SABAQ_TURN_HOST", "turn host;"),
        ("SABAQ_TURN_HOST", "https://turn.course.example"),
    ],
)
def test_a_setting_that_makes_no_sense_leaves_the_detour_out_and_says_so(with_coturn, name, value):
    server, why_not = find_detour({**with_coturn, name: value}, ENGINE.address)

    assert server is None
    assert f"{name}={value}" in why_not


def test_it_can_be_switched_off_and_needs_an_address_of_ipv4(with_coturn):
    ipv6 = Engine("/usr/bin/janus", 4711, "one", "two", address="fd00::1")

    assert find_detour({**with_coturn, "SABAQ_TURN": "0"}, ENGINE.address) == (None, "")
    assert "SABAQ_VOICE_ADDRESS" in find_detour(with_coturn, ipv6.address)[1]


def test_children_are_told_of_the_detour(monkeypatch):
    server = TurnServer("/usr/bin/turnserver", 3478, "secret", "10.77.0.1", "localhost")
    monkeypatch.setenv(DETOUR_TOLD, server.told())
    told = detour_told()
    monkeypatch.delenv(DETOUR_TOLD)

    assert (told, detour_told()) == (server, None)


def test_the_machines_own_address_is_never_the_loopback():
    found = own_address()

    assert found == "" or (is_ipv4(found) and not found.startswith("127."))
