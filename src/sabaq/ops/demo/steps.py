"""What the demo consists of, in the order in which an office would do it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from sabaq.kernel import clock
from sabaq.people.errors import AccountExists
from sabaq.people.services import create_account

PASSWORD = "sabaq-demo-2027"  # noqa: S105 - printed on the terminal of whoever starts the demo
ADMINISTRATOR = "admin@demo.example"


@dataclass(frozen=True)
class Step:
    """One part of the demo; `act` may run again after an interruption."""

    key: str
    title: str
    act: Callable[[], None]


def open_administrator() -> None:
    try:
        with transaction.atomic():
            create_account(
                ADMINISTRATOR,
                by=None,
                at=clock.now(),
                name="Demo administrator",
                password=PASSWORD,
                administrator=True,
            )
    except AccountExists:
        return


STEPS = (Step("administrator", "The administrator's account", open_administrator),)
