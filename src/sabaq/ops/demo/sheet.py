"""What the terminal says once the demo runs: when it is, and which page to open first."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse

from sabaq.ops.demo.moment import DEMO_BEGINS

_ZONE = ZoneInfo("Asia/Tashkent")


def begin_here(opens_at: datetime) -> str:
    """Give the text; `{address}` stands for the server's address, known only once it runs."""
    first_page = reverse("demo:begin", urlconf="sabaq.config.urls_demo")
    return f"""
In the demo it is {_when(opens_at)} in Tashkent{_since(opens_at)}.

Open {{address}}{first_page} and choose who you want to be.
"""


def _when(moment: datetime) -> str:
    return f"{moment.astimezone(_ZONE):%H:%M on %-d %B %Y}"


def _since(opens_at: datetime) -> str:
    if opens_at - DEMO_BEGINS < timedelta(minutes=1):
        return ": a class is going on"
    return (
        f", where you left it; `make demo-reset` brings back {DEMO_BEGINS.astimezone(_ZONE):%H:%M}"
    )
