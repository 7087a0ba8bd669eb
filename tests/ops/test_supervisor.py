import sys
import time

from sabaq.ops.supervisor import Child, Supervisor

SLEEPER = [sys.executable, "-c", "import time; time.sleep(600)"]


def test_the_wait_before_a_restart_doubles_up_to_half_a_minute():
    child = Child("web", SLEEPER, started_at=time.monotonic())

    waits = [child.wait_before_next_start() for _ in range(8)]

    assert waits == [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0]


def test_the_back_off_begins_anew_after_a_healthy_life():
    child = Child("web", SLEEPER, deaths=5, started_at=time.monotonic() - 3600)

    assert child.wait_before_next_start() == 0.5


def test_a_tree_that_never_comes_up_gives_up(capfd):
    broken = Child("web", [sys.executable, "-c", "raise SystemExit(3)"])
    announced = []
    supervisor = Supervisor([broken], lambda: False, lambda: announced.append("ready"))

    status = supervisor.run()

    assert status == 1
    assert announced == []
    assert "web ended (status 3); starting it again in 0.5 s" in capfd.readouterr().err
