import hashlib
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from sabaq.courses.packs.digests import (
    block_hash,
    manifest,
    normalised,
    read_manifest,
    version_digest,
)

PATHS = st.from_regex(r"[a-z]{1,8}(/[a-z.]{1,8})?", fullmatch=True)
FILES = st.dictionaries(PATHS, st.binary(max_size=20), max_size=6)


def test_a_manifest_has_the_form_of_sha256sum():
    empty = hashlib.sha256(b"").hexdigest()

    assert manifest({"b.md": b"", "a.md": b""}) == f"{empty}  a.md\n{empty}  b.md\n".encode()


@given(FILES)
def test_a_manifest_is_read_back_whole(files):
    assert read_manifest(manifest(files)) == {
        path: hashlib.sha256(data).hexdigest() for path, data in files.items()
    }


@given(FILES, FILES)
def test_two_packs_share_a_digest_only_when_they_are_equal(one, other):
    assert (version_digest(one) == version_digest(other)) == (one == other)


@given(st.text(max_size=60))
def test_normalising_twice_changes_nothing(text):
    assert normalised(normalised(text)) == normalised(text)


@given(st.lists(st.text(st.characters(categories=["L"]), min_size=1), min_size=1), st.data())
def test_wrapping_and_composing_leave_the_hash_alone(words, data):
    gaps = [data.draw(st.sampled_from([" ", "\n", "  ", "\r\n", " \n\t"])) for _ in words]
    wrapped = "".join(word + gap for word, gap in zip(words, gaps, strict=True))

    assert block_hash(unicodedata.normalize("NFD", wrapped)) == block_hash(" ".join(words))


def test_another_word_is_another_hash():
    assert block_hash("She may stay.") != block_hash("She must stay.")
