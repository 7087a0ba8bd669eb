"""Where a demo keeps its own things; the folder marks the data around it as a demo's, which may be forgotten."""

from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sabaq.kernel.errors import DomainError


class NotADemo(DomainError):
    """The demo must never be mixed into, or take away, what an office works with."""

    message = _(
        "%(folder)s holds something that is not a demo. Choose another folder with DATA_DIR."
    )


def demo_folder() -> Path:
    """Give where the demo notes how far it came; its presence marks the data folder as a demo's."""
    return Path(settings.DATA_DIR) / "demo"


def is_demo(folder: Path) -> bool:
    return (folder / "demo").is_dir()


def is_unused(folder: Path) -> bool:
    """Say whether nothing lies there but the secret that reading the settings makes."""
    return {path.name for path in folder.iterdir()} <= {"secret_key"}


def ensure_demo_folder() -> None:
    """Mark an unused data folder as a demo's; raise `NotADemo` where it holds anything else."""
    folder = Path(settings.DATA_DIR)
    if is_demo(folder):
        return
    if not is_unused(folder):
        raise NotADemo(folder=folder)
    demo_folder().mkdir()


def refuse_to_play_with_real_data() -> None:
    """Raise `NotADemo` where the mode says demo and the data are an office's: in a demo anybody may be anybody."""
    if settings.MODE == "demo" and not is_demo(Path(settings.DATA_DIR)):
        raise NotADemo(folder=settings.DATA_DIR)
