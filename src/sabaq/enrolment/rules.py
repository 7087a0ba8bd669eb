"""Pure rules of nomination and of the way in: officers, seats, the words of a table, first opening."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from sabaq.people.enums import Language, RankBand, Sex
from sabaq.people.rules import name_key

LETTER_ATTEMPTS = 6
_BACK_OFF = (1, 5, 30, 120, 480)  # minutes: a mail server that is down is often back within a day


@dataclass(frozen=True)
class Officer:
    """What an agency says about an officer; all but the name may be left out."""

    native_name: str
    latin_name: str = ""
    patronymic: str = ""
    sex: str = Sex.UNDISCLOSED
    language: str = Language.RUSSIAN
    rank_band: str = ""
    email: str = ""


OFFICER_FIELDS = tuple(field.name for field in fields(Officer))


@dataclass(frozen=True)
class Seating:
    """The seats of an edition: how many there are with the overbooking margin, and how many are taken."""

    seats: int
    overbooking: int
    taken: int

    @property
    def limit(self) -> int:
        return self.seats + self.overbooking

    @property
    def left(self) -> int:
        return max(0, self.limit - self.taken)


def percent(part: int, whole: int) -> int | None:
    """Give `part` of `whole` as a whole number of percent, or None of nothing."""
    return round(100 * part / whole) if whole else None


def back_off(attempts: int) -> timedelta:
    """Give how long to wait after that many failed attempts to send a letter."""
    return timedelta(minutes=_BACK_OFF[min(attempts, len(_BACK_OFF)) - 1])


def letter_language(language: str, available: Iterable[str]) -> str:
    """Give the person's language where letters exist in it, else Russian."""
    return language if language in set(available) else "ru"


# The words that a table may use. What the template says in each language of the interface is added.
COLUMN_LABELS: dict[str, str | Promise] = {
    "native_name": _("Full name in own script"),
    "latin_name": _("Name in Latin letters, as in the passport"),
    "patronymic": _("Patronymic"),
    "sex": _("Sex"),
    "language": _("Language"),
    "rank_band": _("Rank"),
    "email": _("E-mail"),
}
_COLUMN_WORDS: dict[str, tuple[str, ...]] = {
    "native_name": (
        "full name in own script",
        "full name",
        "name",
        "native name",
        "officer",
        "фио",
        "ф.и.о.",
        "полное имя",
        "имя",
        "фамилия и имя",
        "фамилия имя",
        "фамилия, имя",
        "фамилия имя отчество",
        "полное имя на родном языке",
        "сотрудник",
    ),
    "latin_name": (
        "name in latin letters, as in the passport",
        "latin name",
        "name in latin letters",
        "passport name",
        "имя латиницей",
        "фио латиницей",
        "имя латинскими буквами",
        "имя латинскими буквами, как в паспорте",
        "имя по паспорту",
    ),
    "patronymic": ("patronymic", "отчество"),
    "sex": ("sex", "gender", "пол"),
    "language": ("language", "preferred language", "язык", "предпочитаемый язык"),
    "rank_band": ("rank", "rank band", "звание", "ранг", "категория звания"),
    "email": ("e-mail", "email", "e-mail address", "эл. почта", "электронная почта", "почта"),
}
_VALUE_WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "sex": {
        Sex.FEMALE: ("female", "f", "woman", "женский", "ж", "жен", "жен.", "женщина"),
        Sex.MALE: ("male", "m", "man", "мужской", "м", "муж", "муж.", "мужчина"),
        Sex.UNDISCLOSED: ("prefer not to say", "undisclosed", "не указан", "не указано", "-", "—"),
    },
    "language": {
        Language.ENGLISH: ("english", "английский"),
        Language.RUSSIAN: ("russian", "русский"),
        Language.KAZAKH: ("kazakh", "казахский"),
        Language.KYRGYZ: ("kyrgyz", "кыргызский", "киргизский"),
        Language.TAJIK: ("tajik", "таджикский"),
        Language.TURKMEN: ("turkmen", "туркменский"),
        Language.UZBEK: ("uzbek", "узбекский"),
    },
    "rank_band": {
        RankBand.JUNIOR: ("junior", "младший", "младший состав"),
        RankBand.MIDDLE: ("middle", "средний", "средний состав"),
        RankBand.SENIOR: ("senior", "старший", "старший состав"),
        RankBand.COMMAND: ("command", "руководящий", "руководящий состав", "командный"),
    },
}
_CHOICES = {"sex": Sex, "language": Language, "rank_band": RankBand}


def _word(text: str) -> str:
    return name_key(text).replace("ё", "е").rstrip(" *:")


def _labels(label: str | Promise) -> set[str]:
    """Give a label in every language of the interface, so that each template can be read again."""
    found = set()
    for code, _name in settings.LANGUAGES:
        with override(code):
            found.add(_word(str(label)))
    return found


def columns_of(header: Iterable[str]) -> dict[int, str]:
    """Give which column of a table holds which field of an officer; unknown columns are left out."""
    known = {
        word: field
        for field, words in _COLUMN_WORDS.items()
        for word in {*map(_word, words), *_labels(COLUMN_LABELS[field])}
    }
    found: dict[int, str] = {}
    for place, text in enumerate(header):
        field = known.get(_word(text))
        if field is not None and field not in found.values():
            found[place] = field
    return found


def meaning(field: str, text: str) -> str | None:
    """Give the value that a word stands for in a column of choices, or None where it is not known."""
    wanted = _word(text)
    for value, label in _CHOICES[field].choices:
        words = {*map(_word, _VALUE_WORDS[field][value]), _word(value), *_labels(label)}
        if wanted in words:
            return str(value)
    return None


def choices_of(field: str) -> list[str]:
    """Give the words that a column of choices accepts, as the template offers them to this reader."""
    return [str(label) for label in _CHOICES[field].labels]


CHOICE_FIELDS = frozenset(_CHOICES)


def officer_of(values: Mapping[str, str]) -> tuple[Officer, dict[str, str]]:
    """Give the officer that a row of words means, and the words of choices nobody understands."""
    given = {field: text for field, text in values.items() if text}
    unknown = {}
    for field in CHOICE_FIELDS & given.keys():
        value = meaning(field, given[field])
        if value is None:
            unknown[field] = given.pop(field)
        else:
            given[field] = value
    return Officer(**{"native_name": "", **given}), unknown


class Step(StrEnum):
    """One screen of the first opening."""

    PROFILE = "profile"
    NOTICE = "notice"
    CONSENTS = "consents"


@dataclass(frozen=True)
class Opening:
    """How far somebody has come on first opening; `None` means not answered yet."""

    profile_confirmed_at: datetime | None
    notice_read: int | None
    notice_now: int
    consents: Collection[bool | None]


def steps_owed(opening: Opening) -> list[Step]:
    """Give the screens still owed, in order. A newer notice is shown again, and only that."""
    owed = []
    if opening.profile_confirmed_at is None:
        owed.append(Step.PROFILE)
    if opening.notice_read is None or opening.notice_read < opening.notice_now:
        owed.append(Step.NOTICE)
    if None in opening.consents:
        owed.append(Step.CONSENTS)
    return owed
