import argparse
from pathlib import Path

from sabaq.ops.commands import Subparsers, say


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser(
        "backup", help="write everything the server knows into one file, while it runs"
    )
    parser.add_argument(
        "target", type=Path, help="a new file; or a folder, where the file is named by its moment"
    )
    parser.add_argument(
        "--keep",
        type=whole_number,
        metavar="N",
        help="with a folder: keep only the newest N backups in it",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    from sabaq.kernel import clock
    from sabaq.ops.backup import back_up, back_up_into

    target, at = options.target, clock.now()
    if target.is_dir():
        target = back_up_into(target, keep=options.keep, at=at, say=say)
    elif options.keep is not None:
        raise SystemExit(f"sabaq: --keep needs a folder, and {target} is none.")
    else:
        back_up(target, at=at, say=say)
    print(
        f"{target}: {target.stat().st_size / 1_000_000:.1f} MB. It holds secrets and names: keep it as safe as the server."
    )
    return 0


def whole_number(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number
