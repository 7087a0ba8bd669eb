"""Collect every text that a person reads into the catalogues, and compile them (needs gettext)."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src" / "sabaq"
# English is the source; these are translations of it.
LANGUAGES = ["ru"]


def main() -> int:
    """Give 0 once catalogues and sources agree."""
    if not shutil.which("msgfmt"):
        print("gettext is missing: install the Debian package gettext.", file=sys.stderr)
        return 1
    collect(SOURCES)
    locales = [argument for language in LANGUAGES for argument in ("-l", language)]
    django(SOURCES, "compilemessages", *locales)
    return 0


def collect(sources: Path) -> None:
    """Bring the catalogues under `sources` up to the texts of its templates and modules."""
    locales = [argument for language in LANGUAGES for argument in ("-l", language)]
    # File names without line numbers: a moved line is no news to a translator.
    django(
        sources, "makemessages", *locales, "--add-location", "file", "--no-wrap", "--no-obsolete",
        "--ignore", "migrations/*",
    )  # fmt: skip
    for language in LANGUAGES:
        settle(catalogue(sources, language))


def catalogue(sources: Path, language: str) -> Path:
    return sources / "locale" / language / "LC_MESSAGES" / "django.po"


def settle(path: Path) -> None:
    """Put a catalogue into the one form that depends on nothing but its texts."""
    order = ["msgattrib", "--no-wrap", "--sort-by-file", "-o", str(path), str(path)]
    subprocess.run(order, check=True)
    text = path.read_text("utf-8")
    # The date of collecting changes with every run and says nothing.
    path.write_text(re.sub(r'"POT-Creation-Date: .*\n', "", text), "utf-8")


def django(folder: Path, *arguments: str) -> None:
    with tempfile.TemporaryDirectory() as data_dir:
        env = {
            **os.environ,
            "PYTHONPATH": str(ROOT / "src"),
            "DJANGO_SETTINGS_MODULE": "sabaq.config.settings",
            "DATA_DIR": data_dir,
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        command = [sys.executable, "-m", "django", *arguments, "-v", "0"]
        subprocess.run(command, cwd=folder, env=env, check=True)


if __name__ == "__main__":
    sys.exit(main())
