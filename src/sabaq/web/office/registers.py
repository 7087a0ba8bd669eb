"""The daily attendance register in words: the same lines for the PDF and the workbook."""

import io
from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import xlsxwriter
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sabaq.classroom.ports import RegisterLine, RegisterSheet
from sabaq.classroom.queries.attendance import Attendance
from sabaq.courses.models import Edition
from sabaq.enrolment.models import Enrolment
from sabaq.kernel.i18n import text_in
from sabaq.kernel.places import place_of
from sabaq.people.models import Agency
from sabaq.web.corrections import span_of
from sabaq.web.office.attendance import (
    DayLine,
    SessionCount,
    correction_in_words,
    day_of_attendance,
    title_of,
)
from sabaq.web.templatetags.sabaq import day as day_in_words


def register_sheet(
    attendance: Attendance,
    enrolments: Iterable[Enrolment],
    day: date,
    *,
    agency: Agency | None,
    language: str,
    at: datetime,
) -> RegisterSheet:
    """Give the register of one day in `language` (which must be the active one), by agency and name."""
    edition = attendance.edition
    shown = day_of_attendance(attendance, enrolments, day)
    lines = sorted(
        (_line(line, edition, language) for line in shown.lines),
        key=lambda line: (line.agency.casefold(), line.native_name.casefold()),
    )
    return RegisterSheet(
        language=language,
        title=_("Attendance register, %(day)s") % {"day": _date(day)},
        subtitle=text_in(edition.title, language).text,
        facts=(
            (_("Agency"), text_in(agency.name, language).text if agency else _("All agencies")),
            (
                _("Times"),
                _("as the clock shows them %(place)s") % {"place": place_of(edition.zone)},
            ),
            (_("Sessions"), "; ".join(_session(one, edition) for one in shown.sessions)),
        ),
        columns=_columns(),
        lines=tuple(lines),
        notes=_notes(edition),
        footer=text_in(edition.contact_office, language).text,
        generated_at=at.astimezone(ZoneInfo(edition.zone)),
    )


def _columns() -> tuple[str, ...]:
    return (
        _("No."),
        _("Name"),
        _("Rank band"),
        _("Agency"),
        _("First in"),
        _("Last out"),
        _("Minutes"),
        _("How recorded"),
        _("Corrections"),
        _("Signature"),
    )


def threshold_in_words(edition: Edition) -> str:
    """Say what a day of attendance is in this edition."""
    return ngettext(
        "A day counts as attended from %(count)s minute in class.",
        "A day counts as attended from %(count)s minutes in class.",
        edition.attendance_minutes,
    ) % {"count": edition.attendance_minutes}


def _notes(edition: Edition) -> tuple[str, ...]:
    return (
        threshold_in_words(edition) + " " + _("Such minutes are printed bold."),
        _(
            "By connection: measured while the class was live, several devices of one person counted once."
            " By host: the host saw the officer in a room that followed the class. Corrected: minutes"
            " added or taken away by hand, for the reason given."
        ),
    )


def _date(day: date) -> str:
    return f"{day_in_words(day)} {date_format(day, 'Y')}"


def _session(one: SessionCount, edition: Edition) -> str:
    held = one.running.held_by(None)
    if held is None:
        return _("%(session)s (not held here)") % {"session": title_of(one.session)}
    return f"{title_of(one.session)} {span_of(held, edition.zone)}"


def _line(line: DayLine, edition: Edition, language: str) -> RegisterLine:
    person, here = line.enrolment.person, ZoneInfo(edition.zone)

    def hour(moment: datetime | None) -> str:
        return date_format(moment.astimezone(here), "H:i") if moment else "–"

    return RegisterLine(
        native_name=person.native_name,
        latin_name=person.latin_name,
        rank=str(person.get_rank_band_display()) if person.rank_band else "–",
        agency=text_in(person.agency.name, language).text if person.agency else "–",
        first_in=hour(line.first_in),
        last_out=hour(line.last_out),
        minutes=line.minutes,
        is_enough=line.is_enough,
        recorded=line.recorded or _("not present"),
        corrections=tuple(
            correction_in_words(one, edition, title_of(one.session)) for one in line.corrections
        ),
    )


def register_workbook(sheet: RegisterSheet) -> bytes:
    """Give the register as the bytes of an XLSX file."""
    buffer = io.BytesIO()
    # Texts come from people: never let a leading "=" become a formula or an address a link.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"title": sheet.title, "company": "Sabaq"})
    bold = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    page = book.add_worksheet(_("Register"))
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.write_string(0, 0, sheet.title, bold)
    page.write_string(1, 0, sheet.subtitle)
    for row, (label, value) in enumerate(sheet.facts, start=2):
        page.write_string(row, 0, f"{label}: {value}")
    top = 3 + len(sheet.facts)
    columns = (*sheet.columns[:2], _("Name in Latin letters"), *sheet.columns[2:])
    for column, (label, width) in enumerate(zip(columns, _WIDTHS, strict=True)):
        page.set_column(column, column, width)
        page.write_string(top, column, label, head)
    page.repeat_rows(top)
    for number, line in enumerate(sheet.lines, start=1):
        page.write_number(top + number, 0, number, wrap)
        texts = (line.native_name, line.latin_name, line.rank, line.agency, line.first_in, line.last_out)  # fmt: skip
        for column, text in enumerate(texts, start=1):
            page.write_string(top + number, column, text, wrap)
        page.write_number(top + number, 7, line.minutes, wrap)
        page.write_string(top + number, 8, line.recorded, wrap)
        page.write_string(top + number, 9, "\n".join(line.corrections), wrap)
        page.write_blank(top + number, 10, None, wrap)
    for offset, note in enumerate(sheet.notes, start=2):
        page.write_string(top + len(sheet.lines) + offset, 0, note)
    page.freeze_panes(top + 1, 2)
    book.close()
    return buffer.getvalue()


_WIDTHS = (5, 34, 30, 14, 34, 9, 9, 9, 18, 44, 24)
