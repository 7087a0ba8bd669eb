"""The sheet that hangs beside a room's screen: how the screen comes into the class."""

import re
from datetime import UTC, datetime, time

from django.utils import translation
from django.utils.translation import gettext

from sabaq.adapters.pdf.glyphs import replace_missing as said
from sabaq.adapters.pdf.typesetting import qr_svg, typeset
from sabaq.adapters.pdf.words import printed_date, printed_dates
from sabaq.enrolment.ports import RoomSheet


def render_room_sheet(sheet: RoomSheet) -> bytes:
    """Give the PDF of `sheet`, equal bytes for an equal sheet."""
    room = said(sheet.room)
    with translation.override(sheet.language):
        data = {
            "language": sheet.language,
            "title": gettext("Screen of a room: %(room)s") % {"room": room},
            "room": room,
            "where": " · ".join(part for part in (said(sheet.place), said(sheet.agency)) if part),
            "course": " · ".join(
                (said(sheet.course_title), printed_dates(sheet.starts_on, sheet.ends_on))
            ),
            "steps": [
                gettext("Open this address on the computer of the screen and type the code."),
                gettext("The screen follows each class by itself; it needs no mouse."),
                gettext(
                    "Officers in the room are not counted by the screen: the host marks who sits here."
                    " Tell the host who is present in each session."
                ),
            ],
            "address": re.sub(r"^https?://", "", said(sheet.address)).rstrip("/"),
            "code_label": gettext("Code of this room"),
            "code": f"{sheet.code[:4]}-{sheet.code[4:]}",
            "qr": qr_svg(sheet.link),
            "qr_alt": gettext("QR code of the link of the room %(room)s") % {"room": room},
            "guidance": gettext(
                "This code shows the class and nothing else. It is nobody’s own code."
            ),
            "valid": gettext("Valid until %(date)s") % {"date": printed_date(sheet.valid_until)},
            "contact": said(sheet.contact),
        }
    return typeset("room_sheet.typ", data, at=datetime.combine(sheet.valid_until, time(), UTC))
