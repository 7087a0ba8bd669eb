"""Normalised gain (R. R. Hake, American Journal of Physics 66 (1998) 64-74), two kinds kept apart.

Scores are percent of items right, 0 to 100; `before` and `after` hold one score per matched pair, in
the same order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from sabaq.assessment.statistics.reasons import Reason

FULL = 100.0
_LOW_BELOW, _HIGH_ABOVE = 0.3, 0.7


class Band(TextChoices):
    """Hake's bands; his courses had no losses, so a loss stands apart here."""

    LOSS = "loss", pgettext_lazy("gain", "a loss")
    LOW = "low", pgettext_lazy("gain", "low")
    MEDIUM = "medium", pgettext_lazy("gain", "medium")
    HIGH = "high", pgettext_lazy("gain", "high")


@dataclass(frozen=True)
class MeanGain:
    """`left_out` had every answer right before: their own gain is undefined."""

    gain: float
    counted: int
    left_out: int


def class_gain(before: Sequence[float], after: Sequence[float]) -> float | Reason:
    """Give <g> = (mean after - mean before) / (100 - mean before): one figure for the class.

    Negative when the mean fell. Undefined (a `Reason`) without pairs and where the mean before is 100.
    """
    if not _is_paired(before, after):
        return Reason.NO_PAIRS
    mean = fmean(before)
    return Reason.ALL_FULL if mean >= FULL else (fmean(after) - mean) / (FULL - mean)


def mean_individual_gain(before: Sequence[float], after: Sequence[float]) -> MeanGain | Reason:
    """Give the mean of each participant's own (after - before) / (100 - before).

    Those with 100 before are left out and counted. It weighs small rooms for gain as much as large ones,
    so it differs from the class gain (L. Bao, American Journal of Physics 74 (2006) 917-922).
    """
    if not _is_paired(before, after):
        return Reason.NO_PAIRS
    gains = [(b - a) / (FULL - a) for a, b in zip(before, after, strict=True) if a < FULL]
    if not gains:
        return Reason.ALL_FULL
    return MeanGain(fmean(gains), len(gains), len(before) - len(gains))


def band_of(gain: float) -> Band:
    """Name a gain by Hake's bands: low under 0.3, medium from 0.3 to 0.7, high over 0.7."""
    if gain < 0:
        return Band.LOSS
    if gain < _LOW_BELOW:
        return Band.LOW
    return Band.HIGH if gain > _HIGH_ABOVE else Band.MEDIUM


def _is_paired(before: Sequence[float], after: Sequence[float]) -> bool:
    if len(before) != len(after):
        raise ValueError("before and after are not of the same participants")
    return bool(before)
