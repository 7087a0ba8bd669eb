"""The demo's data: loaded once, through the same services as anyone's, and forgotten on request."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sabaq.kernel.errors import DomainError
from sabaq.ops.demo.moment import set_clock
from sabaq.ops.demo.sheet import begin_here
from sabaq.ops.demo.steps import STEPS
from sabaq.ops.prepare import prepare


class NotADemo(DomainError):
    """The demo must never be mixed into, or take away, what an office works with."""

    message = _(
        "%(folder)s holds something that is not a demo. Choose another folder with DATA_DIR."
    )


def load(*, say: Callable[[str], None]) -> None:
    """Load what is not loaded yet, one line of progress for each step, and write the page to begin with.

    Each step may be interrupted and run again. Raises `NotADemo`.
    """
    ensure_demo_folder()
    set_clock(demo_folder() / "clock.json")
    prepare(say=say)
    for number, step in enumerate(STEPS, 1):
        done = demo_folder() / f"{step.key}.done"
        if done.exists():
            continue
        began = time.monotonic()
        step.act()
        done.touch()
        say(f"[{number}/{len(STEPS)}] {step.title} ({time.monotonic() - began:.1f} s)")
    sheet = demo_folder() / "begin-here.txt"
    sheet.touch(mode=0o600)
    sheet.write_text(begin_here(), "utf-8")


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


def demo_folder() -> Path:
    """Give where the demo notes how far it came; its presence marks the data folder as a demo's."""
    return Path(settings.DATA_DIR) / "demo"


def is_demo(folder: Path) -> bool:
    return (folder / "demo").is_dir()


def is_unused(folder: Path) -> bool:
    """Say whether nothing lies there but the secret that reading the settings makes."""
    return {path.name for path in folder.iterdir()} <= {"secret_key"}


def ensure_demo_folder() -> None:
    folder = Path(settings.DATA_DIR)
    if is_demo(folder):
        return
    if not is_unused(folder):
        raise NotADemo(folder=folder)
    demo_folder().mkdir()
