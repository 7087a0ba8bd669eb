"""Sheets of access cards, to be cut and handed out: eight cards on an A4 page, none split."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, time

from django.utils import translation
from django.utils.translation import gettext

from sabaq.adapters.pdf.glyphs import replace_missing as said
from sabaq.adapters.pdf.typesetting import qr_svg, typeset
from sabaq.adapters.pdf.words import printed_date, printed_dates
from sabaq.enrolment.ports import AccessCard, AccessSheet

CARDS_ON_A_PAGE = 8


def render_access_sheets(sheets: Sequence[AccessSheet]) -> bytes:
    """Give one PDF of all `sheets`, equal bytes for equal sheets. There must be at least one."""
    if not sheets:
        raise ValueError("There is no sheet to print.")
    with translation.override(sheets[0].language):
        title = gettext("Access cards")
    data = {
        "language": sheets[0].language,
        "title": f"{title}: {said(sheets[0].course_title)}",
        "sheets": [_sheet(sheet) for sheet in sheets],
    }
    # The sheet says nothing of when it was made; its validity dates it, the same each time.
    last = max(sheet.valid_until for sheet in sheets)
    return typeset("access_sheet.typ", data, at=datetime.combine(last, time(), UTC))


def _sheet(sheet: AccessSheet) -> dict[str, object]:
    with translation.override(sheet.language):
        first_cards = range(0, max(len(sheet.cards), 1), CARDS_ON_A_PAGE)
        pages = [sheet.cards[first : first + CARDS_ON_A_PAGE] for first in first_cards]
        return {
            "language": sheet.language,
            "title": gettext("Access cards"),
            "agency": said(sheet.agency),
            "course_title": said(sheet.course_title),
            "dates": printed_dates(sheet.starts_on, sheet.ends_on),
            "guidance": gettext(
                "Cut along the lines and give each card to the officer named on it, to nobody else:"
                " whoever holds a card can enter in that officer's name."
            ),
            "empty": gettext("No officer of this agency is confirmed yet."),
            "contact": said(sheet.contact),
            "scan": gettext(
                "Scan the code with your phone, or open this address and type your code:"
            ),
            "address": re.sub(r"^https?://", "", said(sheet.address)).rstrip("/"),
            "code_label": gettext("Your code"),
            "valid": gettext("Valid until %(date)s") % {"date": printed_date(sheet.valid_until)},
            "pages": [
                {
                    "cards": [_card(card) for card in page],
                    "part": gettext("Sheet %(part)s of %(parts)s")
                    % {"part": number, "parts": len(pages)},
                }
                for number, page in enumerate(pages, start=1)
            ],
        }


def _card(card: AccessCard) -> dict[str, object]:
    name = said(card.display_name)
    return {
        "name": name,
        "code": f"{card.code[:4]}-{card.code[4:]}",
        "qr": qr_svg(card.link),
        "qr_alt": gettext("QR code of the personal link of %(name)s") % {"name": name},
    }
