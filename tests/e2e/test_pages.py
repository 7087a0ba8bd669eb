"""What is asked of every page finds what it is asked for."""

from typing import TYPE_CHECKING

import pytest

from tests.pages import found_by_axe

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.e2e
PALE = "color: #bbb; background: #fff"


def test_a_pale_row_among_rows_like_one_another_is_found(page: "Page") -> None:
    rows = ["<tr><td>Seen</td></tr>"] * 3 + [f'<tr><td style="{PALE}">Missed</td></tr>']
    page.set_content(one_page(rows))

    assert found_by_axe(page) == [f'color-contrast: <td style="{PALE}">Missed</td>']
    assert found_by_axe(page, colours=False) == []


def test_of_rows_pale_alike_one_is_named_by_night_too(page: "Page") -> None:
    night = "<style>@media (prefers-color-scheme: dark) { td { color: #bbb } }</style>"
    page.set_content(one_page(["<tr><td>First</td></tr>", "<tr><td>Second</td></tr>"], night))
    by_day = found_by_axe(page)
    page.emulate_media(color_scheme="dark")

    assert (by_day, found_by_axe(page)) == ([], ["color-contrast: <td>First</td>"])


def one_page(rows: list[str], style: str = "") -> str:
    head = f"<title>Rows</title>{style}"
    table = f"<table><tr><th>Seen by</th></tr>{''.join(rows)}</table>"
    return f'<!doctype html><html lang="en"><head>{head}</head><body><main><h1>Rows</h1>{table}</main></body></html>'
