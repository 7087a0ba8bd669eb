"""The demo's data: loaded once, through the same services as anyone's, and forgotten on request."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from sabaq.ops.demo.folder import NotADemo, demo_folder, ensure_demo_folder, is_demo, is_unused
from sabaq.ops.demo.moment import moment_to_open, set_clock
from sabaq.ops.demo.sheet import begin_here
from sabaq.ops.demo.steps import STEPS
from sabaq.ops.demo.ways_in import write_ways_in
from sabaq.ops.prepare import prepare


def load(*, say: Callable[[str], None]) -> None:
    """Load what is not loaded yet, one line of progress for each step, and write the page to begin with.

    Each step may be interrupted and run again. Raises `NotADemo`.
    """
    ensure_demo_folder()
    clock_file = demo_folder() / "clock.json"
    opens_at = moment_to_open(clock_file, Path(settings.DATABASES["default"]["NAME"]))
    set_clock(clock_file, opens_at, runs=False)
    prepare(say=say)
    for number, step in enumerate(STEPS, 1):
        done = demo_folder() / f"{step.key}.done"
        if done.exists():
            continue
        began = time.monotonic()
        step.act()
        done.touch()
        say(f"[{number}/{len(STEPS)}] {step.title} ({time.monotonic() - began:.1f} s)")
    write_ways_in(demo_folder() / "bots.json")
    (demo_folder() / "begin-here.txt").write_text(begin_here(opens_at), "utf-8")
    set_clock(clock_file, opens_at, runs=True)


def forget(*, say: Callable[[str], None]) -> None:
    """Remove the demo's data folder. Raises `NotADemo` where it holds anything else."""
    folder = Path(settings.DATA_DIR)
    if is_demo(folder):
        shutil.rmtree(folder)
        say(f"Forgotten: {folder}")
    elif is_unused(folder):
        say("There is no demo to forget.")
    else:
        raise NotADemo(folder=folder)
