import pytest
from django.core.exceptions import ValidationError

from sabaq.people.rules import (
    name_key,
    suggest_latin_name,
    validate_latin_name,
    validate_native_name,
)


@pytest.mark.parametrize(
    "name",
    [
        "Айгүл Нұрланқызы",
        "Бекзат уулу Азамат",
        "Гулнора Раҳимзода",
        "Maýsa Öwezowa",
        "Shahnoza Gʻulom qizi",
        "Ў",
        "O'g'iloy",
        "А" * 150,
    ],
)
def test_names_of_the_five_countries_are_accepted(name):
    validate_native_name(name)


@pytest.mark.parametrize("name", ["Айгүл1", "<b>", "a\u202eb", "---", "Name;"])
def test_digits_signs_and_invisible_characters_are_refused(name):
    with pytest.raises(ValidationError):
        validate_native_name(name)


def test_a_cyrillic_letter_in_the_latin_name_is_named():
    with pytest.raises(ValidationError, match="Not Latin: а"):
        validate_latin_name("Аigul".replace("А", "а"))


def test_uzbek_apostrophes_compare_equal_however_typed():
    assert len({name_key(f"Go{sign}zal  GʻULOMOVA") for sign in "ʻ'’‘`"}) == 1


@pytest.mark.parametrize(
    ("native", "latin"),
    [
        ("Айгүл Өміржанқызы", "Aigul Omirzhankyzy"),
        ("Щербакова Юлия", "Shcherbakova Iuliia"),
        ("Ҷамшед Ҳақназаров", "Jamshed Haknazarov"),
        ("Мирзо-заде", "Mirzo-zade"),
        ("Ogulgerek Aşyrowa", "Ogulgerek Aşyrowa"),
        ("Oʻgʻiloy", "Oʻgʻiloy"),
        ("", ""),
    ],
)
def test_a_latin_spelling_is_suggested_letter_by_letter(native, latin):
    assert suggest_latin_name(native) == latin


@pytest.mark.parametrize("native", ["محمد", "გიორგი", "Айгүл 李"])
def test_nothing_is_suggested_for_letters_we_do_not_know(native):
    assert suggest_latin_name(native) == ""


def test_a_key_of_letters_that_fold_into_three_fits_its_column():
    assert len(name_key("ΐ" * 160)) == 320
