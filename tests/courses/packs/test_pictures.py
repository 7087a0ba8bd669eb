"""Pictures of a pack: with words in their place, small, inert, and the same bytes when the pack is given back."""

import pytest

from sabaq.courses.packs import check_pack, read_pack
from sabaq.courses.packs.render import shown_sheet
from sabaq.courses.services.packs import export_pack, import_pack
from tests.factories import NOW
from tests.sample_pack import sample_files

PATH = "exercises/first-contact.en.md"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M0 0"/></svg>'


def said_about(*paths, **changed):
    files = {**sample_files(), paths[0]: changed["data"]} if changed else sample_files()
    findings = check_pack(files, today=NOW.date())
    return [str(one) for one in findings if one.path in paths and one.severity.value == "error"]


def test_a_picture_is_shown_from_an_address_made_of_its_bytes_with_its_measures():
    pack = read_pack(sample_files())
    picture = pack.pictures["media/steps.svg"]

    html = shown_sheet(pack, pack.topics[0].exercise, "en", today=NOW.date())[1].html

    assert f'src="/media/{picture.digest}.svg"' in html
    assert 'alt="Two steps upwards"' in html
    assert 'width="40" height="20"' in html


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("![](media/steps.svg)", "Say in words what the picture shows"),
        ("![Steps](media/none.svg)", "There is no picture “media/none.svg” in media/."),
        ("![Steps](https://elsewhere.example/a.svg)", "There is no picture"),
    ],
)
def test_a_picture_that_nobody_could_see_is_found_with_its_line(written, said):
    found = said_about(PATH, data=f"{{#task}}\nIn pairs.\n\n{{#steps}}\n{written}\n".encode())

    assert [one.startswith(f"{PATH}:5: ") and said in one for one in found] == [True]


@pytest.mark.parametrize(
    "inside",
    [
        b"<script>1</script>",
        b'<path onload="1"/>',
        b'<path style="fill:red"/>',
        b"<style>path{}</style>",
        b'<use href="https://elsewhere.example/a.svg#x"/>',
        b'<image href="a.png"/>',
        b'<rect fill="url(https://elsewhere.example/a)"/>',
        b"<style>@import 'a.css';</style>",
        b"<foreignObject/>",
        b'<a xlink:href="javascript:1"/>',
    ],
)
def test_a_drawing_that_acts_or_fetches_is_refused(inside):
    found = said_about("media/steps.svg", data=SVG.replace(b"</svg>", inside + b"</svg>"))

    assert len(found) == 1
    assert "it may draw, not act or fetch" in found[0]


def test_a_drawing_may_refer_to_its_own_parts():
    inside = b'<use href="#x"/><rect fill="url(#y)"/>'

    assert said_about("media/steps.svg", data=SVG.replace(b"</svg>", inside + b"</svg>")) == []


def test_a_heavy_picture_and_one_that_is_none_are_refused():
    assert "at most 60000" in said_about("media/steps.svg", data=SVG + b" " * 60_000)[0]
    assert "This is no picture" in said_about("media/steps.svg", data=b"<svg></svg>")[0]


def test_png_and_webp_say_their_measures():
    png = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + (30).to_bytes(4) + (20).to_bytes(4)
    webp = (
        b"RIFF\0\0\0\0WEBPVP8X"
        + b"\0" * 8
        + (29).to_bytes(3, "little")
        + (19).to_bytes(3, "little")
    )

    pictures = read_pack({**sample_files(), "media/a.png": png, "media/b.webp": webp}).pictures

    for path in ("media/a.png", "media/b.webp"):
        assert (pictures[path].width, pictures[path].height) == (30, 20)


@pytest.mark.django_db
def test_a_pack_is_given_back_byte_for_byte_pictures_included():
    files = sample_files()

    assert export_pack(import_pack(files, by=None, at=NOW)) == files


@pytest.mark.django_db
def test_a_picture_is_kept_for_ever_and_can_do_nothing(client):
    pack = read_pack(sample_files())
    import_pack(sample_files(), by=None, at=NOW)

    response = client.get(pack.pictures["media/steps.svg"].address)

    assert response.content == sample_files()["media/steps.svg"]
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert "script-src" not in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["0" * 64 + ".svg", "{digest}.png", "{digest}.exe"])
def test_nothing_else_is_served_there(client, name):
    import_pack(sample_files(), by=None, at=NOW)
    digest = read_pack(sample_files()).pictures["media/steps.svg"].digest

    assert client.get(f"/media/{name.format(digest=digest)}").status_code == 404
