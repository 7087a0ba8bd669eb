import argparse

from sabaq.ops.commands import Subparsers, say


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser(
        "prepare", help="make the data folder and the database ready, and start nothing"
    )
    parser.set_defaults(run=run)


def run(_options: argparse.Namespace) -> int:
    from sabaq.ops.prepare import check_clock, prepare

    check_clock()
    prepare(say=say)
    return 0
