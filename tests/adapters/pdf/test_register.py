from dataclasses import replace
from datetime import UTC, date, datetime

from sabaq.adapters.pdf.register import render_register
from sabaq.adapters.pdf.room_sheet import render_room_sheet
from sabaq.classroom.ports import RegisterLine, RegisterSheet
from sabaq.enrolment.ports import RoomSheet
from tests.adapters.pdf.sheets import pages_of, roles_of, root_of, tags_of

LINE = RegisterLine(
    native_name="Әсел Қуанышқызы Нұрғалиева",
    latin_name="Assel Nurgaliyeva",
    rank="Middle",
    agency="State Border Service",
    first_in="09:58",
    last_out="12:31",
    minutes=142,
    is_enough=True,
    recorded="by connection, corrected",
    corrections=(
        "Lesson: minutes added, 10:00–10:20. The line was down (Host, 4 February, 13:00)",
    ),
)
SHEET = RegisterSheet(
    language="en",
    title="Attendance register, Thursday, 4 February 2027",
    subtitle="Gender mainstreaming and human rights",
    facts=(("Agency", "All agencies"), ("Times", "as the clock shows them in Tashkent")),
    columns=(
        "No.",
        "Name",
        "Rank",
        "Agency",
        "First in",
        "Last out",
        "Minutes",
        "How recorded",
        "Corrections",
        "Signature",
    ),
    lines=(LINE,),
    notes=("A day counts as attended from 120 minutes in class.",),
    footer="Regional Office for Central Asia",
    generated_at=datetime(2027, 2, 4, 13, 5, tzinfo=UTC),
)
ROOM = RoomSheet(
    language="en",
    room="Conference hall",
    place="Almaty, second floor",
    agency="State Border Service",
    course_title="Gender mainstreaming and human rights",
    starts_on=date(2027, 2, 4),
    ends_on=date(2027, 2, 5),
    valid_until=date(2027, 3, 7),
    address="https://sabaq.example/code/",
    link="https://sabaq.example/i/token1",
    code="7K3Q9XMA",
    contact="help@office.example",
)


def test_a_line_says_who_when_how_long_and_why_it_was_corrected():
    (text,) = pages_of(render_register(SHEET))

    for part in (
        "Attendance register, Thursday, 4 February 2027",
        "Times: as the clock shows them in Tashkent",
        "Әсел Қуанышқызы Нұрғалиева Assel Nurgaliyeva",
        "09:58 12:31 142",
        "The line was down",
        "A day counts as attended from 120 minutes in class.",
        "Made on 4 February 2027, 13:05 (UTC).",
        "Page 1 of 1",
    ):
        assert part in text


def test_ninety_lines_repeat_the_header_on_every_page_and_none_is_split():
    lines = tuple(replace(LINE, latin_name=f"Officer {n:02}") for n in range(90))

    pages = pages_of(render_register(replace(SHEET, lines=lines)))

    assert len(pages) > 3
    assert all("Signature" in page for page in pages if "Officer" in page)
    assert sum(page.count("Officer ") for page in pages) == 90


def test_the_register_is_tagged_with_a_header_for_each_column():
    pdf = render_register(SHEET)

    assert root_of(pdf)["/MarkInfo"]["/Marked"] is not False
    assert [roles_of(pdf).count(role) for role in ("/H1", "/Table", "/TH", "/TR")] == [1, 1, 10, 2]


def test_an_empty_list_is_said_and_a_missing_sign_is_marked():
    (empty,) = pages_of(render_register(replace(SHEET, lines=())))
    (marked,) = pages_of(render_register(replace(SHEET, lines=(replace(LINE, rank="漢"),))))

    assert "Nobody is on this list." in empty
    assert "\N{REPLACEMENT CHARACTER}" in marked


def test_the_sheet_of_a_room_shows_the_code_and_keeps_the_link_in_the_picture():
    pdf = render_room_sheet(ROOM)
    (text,) = pages_of(pdf)

    for part in (
        "Screen of a room: Conference hall",
        "Almaty, second floor · State Border Service",
        "sabaq.example/code Code of this room 7K3Q-9XMA",
        "the host marks who sits here",
        "Valid until 7 March 2027",
    ):
        assert part in text
    assert "token1" not in text
    assert [tag["/Alt"] for tag in tags_of(pdf) if tag["/S"] == "/Figure"] == [
        "QR code of the link of the room Conference hall"
    ]


def test_equal_sheets_give_equal_bytes():
    assert render_register(SHEET) == render_register(SHEET)
    assert render_room_sheet(ROOM) == render_room_sheet(ROOM)
