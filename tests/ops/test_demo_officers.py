import pytest

from sabaq.ops.demo.officers import NOMINATED, officers_of
from sabaq.people.rules import validate_latin_name, validate_native_name


@pytest.mark.parametrize("country", NOMINATED)
def test_the_officers_of_a_country_have_names_of_their_own(country):
    officers = officers_of(country)

    assert len(officers) == NOMINATED[country]
    assert len({officer.native_name for officer in officers}) == NOMINATED[country]
    for officer in officers:
        validate_native_name(officer.native_name)
        validate_latin_name(officer.latin_name)


def test_about_half_of_the_officers_are_women():
    sexes = [officer.sex for country in NOMINATED for officer in officers_of(country)]

    assert (len(sexes), sexes.count("Female"), sexes.count("Prefer not to say")) == (90, 45, 7)
