"""Names made from content: of a file, of a whole pack, of a block to be translated."""

import unicodedata
from collections.abc import Mapping

from sabaq.kernel.ids import digest

HASH_LENGTH = 8


def manifest(files: Mapping[str, bytes]) -> bytes:
    """Give one line per file, sorted by path, in the form that `sha256sum --check` reads."""
    lines = (f"{digest(data)}  {path}\n" for path, data in sorted(files.items()))
    return "".join(lines).encode()


def read_manifest(data: bytes) -> dict[str, str]:
    """Give the digest of each path of a manifest."""
    pairs = (line.split("  ", 1) for line in data.decode().split("\n") if line)
    return {path: name for name, path in pairs}


def version_digest(files: Mapping[str, bytes]) -> str:
    """Give the digest of a whole pack: that of its manifest."""
    return digest(manifest(files))


def normalised(text: str) -> str:
    """Give the text as a translator sees it: composed letters, one space between words.

    Wrapping lines anew, or saving under another system, must not make translations stale.
    """
    return " ".join(unicodedata.normalize("NFC", text).split())


def block_hash(text: str) -> str:
    """Give the short hash that a translation of `text` carries."""
    return digest(normalised(text).encode())[:HASH_LENGTH]
