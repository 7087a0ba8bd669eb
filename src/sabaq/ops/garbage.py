"""When Python looks for garbage in the web process."""

import gc

# Containers more than were freed before a look: a page makes some hundreds, and nearly all go by themselves.
LOOK_AFTER = 20_000


def settle() -> None:
    """Leave out of every later look what stands once the server has started: code, models, addresses.

    A look at all of it holds up every class for about 80 ms, and finds nothing.
    https://docs.python.org/3/library/gc.html#gc.freeze
    """
    gc.collect()
    gc.freeze()
    _, *older = gc.get_threshold()
    gc.set_threshold(LOOK_AFTER, *older)
