"""What one server process may use: threads and open files."""

import re
import resource
from pathlib import Path

import pytest

from sabaq.ops import doctor
from sabaq.ops.threads import ThreadsRefused, threads
from tests.servers import environment, running, sabaq

ROOM = re.compile(r"^Max open files +(\d+) +(\d+)", re.MULTILINE)


@pytest.mark.parametrize(("given", "used"), [(None, 4), ("", 4), ("2", 2), ("8", 8)])
def test_pages_are_answered_by_two_to_eight_threads(monkeypatch, given, used):
    if given is None:
        monkeypatch.delenv("SABAQ_THREADS", raising=False)
    else:
        monkeypatch.setenv("SABAQ_THREADS", given)

    assert threads() == used


@pytest.mark.parametrize("given", ["0", "1", "9", "-4", "many", "4.5", "²"])
def test_another_number_of_threads_is_refused(monkeypatch, given):
    monkeypatch.setenv("SABAQ_THREADS", given)

    with pytest.raises(ThreadsRefused):
        threads()


@pytest.mark.slow
def test_serve_says_in_one_line_that_it_cannot_start_with_so_many_threads(tmp_path):
    env = environment(tmp_path / "data", SABAQ_MODE="rehearsal", SABAQ_THREADS="64")

    refused = sabaq("serve", "--port", "0", env=env)

    assert refused.returncode == 1
    assert refused.stderr == (
        "sabaq: SABAQ_THREADS must be a whole number from 2 to 8, and it is “64”.\n"
    )


@pytest.mark.e2e
@pytest.mark.slow
def test_the_web_server_may_open_as_many_files_as_the_system_allows(tmp_path):
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    env = environment(tmp_path / "data", SABAQ_MODE="rehearsal")
    # The server inherits what its parent may: start it as most systems would, with little.
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(256, before[1]), before[1]))
    try:
        with running("serve", "--port", "0", env=env, log=tmp_path / "log") as server:
            limits = Path(f"/proc/{server.children()['web']}/limits").read_text()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)

    soft, hard = ROOM.search(limits).groups()
    assert (int(soft), int(hard)) == (before[1], before[1])


def test_doctor_says_how_many_could_follow_a_class_where_files_are_few(monkeypatch):
    monkeypatch.setattr(doctor, "open_files", lambda: (256, 512))

    finding = doctor.followers()

    assert finding.state is doctor.State.LIMITED
    assert finding.cost.startswith("at most about 412 people can follow a class at once")
