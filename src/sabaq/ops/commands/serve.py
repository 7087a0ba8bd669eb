import argparse
import os
from pathlib import Path

from sabaq.ops.commands import Subparsers
from sabaq.ops.tree import run_tree


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser(
        "serve", help="run the web server and the task worker as one tree"
    )
    add_address(parser)
    parser.add_argument(
        "--clock",
        type=Path,
        metavar="FILE",
        help="bend the course's time (demo and rehearsal only)",
    )
    parser.set_defaults(run=run, needs_django=False)


def add_address(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default: %(default)s)"
    )
    parser.add_argument(
        "--port",
        type=int,
        default=int(os.environ.get("PORT", "8000")),
        help="default: %(default)s, or PORT",
    )


def run(options: argparse.Namespace) -> int:
    if options.clock:
        os.environ["SABAQ_CLOCK_FILE"] = str(options.clock.absolute())
    return run_tree(options.host, options.port, preparation=["prepare"], when_ready=say_ready)


def say_ready(address: str) -> None:
    print(f"Sabaq is ready: {address}  (Ctrl-C ends it)", flush=True)
