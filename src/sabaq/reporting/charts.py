"""Draws a chart as SVG: bars under their labels, narrow enough for a phone, by attributes alone.

Classes let the page's own style recolour it; the attributes are what paper shows. See ADR 10.
"""

from collections.abc import Iterator, Sequence
from html import escape
from textwrap import wrap

from sabaq.reporting.ports import Bar, Chart

WIDTH = 360
_LINE, _BAR, _GAP, _TEXT = 21, 15, 13, 16
# Letters of 16 units in a line 360 wide, by the widest of our alphabets.
_LETTERS = 38
_VALUE_LETTERS = 12
# From strong to pale: neighbours differ in lightness, so that they part in black and white too.
COLOURS = ("#0a5c56", "#d98a2b", "#8fb8b2", "#6b4a86", "#c9ccc6", "#36506b", "#e3c9a8")


def svg_of(chart: Chart) -> str:
    """Give the chart as an SVG document whose title is its alternative text."""
    pieces = list(_legend(chart.legend))
    top = _LINE * len(_legend_lines(chart.legend)) + (_GAP if chart.legend else 0)
    for bar in chart.bars:
        lines = _label_lines(bar)
        pieces += _words(lines, bar.said, top)
        top += _LINE * len(lines) + 2
        pieces += _bar(bar, chart, top)
        top += _BAR + _GAP
    height = max(top - _GAP + 4, 1)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {WIDTH} {height}"'
        f' role="img" aria-label="{escape(chart.alternative)}" font-family="Noto Sans"'
        f' font-size="{_TEXT}">{"".join(pieces)}</svg>'
    )


def _words(lines: Sequence[str], said: str, top: float) -> Iterator[str]:
    for number, line in enumerate(lines):
        yield _text(0, top + _LINE * number + _TEXT, line)
    yield (
        f'<text class="ink n" x="{WIDTH}" y="{top + _LINE * (len(lines) - 1) + _TEXT}"'
        f' text-anchor="end" font-weight="bold" fill="#15201e">{escape(said)}</text>'
    )


def _bar(bar: Bar, chart: Chart, y: float) -> Iterator[str]:
    yield f'<rect class="rest" x="0" y="{y}" width="{WIDTH}" height="{_BAR}" fill="#e6e9e3"/>'
    left = 0.0
    for number, part in enumerate(bar.parts):
        width = WIDTH * part / chart.scale if chart.scale else 0
        if width:
            yield (
                f'<rect class="p{number}" x="{left:g}" y="{y}" width="{width:.6g}" height="{_BAR}"'
                f' fill="{COLOURS[number % len(COLOURS)]}" stroke="#ffffff" stroke-width="1"/>'
            )
        left = round(left + width, 3)
    if chart.aim is not None and chart.scale:
        x = min(max(WIDTH * chart.aim / chart.scale - 1.5, 0), WIDTH - 3)
        yield (
            f'<rect class="aim" x="{x:g}" y="{y - 3}" width="3" height="{_BAR + 6}" fill="#9a5200"'
            ' stroke="#ffffff" stroke-width="1"/>'
        )


def _label_lines(bar: Bar) -> list[str]:
    """Break the label; its last line leaves room for the value."""
    lines = wrap(bar.label, _LETTERS) or [""]
    room = _LETTERS - max(len(bar.said) + 2, _VALUE_LETTERS // 2)
    if len(lines[-1]) > room:
        lines = [*lines[:-1], *wrap(lines[-1], room)]
    return lines


def _legend_lines(names: Sequence[str]) -> list[list[tuple[int, str]]]:
    """Set the names in lines, each with its number; a mark takes about four letters."""
    lines: list[list[tuple[int, str]]] = []
    used = _LETTERS + 1
    for number, name in enumerate(names):
        if used + len(name) + 4 > _LETTERS:
            lines.append([])
            used = 0
        lines[-1].append((number, name))
        used += len(name) + 4
    return lines


def _legend(names: Sequence[str]) -> Iterator[str]:
    for row, line in enumerate(_legend_lines(names)):
        x, y = 0.0, row * _LINE
        for number, name in line:
            yield (
                f'<rect class="p{number}" x="{x:g}" y="{y + 3}" width="12" height="12"'
                f' fill="{COLOURS[number % len(COLOURS)]}"/>'
            )
            yield _text(x + 17, y + _TEXT, name)
            x += 17 + (len(name) + 1.6) * 11


def _text(x: float, y: float, words: str) -> str:
    return f'<text class="ink" x="{x:g}" y="{y:g}" fill="#15201e">{escape(words)}</text>'
