"""How many files a server process may have open. Loads nothing: the parent of the tree imports it."""

import resource


def open_files() -> tuple[int, int]:
    """Give how many files this process may open, and how many it may allow itself."""
    return resource.getrlimit(resource.RLIMIT_NOFILE)


def raise_open_files() -> None:
    """Allow this process as many open files as it may allow itself.

    Each follower of a class holds one. Systems start processes with 1,024, for programs of long ago that
    cannot count further (select); ours can.
    """
    soft, hard = open_files()
    if soft != hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
