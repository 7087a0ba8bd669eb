"""What each translation in TOML was made from: `translations.lock`.

In Markdown a translation says so itself, with `src=`. A TOML text is one short value among a thousand, so their
hashes stand together in one file, which `sabaq pack check --accept` writes and nobody edits by hand.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from sabaq.courses.editions.lines import Path
from sabaq.courses.packs.digests import HASH_LENGTH
from sabaq.courses.packs.findings import Findings

LOCK = "translations.lock"
_HEAD = (
    "# What the translations in TOML were made from. Written by: sabaq pack check FOLDER --accept\n"
)
_FILE = re.compile(r"\[(\S+)\]")
_ENTRY = re.compile(rf"(\S+) ([a-z]{{2}})=([0-9a-f]{{{HASH_LENGTH}}})")

# A file, a place in it, a language.
Address = tuple[str, str, str]


@dataclass(frozen=True)
class Translated:
    """One text in one other language than the source; `hash` is that of the source as it is now."""

    address: Address
    line: int
    shown: str
    hash: str

    def __str__(self) -> str:
        path, _place, language = self.address
        return f"{path}:{self.line}: {self.shown}.{language}"


@dataclass
class Ledger:
    """The translations met while the TOML files of a pack are read."""

    texts: dict[Address, Translated] = field(default_factory=dict)

    def enter(self, text: Translated) -> None:
        self.texts[text.address] = text


def place_of(values: Mapping[str, Any], path: Path) -> str:
    """Give a path as it stays when tables change their order: a table that has a key is named by it."""
    steps: list[str] = []
    here: Any = values
    for step in path:
        here = here[step]
        if isinstance(step, int):
            key = here.get("key") if isinstance(here, dict) else None
            steps.append(key if isinstance(key, str) else str(step + 1))
        else:
            steps.append(step)
    return ".".join(steps)


def lock_of(texts: Iterable[Translated]) -> bytes:
    """Give the file that says: each of these was made from what its source says now."""
    lines = [_HEAD]
    before = ""
    for (path, place, language), made_from in sorted((one.address, one.hash) for one in texts):
        if path != before:
            lines.append(f"\n[{path}]\n")
            before = path
        lines.append(f"{place} {language}={made_from}\n")
    return "".join(lines).encode()


def accepted_in(data: bytes) -> dict[Address, str]:
    """Give the hash of each address of a lock, leaving out the lines that cannot be read."""
    return {
        address: made_from for address, (_line, made_from) in read_lock(data, Findings()).items()
    }


def read_lock(data: bytes, findings: Findings) -> dict[Address, tuple[int, str]]:
    """Give the line and the hash of each address; a line that says neither is an error."""
    entries: dict[Address, tuple[int, str]] = {}
    path = ""
    for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if header := _FILE.fullmatch(line):
            path = header[1]
        elif path and (entry := _ENTRY.fullmatch(line)):
            entries[path, entry[1], entry[2]] = (number, entry[3])
        else:
            findings.error(
                LOCK,
                number,
                _("This line cannot be read. Let “sabaq pack check --accept” write it."),
            )
    return entries


def check_translations(
    files: Mapping[str, bytes], ledger: Ledger, findings: Findings
) -> frozenset[Address]:
    """Warn of every translation whose source has changed since; give the addresses of these."""
    if LOCK not in files:
        if ledger.texts:
            findings.note(
                LOCK,
                1,
                _(
                    "The file is missing, so nobody sees which texts in TOML have changed since they were "
                    "translated. Once you have compared them, “--accept” writes it."
                ),
            )
        return frozenset()
    accepted = read_lock(files[LOCK], findings)
    stale = set()
    for address, text in ledger.texts.items():
        made_from = accepted.get(address, (0, ""))[1]
        if made_from == text.hash:
            continue
        stale.add(address)
        sentence = (
            _("The source has changed since it was translated. Compare, mend, then --accept.")
            if made_from
            else _("Nobody has said that this translation was compared. Do so, then --accept.")
        )
        findings.warn(address[0], text.line, "%s: %s" % (f"{text.shown}.{address[2]}", sentence))  # noqa: UP031 - a sentence may hold braces
    for address in accepted.keys() - ledger.texts.keys():
        findings.note(
            LOCK, accepted[address][0], _("No text stands there any more; --accept tidies up.")
        )
    return frozenset(stale)
