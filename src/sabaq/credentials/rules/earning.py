"""Who has earned a certificate, and of which kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sabaq.credentials.enums import CertificateKind


@dataclass(frozen=True)
class Result:
    """A test that was handed in, or taken in as it stood when its time was over: `correct` of `total`."""

    correct: int
    total: int
    lapsed: bool = False


def earns_participation(
    minutes: Mapping[date, float], days: Sequence[date], *, threshold: int
) -> bool:
    """Tell whether somebody attended at least `threshold` minutes on each of the course's `days`."""
    return bool(days) and all(minutes.get(day, 0) >= threshold for day in days)


def passes(result: Result | None, *, pass_mark: int | None) -> bool:
    """Tell whether the test after the course was handed in, with at least `pass_mark` percent if one is set.

    One that was left lying until its time was over counts by its answers alone.
    """
    if result is None or (pass_mark is None and result.lapsed):
        return False
    # Whole numbers: 7 of 10 is 70 percent, whatever a binary fraction makes of it.
    return pass_mark is None or result.correct * 100 >= pass_mark * result.total


def kind_earned(*, attended: bool, passed: bool) -> CertificateKind | None:
    """Give the kind of certificate, or None: without attendance there is none, whatever the test says."""
    if not attended:
        return None
    return CertificateKind.COMPLETION if passed else CertificateKind.PARTICIPATION
