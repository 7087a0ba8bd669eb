"""`sabaq serve` as its users meet it: real processes, real signals."""

import json
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.servers import Server, environment, fresh_database, running, sabaq

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
PATIENCE_SECONDS = 60


@pytest.fixture
def env(tmp_path: Path) -> Iterator[dict[str, str]]:
    with fresh_database() as url:
        more = {"DATABASE_URL": url} if url else {}
        yield environment(tmp_path / "data", SABAQ_MODE="rehearsal", **more)


def eventually(condition: Callable[[], object]) -> bool:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.1)
    return False


def is_alive(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    # A zombie has ended; whoever adopted it has not looked yet.
    return status.rsplit(")", 1)[1].split()[0] != "Z"


def answers(server: Server) -> bool:
    try:
        return httpx.get(f"{server.url}/healthz", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


def test_serve_starts_answers_and_ends_cleanly_on_ctrl_c(env, tmp_path):
    with running("serve", "--port", "0", env=env, log=tmp_path / "log") as server:
        health = httpx.get(f"{server.url}/healthz").status_code
        children = server.children()
        began = time.monotonic()
        status = server.stop(signal.SIGINT)
        took = time.monotonic() - began

    assert health == 200
    assert sorted(children) == ["web", "worker"]
    assert status == 0
    assert took < 10
    assert "Traceback" not in server.output()
    assert not any(is_alive(pid) for pid in children.values())


def test_a_request_is_logged_as_one_json_object(env, tmp_path):
    with running("serve", "--port", "0", env=env, log=tmp_path / "log") as server:
        httpx.get(f"{server.url}/nowhere/")
        server.stop()
        lines = [line for line in server.output().splitlines() if line.startswith("{")]

    assert {"request"} <= {json.loads(line)["event"] for line in lines}


@pytest.mark.parametrize("name", ["web", "worker"])
def test_serve_restarts_a_child_that_was_killed(env, tmp_path, name):
    with running("serve", "--port", "0", env=env, log=tmp_path / "log") as server:
        killed = server.children()[name]
        os.kill(killed, signal.SIGKILL)

        assert eventually(lambda: server.children().get(name, killed) != killed)
        assert eventually(lambda: answers(server))
        assert f"{name} ended (status -9); starting it again in 0.5 s" in server.output()


def test_the_children_end_when_the_parent_is_killed(env, tmp_path):
    with running("serve", "--port", "0", env=env, log=tmp_path / "log") as server:
        children = server.children()
        server.stop(signal.SIGKILL)

        assert sorted(children) == ["web", "worker"]
        assert eventually(lambda: not any(is_alive(pid) for pid in children.values()))


def test_a_second_start_keeps_the_data_and_the_secret(env, tmp_path):
    created = sabaq("prepare", env=env)
    arguments = ("account", "create", "office@example.org", "--no-password")
    first = sabaq(*arguments, env=env)
    secret = (tmp_path / "data" / "secret_key").read_text()
    with running("serve", "--port", "0", env=env, log=tmp_path / "log"):
        pass
    again = sabaq(*arguments, env=env)

    assert created.returncode == 0, created.stderr
    assert first.stdout == "Created: office@example.org\n"
    assert (again.returncode, again.stderr) == (
        1,
        "sabaq: There is already an account for office@example.org.\n",
    )
    assert (tmp_path / "data" / "secret_key").read_text() == secret
    assert (tmp_path / "data" / "secret_key").stat().st_mode & 0o777 == 0o600


def test_the_clock_is_refused_in_production(env, tmp_path):
    (tmp_path / "clock.json").write_text('{"offset": 0, "rate": 1, "since": 0}')
    arguments = ("serve", "--port", "0", "--clock", str(tmp_path / "clock.json"))

    refused = sabaq(*arguments, env={**env, "SABAQ_MODE": "production"})

    assert refused.returncode == 1
    assert refused.stderr == (
        "sabaq: The clock can be bent only in a demo or a rehearsal, and this server's mode is production.\n"
    )


def test_the_clock_is_refused_where_visitors_can_reach_it(env, tmp_path):
    clock = tmp_path / "data" / "media" / "clock.json"

    refused = sabaq("serve", "--port", "0", "--clock", str(clock), env=env)

    assert refused.returncode == 1
    assert refused.stderr == (
        f"sabaq: The clock file {clock} lies in a folder that visitors can reach.\n"
    )


def test_a_taken_port_is_said_in_one_line(env):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        refused = sabaq("serve", "--port", str(port), env=env)

    assert refused.returncode == 1
    assert refused.stderr == (
        f"sabaq: cannot listen on 127.0.0.1:{port}: Address already in use. Choose another with --port.\n"
    )
