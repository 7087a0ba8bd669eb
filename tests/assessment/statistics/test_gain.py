"""Normalised gain: of the class, and of each participant."""

import pytest

from sabaq.assessment.statistics.gain import (
    Band,
    MeanGain,
    band_of,
    class_gain,
    mean_individual_gain,
)
from sabaq.assessment.statistics.reasons import Reason


def test_the_class_gains_a_share_of_what_was_left_to_gain():
    # Means 40 and 70: half of the sixty that were missing.
    assert class_gain([20, 40, 60], [60, 70, 80]) == 0.5


def test_the_mean_of_gains_is_not_the_gain_of_the_means():
    before, after = [20, 80], [60, 80]

    assert class_gain(before, after) == pytest.approx(20 / 50)
    assert mean_individual_gain(before, after) == MeanGain((40 / 80 + 0) / 2, 2, 0)


def test_a_loss_is_shown_below_zero():
    assert class_gain([50, 50], [40, 50]) == pytest.approx(-0.1)
    assert mean_individual_gain([50], [25]) == MeanGain(-0.5, 1, 0)


def test_who_had_all_right_before_has_no_gain_of_her_own_and_is_counted_as_left_out():
    assert mean_individual_gain([100, 50], [90, 75]) == MeanGain(0.5, 1, 1)
    # In the class's gain her score counts.
    assert class_gain([100, 50], [90, 75]) == pytest.approx((82.5 - 75) / 25)


@pytest.mark.parametrize("gain", [class_gain, mean_individual_gain])
def test_a_gain_without_room_or_without_pairs_has_a_reason_instead(gain):
    assert gain([100, 100], [100, 90]) is Reason.ALL_FULL
    assert gain([], []) is Reason.NO_PAIRS


@pytest.mark.parametrize("gain", [class_gain, mean_individual_gain])
def test_scores_of_different_people_are_no_pairs(gain):
    with pytest.raises(ValueError, match="not of the same participants"):
        gain([50, 60], [70])


@pytest.mark.parametrize(
    ("gain", "band"),
    [
        (-0.01, Band.LOSS), (0.0, Band.LOW), (0.299, Band.LOW), (0.3, Band.MEDIUM),
        (0.7, Band.MEDIUM), (0.701, Band.HIGH), (1.0, Band.HIGH),
    ],
)  # fmt: skip
def test_bands_are_those_of_hake_with_losses_apart(gain, band):
    assert band_of(gain) is band
