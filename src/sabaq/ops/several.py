"""`python -m sabaq.ops.several -- COMMAND … -- COMMAND …`: several `sabaq` commands in one process.

Starting Django costs a second; a rehearsal runs a dozen commands first. What a command reads from
standard input follows in the order of the commands. Stops at the first that fails.
"""

import sys
from collections.abc import Sequence

from sabaq.ops.cli import main


def run(arguments: Sequence[str]) -> int:
    """Run the commands between the `--`; give 0, or the status of the one that failed."""
    commands: list[list[str]] = []
    for argument in arguments:
        if argument == "--":
            commands.append([])
        else:
            commands[-1].append(argument)
    return next((status for command in commands if (status := main(command))), 0)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
