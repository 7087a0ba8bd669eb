"""Collect every text that a person reads into the catalogues, and compile them (needs gettext)."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# English is the source; these are translations of it.
LANGUAGES = ["ru"]


def main() -> int:
    """Give 0 once catalogues and sources agree."""
    if not shutil.which("msgfmt"):
        print("gettext is missing: install the Debian package gettext.", file=sys.stderr)
        return 1
    locales = [argument for language in LANGUAGES for argument in ("-l", language)]
    # File names without line numbers: a moved line is no news to a translator.
    django(
        "makemessages", *locales, "--add-location", "file", "--no-wrap", "--ignore", "migrations/*"
    )
    django("compilemessages", *locales)
    return 0


def django(*arguments: str) -> None:
    with tempfile.TemporaryDirectory() as data_dir:
        env = {
            **os.environ,
            "PYTHONPATH": str(ROOT / "src"),
            "DJANGO_SETTINGS_MODULE": "sabaq.config.settings",
            "DATA_DIR": data_dir,
        }
        command = [sys.executable, "-m", "django", *arguments]
        subprocess.run(command, cwd=ROOT / "src" / "sabaq", env=env, check=True)


if __name__ == "__main__":
    sys.exit(main())
