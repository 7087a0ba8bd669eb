"""coturn as a child: a configuration that nobody else reads, an end with its parent, a plain line where it cannot listen."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from sabaq.ops.turn import DETOUR_TOLD
from tests.nginx import wait_for
from tests.servers import environment
from tests.turn import turn_server

pytestmark = pytest.mark.slow
_CHILD = [sys.executable, "-P", "-m", "sabaq.adapters.coturn"]
_PARENT = f"import subprocess; subprocess.Popen({_CHILD!r}, stdin=subprocess.PIPE).wait()"


@pytest.fixture
def server():
    return turn_server()


@pytest.fixture
def env(server, tmp_path):
    return environment(tmp_path, **{DETOUR_TOLD: server.told()})


def test_it_ends_with_a_parent_that_was_killed_and_keeps_its_secret(server, env, tmp_path):
    parent = subprocess.Popen([sys.executable, "-c", _PARENT], env=env)
    wait_for(server.port)
    written = tmp_path / "voice" / "turnserver.conf"
    modes = written.stat().st_mode & 0o777, written.parent.stat().st_mode & 0o777
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()

    assert modes == (0o600, 0o700)
    assert is_gone(server.port)


def test_a_port_that_is_taken_is_named_with_the_setting_that_chooses_another(server, env):
    with socket.create_server(("127.0.0.1", server.port)):
        done = subprocess.run(_CHILD, env=env, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert f"cannot listen on TCP {server.port}" in done.stderr
    assert "SABAQ_TURN_PORT" in done.stderr
    assert server.secret not in done.stderr


def is_gone(port):
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=2).close()
        except OSError:
            return True
        time.sleep(0.05)
    return False
