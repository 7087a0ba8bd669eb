"""Small pieces of pages: icons, times in two zones, days, share bars, texts with a marked fallback."""

import re
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.formats import date_format
from django.utils.html import escape, format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, gettext_lazy

from sabaq.courses.enums import SessionKind
from sabaq.courses.rules import is_move_told
from sabaq.kernel.i18n import Text, text_in
from sabaq.kernel.places import place_of
from sabaq.web.icons import ICONS

register = template.Library()

_EMPTY_LINE = re.compile(r"\n\s*\n")
_FALLBACK_NOTES = {
    "en": gettext_lazy("in English"),
    "ru": gettext_lazy("in Russian"),
    "kk": gettext_lazy("in Kazakh"),
    "ky": gettext_lazy("in Kyrgyz"),
    "tg": gettext_lazy("in Tajik"),
    "tk": gettext_lazy("in Turkmen"),
    "uz": gettext_lazy("in Uzbek"),
}


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon that says nothing to a screen reader; the words stand beside it."""
    return format_html(
        '<svg class="ic" width="20" height="20" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>',
        ICONS[name],
    )


@register.simple_tag
def when(
    start: datetime, end: datetime | None, course_zone: str, reader_zone: str = ""
) -> SafeString:
    """Say from when to when by the course's clock, and by the reader's where it shows another hour.

    The reader's clock names its date too when that differs. `end` may be None.
    """
    course = ZoneInfo(str(course_zone))
    reader = ZoneInfo(str(reader_zone or course_zone))
    shown = [(start.astimezone(course), course)]
    if start.astimezone(reader).utcoffset() != shown[0][0].utcoffset():
        shown.append((start.astimezone(reader), reader))
    first_day = shown[0][0].date()
    return format_html_join(
        " · ",
        "{}{} {}",
        (
            (
                "" if moment.date() == first_day else date_format(moment, "j E") + ", ",
                _span_of_time(moment, end and end.astimezone(zone)),
                place_of(zone.key),
            )
            for moment, zone in shown
        ),
    )


def _span_of_time(start: datetime, end: datetime | None) -> SafeString:
    times = format_html_join(
        "–",
        '<time datetime="{}">{}</time>',
        ((m.isoformat(timespec="minutes"), date_format(m, "H:i")) for m in (start, end) if m),
    )
    return format_html('<span class="nw">{}</span>', times) if end else times


@register.simple_tag
def day(moment: date | datetime, zone: str = "UTC") -> str:
    """Name a day: "Thursday, 4 February". A moment is taken by the clock of `zone`."""
    if isinstance(moment, datetime):
        moment = moment.astimezone(ZoneInfo(str(zone)))
    words = str(date_format(moment, "l, j E"))
    # Of our languages only English writes the names of days with a capital; Django's catalogues vary.
    return words if (get_language() or "en").startswith("en") else words.lower()


@register.simple_tag
def days(first: date, last: date) -> str:
    """Name a span of days: "4–5 February 2026", "28 January – 2 February 2026"."""
    if first == last:
        return str(date_format(last, "j E Y"))
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{date_format(last, 'j E Y')}"
    opening = "j E" if first.year == last.year else "j E Y"
    return f"{date_format(first, opening)} – {date_format(last, 'j E Y')}"


@register.simple_tag
def share_bar(percent: float | None, aim: float | None = None) -> SafeString:
    """Draw a share of women as a bar with the aim marked; `None` is a share that is not shown."""
    if percent is None:
        return format_html('<span class="muted">{}</span>', gettext("not shown"))
    values = {"percent": round(percent), "aim": round(aim or 0)}
    if aim is None:
        label, mark = gettext("%(percent)s percent women") % values, SafeString("")
    else:
        label = gettext("%(percent)s percent women, the aim is %(aim)s") % values
        mark = format_html('<rect class="aim" x="{}" width="1.2" height="10"/>', _place_of_aim(aim))
    return format_html(
        '<span class="bar"><svg viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="{}">'
        '<rect class="rest" width="100" height="10"/><rect class="part" width="{}" height="10"/>{}</svg>'
        '<span class="n" aria-hidden="true">{} %</span></span>',
        label,
        values["percent"],
        mark,
        values["percent"],
    )


def _place_of_aim(aim: float) -> str:
    # The mark is 1.2 wide; at 0 and at 100 it must stay inside the bar.
    return f"{min(max(aim - 0.6, 0), 98.8):g}"


@register.simple_tag
def localized(value: object, language: str = "") -> SafeString:
    """Show a per-language text in the reader's language, or in another one with `lang` and a note.

    `language` is asked for where the page as a whole shows its content in that one. A `Text` was found before.
    """
    text = value if isinstance(value, Text) else text_in(value, language or get_language() or "en")
    if not text.is_fallback:
        return escape(text.text)
    note = _FALLBACK_NOTES.get(text.language, text.language)
    return format_html(
        '<span lang="{}">{}</span> <small>({})</small>', text.language, text.text, note
    )


@register.simple_tag
def localized_text(value: object, language: str = "") -> SafeString:
    """Show a longer per-language text as paragraphs, in another language with `lang` and a note."""
    text = value if isinstance(value, Text) else text_in(value, language or get_language() or "en")
    paragraphs = SafeString(linebreaks(text.text, autoescape=True))
    if not text.is_fallback:
        return paragraphs
    note = _FALLBACK_NOTES.get(text.language, text.language)
    return format_html(
        '<div lang="{}">{}</div><p><small>({})</small></p>', text.language, paragraphs, note
    )


@register.filter
def first_paragraph(value: object) -> Text:
    """Give what stands before the first empty line of a per-language text, in the reader's language."""
    return _paragraphs(value)[0]


