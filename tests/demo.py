"""The running demo, as tests and measurements use it."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.servers import ROOT, Server, environment, sabaq


@dataclass
class Demo:
    """A running demo; `stage` is what tests/demo_stage.py says of it: links, staff, a class."""

    server: Server
    stage: dict[str, Any]
    env: dict[str, str]

    @property
    def url(self) -> str:
        return self.server.url


def of_all_workers(basetemp: Path) -> Path:
    """Give the folder that all workers of this run share; each has its own below it."""
    return basetemp.parent if "PYTEST_XDIST_WORKER" in os.environ else basetemp


def load_demo(folder: Path) -> Path:
    """Load the demo's data below `folder`, once for all who ask; give where they lie."""
    data = folder / "loaded-demo"
    with (folder / "loaded-demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (data / "demo" / "begin-here.txt").exists():
            # Generous: every core may be busy with the rest of the suite.
            loaded = sabaq("demo", "--load", env=environment(data), seconds=600)
            assert loaded.returncode == 0, loaded.stderr
    return data


def copy_of(data: Path, target: Path) -> None:
    """Copy a demo that does not run, times of its files included: by them it knows when to go on."""
    shutil.copytree(data, target)


def set_stage(env: dict[str, str]) -> dict[str, Any]:
    """Give every page of the demo that runs in `env` something to show."""
    stage: dict[str, Any] = json.loads(run_beside("tests.demo_stage", env))
    return stage


def tickets_of(env: dict[str, str]) -> list[str]:
    """Give fresh tickets to the class of the demo that runs in `env`, one for each participant."""
    tickets: list[str] = json.loads(run_beside("tests.figures.tickets", env))
    return tickets


def run_beside(module: str, env: dict[str, str]) -> str:
    """Run a module of the tests on the database of the demo that runs in `env`; give what it prints."""
    clock_file = Path(env["DATA_DIR"]) / "demo" / "clock.json"
    done = subprocess.run(
        [sys.executable, "-m", module],
        env={
            **env,
            "SABAQ_MODE": "demo",
            "SABAQ_DEMO_BARE": "1",  # the demo bar asks the database too
            "SABAQ_CLOCK_FILE": str(clock_file),
            "DATABASE_URL": "",
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        },
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
