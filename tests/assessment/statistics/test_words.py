"""The sentence beside each figure: there for every figure and every reason, in both languages, and modest."""

import dataclasses

import pytest
from django.utils.translation import override

from sabaq.assessment.statistics.paired import PairedT
from sabaq.assessment.statistics.results import TestResults, results_of
from sabaq.assessment.statistics.words import (
    FORMS_NOTE,
    ITEM_NOTES,
    OBJECTIVES_NOTE,
    decimal,
    lines_of,
    probability,
)
from tests.assessment.statistics.sheets import asked, pairs
from tests.assessment.statistics.test_results import TWELVE, items_of_two_forms, two_forms

KEYS = [
    "matched", "before", "after", "change", "t", "d_z", "d_av", "class_gain", "mean_gain", "shape",
    "ranks", "r", "kr20_before", "kr20_after",
]  # fmt: skip


def twelve():
    return results_of(asked("xyz"), pairs("xyz", *TWELVE), registered=15)


def alike(before, after):
    return results_of(asked("xyz"), pairs("xyz", *[(before, after)] * 12), registered=12)


def shown(results):
    return {line.key: line.shown for line in lines_of(results)}


def test_every_figure_has_a_line_with_its_sentences():
    lines = lines_of(twelve())

    assert [line.key for line in lines] == KEYS
    assert all(line.label and line.shown and line.means and line.limits for line in lines)
    assert all(line.value is not None for line in lines)


def test_figures_are_shown_as_people_write_them():
    found = shown(twelve())

    assert found["matched"] == "12 of 15"
    assert found["before"] == "41.7 %"
    assert found["change"].startswith("+30.6 percentage points (95 % interval ")
    assert found["class_gain"] == "0.52 (medium)"
    assert found["t"].startswith("t(11) = ")


def test_the_change_is_never_laid_to_the_course():
    change = next(line for line in lines_of(twelve()) if line.key == "change")

    assert "no control group" in change.limits


@pytest.mark.parametrize("results", [alike("aaa", "aaa"), alike("bbb", "aaa"), alike("abb", "bbb")])
def test_what_the_data_do_not_give_is_said_instead(results):
    lines = {line.key: line for line in lines_of(results)}

    assert list(lines) == KEYS
    assert all(line.label and line.shown and line.means and line.limits for line in lines.values())
    assert lines["t"].value is None
    assert lines["t"].shown == "All scores changed by the same amount: there is no spread."


def test_a_loss_is_shown_with_its_sign():
    found = shown(alike("abb", "bbb"))

    assert found["class_gain"] == "\N{MINUS SIGN}0.50 (a loss)"
    assert found["change"] == "\N{MINUS SIGN}33.3 percentage points"


def test_who_was_left_out_is_said():
    mean_gain = next(line for line in lines_of(twelve()) if line.key == "mean_gain")

    assert "1 participant is left out" in mean_gain.means


def test_a_short_test_carries_its_warning_and_a_longer_one_does_not():
    keys = "klmnopqrst"
    longer = results_of(
        asked(keys), pairs(keys, *[(one * 3 + "a", "a" * 10) for one, _ in TWELVE]), registered=12
    )

    def warned(results):
        line = next(line for line in lines_of(results) if line.key == "kr20_before")
        return "fewer than ten items" in line.limits

    assert warned(twelve())
    assert not warned(longer)


def test_too_few_pairs_leave_the_count_alone():
    (line,) = lines_of(TestResults(20, 9))

    assert (line.key, line.shown) == ("matched", "9 of 20")


def test_forms_are_named():
    keys = [
        line.key
        for line in lines_of(results_of(items_of_two_forms(), two_forms(10, 10), registered=20))
    ]

    assert keys[-4:] == ["kr20_before_a", "kr20_after_a", "kr20_before_b", "kr20_after_b"]


def test_doubtful_normality_sends_to_the_ranks():
    results = twelve()
    doubtful = dataclasses.replace(
        results.change, shape=dataclasses.replace(results.change.shape, p=0.01)
    )

    line = next(
        line
        for line in lines_of(dataclasses.replace(results, change=doubtful))
        if line.key == "shape"
    )

    assert "read Wilcoxon's too" in line.means


def test_without_ranks_there_is_no_line_of_them():
    change = dataclasses.replace(twelve().change, ranks=None)

    keys = [line.key for line in lines_of(dataclasses.replace(twelve(), change=change))]

    assert isinstance(change.t, PairedT)
    assert not {"ranks", "r"} & set(keys)


def test_in_russian_every_sentence_is_russian_and_decimals_have_commas():
    english = lines_of(twelve())

    with override("ru"):
        russian = lines_of(twelve())
        notes = [
            str(text)
            for n in (*ITEM_NOTES, OBJECTIVES_NOTE, FORMS_NOTE)
            for text in (n.label, n.means, n.limits)
        ]

    for one, other in zip(english, russian, strict=True):
        assert one.means != other.means, one.key
        assert one.limits != other.limits, one.key
    assert all(any("а" <= letter <= "я" for letter in text.lower()) for text in notes)
    assert next(line.shown for line in russian if line.key == "class_gain") == "0,52 (средний)"


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.005, "0.01"), (-0.001, "0.00"), (-1.5, "\N{MINUS SIGN}1.50"), (12.0, "12.00")],
)
def test_numbers_have_two_places_and_no_minus_zero(value, text):
    assert decimal(value) == text


@pytest.mark.parametrize(
    ("p", "text"), [(0.0005, "p < 0.001"), (0.0391, "p = 0.039"), (1.0, "p = 1.000")]
)
def test_p_is_never_shown_as_nil(p, text):
    assert probability(p) == text
