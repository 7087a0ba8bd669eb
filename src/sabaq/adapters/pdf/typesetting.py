"""The one way to Typst: data in as JSON, a PDF out that is PDF/UA-1 and PDF/A-3a at once.

Nothing written by people is ever part of Typst source: it reaches the template as data, so that `#`, `$`
or `@` in a name stay what they are.
"""

import io
import json
import shutil
import tempfile
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path

import segno
import typst

from sabaq.adapters.pdf.glyphs import FONTS

TEMPLATES = Path(__file__).parent / "templates"


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )


def typeset(
    template: str,
    data: Mapping[str, object],
    *,
    at: datetime,
    pictures: Mapping[str, bytes] | None = None,
) -> bytes:
    """Give the PDF of `template` filled with `data`, dated `at`: equal input gives equal bytes.

    `pictures` are files by the names under which the template finds them.
    """
    if not pictures:
        return _compiled(TEMPLATES / template, data, at)
    # Typst reads pictures from files alone, below the root that it may read from.
    with tempfile.TemporaryDirectory() as root:
        for source in TEMPLATES.glob("*.typ"):
            shutil.copyfile(source, Path(root) / source.name)
        for name, picture in pictures.items():
            (Path(root) / name).write_bytes(picture)
        return _compiled(Path(root) / template, data, at)


def _compiled(source: Path, data: Mapping[str, object], at: datetime) -> bytes:
    return typst.compile(
        source,
        root=source.parent,
        font_paths=_fonts(),
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1", "a-3a"],
        timestamp=int(at.timestamp()),
    )


def picture_of(svg: str, *, pixels: int) -> bytes:
    """Give an SVG picture as PNG, so many pixels wide, its words set in our fonts."""
    source = b"#set page(width: 360pt, height: auto, margin: 0pt)\n"
    source += b'#image(bytes(sys.inputs.svg), format: "svg", width: 100%)'
    return typst.compile(
        source, font_paths=_fonts(), format="png", sys_inputs={"svg": svg}, ppi=pixels / 5
    )


def qr_svg(text: str) -> str:
    """Give a QR code of `text` as SVG without a quiet zone; the template leaves the white around it."""
    svg = io.BytesIO()
    segno.make_qr(text, error="m").save(svg, kind="svg", border=0, dark="#15201e", xmldecl=False)
    return svg.getvalue().decode()
