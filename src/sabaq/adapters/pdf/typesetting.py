"""The one way to Typst: data in as JSON, a PDF out that is PDF/UA-1 and PDF/A-3a at once.

Nothing written by people is ever part of Typst source: it reaches the template as data, so that `#`, `$`
or `@` in a name stay what they are.
"""

import io
import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import segno
import typst

from sabaq.adapters.pdf.glyphs import FONTS

TEMPLATES = Path(__file__).parent / "templates"


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )


@cache
def _sources(template: str) -> Mapping[str, bytes]:
    """Give the template as the main file of a project, beside all that it may import."""
    files = {path.name: path.read_bytes() for path in TEMPLATES.glob("*.typ")}
    return {**files, "main.typ": files[template]}


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
    # A project of several files is taken as a dict; the package's own types do not say so.
    project: Any = {**_sources(template), **(pictures or {})}
    pdf: bytes = typst.compile(
        project,
        font_paths=_fonts(),
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1", "a-3a"],
        timestamp=int(at.timestamp()),
    )
    return pdf


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
