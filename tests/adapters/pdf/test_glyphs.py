import pytest

from sabaq.adapters.pdf.glyphs import FONTS, missing_glyphs, plain, replace_missing

ALPHABETS = {
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "kk": "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя",
    "ky": "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя",
    "tg": "абвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюя",
    "tk": "abçdeäfghijžklmnňoöprsştuüwyýz",
    "uz": "abdefghijklmnopqrstuvxyzoʻgʻʼ",
    "uz-Cyrl": "абвгдеёжзийклмнопрстуфхцчшъэюяўқғҳ",
    "en": "abcdefghijklmnopqrstuvwxyz",
}


@pytest.mark.parametrize("language", ALPHABETS)
def test_every_letter_of_every_language_can_be_printed(language):
    alphabet = ALPHABETS[language]

    assert missing_glyphs(alphabet + alphabet.upper() + "0123456789") == frozenset()


def test_a_sign_outside_the_fonts_is_named():
    assert missing_glyphs("Ли 李 Нур") == frozenset("李")


def test_a_decomposed_letter_is_composed_before_it_is_looked_up():
    assert plain("Йод".replace("Й", "И\u0306")) == "Йод"


def test_line_ends_become_spaces_and_control_characters_go():
    assert plain("Aýna\r\nÖwe\x00zowa\x07") == "Aýna  Öwezowa"


def test_in_a_report_a_missing_sign_is_replaced_and_the_rest_kept():
    assert replace_missing("Нур 李 ≥ 5") == "Нур \ufffd ≥ 5"


def test_the_licence_stands_beside_the_fonts():
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text()
    assert sum(file.stat().st_size for file in FONTS.glob("*.ttf")) < 600_000