@register.filter
def further_paragraphs(value: object) -> Text:
    """Give what `first_paragraph` leaves out; its text may be empty."""
    return _paragraphs(value)[1]


def _paragraphs(value: object) -> tuple[Text, Text]:
    text = text_in(value, get_language() or "en")
    first, *further = _EMPTY_LINE.split(text.text.strip(), maxsplit=1)
    return replace(text, text=first), replace(text, text="".join(further))


@register.simple_tag
def trial_tag(session: Any) -> SafeString:
    """Mark a trial run as one; nothing for any other session, or for a slot of the timetable."""
    if session.kind != SessionKind.TRIAL:
        return SafeString("")
    return format_html(' <span class="tag off">{}</span>', gettext("trial run"))


@register.simple_tag
def moved_note(session: Any, at: datetime, course_zone: str, reader_zone: str = "") -> SafeString:
    """Say of a session that was moved from when to when, by both clocks, as long as it is to be told."""
    told = is_move_told(session.moved_at, session.starts_at, session.ends_at, at=at)
    if not told or session.moved_from is None:
        return SafeString("")
    course, reader = ZoneInfo(str(course_zone)), ZoneInfo(str(reader_zone or course_zone))
    values = _moved_by(course, session.moved_from, session.starts_at)
    if (
        session.starts_at.astimezone(course).utcoffset()
        == session.starts_at.astimezone(reader).utcoffset()
    ):
        words = gettext("Moved from %(before)s to %(now)s") % values
    else:
        own = _moved_by(reader, session.moved_from, session.starts_at)
        words = gettext(
            "Moved from %(before)s to %(now)s %(place)s, from %(own_before)s to %(own_now)s %(own_place)s"
        ) % {**values, **{f"own_{key}": value for key, value in own.items()}}
    return format_html(' <small class="moved">{}</small>', words)


def _moved_by(zone: ZoneInfo, before: datetime, now: datetime) -> dict[str, str]:
    before, now = before.astimezone(zone), now.astimezone(zone)
    form = "H:i" if before.date() == now.date() else "j E, H:i"
    return {
        "before": str(date_format(before, form)),
        "now": str(date_format(now, form)),
        "place": place_of(zone.key),
    }


@register.filter
def text_of(value: object, language: str = "") -> str:
    """Give a per-language text bare, where no markup can stand: in a title or an attribute."""
    return text_in(value, language or get_language() or "en").text


@register.simple_tag
def language_note(code: str) -> str:
    """Say which language a passage is in, where it is not the reader's: "(in Russian)"."""
    return f"({_FALLBACK_NOTES.get(code, code)})"


@register.simple_tag
def open_until(window: Any, course_zone: str, reader_zone: str = "") -> SafeString:
    """Say until when a test is open, by both clocks; nothing where it has no end."""
    if window.closes_at is None:
        return SafeString("")
    moment = window.closes_at
    words = gettext("Open until %(day)s, %(time)s")
    shown = words % {
        "day": day(moment, str(course_zone)),
        "time": when(moment, None, course_zone, reader_zone),
    }
    return format_html('<p class="muted">{}</p>', SafeString(shown))
