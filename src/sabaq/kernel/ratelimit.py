"""Rate limits kept in the database, so that a restart forgives nothing and two processes agree."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from sabaq.kernel.errors import DomainError
from sabaq.kernel.models import AttemptCounter


class TooManyAttempts(DomainError):
    message = "Too many attempts. Wait %(minutes)s min and try again; nothing is lost."
    status = 429


def _window(at: datetime, length: timedelta) -> datetime:
    seconds = int(length.total_seconds())
    return at.replace(microsecond=0) - timedelta(seconds=int(at.timestamp()) % seconds)


def count_attempt(what: str, who: str, *, limit: int, per: timedelta, at: datetime) -> None:
    """Count one attempt of `what` by `who` (hashed before it is stored), or raise `TooManyAttempts`.

    At most `limit` attempts pass in each fixed window of length `per`.
    """
    key = salted_hmac("sabaq.ratelimit", f"{what}|{who}", algorithm="sha256").hexdigest()
    start = _window(at, per)
    with transaction.atomic():
        counter, _ = AttemptCounter.objects.get_or_create(key=key, window_start=start)
        AttemptCounter.objects.filter(pk=counter.pk).update(count=F("count") + 1)
        counter.refresh_from_db(fields=["count"])
    if counter.count > limit * getattr(settings, "RATE_LIMIT_FACTOR", 1):
        left = start + per - at
        raise TooManyAttempts(minutes=max(1, round(left.total_seconds() / 60)))


def forget_old_attempts(*, before: datetime) -> int:
    """Remove counters of windows that ended long ago; give how many."""
    return AttemptCounter.objects.filter(window_start__lt=before).delete()[0]
