import argparse
import os
import time
from pathlib import Path

from sabaq.ops.commands import Subparsers

MODEL = Path("gender-human-rights/editions/regional-2027.toml")


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser(
        "rehearse",
        help="play a whole edition on a fresh server and compare its reports with a ledger of our own",
    )
    parser.add_argument("--participants", type=int, default=8, help="default: %(default)s")
    parser.add_argument("--seed", type=int, default=7, help="default: %(default)s")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where results go")
    parser.add_argument(
        "--database-url", default="", help="an empty database; default: SQLite, thrown away"
    )
    parser.set_defaults(run=run, needs_django=False)


def run(options: argparse.Namespace) -> int:
    """Give 0 when every report says what was done; 1 with each mismatch named."""
    from sabaq.ops.rehearsal.conductor import Plan, rehearse

    began = time.monotonic()
    plan = Plan(
        options.participants, options.seed, options.out, packs() / MODEL, options.database_url
    )
    summary = rehearse(plan, say=lambda line: say(f"{time.monotonic() - began:5.1f} s  {line}"))
    for mismatch in summary["mismatches"]:
        say(f"MISMATCH {mismatch}")
    say(
        f"{summary['participants']} participants, {summary['requests']} requests, "
        f"{summary['bad_inputs_refused']} bad inputs refused, "
        f"{len(summary['mismatches'])} mismatches in {time.monotonic() - began:.0f} s: {options.out}"
    )
    return 1 if summary["mismatches"] else 0


def packs() -> Path:
    """Give the folder of the packs, without loading Django to ask the settings."""
    own = Path(__file__).resolve().parents[4] / "packs"
    return Path(os.environ.get("SABAQ_PACKS", own))


def say(line: str) -> None:
    print(line, flush=True)
