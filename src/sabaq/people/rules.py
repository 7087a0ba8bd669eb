"""Pure rules about names (Unicode, the five countries' scripts). See docs/glossary.md, "name"."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

NAME_LENGTH = 160
_APOSTROPHES = str.maketrans(dict.fromkeys("ʻʼ’‘`´′", "'"))
_JOINERS = frozenset(" -'.\u2010\u2011ʻʼ’‘`´()")


def tidy_name(text: str) -> str:
    """Give `text` in NFC with single inner spaces and no outer ones; letters and marks untouched."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def name_key(text: str) -> str:
    """Give the form in which names are compared: folded case, one apostrophe, no double spaces.

    oʻ and gʻ (U+02BB) compare equal to the forms typed with ' ’ ‘ (domain: names).
    """
    key = re.sub(r"\s+", " ", tidy_name(text).translate(_APOSTROPHES)).casefold()
    # Folding may write up to three letters for one: the columns hold two for each.
    return key[: NAME_LENGTH * 2]


def _is_name_letter(char: str) -> bool:
    return unicodedata.category(char)[0] in {"L", "M"} or char in _JOINERS


def validate_native_name(text: str) -> None:
    """Accept any script, spaces, hyphens and apostrophes; refuse digits, signs and control characters."""
    odd = sorted({char for char in text if not _is_name_letter(char)})
    if odd:
        raise ValidationError(
            _(
                "A name is made of letters, spaces, hyphens and apostrophes. Please remove: %(signs)s"
            ),
            code="name_signs",
            params={"signs": " ".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in odd)},
        )
    if not any(unicodedata.category(char)[0] == "L" for char in text):
        raise ValidationError(_("Please write the name in letters."), code="name_empty")


def validate_latin_name(text: str) -> None:
    """Accept what a passport prints in Latin letters, diacritics of Turkmen and Uzbek included."""
    validate_native_name(text)
    foreign = sorted({c for c in text if c.isalpha() and not _is_latin(c)})
    if foreign:
        raise ValidationError(
            _("Write this name in Latin letters, as in the passport. Not Latin: %(letters)s"),
            code="name_not_latin",
            params={"letters": " ".join(foreign)},
        )


def _is_latin(char: str) -> bool:
    return "LATIN" in unicodedata.name(char, "") or char in _JOINERS


# ICAO Doc 9303, part 3, section 6 for the Russian letters; the plain base letter for the national ones.
_LATIN_OF = {
    **dict(zip("абвгдеёзийклмнопрстуфыэ", "ABVGDEEZIIKLMNOPRSTUFYE", strict=True)),
    "ж": "ZH",
    "х": "KH",
    "ц": "TS",
    "ч": "CH",
    "ш": "SH",
    "щ": "SHCH",
    "ъ": "IE",
    "ь": "",
    "ю": "IU",
    "я": "IA",
    **dict(zip("әғқңөұүһіӣӯҳҷў", "AGKNOUUHIIUHJU", strict=True)),
}


def suggest_latin_name(native_name: str) -> str:
    """Give a Latin spelling to start from, or "" where a letter is unknown to us.

    Passports of the five countries spell differently and change their tables, so this is only ever a
    suggestion for an empty field: the passport decides. A name in Latin letters is suggested as it is.
    """
    text = tidy_name(native_name)
    latin = "".join(char if _is_latin(char) else _spelt(char) for char in text)
    return "" if "\0" in latin else latin


def _spelt(char: str) -> str:
    if not char.isalpha():
        return char
    latin = _LATIN_OF.get(char.lower(), "\0")
    return latin.capitalize() if char.isupper() else latin.lower()
