"""Whether a name typed by a visitor is the one on a certificate."""

import re
import unicodedata

from sabaq.people.rules import name_key

_JOINERS = re.compile(r"[\s\-.,()\u2010-\u2015]+")


def is_same_name(typed: str, *names: str) -> bool:
    """Tell whether `typed` holds exactly the words of one of `names`, in any order.

    Case, hyphens, apostrophes and the marks of Latin letters do not count (a passport's machine-readable
    line has none), nor does ё for е; each letter of Cyrillic does.
    """
    words = _words(typed)
    return bool(words) and any(words == _words(name) for name in names)


def _words(name: str) -> list[str]:
    return sorted(word for word in _JOINERS.split(_bare(name_key(name))) if word)


def _bare(key: str) -> str:
    return "".join(map(_base, key.replace("ё", "е").replace("'", "")))


def _base(char: str) -> str:
    """Give a Latin letter without its marks; й and others of Cyrillic are letters of their own."""
    first = unicodedata.normalize("NFD", char)[0]
    return first if "LATIN" in unicodedata.name(first, "") else char
