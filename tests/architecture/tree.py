"""What the architecture tests look at: the files of the repository, wherever it was unpacked."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SRC = ROOT / "src" / "sabaq"
NOT_OURS = {".git", ".venv", "data", "build", "node_modules", "__pycache__"}
CACHES = re.compile(r"^\..*_cache$|\.egg-info$|^\.hypothesis$|^\.pg$")


def files(folder: Path, *suffixes: str) -> Iterator[Path]:
    """Give the files under `folder`, in order, without caches and data."""
    for path in sorted(folder.iterdir()):
        if path.name in NOT_OURS or CACHES.search(path.name):
            continue
        if path.is_dir():
            yield from files(path, *suffixes)
        elif not suffixes or path.suffix in suffixes:
            yield path


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def python_files() -> list[Path]:
    folders = (SRC, ROOT / "tests", ROOT / "scripts")
    found = [path for folder in folders for path in files(folder, ".py")]
    return [path for path in found if "migrations" not in path.parts]


def templates() -> list[Path]:
    return list(files(SRC, ".html"))


def static_files() -> list[Path]:
    return [path for path in files(SRC, ".css", ".js", ".svg") if "static" in path.parts]


def line_of(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
