"""Make the small fonts that Sabaq prints with from Debian's package `fonts-noto-core`.

    apt-get install fonts-noto-core
    python scripts/subset_fonts.py

The Noto fonts are under the SIL Open Font License 1.1 and declare no Reserved Font Name, so a subset may
keep the name "Noto". Names, copyright and licence records stay inside each file; the licence itself is
`OFL.txt` beside them. What the subset can print is asked of its own character map, see `glyphs.py`.
"""

import argparse
from pathlib import Path

from fontTools import subset

SOURCE = Path("/usr/share/fonts/truetype/noto")
TARGET = Path(__file__).resolve().parent.parent / "src/sabaq/adapters/pdf/fonts"

LETTERS = [
    (0x0020, 0x007E),  # Basic Latin
    (0x00A0, 0x024F),  # Latin-1, Extended-A (Turkmen), Extended-B
    (0x0259, 0x0259),  # ə, as Azerbaijani names in the region are written
    (0x02B9, 0x02C8),  # modifier letters: oʻ gʻ of Uzbek
    (0x0300, 0x0331),  # combining marks
    (0x0400, 0x052F),  # Cyrillic and its supplement: Kazakh, Kyrgyz, Tajik, Uzbek
    (0x2000, 0x206F),  # spaces, dashes, quotation marks
    (0x20A0, 0x20BF),  # currencies
    (0x2116, 0x2117),  # № and its neighbour
    (0xFFFD, 0xFFFD),  # stands for a sign that cannot be printed
]
SIGNS = [(0x2190, 0x2193), (0x2212, 0x2212), (0x2248, 0x2248), (0x2260, 0x2265)]

FONTS = {
    "NotoSans-Regular.ttf": LETTERS,
    "NotoSans-Bold.ttf": LETTERS,
    "NotoSerif-Regular.ttf": LETTERS,
    "NotoSerif-Bold.ttf": LETTERS,
    "NotoSansMath-Regular.ttf": SIGNS,
}


def make(name: str, ranges: list[tuple[int, int]], source: Path) -> int:
    """Write the subset of one font and give its size in bytes."""
    options = subset.Options()
    options.hinting = False  # print needs none, and it is half the size
    options.name_IDs = ["*"]
    options.name_legacy = True
    options.notdef_outline = True
    options.layout_features = ["ccmp", "kern", "liga", "locl", "lnum", "mark", "mkmk", "tnum"]
    font = subset.load_font(str(source / name), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[u for first, last in ranges for u in range(first, last + 1)])
    subsetter.subset(font)
    target = TARGET / name
    subset.save_font(font, str(target), options)
    return target.stat().st_size


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--source", type=Path, default=SOURCE)
    source = parser.parse_args().source
    for name, ranges in FONTS.items():
        print(f"{name}: {make(name, ranges, source):,} bytes")


if __name__ == "__main__":
    main()
