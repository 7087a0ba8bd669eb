import argparse
import sys
from collections import Counter
from pathlib import Path

from sabaq.courses.packs.progress import Progress, progress_of
from sabaq.ops.commands import Subparsers, say


def register(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("pack", help="check, import and export courses")
    words = parser.add_subparsers(metavar="word", required=True)
    check = words.add_parser("check", help="say what is wrong with a pack, with file and line")
    check.add_argument("folder", type=Path)
    check.add_argument("--strict", action="store_true", help="take warnings for errors")
    check.add_argument(
        "--accept",
        action="store_true",
        help="write down that each translation in TOML was compared with its source as it is now",
    )
    check.set_defaults(run=run_check)
    bring = words.add_parser("import", help="make a course version of a pack")
    bring.add_argument("folder", type=Path)
    bring.set_defaults(run=run_import)
    export = words.add_parser("export", help="write a course version into an empty folder")
    export.add_argument("course", help="as pack.toml calls it, its slug")
    export.add_argument("folder", type=Path)
    export.add_argument("--version", default="", help="default: the newest")
    export.set_defaults(run=run_export)


def run_check(options: argparse.Namespace) -> int:
    """Print each finding and how far the work is; give 1 for an error, with `--strict` for a warning, too."""
    from django.utils.translation import ngettext

    from sabaq.courses.packs import Severity, check_pack, read_pack
    from sabaq.kernel import clock

    if options.accept:
        _accept(options.folder)
    files = files_in(options.folder)
    findings = check_pack(files, today=clock.now().date())
    for finding in findings:
        print(f"{finding.severity.value:<8} {finding}")
    counts = Counter(finding.severity for finding in findings)
    errors, warnings, notes = (counts[one] for one in Severity)
    print(
        ngettext("%(count)s error", "%(count)s errors", errors) % {"count": errors},
        ngettext("%(count)s warning", "%(count)s warnings", warnings) % {"count": warnings},
        ngettext("%(count)s note", "%(count)s notes", notes) % {"count": notes},
        sep=", ",
    )
    if not errors:
        _print_progress(progress_of(read_pack(files)))
    return 1 if errors or (options.strict and warnings) else 0


def _accept(folder: Path) -> None:
    """Write `translations.lock`, and print each translation that it did not hold so before."""
    from sabaq.courses.packs import translations_of
    from sabaq.courses.packs.translations import LOCK, accepted_in, lock_of

    files = files_in(folder)
    texts = translations_of({path: data for path, data in files.items() if path != LOCK})
    before = accepted_in(files.get(LOCK, b""))
    for text in texts:
        if before.get(text.address) != text.hash:
            print(f"{'accepted':<8} {text}")
    (folder / LOCK).write_bytes(lock_of(texts))


def _print_progress(progress: Progress) -> None:
    from django.utils.translation import gettext

    print(
        gettext(
            "Topics complete: %(complete)s of %(topics)s. Items: %(items)s. Job aids: %(aids)s. Terms: %(terms)s."
        )
        % {
            "complete": progress.topics_complete,
            "topics": progress.topics,
            "items": progress.items,
            "aids": progress.aids,
            "terms": progress.terms,
        }
    )
    for one in progress.translations:
        print(
            gettext(
                "%(language)s: %(done)s of %(of)s texts, older than their source: %(stale)s, "
                "words in a sentence (median): %(median)g."
            )
            % {
                "language": one.language,
                "done": one.done,
                "of": one.of,
                "stale": one.stale,
                "median": one.median_words,
            }
        )


def run_import(options: argparse.Namespace) -> int:
    from django.utils.translation import gettext

    from sabaq.kernel import clock
    from sabaq.ops.editions import import_files

    say(gettext("Reading %(file)s ...") % {"file": options.folder})
    version = import_files(files_in(options.folder), by=None, at=clock.now(), say=say)
    print(f"{version.course.slug} {version.version}  {version.digest}")
    return 0


def run_export(options: argparse.Namespace) -> int:
    from sabaq.courses.packs.paths import write_folder
    from sabaq.courses.queries import version_named
    from sabaq.courses.services.packs import export_pack

    folder: Path = options.folder
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        print(f"sabaq: {folder} is not an empty folder; nothing was written.", file=sys.stderr)
        return 1
    version = version_named(options.course, options.version)
    files = export_pack(version)
    write_folder(folder, files)
    print(f"{options.course} {version.version}: {len(files)} files in {folder}")
    return 0


def files_in(folder: Path) -> dict[str, bytes]:
    from sabaq.courses.packs.paths import read_folder

    if not folder.is_dir():
        raise SystemExit(f"sabaq: {folder} is not a folder.")
    return read_folder(folder)
