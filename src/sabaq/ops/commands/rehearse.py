import argparse
import os
import time
from pathlib import Path

from sabaq.ops.commands import Subparsers, say
from sabaq.ops.rehearsal.tamper import KINDS, kinds_of

MODEL = Path("gender-human-rights/editions/regional-2027.toml")


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser(
        "rehearse",
        help="play a whole edition on a fresh server and compare its reports with a ledger of our own",
    )
    parser.add_argument("--participants", type=int, default=64, help="default: %(default)s")
    parser.add_argument("--seed", type=int, default=7, help="default: %(default)s")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where results go")
    parser.add_argument(
        "--database-url", default="", help="an empty database; default: SQLite, thrown away"
    )
    parser.add_argument(
        "--kill",
        type=int,
        default=0,
        metavar="N",
        help="kill the server's processes at N moments, and start them again on the same data",
    )
    parser.add_argument(
        "--tamper",
        action="append",
        default=[],
        choices=[*KINDS, "all"],
        metavar="KIND",
        help="change one row behind the server's back before its reports are read, which must be noticed; "
        f"one of: {', '.join(KINDS)}, all; may be given several times",
    )
    parser.set_defaults(run=run, needs_django=False)


def run(options: argparse.Namespace) -> int:
    """Give 0 when every report says what was done; 1 with each mismatch named; 3 when tampering passed unseen."""
    from sabaq.ops.rehearsal.conductor import Plan, rehearse

    began = time.monotonic()
    plan = Plan(
        participants=options.participants,
        seed=options.seed,
        out=options.out,
        model=packs() / MODEL,
        database_url=options.database_url,
        kills=options.kill,
        tamper=kinds_of(options.tamper),
    )
    summary = rehearse(plan, say=lambda line: say(f"{time.monotonic() - began:5.1f} s  {line}"))
    for mismatch in summary["mismatches"]:
        say(f"MISMATCH {mismatch}")
    for kind, named in summary["tampered"].items():
        for mismatch in named or ["NOT NOTICED"]:
            say(f"TAMPERED {kind}: {mismatch}")
    say(
        f"{summary['participants']} participants, {summary['requests']} requests, "
        f"{summary['bad_inputs_refused']} bad inputs refused, {summary['kills']} kills, "
        f"{len(summary['mismatches'])} mismatches in {time.monotonic() - began:.0f} s: {options.out}"
    )
    if not all(summary["tampered"].values()):
        return 3
    return 1 if summary["mismatches"] or summary["tampered"] else 0


def packs() -> Path:
    """Give the folder of the packs, without loading Django to ask the settings."""
    own = Path(__file__).resolve().parents[4] / "packs"
    return Path(os.environ.get("SABAQ_PACKS", own))
