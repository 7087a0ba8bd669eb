import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from sabaq.adapters.storage.memory import MemoryBlobs
from sabaq.courses.errors import CourseUnknown, VersionTaken, VersionUnknown
from sabaq.courses.models import Course, CourseVersion, PackFile
from sabaq.courses.packs import PackError
from sabaq.courses.ports import BlobStore
from sabaq.courses.queries import pack_of, version_named
from sabaq.courses.services.packs import export_pack, import_pack
from sabaq.kernel import ports
from sabaq.kernel.audit import trail_of
from sabaq.kernel.ids import digest
from tests.courses.packs.sample import changed, sample_files
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def blobs():
    with ports.replaced(BlobStore, MemoryBlobs()) as store:
        yield store


def newer(version, old="Listen to the end", new="Listen first"):
    files = changed("pack.toml", old, new)
    files["pack.toml"] = files["pack.toml"].replace(
        b'version = "1"', f'version = "{version}"'.encode()
    )
    return files


def test_import_makes_a_version_that_indexes_every_file(blobs):
    files = sample_files()

    version = import_pack(files, by=None, at=NOW)

    assert (version.course.slug, version.version, version.imported_at) == ("small", "1", NOW)
    assert list(version.files.values_list("path", "digest", "size")) == [
        (path, digest(data), len(data)) for path, data in sorted(files.items())
    ]
    assert [(line.verb, line.at) for line in trail_of(version)] == [("imported", NOW)]


def test_importing_the_same_bytes_again_gives_the_same_version(blobs):
    first = import_pack(sample_files(), by=None, at=NOW)

    second = import_pack(sample_files(), by=None, at=NOW)

    assert second == first
    assert (Course.objects.count(), CourseVersion.objects.count()) == (1, 1)
    assert trail_of(first).count() == 1


def test_another_version_stands_beside_the_first(blobs):
    first = import_pack(sample_files(), by=None, at=NOW)

    second = import_pack(newer("2"), by=None, at=NOW)

    assert second.course == first.course
    assert pack_of(first).topic("talk").objectives[0].text["en"] == "Listen to the end."
    assert pack_of(second).topic("talk").objectives[0].text["en"] == "Listen first."


def test_a_version_name_stands_for_one_content(blobs):
    import_pack(sample_files(), by=None, at=NOW)

    with pytest.raises(VersionTaken, match="Version 1 of the course “small”"):
        import_pack(newer("1"), by=None, at=NOW)

    assert CourseVersion.objects.count() == 1


def test_the_database_too_refuses_a_second_content_under_one_name(blobs):
    version = import_pack(sample_files(), by=None, at=NOW)

    with pytest.raises(IntegrityError), transaction.atomic():
        CourseVersion.objects.create(
            course=version.course, version="1", digest="0" * 64, imported_at=NOW
        )


def test_a_broken_pack_leaves_nothing_behind(blobs):
    with pytest.raises(PackError, match="1 thing needs to be mended"):
        import_pack(
            changed("tests/knowledge.toml", 'correct = "b"', 'correct = "x"'), by=None, at=NOW
        )

    assert (Course.objects.count(), PackFile.objects.count(), blobs.kept) == (0, 0, {})


def test_export_gives_the_same_bytes_back(blobs):
    files = {**sample_files(), "media/plan.bin": bytes(range(256))}

    assert export_pack(import_pack(files, by=None, at=NOW)) == files


@given(
    media=st.dictionaries(st.from_regex(r"[a-z0-9]{1,12}", fullmatch=True), st.binary(), max_size=4)
)
def test_whatever_a_pack_carries_comes_back(media):
    files = sample_files() | {f"media/{name}": data for name, data in media.items()}

    with ports.replaced(BlobStore, MemoryBlobs()), transaction.atomic():
        version = import_pack(files, by=None, at=NOW)
        back = export_pack(version)
        CourseVersion.objects.all().delete()

    assert back == files


def test_a_pack_is_read_once_and_costs_no_query(blobs, django_assert_num_queries):
    version = import_pack(sample_files(), by=None, at=NOW)

    with django_assert_num_queries(0):
        first = pack_of(version)
        second = pack_of(CourseVersion(digest=version.digest))

    assert first is second
    assert first.digest == version.digest


def test_a_version_is_found_by_name_or_as_the_newest(blobs):
    first = import_pack(sample_files(), by=None, at=NOW)
    second = import_pack(newer("2"), by=None, at=NOW)

    assert (version_named("small"), version_named("small", "1")) == (second, first)
    with pytest.raises(VersionUnknown, match=r"has no version 3\. It has: 1, 2\."):
        version_named("small", "3")
    with pytest.raises(CourseUnknown, match=r"There are: small\."):
        version_named("large")


def test_the_bundled_course_is_imported_by_the_fixture(pack_version):
    assert pack_of(pack_version).slug == "gender-human-rights"
