"""Effects by name: enqueued inside the transaction, run after it, carrying ids, and safe to run twice.

`enqueue("enrolment.welcome", "42")` inside a service; in `enrolment/tasks.py`:

    @named("enrolment.welcome")
    def welcome(enrolment_id: str) -> None: ...
"""

import json
from collections.abc import Callable
from datetime import timedelta

from django_tasks import task

from sabaq.kernel import clock

_registry: dict[str, Callable[..., None]] = {}


def named(name: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a task under `name`; its arguments are strings."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        if name in _registry and _registry[name].__qualname__ != function.__qualname__:
            raise ValueError(f"two tasks are named {name}")
        _registry[name] = function
        return function

    return register


@task()
def run_named(name: str, arguments: str) -> None:
    """Run the task registered as `name` with the JSON list of strings `arguments`."""
    _registry[name](*json.loads(arguments))


def enqueue(name: str, *arguments: str, after: timedelta | None = None) -> None:
    """Queue the named task in this very transaction: it exists if and only if the transaction commits.

    With `after` it waits that long, by the machine's clock as the queue knows no other.
    """
    queued = run_named
    if after is not None:
        queued = run_named.using(run_after=clock.real_now() + after)
    queued.enqueue(name, json.dumps(arguments))


def run_now(name: str, *arguments: str) -> None:
    """Run the named task here and now (used by tests and commands)."""
    _registry[name](*arguments)
