"""The daily attendance register: A4 landscape, tagged, its header on every page, a place to sign in each line."""

from django.utils import translation
from django.utils.translation import gettext

from sabaq.adapters.pdf.glyphs import replace_missing as said
from sabaq.adapters.pdf.typesetting import typeset
from sabaq.adapters.pdf.words import printed_moment
from sabaq.classroom.ports import RegisterLine, RegisterSheet


def render_register(sheet: RegisterSheet) -> bytes:
    """Give the PDF of `sheet`, equal bytes for an equal sheet."""
    with translation.override(sheet.language):
        data = {
            "language": sheet.language,
            "title": said(sheet.title),
            "subtitle": said(sheet.subtitle),
            "facts": [[said(label), said(value)] for label, value in sheet.facts],
            "columns": [said(column) for column in sheet.columns],
            "lines": [_line(line) for line in sheet.lines],
            "empty": gettext("Nobody is on this list."),
            "notes": [said(note) for note in sheet.notes],
            "footer": said(sheet.footer),
            "generated": gettext("Made on %(moment)s.")
            % {"moment": printed_moment(sheet.generated_at)},
            "page": gettext("Page %(page)s of %(pages)s"),
        }
    return typeset("register.typ", data, at=sheet.generated_at)


def _line(line: RegisterLine) -> dict[str, object]:
    return {
        "native_name": said(line.native_name),
        "latin_name": said(line.latin_name),
        "rank": said(line.rank),
        "agency": said(line.agency),
        "first_in": said(line.first_in),
        "last_out": said(line.last_out),
        "minutes": str(line.minutes),
        "is_enough": line.is_enough,
        "recorded": said(line.recorded),
        "corrections": [said(one) for one in line.corrections],
    }
