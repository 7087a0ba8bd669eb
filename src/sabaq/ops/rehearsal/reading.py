"""Reads what the server reports: the cells of the report page by their data attributes, the workbook by its labels."""

import io
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

from python_calamine import CalamineWorkbook

from sabaq.ops.rehearsal.following import COUNTS as COUNTS
from sabaq.ops.rehearsal.ledger import Figures
from sabaq.ops.rehearsal.pages import Node

# What the English labels of the workbook mean. Written down here anew, not imported: a wrong label is a fault.
DIMENSIONS = {
    "By sex": "sex",
    "By country": "country",
    "By kind of agency": "agency-kind",
    "By rank": "rank-band",
}
VALUES = {
    "Female": "female",
    "Male": "male",
    "Prefer not to say": "undisclosed",
    "Kazakhstan": "KZ",
    "Kyrgyzstan": "KG",
    "Tajikistan": "TJ",
    "Turkmenistan": "TM",
    "Uzbekistan": "UZ",
    "Police": "police",
    "Border service": "border",
    "Customs": "customs",
    "Drug control": "drug-control",
    "Prosecution": "prosecution",
    "Training institution": "training",
    "Other agency": "other",
    "Junior": "junior",
    "Middle": "middle",
    "Senior": "senior",
    "Command": "command",
    "Not stated": "not-stated",
}

# Sheets of the workbook that count no heads.
OF_TESTS_AND_SURVEYS = {"gain", "items", "survey"}


def figures_on_page(page: Node) -> Figures:
    """Give the cells of the report page, without those of nobody."""
    figures: Figures = {}
    for row in page.all("tr"):
        if row.get("data-indicator"):
            _sexes(figures, row)
    for table in page.all("table"):
        by = table.get("data-by")
        for cell in table.having("data-indicator", "data-key") if by else []:
            name = f"{cell.get('data-indicator')}.{by}.{cell.get('data-key')}"
            _put(figures, name, cell.get("data-value"))
            _put(figures, f"{name}.women", cell.get("data-women"))
    return figures


def _sexes(figures: Figures, row: Node) -> None:
    indicator = row.get("data-indicator")
    for cell in row.having("data-key"):
        key = cell.get("data-key")
        if key in {"total", "women"}:
            figures[f"{indicator}.{key}"] = int(cell.get("data-value"))
        else:
            _put(figures, f"{indicator}.sex.{key}", cell.get("data-value"))


def _put(figures: Figures, name: str, value: str) -> None:
    if value and int(value):
        figures[name] = int(value)


def figures_in_workbook(data: bytes) -> Figures:
    """Give the cells of the workbook, a sheet an indicator, without those of nobody and of single projects."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    figures: Figures = {}
    # The first sheet is the summary and the last holds the definitions.
    for name in book.sheet_names[1:-1]:
        if name in OF_TESTS_AND_SURVEYS:
            continue
        lines = book.get_sheet_by_name(name).to_python(skip_empty_area=False)[3:]
        for *line, project in (cells[:6] for cells in lines):
            if not project:
                _line(figures, name, line)
    return figures


def _line(figures: Figures, indicator: str, line: list[Any]) -> None:
    dimension, label, total, women = line[:4]
    if dimension in DIMENSIONS:
        name = f"{indicator}.{DIMENSIONS[dimension]}.{VALUES[label]}"
        _put(figures, name, _whole(total))
        _put(figures, f"{name}.women", _whole(women))
    elif dimension:
        figures[f"{indicator}.total"] = int(total or 0)
        figures[f"{indicator}.women"] = int(women or 0)


def _whole(cell: Any) -> str:
    return str(int(cell)) if cell not in {"", None} else ""


def minutes_on_page(page: Node) -> dict[str, float]:
    """Give everybody's minutes of the day, by native name, from the last column of numbers."""
    (table,) = page.all("table", id="people")
    return {row.names()[0]: float(_numbers(row)[-1]) for row in table.all("tr") if row.names()}


def minutes_in_register(data: bytes) -> dict[str, float]:
    """Give everybody's minutes of the day from the register's workbook."""
    lines = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    head = next(number for number, line in enumerate(lines) if line[0] == "No.")
    name, minutes = lines[head].index("Name"), lines[head].index("Minutes")
    numbered = (line for line in lines[head + 1 :] if isinstance(line[0], float) and line[0])
    return {str(line[name]): float(str(line[minutes])) for line in numbered}


def certificates_on_page(page: Node) -> dict[str, str]:
    """Give the number of each participant's certificate, empty where she holds none."""
    found = {}
    for table in page.all("table", **{"class": "stack"}):
        for row in table.all("tr"):
            if row.names():
                own = [link for link in row.all("a") if link.get("href").endswith(".pdf")]
                found[row.names()[0]] = own[0].text if own else ""
    return found


def _numbers(row: Node) -> list[str]:
    return [cell.text for cell in row.all("td") if "n" in cell.get("class").split()]


def different_logs(where: str, expected: Sequence[str], reported: Sequence[str]) -> list[str]:
    """Name each event that is there and should not be, and each that should and is not, by its place."""
    found = []
    matcher = SequenceMatcher(None, expected, reported, autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        if what != "equal":
            found += [f"{where}: {kind} (act {n}) is missing" for n, kind in enumerate(expected[a:b], a + 1)]  # fmt: skip
            found += [f"{where}: {kind} (line {n}) should not be there" for n, kind in enumerate(reported[c:d], c + 1)]  # fmt: skip
    return found
