"""Rate limits kept in the database, so that a restart forgives nothing and two processes agree."""

import math
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from sabaq.kernel.errors import DomainError
from sabaq.kernel.models import AttemptCounter

# A counter does not say how long its window is, so none may be longer than counters are kept.
LONGEST_WINDOW = timedelta(days=1)


class TooManyAttempts(DomainError):
    message = _("Too many attempts. Wait %(minutes)s min and try again; nothing is lost.")
    status = 429


def _window(at: datetime, length: timedelta) -> datetime:
    if length > LONGEST_WINDOW:
        raise ValueError(f"a window of {length} is longer than counters are kept")
    seconds = int(length.total_seconds())
    return at.replace(microsecond=0) - timedelta(seconds=int(at.timestamp()) % seconds)


def refuse_when_exhausted(what: str, who: str, *, limit: int, per: timedelta, at: datetime) -> None:
    """Raise `TooManyAttempts` when `count_attempt` has used up this window; counts nothing itself.

    For limits on *failed* attempts: ask before trying, count after failing. A roomful of people behind
    one address then does not use up each other's attempts.
    """
    start = _window(at, per)
    counter = AttemptCounter.objects.filter(key=_key(what, who), window_start=start).first()
    if counter is not None and counter.count >= _allowed(limit):
        raise _refusal(start + per - at)


def count_attempt(what: str, who: str, *, limit: int, per: timedelta, at: datetime) -> None:
    """Count one attempt of `what` by `who` (hashed before it is stored), or raise `TooManyAttempts`.

    At most `limit` attempts pass in each fixed window of length `per`.
    """
    key = _key(what, who)
    start = _window(at, per)
    with transaction.atomic():
        counter, _ = AttemptCounter.objects.get_or_create(key=key, window_start=start)
        AttemptCounter.objects.filter(pk=counter.pk).update(count=F("count") + 1)
        counter.refresh_from_db(fields=["count"])
    if counter.count > _allowed(limit):
        raise _refusal(start + per - at)


def forget_windows_past(*, at: datetime) -> int:
    """Throw away the counters whose window is over, whatever its length; give their number."""
    return AttemptCounter.objects.filter(window_start__lt=at - LONGEST_WINDOW).delete()[0]


def _key(what: str, who: str) -> str:
    return salted_hmac("sabaq.ratelimit", f"{what}|{who}", algorithm="sha256").hexdigest()


def _allowed(limit: int) -> int:
    factor: int = settings.RATE_LIMIT_FACTOR
    return limit * factor


def _refusal(wait: timedelta) -> TooManyAttempts:
    return TooManyAttempts(minutes=max(1, math.ceil(wait.total_seconds() / 60)))
