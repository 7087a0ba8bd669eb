"""How many threads answer pages."""

import os

from django.utils.translation import gettext_lazy as _

from sabaq.kernel.errors import DomainError

THREADS_BY_DEFAULT = 4
# One thread lets a slow page hold up all others; more than eight only wait for each other in Python.
FEWEST_THREADS, MOST_THREADS = 2, 8


class ThreadsRefused(DomainError):
    message = _(
        "SABAQ_THREADS must be a whole number from %(fewest)s to %(most)s, and it is “%(given)s”."
    )


def threads() -> int:
    """Give the number of threads that answer pages, as `SABAQ_THREADS` says; raise `ThreadsRefused`."""
    given = os.environ.get("SABAQ_THREADS") or str(THREADS_BY_DEFAULT)
    if given not in {str(number) for number in range(FEWEST_THREADS, MOST_THREADS + 1)}:
        raise ThreadsRefused(fewest=FEWEST_THREADS, most=MOST_THREADS, given=given)
    return int(given)
