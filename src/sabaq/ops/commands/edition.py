import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from sabaq.ops.commands import Subparsers, say

if TYPE_CHECKING:
    from sabaq.courses.editions.changes import Changes
    from sabaq.enrolment.services.editions import Loaded


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("edition", help="load an edition from its file")
    verbs = parser.add_subparsers(metavar="verb", required=True)
    load = verbs.add_parser(
        "load",
        help="load a whole edition from a TOML file; loading it again changes only what changed",
        epilog="The format is described in docs/author/edition-format.md.",
    )
    load.add_argument("file", type=Path, metavar="FILE.toml")
    load.add_argument(
        "--language",
        choices=["en", "ru"],
        default="ru" if os.environ.get("LANG", "").startswith("ru") else "en",
        help="the language of the messages (default: that of this terminal)",
    )
    load.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    from django.utils import translation

    from sabaq.kernel import clock
    from sabaq.ops.editions import load_edition_file

    with translation.override(options.language):
        loaded = load_edition_file(options.file, by=None, at=clock.now(), say=say)
        for line in lines_about(loaded):
            print(line)
    return 0


def lines_about(loaded: "Loaded") -> list[str]:
    """Say what was loaded: what is new by number, whatever else by name."""
    from django.utils.translation import gettext as _

    from sabaq.courses.editions.changes import KINDS, Verb

    slug = {"slug": loaded.edition.slug}
    kept = _named(loaded.changes, Verb.KEPT, _("still there, as something is recorded about it"))
    if loaded.changes.is_empty:
        return [_("%(slug)s: unchanged.") % slug, *kept]
    new = _("new")
    added = [
        f"  {new}: {KINDS[kind]} × {count}"
        for kind, count in loaded.changes.count(Verb.ADDED).items()
    ]
    changed = _named(loaded.changes, Verb.CHANGED, _("changed"))
    removed = _named(loaded.changes, Verb.REMOVED, _("removed"))
    return [_("%(slug)s: loaded.") % slug, *added, *changed, *removed, *kept]


def _named(changes: "Changes", verb: object, word: str) -> list[str]:
    from sabaq.courses.editions.changes import KINDS

    return [
        f"  {word}: {KINDS[change.kind]} {change.key}"
        + (f" ({', '.join(change.columns)})" if change.columns else "")
        for change in changes.done
        if change.verb is verb
    ]
