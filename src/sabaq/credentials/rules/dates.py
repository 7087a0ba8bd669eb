"""Dates and hours as a certificate says them, in seven languages.

The months of the national languages stand as in CLDR 44, Tajik ones with the izafet that a date asks for.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

_NBSP = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class _Words:
    """`months` as they stand in a date; `day` puts a month to a day, `year` the year to all of it."""

    months: tuple[str, ...]
    day: str
    year: str
    comma: str = ","


def _months(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_SAID = {
    "en": _Words(
        _months(
            "January February March April May June July August September October November December"
        ),
        "{day} {month}",
        "{days} {year}",
        comma=".",
    ),
    "ru": _Words(
        _months(
            "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
        ),
        "{day} {month}",
        f"{{days}} {{year}}{_NBSP}г.",
    ),
    "kk": _Words(
        _months(
            "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан"
        ),
        "{day} {month}",
        f"{{year}}{_NBSP}ж. {{days}}",
    ),
    "ky": _Words(
        _months("январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь"),
        "{day}-{month}",
        "{year}-ж., {days}",
    ),
    "tg": _Words(
        _months(
            "январи феврали марти апрели майи июни июли августи сентябри октябри ноябри декабри"
        ),
        "{day} {month}",
        "{days} соли {year}",
    ),
    "tk": _Words(
        _months("ýanwar fewral mart aprel maý iýun iýul awgust sentýabr oktýabr noýabr dekabr"),
        "{day} {month}",
        "{days} {year}",
    ),
    "uz": _Words(
        _months("yanvar fevral mart aprel may iyun iyul avgust sentabr oktabr noyabr dekabr"),
        "{day}-{month}",
        "{year}-yil {days}",
    ),
}
# In these languages a noun after a number does not change.
_HOURS = {"kk": "сағат", "ky": "саат", "tg": "соат", "tk": "sagat", "uz": "soat"}


def printed_day(day: date, language: str) -> str:
    """Give "5 February 2027"."""
    return printed_days(day, day, language)


def printed_days(first: date, last: date, language: str) -> str:
    """Give "4–5 February 2027", saying month and year once where they are the same."""
    words = _SAID[language]

    def named(day: str, of: date) -> str:
        return words.day.format(day=day, month=words.months[of.month - 1])

    def whole(days: str, of: date) -> str:
        return words.year.format(days=days, year=of.year)

    if first == last:
        return whole(named(str(last.day), last), last)
    if (first.year, first.month) == (last.year, last.month):
        return whole(named(f"{first.day}–{last.day}", last), last)
    begin, end = named(str(first.day), first), named(str(last.day), last)
    if first.year == last.year:
        return whole(f"{begin} – {end}", last)
    return f"{whole(begin, first)} – {whole(end, last)}"


def printed_hours(hours: Decimal | int, language: str) -> str:
    """Give "12 hours", "7.5 hours"; in Russian "21 час", "2 часа", "12 часов", "7,5 часа"."""
    hours = Decimal(hours)
    whole = hours == hours.to_integral_value()
    figure = f"{hours:.0f}" if whole else f"{hours.normalize():f}"
    figure = figure.replace(".", _SAID[language].comma)
    return f"{figure}{_NBSP}{_hour_word(hours, language, whole=whole)}"


def _hour_word(hours: Decimal, language: str, *, whole: bool) -> str:
    if language == "en":
        return "hour" if hours == 1 else "hours"
    if language != "ru":
        return _HOURS[language]
    if not whole:
        return "часа"
    last, teens = int(hours) % 10, int(hours) % 100 in range(11, 15)
    if last == 1 and not teens:
        return "час"
    return "часа" if last in range(2, 5) and not teens else "часов"
