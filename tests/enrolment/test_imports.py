import io
import zipfile

import pytest
import xlsxwriter
from django.utils.translation import override

from sabaq.enrolment.errors import (
    AgencyOutOfReach,
    CallClosed,
    FileTooLarge,
    FileTypeWrong,
    FileUnreadable,
    HeadersMissing,
    NoRows,
    TooManyRows,
)
from sabaq.enrolment.models import Nomination
from sabaq.enrolment.services.imports import Refusal, import_nominations
from sabaq.enrolment.tables import FILE_LIMIT, read_table
from sabaq.people.models import Person
from tests.enrolment.actors import focal_point_of
from tests.factories import NOW, AgencyFactory, CallFactory

HEADER = ["Full name", "Latin name", "Sex", "Language", "Rank", "E-mail"]


def workbook(*rows: list[object], **cells: object) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet()
    for place, row in enumerate(rows):
        sheet.write_row(place, 0, row)
    for reference, value in cells.items():
        sheet.write(reference, value)
    book.close()
    return file.getvalue()


@pytest.fixture
def agency():
    return AgencyFactory()


@pytest.fixture
def send(db, agency):
    edition = CallFactory().edition
    by = focal_point_of(edition, agency)
    return lambda data, at=NOW: import_nominations(edition, agency, data, by=by, at=at)


def test_good_rows_are_kept_and_bad_rows_are_named(send):
    done = send(
        workbook(
            HEADER,
            ["Гүлнара Үлгі", "Gulnara Ulgi", "женский", "Казахский", "старший", ""],
            ["Агент 007", "", "sometimes", "", "", "nowhere"],
            [],
            ["Тимур Үлгі", "", "M", "", "", "timur@agency.example"],
        )
    )

    assert done.added == [(2, "Гүлнара Үлгі"), (5, "Тимур Үлгі")]
    assert done.already == []
    assert done.refused == [
        Refusal(
            3,
            "Агент 007",
            "Full name in own script",
            "A name is made of letters, spaces, hyphens and apostrophes. Please remove: 0 7",
        ),
        Refusal(
            3,
            "Агент 007",
            "Sex",
            "“sometimes” is not understood. Write one of these: Female, Male, Prefer not to say.",
        ),
        Refusal(3, "Агент 007", "E-mail", "Enter a valid email address."),
    ]
    woman = Person.objects.get(native_name="Гүлнара Үлгі")
    assert (woman.sex, woman.language, woman.rank_band) == ("female", "kk", "senior")
    man = Person.objects.get(native_name="Тимур Үлгі")
    assert (man.sex, man.language, man.rank_band) == ("male", "ru", "")


def test_sending_the_same_table_again_doubles_nothing(send):
    data = workbook(HEADER, ["Гүлнара Үлгі"], ["Тимур Үлгі"], ["ТИМУР Үлгі"])

    first, second = send(data), send(data)

    assert (first.added, first.already) == (
        [(2, "Гүлнара Үлгі"), (3, "Тимур Үлгі")],
        [(4, "ТИМУР Үлгі")],
    )
    assert (second.added, len(second.already)) == ([], 3)
    assert (Nomination.objects.count(), Person.objects.count()) == (2, 2)


def test_a_table_is_refused_after_the_call_and_for_an_agency_out_of_reach(send):
    data = workbook(HEADER, ["Гүлнара Үлгі"])
    edition, stranger = CallFactory().edition, AgencyFactory()

    with pytest.raises(CallClosed):
        send(data, at=NOW.replace(year=2028))
    with pytest.raises(AgencyOutOfReach):
        import_nominations(
            edition, stranger, data, by=focal_point_of(edition, AgencyFactory()), at=NOW
        )

    assert Person.objects.count() == 0


@pytest.mark.parametrize(
    "data",
    [
        "﻿ФИО;Пол;Эл. почта\r\nГүлнара Үлгі;ж;g@agency.example\r\n".encode(),
        "ФИО;Пол;Эл. почта\r\nГулнара Улги;ж;g@agency.example\r\n".encode("cp1251"),
        'Full name,Sex,Email\n"Гүлнара Үлгі",female,g@agency.example\n'.encode(),
        "ФИО\tПол\tПочта\nГүлнара Үлгі\tЖенский\tg@agency.example\n".encode("utf-16"),
        "\n\nПол *;ФИО *:;Почта\nЖ;Гүлнара   Үлгі ;g@agency.example".encode(),
    ],
    ids=["bom-semicolon", "cp1251", "comma", "utf-16-tab", "empty-lines-and-stars"],
)
def test_csv_of_any_office_program_is_read(data):
    [row] = read_table(data)

    assert row.values["native_name"] in {"Гүлнара Үлгі", "Гулнара Улги"}
    assert row.values["sex"].casefold() in {"ж", "женский", "female"}
    assert row.values["email"] == "g@agency.example"


def test_rows_are_numbered_as_the_sender_sees_them():
    data = workbook([], ["Please fill in"], HEADER, [], ["Гүлнара Үлгі"])

    assert [row.number for row in read_table(data)] == [5]


def test_a_formula_is_read_as_its_last_value_and_never_as_code():
    rows = read_table(b'Full name\n"=HYPERLINK(""http://x"")"\n')

    assert rows[0].values["native_name"] == '=HYPERLINK("http://x")'


def test_a_column_of_choices_understands_the_words_of_both_languages():
    with override("ru"):
        [row] = read_table("Имя;Звание\nГүлнара Үлгі;Senior".encode())

    assert row.values == {"native_name": "Гүлнара Үлгі", "rank_band": "Senior"}


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"x" * (FILE_LIMIT + 1), FileTooLarge),
        (b"%PDF-1.7 ...", FileTypeWrong),
        (b"\xd0\xcf\x11\xe0 an old workbook", FileTypeWrong),
        (b"<html><table></table></html>", FileTypeWrong),
        (b"PK\x03\x04 not a zip at all", FileUnreadable),
        (b"\x00\x01\x02", FileTypeWrong),
        (b"", HeadersMissing),
        (b"Number;Something\n1;2\n", HeadersMissing),
        (b"Full name;Sex\n;\n", NoRows),
        (b"Full name\n" + b"A B\n" * 501, TooManyRows),
        (b"Full name\n" + b"\n" * 100_000, TooManyRows),
    ],
)
def test_a_table_that_cannot_be_taken_says_why(data, error):
    with pytest.raises(error):
        read_table(data)


def test_500_rows_are_taken():
    assert len(read_table(b"Full name\n" + b"A B\n" * 500)) == 500


def zipped(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return file.getvalue()


def test_a_zip_of_another_kind_is_no_table():
    with pytest.raises(FileTypeWrong):
        read_table(zipped(word__document_xml=b"<x/>"))


def test_a_zip_bomb_is_not_unpacked():
    bomb = zipped(xl__workbook_xml=b"<workbook/>", xl__sharedStrings_xml=b" " * 40_000_000)
    assert len(bomb) < FILE_LIMIT

    with pytest.raises(FileUnreadable):
        read_table(bomb)


def test_a_sheet_with_a_cell_far_away_is_not_opened():
    with pytest.raises(FileUnreadable):
        read_table(workbook(HEADER, ["Гүлнара Үлгі"], XFD1048576="far"))


def test_a_damaged_workbook_says_so():
    whole = workbook(HEADER, ["Гүлнара Үлгі"])

    with pytest.raises(FileUnreadable):
        read_table(whole[: len(whole) // 2])
    with pytest.raises(FileUnreadable):
        read_table(zipped(xl__workbook_xml=b"<workbook"))
