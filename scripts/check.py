"""Every gate that is not a test of behaviour, one line each; all run, and any that fails fails the whole.

`check.py NAME ...` runs only the gates named.
"""

import gettext
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import messages

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent


def run(*command: str | Path) -> str:
    """Run a gate's command; give its output when it fails, and nothing when it passes."""
    with tempfile.TemporaryDirectory() as data_dir:
        env = {
            **os.environ,
            "PYTHONPATH": str(ROOT / "src"),
            "DJANGO_SETTINGS_MODULE": "sabaq.config.settings",
            "DATA_DIR": data_dir,
            "DATABASE_URL": "",
            "SECRET_KEY": "gates-only-" + "x" * 40,
        }
        done = subprocess.run(
            [str(part) for part in command],
            cwd=ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    return "" if done.returncode == 0 else done.stdout or f"status {done.returncode}"


def templates() -> list[str]:
    return sorted(str(path.relative_to(ROOT)) for path in (ROOT / "src").rglob("*.html"))


def catalogues() -> str:
    """Collect and compile anew beside the sources: every text is translated, and what is committed says so."""
    if not (shutil.which("msgfmt") and shutil.which("xgettext")):
        problem = "gettext is missing (Debian package gettext)"
        return problem if os.environ.get("CI") == "true" else ""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "sabaq"
        unread = shutil.ignore_patterns("__pycache__", "migrations", "static", "*.mo", "*.ttf")
        shutil.copytree(messages.SOURCES, copy, ignore=unread)
        messages.collect(copy)
        found = (
            stale(
                messages.catalogue(copy, language),
                messages.catalogue(messages.SOURCES, language).with_suffix(".mo"),
            )
            for language in messages.LANGUAGES
        )
        return "\n".join(filter(None, found))


def stale(collected: Path, compiled: Path) -> str:
    """Say what a catalogue as collected has beyond the compiled one, or lacks; nothing when all is well."""
    fresh = collected.with_name("fresh.mo")
    command = ["msgfmt", "--check-format", "--statistics", "-o", str(fresh), str(collected)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "C"}
    )
    if done.returncode or "fuzzy" in done.stderr or "untranslated" in done.stderr:
        return f"{collected.name}: {done.stderr.strip()}\nRun: make messages, and translate."
    # Compared by meaning: the bytes differ between versions of gettext.
    if not compiled.exists() or entries(compiled) != entries(fresh):
        return f"{compiled.name} is not what the sources say; run: make messages"
    return ""


def entries(path: Path) -> dict[object, str]:
    with path.open("rb") as file:
        found = vars(gettext.GNUTranslations(file))["_catalog"]
    # The header carries dates of no consequence.
    return {msgid: text for msgid, text in found.items() if msgid}


GATES: dict[str, Callable[[], str]] = {
    "style": lambda: run(BIN / "ruff", "check", "."),
    "format": lambda: run(BIN / "ruff", "format", "--check", "."),
    "layers": lambda: run(BIN / "lint-imports"),
    "templates-format": lambda: run(
        BIN / "djade", "--check", "--target-version", "5.2", *templates()
    ),
    "templates": lambda: run(BIN / "djlint", "--lint", "--quiet", *templates()),
    "migrations": lambda: run(
        sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run"
    ),
    "settings": lambda: run(sys.executable, "-m", "django", "check", "--fail-level", "WARNING"),
    "catalogues": catalogues,
    "architecture": lambda: run(sys.executable, "-m", "pytest", "-q", "tests/architecture"),
    "types": lambda: run(BIN / "mypy"),
}


LONGEST = ("types", "architecture")


def timed(name: str) -> tuple[str, float]:
    """Run a gate; give what it complains of, and its seconds."""
    began = time.monotonic()
    return GATES[name](), time.monotonic() - began


def main(names: list[str]) -> int:
    """Give 0 when every gate passes. They run side by side, the longest from the beginning."""
    wanted = sorted(names or GATES, key=lambda name: name not in LONGEST)
    with ThreadPoolExecutor(os.cpu_count()) as gates:
        answers = {name: gates.submit(timed, name) for name in wanted}
        failed = []
        for name in names or GATES:
            complaint, seconds = answers[name].result()
            print(f"{'FAILED' if complaint else 'ok':<8}{name:<18}{seconds:5.1f} s", flush=True)
            if complaint:
                failed.append(name)
                print(complaint.rstrip(), flush=True)
    if failed:
        print(f"make check: {', '.join(failed)} failed.", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
