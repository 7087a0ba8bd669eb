import argparse
import re
from pathlib import Path

from sabaq.ops.commands import Subparsers


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser(
        "deploy",
        help="write the files of systemd and nginx for a server, to read and install",
        epilog="docs/operate/install.md says where each file belongs.",
    )
    parser.add_argument("folder", type=Path, help="where to write them; made if need be")
    parser.add_argument(
        "--host", required=True, type=host_name, help="as people type it: course.example"
    )
    parser.add_argument(
        "--data", type=Path, default=Path("/var/lib/sabaq"), help="default: %(default)s"
    )
    parser.add_argument("--user", default="sabaq", help="who runs it (default: %(default)s)")
    parser.add_argument(
        "--port", type=int, default=8000, help="on the loopback (default: %(default)s)"
    )
    parser.add_argument("--http-port", type=int, default=80, help="default: %(default)s")
    parser.add_argument("--https-port", type=int, default=443, help="default: %(default)s")
    parser.add_argument(
        "--turn-host", type=host_name, help="where voice takes its detour (default: turn.HOST)"
    )
    parser.add_argument(
        "--no-turn",
        action="store_true",
        help="without the detour, and nginx without its stream module",
    )
    parser.add_argument(
        "--certificate", type=Path, default=Path(), help="default: that of Let's Encrypt"
    )
    parser.add_argument("--key", type=Path, default=Path(), help="default: that of Let's Encrypt")
    parser.set_defaults(run=run, needs_django=False)


def run(options: argparse.Namespace) -> int:
    """Write the files; those of the same name are replaced."""
    from sabaq.ops.deployment import Site, deployment_files

    # Not resolved: an installation may be reached by a link that later points to the next version.
    code = Path(__file__).absolute().parents[4]
    site = Site(
        host=options.host,
        code=code,
        data=options.data,
        user=options.user,
        port=options.port,
        http_port=options.http_port,
        https_port=options.https_port,
        turn_host="" if options.no_turn else options.turn_host or f"turn.{options.host}",
        certificate=options.certificate,
        key=options.key,
    )
    options.folder.mkdir(parents=True, exist_ok=True)
    for name, text in deployment_files(site).items():
        (options.folder / name).write_text(text, "utf-8")
        print(options.folder / name)
    print("Read them, then follow docs/operate/install.md.")
    return 0


def host_name(text: str) -> str:
    """Give a host name that is safe to stand in a configuration."""
    if not re.fullmatch(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no host name, like course.example")
    return text
