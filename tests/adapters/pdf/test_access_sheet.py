from dataclasses import replace

import pytest

from sabaq.adapters.pdf.access_sheet import render_access_sheets
from sabaq.enrolment.ports import AccessCard
from tests.adapters.pdf.sheets import access_sheet, pages_of, root_of, tags_of

LONG = "Гулҷаҳонбегими Абдуғафурзодаи Шарифқаҳҳоровна Ҳоҷимуҳаммадӣ " * 2


@pytest.mark.parametrize(("cards", "pages"), [(0, 1), (1, 1), (8, 1), (9, 2), (24, 3)])
def test_eight_cards_stand_on_a_page(cards, pages):
    assert len(pages_of(render_access_sheets([access_sheet(cards)]))) == pages


def test_a_card_says_whose_it_is_where_to_enter_and_until_when():
    (text,) = pages_of(render_access_sheets([access_sheet(1)]))

    for part in (
        "Access cards · State Border Service",
        "to nobody else",
        "Officer 01 Gender mainstreaming and human rights · 4–5 February 2027",
        "sabaq.example/enter Your code 7K3Q-9X01 Valid until 7 March 2027 help@office.example",
    ):
        assert part in text


def test_no_card_is_split_over_pages_however_long_its_texts():
    sheet = access_sheet(0, course_title="Соблюдение прав человека в органах " * 6)
    cards = tuple(
        AccessCard(LONG + str(n), "https://sabaq.example/l/x", f"7K3Q9X{n}") for n in range(10, 20)
    )

    pages = pages_of(render_access_sheets([replace(sheet, cards=cards)]))

    assert [page.count("7K3Q-9X") for page in pages] == [8, 2]
    assert [page.count("Valid until") for page in pages] == [8, 2]
    assert [page.count(f"{LONG}1") for page in pages] == [8, 2]


def test_each_agency_begins_a_page_of_its_own():
    customs = access_sheet(2, agency="Customs Service")

    pages = pages_of(render_access_sheets([access_sheet(9), customs]))

    assert ["State Border Service" in page for page in pages] == [True, True, False]
    assert ["Customs Service" in page for page in pages] == [False, False, True]
    assert ["Sheet 1 of 2" in pages[0], "Sheet 2 of 2" in pages[1]] == [True, True]


def test_an_agency_without_officers_is_told_so():
    (text,) = pages_of(render_access_sheets([access_sheet(0)]))

    assert "No officer of this agency is confirmed yet." in text


def test_the_sheet_is_tagged_and_each_qr_code_says_whose_link_it_is():
    pdf = render_access_sheets([access_sheet(2)])

    assert root_of(pdf)["/MarkInfo"]["/Marked"] is not False
    assert [tag["/Alt"] for tag in tags_of(pdf) if tag["/S"] == "/Figure"] == [
        "QR code of the personal link of Officer 01",
        "QR code of the personal link of Officer 02",
    ]


def test_the_personal_link_itself_is_only_in_the_qr_code():
    pdf = render_access_sheets([access_sheet(1)])

    assert "token1" not in pages_of(pdf)[0]
    assert b"token1" not in pdf


def test_marks_of_the_typesetting_language_stay_text():
    odd = "#panic() $x$ *b* @ref \\"
    card = AccessCard(odd, "https://sabaq.example/l/#x", "7K3Q9XMA")

    (text,) = pages_of(render_access_sheets([access_sheet(0, agency=odd, cards=(card,))]))

    assert text.count(odd) == 2


def test_the_same_sheets_give_the_same_bytes():
    sheets = [access_sheet(3)]

    assert render_access_sheets(sheets) == render_access_sheets(sheets)


def test_nothing_to_print_is_an_error_of_the_caller():
    with pytest.raises(ValueError, match="no sheet"):
        render_access_sheets([])
