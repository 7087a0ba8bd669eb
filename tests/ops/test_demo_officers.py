from collections import Counter

import pytest
from django.conf import settings

from sabaq.ops.demo.officers import DemoOfficer, officers_in
from sabaq.people.rules import name_key, validate_latin_name, validate_native_name


@pytest.fixture(scope="module")
def officers() -> list[DemoOfficer]:
    return officers_in(
        settings.PACKS_DIR / "gender-human-rights/editions/regional-2027.nominees.csv"
    )


def test_the_officers_have_names_of_their_own(officers):
    assert len({name_key(row.officer.native_name) for row in officers}) == len(officers)
    for row in officers:
        validate_native_name(row.officer.native_name)
        validate_latin_name(row.officer.latin_name)
        if row.officer.patronymic:
            validate_native_name(row.officer.patronymic)


def test_the_officers_are_as_many_as_in_the_model_case(officers):
    assert Counter(row.agency[:2] for row in officers) == {
        "kz": 21,
        "kg": 18,
        "tj": 19,
        "tm": 12,
        "uz": 20,
    }
    assert Counter(row.officer.sex for row in officers) == {
        "female": 37,
        "male": 51,
        "undisclosed": 2,
    }
    assert Counter(row.decision for row in officers) == {
        "confirmed": 49,
        "undecided": 23,
        "reserve": 16,
        "declined": 2,
    }


def test_the_officers_use_the_letters_of_five_languages(officers):
    letters = set("".join(row.officer.native_name for row in officers).lower())

    assert letters >= set("әғқңөұүһіӣӯҳҷўʻäçžňöşüý")
