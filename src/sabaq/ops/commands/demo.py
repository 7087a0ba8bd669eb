import argparse
import os
from pathlib import Path

from sabaq.ops.commands import Subparsers, say
from sabaq.ops.commands.serve import add_address, say_ready
from sabaq.ops.tree import run_tree


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("demo", help="run the demo edition, with invented people")
    add_address(parser)
    parser.add_argument("--clock", type=Path, metavar="FILE", help="bend the course's time")
    parser.add_argument(
        "--bare",
        action="store_true",
        help="without demo bar and without the officers who take part by themselves, as for measuring",
    )
    act = parser.add_mutually_exclusive_group()
    act.add_argument(
        "--reset", action="store_true", help="forget the demo's data and start nothing"
    )
    act.add_argument("--load", action="store_true", help="load the demo's data and start nothing")
    parser.set_defaults(run=run, needs_django=False)


def run(options: argparse.Namespace) -> int:
    os.environ["SABAQ_MODE"] = "demo"
    # The demo lives in its data folder and nowhere else, whatever the environment says of other databases.
    os.environ["DATABASE_URL"] = ""
    # And its letters go nowhere: they wait in its outbox.
    os.environ["EMAIL_URL"] = ""
    clock = options.clock or demo_folder() / "clock.json"
    os.environ["SABAQ_CLOCK_FILE"] = str(clock.absolute())
    if options.load or options.reset:
        return prepare_or_forget(reset=options.reset)
    os.environ["SABAQ_DEMO_BARE"] = str(int(options.bare))
    return run_tree(
        options.host,
        options.port,
        preparation=["demo", "--load", *(["--clock", str(clock)] if options.clock else [])],
        when_ready=say_how_to_begin,
        # Not on the terminal, where it would push what to open first out of sight.
        log=demo_folder() / "server.log",
        companions={} if options.bare else {"bots": "sabaq.ops.demo.bots"},
    )


def demo_folder() -> Path:
    """Give where the demo keeps its own things, without loading Django to ask the settings."""
    return Path(os.environ.get("DATA_DIR", "./data")) / "demo"


def prepare_or_forget(*, reset: bool) -> int:
    import django

    django.setup()
    from sabaq.ops.demo.data import forget, load
    from sabaq.ops.prepare import check_clock

    check_clock()
    if reset:
        forget(say=say)
    else:
        load(say=say)
    return 0


def say_how_to_begin(address: str) -> None:
    """Print what `--load` wrote for whoever sits at the terminal, then where the server is."""
    sheet = demo_folder() / "begin-here.txt"
    print(sheet.read_text("utf-8").replace("{address}", address))
    say_ready(address)
