"""One module per command. Each offers `register(subparsers)` and imports Django only when it runs."""

import argparse
from typing import TypeAlias

Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - argparse names it nowhere else


def say(line: str) -> None:
    """Print a line of progress now, also where the output is not a terminal but a pipe or a log."""
    print(line, flush=True)
