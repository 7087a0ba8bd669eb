"""Bringing a pack into the house, and giving it back."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from sabaq.courses.errors import VersionTaken
from sabaq.courses.models import Course, CourseVersion, PackFile
from sabaq.courses.packs import Pack, manifest, read_pack
from sabaq.courses.ports import BlobStore
from sabaq.courses.queries import files_of
from sabaq.kernel import ports
from sabaq.kernel.audit import Signatory, record
from sabaq.kernel.ids import digest


def import_pack(files: Mapping[str, bytes], *, by: Signatory | None, at: datetime) -> CourseVersion:
    """Make an immutable course version of a pack's files, or give the one that has the same bytes.

    Raises `PackError` with everything that is wrong, or `VersionTaken` where the version's name already
    stands for other bytes.
    """
    pack = read_pack(files)
    # Bytes first and outside the transaction: blobs that no row names do no harm, rows without blobs would.
    blobs = ports.get(BlobStore)
    for data in files.values():
        blobs.put(data)
    blobs.put(manifest(files))
    return _index(pack, files, by=by, at=at)


@transaction.atomic
def _index(
    pack: Pack, files: Mapping[str, bytes], *, by: Signatory | None, at: datetime
) -> CourseVersion:
    Course.objects.get_or_create(slug=pack.slug)
    # Lock first: two imports of one course at once must make one version.
    course = Course.objects.select_for_update().get(slug=pack.slug)
    known = CourseVersion.objects.filter(digest=pack.digest).first()
    if known is not None:
        return known
    if course.versions.filter(version=pack.version).exists():
        raise VersionTaken(course=pack.slug, version=pack.version)
    version = CourseVersion.objects.create(
        course=course, version=pack.version, digest=pack.digest, imported_at=at
    )
    PackFile.objects.bulk_create(
        PackFile(version=version, path=path, digest=digest(data), size=len(data))
        for path, data in sorted(files.items())
    )
    record(version, "imported", by=by, at=at)
    return version


def export_pack(version: CourseVersion) -> Mapping[str, bytes]:
    """Give the files of a course version as they were imported, byte for byte."""
    return files_of(version.digest)
