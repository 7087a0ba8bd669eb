"""The workbook that agencies fill in: a line of instructions, the columns, drop-downs where words are given."""

import io

import xlsxwriter
from django.utils.translation import gettext as _

from sabaq.enrolment.rules import CHOICE_FIELDS, COLUMN_LABELS, choices_of
from sabaq.enrolment.tables import ROW_LIMIT

_WIDTHS = {"native_name": 38, "latin_name": 38, "email": 30}
_FIRST_ROW = 2


def table_template() -> bytes:
    """Give an XLSX file in the reader's language; `enrolment.tables` reads it in any."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(_("Officers"))
    note = book.add_format({"text_wrap": True, "valign": "top", "italic": True})
    head = book.add_format({"bold": True, "bg_color": "#e3efec", "bottom": 1, "text_wrap": True})
    text = book.add_format({"num_format": "@"})
    last = len(COLUMN_LABELS) - 1
    sheet.merge_range(0, 0, 0, last, _instructions(), note)
    sheet.set_row(0, 66)
    for place, (field, label) in enumerate(COLUMN_LABELS.items()):
        sheet.set_column(place, place, _WIDTHS.get(field, 18), text)
        sheet.write_string(1, place, str(label), head)
        if field in CHOICE_FIELDS:
            sheet.data_validation(
                _FIRST_ROW,
                place,
                _FIRST_ROW + ROW_LIMIT - 1,
                place,
                {"validate": "list", "source": choices_of(field), "error_type": "warning"},
            )
    sheet.freeze_panes(_FIRST_ROW, 1)
    book.close()
    return file.getvalue()


def _instructions() -> str:
    return _(
        "One row for each officer, at most %(limit)s rows. Only the full name must be given. "
        "Choose sex, language and rank from the list; sex may be left open. Without an e-mail address "
        "the invitation is handed over on paper. You may send the same table again: nobody is entered twice."
    ) % {"limit": ROW_LIMIT}
