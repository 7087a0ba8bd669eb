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
    clock_file = Path(env["DATA_DIR"]) / "demo" / "clock.json"
    done = subprocess.run(
        [sys.executable, "-m", "tests.demo_stage"],
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
    stage: dict[str, Any] = json.loads(done.stdout)
    return stage
