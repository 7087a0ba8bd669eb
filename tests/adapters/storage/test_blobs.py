"""Every blob store keeps the same promises."""

import hashlib
from concurrent.futures import ThreadPoolExecutor

import pytest

from sabaq.adapters.storage.files import FileBlobs
from sabaq.adapters.storage.memory import MemoryBlobs
from sabaq.courses.errors import BlobDamaged, BlobMissing

WORDS = b"what is kept never changes"
NAME = hashlib.sha256(WORDS).hexdigest()


@pytest.fixture(params=["files", "memory"])
def blobs(request, tmp_path):
    return FileBlobs(tmp_path / "blobs") if request.param == "files" else MemoryBlobs()


def test_bytes_are_kept_under_their_digest(blobs):
    assert blobs.put(WORDS) == NAME
    assert blobs.get(NAME) == WORDS


def test_keeping_again_changes_nothing(blobs):
    blobs.put(WORDS)

    assert blobs.put(WORDS) == NAME
    assert blobs.get(NAME) == WORDS


def test_empty_bytes_are_bytes(blobs):
    assert blobs.get(blobs.put(b"")) == b""


def test_what_was_never_kept_is_missing(blobs):
    with pytest.raises(BlobMissing, match=NAME):
        blobs.get(NAME)


def test_a_damaged_file_is_told_and_mended_by_keeping_it_again(tmp_path):
    blobs = FileBlobs(tmp_path)
    blobs.put(WORDS)
    (tmp_path / NAME[:2] / NAME).write_bytes(WORDS[:5])

    with pytest.raises(BlobDamaged, match=NAME):
        blobs.get(NAME)

    blobs.put(WORDS)
    assert blobs.get(NAME) == WORDS


def test_many_hands_may_keep_the_same_bytes_at_once(tmp_path):
    blobs = FileBlobs(tmp_path)

    with ThreadPoolExecutor(8) as hands:
        names = list(hands.map(blobs.put, [WORDS] * 40))

    assert set(names) == {NAME}
    assert [path.name for path in (tmp_path / NAME[:2]).iterdir()] == [NAME]
