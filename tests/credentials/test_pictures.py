import pytest

from sabaq.credentials.enums import PictureKind
from sabaq.credentials.errors import (
    PictureActs,
    PictureDamaged,
    PictureMoves,
    PictureRefused,
    PictureTooFewDots,
    PictureTooLarge,
    PictureTooManyDots,
    PictureWithoutMeasures,
)
from sabaq.credentials.rules.pictures import checked_picture
from tests.credentials.images import chunk, png, svg


def test_a_png_is_kept_without_the_notes_in_it():
    noted = png(more=chunk(b"tEXt", b"Author\0Gul Ulgi") + chunk(b"eXIf", b"MM\0*")) + b"hidden"

    picture = checked_picture(noted)

    assert (picture.kind, picture.data) == (PictureKind.PNG, png())


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"GIF89a", PictureRefused),
        (b"<html><script>alert(1)</script></html>", PictureRefused),
        (png()[:-20], PictureDamaged),
        (png().replace(b"\x00\x00\x00\xf0", b"\x00\x00\x00\xf1", 1), PictureDamaged),
        (png(pixels=b"\0" * 10), PictureDamaged),
        (png(pixels=b"\0" * 10_000_000), PictureDamaged),
        (png(more=chunk(b"acTL", b"\0" * 8)), PictureMoves),
        (png(120, 40), PictureTooFewDots),
        (png(4000, 2, pixels=b""), PictureTooManyDots),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 300_000, PictureTooLarge),
    ],
)
def test_what_is_no_whole_picture_of_a_sensible_size_is_refused(data, error):
    with pytest.raises(error) as refused:
        checked_picture(data)

    assert type(refused.value) is error


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        '<path d="M0 0" onload="alert(1)"/>',
        '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>',
        '<image href="https://tracker.example/x.png"/>',
        '<use href="https://tracker.example/x.svg#a"/>',
        '<use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="data:image/svg+xml,x"/>',
        '<path d="M0 0" fill="url(https://tracker.example/#a)"/>',
        '<path d="M0 0" style="fill:url(//tracker.example/#a)"/>',
        "<style>@import 'https://tracker.example/x.css'</style>",
        '<a href="https://tracker.example/"><path d="M0 0"/></a>',
        '<animate attributeName="x"/>',
        "<text>letters that no font may have</text>",
    ],
)
def test_a_drawing_that_acts_or_fetches_is_refused(body):
    with pytest.raises(PictureActs):
        checked_picture(svg(body))


def test_a_drawing_with_entities_is_refused_before_it_is_read():
    bomb = b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + svg("<title>&b;</title>")

    with pytest.raises(PictureActs, match="<!DOCTYPE"):
        checked_picture(bomb)


def test_a_drawing_is_built_anew_from_its_shapes():
    drawn = b"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<!-- drawn by somebody -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
 width="40px" height="20px" inkscape:version="1"><metadata>who and when</metadata>
<inkscape:grid/><path style="fill:#0a5c56;-inkscape-font:x" data-secret="x" d="M0 0h9v9z"/></svg>"""

    kept = checked_picture(drawn).data.decode()

    assert kept == (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">'
        '<path fill="#0a5c56" d="M0 0h9v9z" /></svg>'
    )


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (svg(head=""), PictureWithoutMeasures),
        (svg(head='viewBox="0 0 0 20"'), PictureWithoutMeasures),
        (svg("<path"), PictureDamaged),
        (svg().decode().encode("utf-16"), PictureRefused),
        (b"<svg>" + b"<g>" * 60 + b"</g>" * 60 + b"</svg>", PictureActs),
    ],
)
def test_a_drawing_that_cannot_be_read_is_refused(data, error):
    with pytest.raises(error):
        checked_picture(data)
