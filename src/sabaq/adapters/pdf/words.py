"""Dates and figures as printed, in a language named by the caller."""

from datetime import date, datetime

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext


def printed_date(day: date) -> str:
    """Give "5 February 2027" in the active language."""
    if translation.get_language() == "ru":
        return date_format(day, "j E Y г.")
    return date_format(day, "j E Y")


def printed_dates(first: date, last: date) -> str:
    """Give a range in the active language, saying month and year once where they are the same."""
    if first == last:
        return printed_date(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{printed_date(last)}"
    if first.year == last.year:
        return f"{date_format(first, 'j E')} – {printed_date(last)}"
    return f"{printed_date(first)} – {printed_date(last)}"


def printed_moment(moment: datetime) -> str:
    """Give day, time and distance to UTC, in the moment's own zone and the active language."""
    offset = moment.strftime("%z")
    zone = f"UTC{offset[:3]}:{offset[3:]}" if offset.strip("+-0") else "UTC"
    return gettext("%(date)s, %(time)s (%(zone)s)") % {
        "date": printed_date(moment.date()),
        "time": moment.strftime("%H:%M"),
        "zone": zone,
    }


def printed_share(share: float) -> str:
    """Give 0.5 as "50 %", with a space that does not break."""
    return f"{share * 100:.0f}\N{NO-BREAK SPACE}%"
