import argparse
from pathlib import Path

from sabaq.ops.commands import Subparsers, say


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser(
        "restore", help="bring a backup back into an empty DATA_DIR (and an empty database)"
    )
    parser.add_argument("file", type=Path)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    from sabaq.ops.backup import restore

    manifest = restore(options.file, say=say)
    print(f"Restored, as it was on {manifest.made_at}. Start it with: sabaq serve")
    return 0
