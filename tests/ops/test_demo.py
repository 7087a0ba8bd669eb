import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.demo import copy_of
from tests.servers import environment, running, sabaq

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return environment(tmp_path / "data")


def test_the_demo_begins_again_where_it_was_and_ctrl_c_ends_it_cleanly(env, tmp_path):
    with running("demo", "--port", "0", env=env, log=tmp_path / "first") as first:
        pass
    began = time.monotonic()
    with running("demo", "--port", "0", env=env, log=tmp_path / "second") as second:
        took = time.monotonic() - began
        # Ctrl-C at a terminal reaches the whole tree at once: the server, its worker and those who act by themselves.
        os.killpg(second.process.pid, signal.SIGINT)
        status = second.process.wait(timeout=30)

    assert "[1/" in first.output()
    assert "[1/" not in second.output()
    assert status == 0
    for log in (second.output(), (tmp_path / "data" / "demo" / "server.log").read_text("utf-8")):
        assert "Traceback" not in log
    assert f"Open {second.url}/demo/ and choose who you want to be." in second.output()
    assert len(second.output().splitlines()) <= 8
    # The aim is 5 s on an idle machine; this one may be running the rest of the suite.
    assert took < 30


def test_the_demo_can_be_forgotten(env, tmp_path, loaded_demo):
    copy_of(loaded_demo, tmp_path / "data")

    forgotten = sabaq("demo", "--reset", env=env)

    assert (forgotten.returncode, forgotten.stdout) == (0, f"Forgotten: {tmp_path / 'data'}\n")
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("arguments", [("--reset",), ("--load",)])
def test_the_demo_keeps_its_hands_off_other_data(env, tmp_path, arguments):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "sabaq.sqlite3").write_bytes(b"an office's year of work")

    refused = sabaq("demo", *arguments, env=env)

    assert (refused.returncode, refused.stderr) == (
        1,
        f"sabaq: {tmp_path / 'data'} holds something that is not a demo. Choose another folder with DATA_DIR.\n",
    )
    assert (tmp_path / "data" / "sabaq.sqlite3").read_bytes() == b"an office's year of work"


def test_a_server_that_says_demo_among_an_offices_data_does_not_start(env, tmp_path):
    assert sabaq("prepare", env={**env, "SABAQ_MODE": "production"}).returncode == 0

    refused = sabaq("serve", "--port", "0", env={**env, "SABAQ_MODE": "demo"})

    assert (refused.returncode, refused.stderr) == (
        1,
        f"sabaq: {tmp_path / 'data'} holds something that is not a demo. Choose another folder with DATA_DIR.\n",
    )


def test_the_bots_refuse_to_act_outside_a_demo(env):
    refused = subprocess.run(
        [sys.executable, "-m", "sabaq.ops.demo.bots"],
        env={**env, "SABAQ_MODE": "rehearsal"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (refused.returncode, refused.stderr) == (
        1,
        "sabaq: nobody takes part by itself but in a demo.\n",
    )
