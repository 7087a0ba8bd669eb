import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabaq.kernel.errors import DomainError
from sabaq.newsroom.errors import PhotoMoves, PhotoTooLarge, PhotoTurned, PhotoUnreadable
from sabaq.newsroom.pictures import clean_picture
from tests.newsroom.pictures import chunk, exif, jpeg, part, plain_png, segment, webp

SECRET = b"TAKEN-AT-HOME"


def test_a_jpeg_loses_everything_that_is_not_the_picture_and_keeps_every_byte_that_is():
    hidden = (
        segment(0xE1, b"Exif\0\0" + exif(1)),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SECRET),
        segment(0xE2, b"MPF\0" + SECRET),
        segment(0xED, b"Photoshop 3.0\0" + SECRET),
        segment(0xFE, SECRET),
    )

    picture = clean_picture(jpeg(*hidden, behind=SECRET))

    assert picture.data == jpeg()
    assert (picture.kind, picture.width, picture.height) == ("jpeg", 4, 3)


def test_the_colour_profile_of_a_jpeg_stays():
    profile = segment(0xE2, b"ICC_PROFILE\0\x01\x01colours")

    assert clean_picture(jpeg(profile)).data == jpeg(profile)


def test_a_png_loses_its_texts_and_its_exif():
    hidden = (
        chunk(b"eXIf", exif(1)),
        chunk(b"tEXt", b"Comment\0" + SECRET),
        chunk(b"tIME", b"\0" * 7),
    )

    picture = clean_picture(plain_png(4, 3, *hidden) + SECRET)

    assert picture.data == plain_png(4, 3)
    assert (picture.kind, picture.width, picture.height) == ("png", 4, 3)


def test_a_webp_loses_its_exif_and_says_so_in_its_head():
    hidden = (part(b"EXIF", exif(1)), part(b"XMP ", SECRET))

    picture = clean_picture(webp(*hidden, flags=0x0C))

    assert picture.data == webp()
    assert (picture.kind, picture.width, picture.height) == ("webp", 4, 3)


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_photo_that_only_a_note_turns_upright_is_refused(order):
    with pytest.raises(PhotoTurned):
        clean_picture(jpeg(segment(0xE1, b"Exif\0\0" + exif(6, order=order))))
    with pytest.raises(PhotoTurned):
        clean_picture(webp(part(b"EXIF", exif(8, order=order)), flags=0x08))


def test_what_moves_is_no_photo():
    with pytest.raises(PhotoMoves):
        clean_picture(plain_png(4, 3, chunk(b"acTL", b"\0" * 8)))
    with pytest.raises(PhotoMoves):
        clean_picture(webp(flags=0x02))


def test_a_photo_of_more_than_500_kb_is_refused():
    with pytest.raises(PhotoTooLarge, match="500 KB"):
        clean_picture(jpeg() + b"\0" * 500_000)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        b"<svg xmlns='x'/>",
        jpeg()[:-2],
        plain_png(4, 3)[:-5],
        webp()[:-3],
        plain_png(0, 0),
    ],
)
def test_what_is_no_whole_picture_is_refused(data):
    with pytest.raises(PhotoUnreadable):
        clean_picture(data)


@given(
    st.sampled_from([jpeg(segment(0xE1, b"Exif\0\0" + exif(1))), plain_png(4, 3), webp()]),
    st.data(),
)
def test_a_damaged_picture_is_refused_or_cleaned_but_never_an_accident(whole, data):
    damaged = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(damaged)))

    for candidate in (bytes(damaged), bytes(damaged[:cut])):
        try:
            assert len(clean_picture(candidate).data) <= len(candidate) + 2
        except DomainError:
            continue
