"""Which files a pack may hold, and how a folder is read and written."""

import re
from collections.abc import Mapping
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from sabaq.courses.packs.findings import Findings

_SAFE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*")
_KNOWN = re.compile(
    r"pack\.toml|translations\.lock|(README|LICENSE)(\.[a-z.]+)?"
    r"|(lessons|slides|exercises|aids)/[^/]+\.md|slides/[^/]+\.polls\.toml"
    r"|(items|tests|surveys|cards)/[^/]+\.toml|(glossary|commitment)\.toml|media/.+"
)
LONGEST_PATH = 300
FILE_HOLDS = 5_000_000
PACK_HOLDS = 50_000_000
# Editions are deliveries of a course, not part of it: a changed date must not make a new version.
LEFT_OUT = "editions"


def check_paths(files: Mapping[str, bytes], findings: Findings) -> None:
    """Note names that are not safe everywhere, files nobody reads, and files that are too large."""
    for path, data in files.items():
        if not _SAFE.fullmatch(path) or len(path) > LONGEST_PATH:
            findings.error(
                path, 1, _("Name files with letters a-z, digits, “.”, “-” and “_” only.")
            )
        elif not _KNOWN.fullmatch(path):
            findings.warn(path, 1, _("Nothing reads this file. Is its name or folder misspelt?"))
        if len(data) > FILE_HOLDS:
            findings.error(
                path, 1, _("The file is larger than %(most)s MB."), most=FILE_HOLDS // 1_000_000
            )
    if sum(len(data) for data in files.values()) > PACK_HOLDS:
        findings.error(
            "pack.toml", 1, _("The pack is larger than %(most)s MB."), most=PACK_HOLDS // 1_000_000
        )


def read_folder(folder: Path) -> dict[str, bytes]:
    """Give the files of a pack's folder by path; hidden files and `editions/` are not part of it."""
    found = {}
    for file in sorted(folder.rglob("*")):
        parts = file.relative_to(folder).parts
        if any(part.startswith(".") for part in parts) or parts[0] == LEFT_OUT:
            continue
        if file.is_file():
            found["/".join(parts)] = file.read_bytes()
    return found


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a pack's files into a folder."""
    for path, data in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
