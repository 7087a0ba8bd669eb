"""Reads what the server reports: the cells of the report page by their data attributes, the workbook by its labels."""

import io
from typing import Any

from python_calamine import CalamineWorkbook

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

# A sheet of the workbook that counts no heads.
TESTS_AND_SURVEYS = "Tests and surveys"


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
    """Give the cells of the workbook, a sheet an indicator, without those of nobody."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    figures: Figures = {}
    # The first sheet is the summary and the last holds the definitions.
    for name in book.sheet_names[1:-1]:
        if name == TESTS_AND_SURVEYS:
            continue
        for line in book.get_sheet_by_name(name).to_python(skip_empty_area=False)[3:]:
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
