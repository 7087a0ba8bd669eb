from datetime import date
from decimal import Decimal

import pytest

from sabaq.credentials.enums import CertificateKind
from sabaq.credentials.rules.dates import printed_days, printed_hours
from sabaq.credentials.rules.earning import Result, kind_earned, passes
from sabaq.credentials.rules.names import is_same_name
from sabaq.credentials.rules.phrases import NATIONAL_LANGUAGE, phrases_of


def said(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("language", "in_one_month", "in_two", "in_two_years"),
    [
        ("en", "4–5 February 2027", "31 January – 2 February 2027", "30 December 2026 – 2 January 2027"),
        ("ru", "4–5 февраля 2027 г.", "31 января – 2 февраля 2027 г.", "30 декабря 2026 г. – 2 января 2027 г."),
        ("kk", "2027 ж. 4–5 ақпан", "2027 ж. 31 қаңтар – 2 ақпан", "2026 ж. 30 желтоқсан – 2027 ж. 2 қаңтар"),
        ("ky", "2027-ж., 4–5-февраль", "2027-ж., 31-январь – 2-февраль", "2026-ж., 30-декабрь – 2027-ж., 2-январь"),
        ("tg", "4–5 феврали соли 2027", "31 январи – 2 феврали соли 2027", "30 декабри соли 2026 – 2 январи соли 2027"),
        ("tk", "4–5 fewral 2027", "31 ýanwar – 2 fewral 2027", "30 dekabr 2026 – 2 ýanwar 2027"),
        ("uz", "2027-yil 4–5-fevral", "2027-yil 31-yanvar – 2-fevral", "2026-yil 30-dekabr – 2027-yil 2-yanvar"),
    ],
)  # fmt: skip
def test_dates_are_said_as_each_language_says_them(language, in_one_month, in_two, in_two_years):
    assert said(printed_days(date(2027, 2, 4), date(2027, 2, 5), language)) == in_one_month
    assert said(printed_days(date(2027, 1, 31), date(2027, 2, 2), language)) == in_two
    assert said(printed_days(date(2026, 12, 30), date(2027, 1, 2), language)) == in_two_years


def test_one_day_is_no_span():
    assert said(printed_days(date(2027, 5, 1), date(2027, 5, 1), "ru")) == "1 мая 2027 г."


@pytest.mark.parametrize(
    ("hours", "english", "russian"),
    [
        ("1", "1 hour", "1 час"),
        ("2.0", "2 hours", "2 часа"),
        ("5", "5 hours", "5 часов"),
        ("7.5", "7.5 hours", "7,5 часа"),
        ("11", "11 hours", "11 часов"),
        ("21", "21 hours", "21 час"),
        ("40", "40 hours", "40 часов"),
        ("104", "104 hours", "104 часа"),
        ("112", "112 hours", "112 часов"),
    ],
)
def test_hours_agree_with_their_number_and_lose_no_half(hours, english, russian):
    assert said(printed_hours(Decimal(hours), "en")) == english
    assert said(printed_hours(Decimal(hours), "ru")) == russian


def test_every_national_language_has_a_wording_to_begin_with():
    english = phrases_of("en")

    for language in NATIONAL_LANGUAGE.values():
        phrases = phrases_of(language.value)
        assert all(vars(phrases).values())
        assert phrases.participation != english.participation
        assert printed_hours(Decimal(8), language.value)


def test_completion_asks_for_attendance_and_for_the_test():
    assert kind_earned(attended=True, passed=False) == CertificateKind.PARTICIPATION
    assert kind_earned(attended=True, passed=True) == CertificateKind.COMPLETION
    assert kind_earned(attended=False, passed=True) is None


@pytest.mark.parametrize(
    ("result", "pass_mark", "passed"),
    [
        (None, None, False),
        (None, 1, False),
        (Result(0, 12), None, True),
        (Result(7, 10), 70, True),
        (Result(6, 10), 70, False),
        (Result(2, 3), 67, False),
        (Result(2, 3), 66, True),
        (Result(2, 3, lapsed=True), None, False),
        (Result(2, 3, lapsed=True), 60, True),
    ],
)
def test_a_pass_mark_is_met_exactly(result, pass_mark, passed):
    assert passes(result, pass_mark=pass_mark) is passed


@pytest.mark.parametrize(
    "typed",
    [
        "Әсел Қуанышқызы Нұрғалиева",
        "нұрғалиева  әсел қуанышқызы",
        "ASSEL NURGALIYEVA",
        "Nurgaliyeva, Assel",
        "Assél Nurgaliyeva",
    ],
)
def test_a_name_is_the_same_however_it_is_typed(typed):
    assert is_same_name(typed, "Әсел Қуанышқызы Нұрғалиева", "Assel Nurgaliyeva")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " - ",
        "Assel",
        "Nurgaliyeva",
        "Assel Nurgalieva",
        "Асел Куанышкызы Нургалиева",
        "Assel Assel Nurgaliyeva",
    ],
)
def test_part_of_a_name_or_another_spelling_is_another_name(typed):
    assert not is_same_name(typed, "Әсел Қуанышқызы Нұрғалиева", "Assel Nurgaliyeva")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("OGILOY GULOM QIZI", "Oʻgʻiloy Gʻulom qizi"),
        ("o'g'iloy g‘ulom qizi", "Oʻgʻiloy Gʻulom qizi"),
        ("AYGOZEL CARYYEWA", "Aýgözel Çaryýewa"),
        ("Алексеи Семенов", "Алексей Семёнов"),
        ("Алексей Семенов", "Алексей Семёнов"),
    ],
)
def test_marks_of_latin_letters_and_yo_do_not_count_and_cyrillic_letters_do(typed, name):
    assert is_same_name(typed, name) is (typed != "Алексеи Семенов")
