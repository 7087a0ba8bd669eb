"""The running demo, as tests and measurements use it."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.servers import ROOT, Server


@dataclass
class Demo:
    """A running demo; `stage` is what tests/demo_stage.py says of it: links, staff, a class."""

    server: Server
    stage: dict[str, Any]

    @property
    def url(self) -> str:
        return self.server.url


def set_stage(env: dict[str, str]) -> dict[str, Any]:
    """Give every page of the demo that runs in `env` something to show."""
    stage: dict[str, Any] = json.loads(run_beside("tests.demo_stage", env))
    return stage


def run_beside(module: str, env: dict[str, str]) -> str:
    """Run a module of the tests on the database of the demo that runs in `env`; give what it prints."""
    clock_file = Path(env["DATA_DIR"]) / "demo" / "clock.json"
    done = subprocess.run(
        [sys.executable, "-m", module],
        env={
            **env,
            "SABAQ_MODE": "demo",
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
