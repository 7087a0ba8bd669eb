"""Where the house is wired: an adapter is provided once, in `config/wiring.py`, and asked for by Protocol."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")
_factories: dict[type, Callable[[], Any]] = {}
_made: dict[type, Any] = {}


class PortNotProvided(LookupError):
    pass


def provide(protocol: type[T], factory: Callable[[], T]) -> None:
    """Say which adapter serves `protocol`; it is made at first use."""
    _factories[protocol] = factory
    _made.pop(protocol, None)


def is_provided(protocol: type[T]) -> bool:
    """Tell whether some adapter serves `protocol`: what this server does not have, its pages do not offer."""
    return protocol in _factories


def get(protocol: type[T]) -> T:
    """Give the adapter for `protocol`, or raise `PortNotProvided`."""
    if protocol not in _made:
        if protocol not in _factories:
            raise PortNotProvided(protocol.__name__)
        _made[protocol] = _factories[protocol]()
    return _made[protocol]  # type: ignore[no-any-return]


@contextmanager
def replaced(protocol: type[T], adapter: T) -> Iterator[T]:
    """Serve `protocol` by `adapter` within the block (for tests and rehearsals)."""
    before = _factories.get(protocol), _made.get(protocol)
    provide(protocol, lambda: adapter)
    try:
        yield adapter
    finally:
        _made.pop(protocol, None)
        _factories.pop(protocol, None)
        if before[0] is not None:
            _factories[protocol] = before[0]
        if before[1] is not None:
            _made[protocol] = before[1]
