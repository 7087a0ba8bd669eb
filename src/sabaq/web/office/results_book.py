"""The results of an edition's tests as a workbook: what their page shows, figures as numbers."""

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import xlsxwriter
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from sabaq.assessment.statistics.items import McNemar
from sabaq.assessment.statistics.reasons import Reason
from sabaq.assessment.statistics.words import ITEM_NOTES, OBJECTIVES_NOTE
from sabaq.courses.packs.parts import Texts
from sabaq.kernel import clock
from sabaq.kernel.i18n import text_in
from sabaq.web.office.reports import XLSX, download
from sabaq.web.office.results import Sheet, edition_of, sheets_of
from sabaq.web.requests import Request, staff_only

Cell = str | float | int | None
_WIDTHS = (44, 16, 16, 60, 60)


@staff_only
@require_safe
def results_xlsx(request: Request, slug: str) -> HttpResponse:
    """Give the results as a workbook."""
    sheets = sheets_of(edition_of(request, slug), at=clock.now())
    data = results_book(sheets, language=request.LANGUAGE_CODE)
    return download(data, XLSX, f"{slug}-results.xlsx")


def results_book(sheets: Sequence[Sheet], *, language: str) -> bytes:
    """Give the bytes of an XLSX file in `language` (which must be the active one).

    What is not shown on the page is not in it; a figure that the data do not give is an empty cell beside its reason.
    """
    buffer = io.BytesIO()
    # Texts come from people: never let a leading "=" become a formula or an address a link.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"title": _("Test results"), "company": "Sabaq"})
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for number, sheet in enumerate(sheets, start=1):
        for name, heads, rows in _tables(sheet, language):
            page = book.add_worksheet(f"{number} {name}"[:31])
            for column, width in enumerate(_WIDTHS):
                page.set_column(column, column, width)
            page.freeze_panes(1, 0)
            _write(page, heads, rows, bold, wrapped)
    if not sheets:
        book.add_worksheet()
    book.close()
    return buffer.getvalue()


def _write(
    page: Any, heads: Sequence[str], rows: Iterable[Sequence[Cell]], bold: Any, wrapped: Any
) -> None:
    page.write_row(0, 0, heads, bold)
    for line, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                page.write_string(line, column, value, wrapped)
            elif value is not None:
                page.write_number(line, column, value, wrapped)


def _tables(
    sheet: Sheet, language: str
) -> Iterator[tuple[str, Sequence[str], Iterable[Sequence[Cell]]]]:
    figures = (
        _("Figure"),
        _("As a number"),
        _("Value"),
        _("What it means"),
        _("What it does not mean"),
    )
    yield _("Figures"), figures, _figures(sheet)
    if not sheet.forms:
        return
    objectives = (_("Objective"), _("Items"), _("Right before, %"), _("Right after, %"))
    aims = ((_said(a.text, language), a.items, a.before, a.after) for a in sheet.aims)
    yield _("Objectives"), objectives, aims
    items = (
        _("Item"), _("Form"), _("Right before, %"), _("Right after, %"),
        _("Discrimination before"), _("Discrimination after"), _("To right"), _("To wrong"), "p",
    )  # fmt: skip
    yield _("Items"), items, _items(sheet, language)
    before, after = pgettext("test", "Before"), pgettext("test", "After")
    options = (_("Item"), _("Form"), _("Best answer"), _("Option"), before, after)
    yield _("Options chosen"), options, _options(sheet, language)


def _figures(sheet: Sheet) -> Iterator[Sequence[Cell]]:
    for line in sheet.lines:
        yield line.label, line.value, line.shown, line.means, line.limits
    notes = (*ITEM_NOTES, OBJECTIVES_NOTE) if sheet.forms else ()
    for note in notes:
        yield str(note.label), None, None, str(note.means), str(note.limits)


def _items(sheet: Sheet, language: str) -> Iterator[Sequence[Cell]]:
    stems = {(form.form, row.item.key): row.item.stem for form in sheet.forms for row in form.rows}
    for form in sheet.results.forms:
        for one in form.items:
            known = one.switched if isinstance(one.switched, McNemar) else None
            yield (
                _said(stems[form.form, one.item.key], language),
                form.form,
                _percent(one.before.difficulty),
                _percent(one.after.difficulty),
                _number(one.before.discrimination),
                _number(one.after.discrimination),
                *((known.gained, known.lost, known.p) if known else ()),
            )


def _options(sheet: Sheet, language: str) -> Iterator[Sequence[Cell]]:
    for form in sheet.forms:
        for row in form.rows:
            stem = _said(row.item.stem, language)
            for choice in row.choices:
                mark = "+" if choice.is_right else ""
                option = _said(choice.option.text, language)
                yield stem, form.form, mark, option, choice.before, choice.after
            yield stem, form.form, "", _("Left open"), row.left_open_before, row.left_open_after


def _said(text: Texts, language: str) -> str:
    return text_in(text, language).text


def _number(value: float | Reason) -> float | None:
    return None if isinstance(value, Reason) else round(value, 4)


def _percent(share: float | Reason) -> float | None:
    return None if isinstance(share, Reason) else round(100 * share, 1)
