"""Edition files on disk, and the packs that they name."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from sabaq.courses.models import CourseVersion
from sabaq.courses.packs import read_pack
from sabaq.courses.packs.paths import read_folder
from sabaq.courses.queries import pack_of
from sabaq.courses.services.packs import import_pack
from sabaq.enrolment.services.editions import Loaded, load_edition
from sabaq.kernel.audit import Signatory
from sabaq.kernel.errors import DomainError


class EditionFileUnreadable(DomainError):
    message = _("%(file)s cannot be read: %(reason)s. Nothing was loaded.")


def silently(line: str) -> None:
    """Take a line of progress, and tell nobody."""


def load_edition_file(
    path: Path, *, by: Signatory | None, at: datetime, say: Callable[[str], None] = silently
) -> Loaded:
    """Load the edition of a file; the pack it names is imported from the packs folder if need be.

    `say` is given a line as each stage begins.
    Raises `EditionFileUnreadable`, `EditionFileRefused`, or `PackError` where the pack has mistakes.
    """
    say(gettext("Reading %(file)s ...") % {"file": path.name})
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise EditionFileUnreadable(file=path.name, reason=error.strerror) from error
    except UnicodeDecodeError as error:
        raise EditionFileUnreadable(file=path.name, reason=_("it is not UTF-8 text")) from error

    def find_version(pack: str, version: str) -> CourseVersion | None:
        found = imported(pack, version)
        found = found or import_from_folder(pack, version, by=by, at=at, say=say)
        say(gettext("Checking the file against the pack, and loading the edition ..."))
        return found

    return load_edition(
        text,
        find_version=find_version,
        topics_of=topics_of,
        tests_of=tests_of,
        by=by,
        at=at,
    )


def imported(pack: str, version: str) -> CourseVersion | None:
    """Give the course version of this name, if it was imported."""
    return CourseVersion.objects.filter(course__slug=pack, version=version).first()


def import_files(
    files: Mapping[str, bytes], *, by: Signatory | None, at: datetime, say: Callable[[str], None]
) -> CourseVersion:
    """Import a pack's files as `import_pack` does, and say so first."""
    count = len(files)
    say(
        ngettext(
            "Checking and importing the pack: %(count)s file ...",
            "Checking and importing the pack: %(count)s files ...",
            count,
        )
        % {"count": count}
    )
    return import_pack(files, by=by, at=at)


def import_from_folder(
    pack: str, version: str, *, by: Signatory | None, at: datetime, say: Callable[[str], None]
) -> CourseVersion | None:
    """Import the pack of the packs folder, if it is there in this very version."""
    folder = Path(settings.PACKS_DIR) / pack
    if not (folder / "pack.toml").is_file():
        return None
    files = read_folder(folder)
    read = read_pack(files)
    if (read.slug, read.version) != (pack, version):
        return None
    return import_files(files, by=by, at=at, say=say)


def topics_of(version: CourseVersion) -> list[str]:
    """Give the keys of a version's topics, those it only outlines included."""
    return [topic.key for topic in pack_of(version).topics]


def tests_of(version: CourseVersion) -> dict[str, bool]:
    """Give the keys of a version's tests, and of each whether it has two forms."""
    return {key: bool(test.forms) for key, test in pack_of(version).tests.items()}
