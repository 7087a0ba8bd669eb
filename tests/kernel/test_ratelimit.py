from datetime import timedelta

import pytest

from sabaq.kernel.models import AttemptCounter
from sabaq.kernel.ratelimit import (
    LONGEST_WINDOW,
    TooManyAttempts,
    count_attempt,
    forget_windows_past,
    refuse_when_exhausted,
)
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def real_limits(settings):
    settings.RATE_LIMIT_FACTOR = 1


def attempt(who: str, at=NOW) -> None:
    count_attempt("knocks", who, limit=1, per=LONGEST_WINDOW, at=at)


def test_counters_are_thrown_away_when_the_longest_window_is_over():
    attempt("long ago", NOW - 2 * LONGEST_WINDOW)
    attempt("now")

    assert forget_windows_past(at=NOW) == 1
    assert AttemptCounter.objects.count() == 1


def test_throwing_away_forgives_nobody_in_a_window_that_is_open():
    attempt("somebody")

    forget_windows_past(at=NOW)

    with pytest.raises(TooManyAttempts):
        refuse_when_exhausted("knocks", "somebody", limit=1, per=LONGEST_WINDOW, at=NOW)


def test_no_window_is_longer_than_counters_are_kept():
    with pytest.raises(ValueError, match="longer than counters are kept"):
        count_attempt("knocks", "me", limit=1, per=LONGEST_WINDOW + timedelta(seconds=1), at=NOW)
