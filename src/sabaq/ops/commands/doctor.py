import argparse

from sabaq.ops.commands import Subparsers


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser(
        "doctor", help="say what is present, what is missing, and what that costs"
    )
    parser.set_defaults(run=run)


def run(_options: argparse.Namespace) -> int:
    """Print one line per finding; give 1 when something is broken."""
    from sabaq.ops.doctor import State, examine

    broken = False
    for finding in examine():
        broken = broken or finding.state is State.BROKEN
        cost = f"\n{'':25}-> {finding.cost}" if finding.cost else ""
        print(f"{finding.state.value:<9}{finding.subject:<16}{finding.fact}{cost}")
    return 1 if broken else 0
