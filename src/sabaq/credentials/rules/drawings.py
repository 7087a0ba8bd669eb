"""An SVG built anew from the shapes and properties that a logo needs, and from nothing else."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

from sabaq.credentials.errors import PictureActs, PictureDamaged, PictureWithoutMeasures

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_SHAPES = frozenset(
    [
        "svg",
        "g",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "defs",
        "symbol",
        "use",
        "clipPath",
        "mask",
        "linearGradient",
        "radialGradient",
        "stop",
        "title",
        "desc",
    ]
)
# What drawing programs note for themselves; it is left out without a word.
_NOTES = frozenset({"metadata"})
_MEASURES = frozenset(
    [
        "id",
        "d",
        "x",
        "y",
        "x1",
        "y1",
        "x2",
        "y2",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "fx",
        "fy",
        "points",
        "width",
        "height",
        "viewBox",
        "preserveAspectRatio",
        "transform",
        "offset",
        "gradientUnits",
        "gradientTransform",
        "spreadMethod",
        "clipPathUnits",
        "maskUnits",
        "maskContentUnits",
        "pathLength",
        "href",
        "version",
    ]
)
_LOOKS = frozenset(
    [
        "fill",
        "fill-rule",
        "fill-opacity",
        "stroke",
        "stroke-width",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-miterlimit",
        "stroke-dasharray",
        "stroke-dashoffset",
        "stroke-opacity",
        "opacity",
        "color",
        "stop-color",
        "stop-opacity",
        "clip-path",
        "clip-rule",
        "mask",
        "display",
        "visibility",
    ]
)
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[<>]*>")
_OUTSIDE = re.compile(r"url\(\s*['\"]?(?!#)|javascript:|data:|@import|expression\(", re.IGNORECASE)
_MOST_SHAPES, _DEEPEST = 5_000, 40
_NUMBER = re.compile(r"^\s*\+?(\d+(?:\.\d+)?)\s*(?:px|mm|cm|in|pt|pc)?\s*$")


def rebuilt_drawing(data: bytes) -> bytes:
    """Give the drawing with its shapes alone, or raise a `PictureRefused` naming what has no place in it."""
    root = _parsed(data)
    if _name(root) != "svg":
        raise PictureDamaged
    ET.register_namespace("", _SVG)
    count = iter(range(_MOST_SHAPES))
    drawn = _rebuilt(root, count, 0)
    _give_measures(drawn)
    built: bytes = ET.tostring(drawn, encoding="utf-8")
    return built


def _parsed(data: bytes) -> ET.Element:
    try:
        text = _DOCTYPE.sub("", data.decode("utf-8-sig"), count=1)
    except UnicodeDecodeError as error:
        raise PictureDamaged from error
    # Without a document type there is no entity to expand or fetch.
    for declared in ("<!DOCTYPE", "<!ENTITY", "<?xml-stylesheet"):
        if declared in text:
            raise PictureActs(what=declared)
    try:
        return ET.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))  # noqa: S314 - see above
    except ET.ParseError as error:
        raise PictureDamaged from error


def _name(element: ET.Element) -> str:
    """Give the name of an element of SVG, or "" for one of another vocabulary."""
    tag = str(element.tag)
    if tag.startswith(f"{{{_SVG}}}"):
        return tag.removeprefix(f"{{{_SVG}}}")
    return "" if tag.startswith("{") else tag


def _rebuilt(element: ET.Element, count: Iterator[int], depth: int) -> ET.Element:
    name = _name(element)
    if name not in _SHAPES:
        raise PictureActs(what=f"<{name}>")
    if next(count, None) is None or depth > _DEEPEST:
        raise PictureActs(what="…")
    drawn = ET.Element(f"{{{_SVG}}}{name}", dict(_attributes(element)))
    if name in {"title", "desc"}:
        drawn.text = element.text
        return drawn
    for child in element:
        if isinstance(child.tag, str) and _name(child) not in {"", *_NOTES}:
            drawn.append(_rebuilt(child, count, depth + 1))
    return drawn


def _attributes(element: ET.Element) -> Iterator[tuple[str, str]]:
    for key, value in element.attrib.items():
        if key in {"href", _XLINK}:
            # To itself alone: a shape drawn again.
            if not value.startswith("#"):
                raise PictureActs(what=f"href={value[:30]}")
            yield "href", value
        elif key == "style":
            yield from _looks(value)
        elif key.lower().startswith("on"):
            raise PictureActs(what=key)
        elif key in _MEASURES or key in _LOOKS:
            yield key, _inside(value)


def _looks(style: str) -> Iterator[tuple[str, str]]:
    """Give the declarations of a `style` as attributes: those may stand under a strict policy."""
    _inside(style)
    for declaration in style.split(";"):
        key, _, value = declaration.partition(":")
        if key.strip() in _LOOKS and value.strip():
            yield key.strip(), value.strip()


def _inside(value: str) -> str:
    outside = _OUTSIDE.search(value)
    if outside:
        raise PictureActs(what=outside[0])
    return value


def _give_measures(root: ET.Element) -> None:
    """Let the drawing say its view box: what shows it decides on the size."""
    width, height = (_NUMBER.match(root.attrib.pop(side, "")) for side in ("width", "height"))
    if "viewBox" not in root.attrib:
        if not (width and height):
            raise PictureWithoutMeasures
        root.set("viewBox", f"0 0 {width[1]} {height[1]}")
    try:
        _, _, wide, high = (
            float(part) for part in re.split(r"[\s,]+", root.get("viewBox", "").strip())
        )
    except ValueError as error:
        raise PictureWithoutMeasures from error
    if not (0 < wide < 1e6 and 0 < high < 1e6):
        raise PictureWithoutMeasures
