"""The voice engine as the tree of processes finds it: added where it is there, missed in one line where not."""

from sabaq.ops.supervisor import Child, Supervisor
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
