"""Workbooks made to break the reader: it ends the whole server when it runs out of memory."""

import io
import zipfile
from contextlib import suppress

import pytest

from sabaq.enrolment.errors import FileNotAccepted, FileUnreadable
from sabaq.enrolment.tables import read_table

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>Full name</t></is></c></row>'
NAMED = '<row r="2"><c t="inlineStr"><is><t>Гүл Үлгі</t></is></c></row>'
FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
TEXTS = f'<sst xmlns="{MAIN}"><si><t>Full name</t></si><si><t>{"x" * 30_000}</t></si></sst>'


def workbook(
    rows: str,
    *,
    sheet: str = "worksheets/sheet1.xml",
    prolog: str = "",
    packing: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    """Give a workbook of one sheet, written by hand."""
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" '
        f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="r1" Type="{RELATIONS}/worksheet" Target="{sheet}"/>'
        f'<Relationship Id="r2" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/sharedStrings.xml": TEXTS,
        f"xl/{sheet}": f'{prolog}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>',
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packing) as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    return file.getvalue()


def test_cells_that_do_not_say_where_they_stand_are_read():
    assert [row.values for row in read_table(workbook(HEAD + NAMED))] == [
        {"native_name": "Гүл Үлгі"}
    ]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(workbook(HEAD + FAR), id="a cell far away"),
        pytest.param(workbook(HEAD + FAR, sheet="other/sheet1.xml"), id="in another folder"),
        pytest.param(
            workbook(HEAD + '<row r="1048576">' + "<c><v>1</v></c>" * 16_000 + "</row>"),
            id="without references",
        ),
        pytest.param(
            workbook(HEAD + '<row r="1048576">' + "<c/><!--<row>-->" * 16_000 + "</row>"),
            id="behind comments",
        ),
        pytest.param(
            workbook(HEAD + '<row a=">" r="1048576">' + "<c/>" * 16_000 + "</row>"),
            id="behind an attribute",
        ),
        pytest.param(
            workbook(HEAD + '<row r="2">' + '<c t="s"><v>1</v></c>' * 10_000 + "</row>"),
            id="one long text in many cells",
        ),
        pytest.param(
            workbook(NAMED, prolog='<!DOCTYPE worksheet [<!ENTITY a "aaaa">]>'), id="own entities"
        ),
        pytest.param(workbook(HEAD + "<row>"), id="not well-formed"),
    ],
)
def test_a_workbook_that_asks_for_too_much_room_is_not_read(data):
    with pytest.raises(FileUnreadable):
        read_table(data)


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_damaged_workbook_is_refused_in_words_and_never_with_another_error(packing):
    whole = workbook(HEAD + NAMED, packing=packing)

    for place in range(0, len(whole), 11):
        damaged = bytearray(whole)
        damaged[place] ^= 0x5A
        # Some bytes say nothing that matters: then the table is read.
        with suppress(FileNotAccepted):
            assert read_table(bytes(damaged))[0].values == {"native_name": "Гүл Үлгі"}
