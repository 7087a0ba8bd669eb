"""Take the pictures of the README from a demo of its own, into docs/screenshots/ (needs Debian's chromium).

`python scripts/screenshots.py` starts the demo without bar and bots in a folder that is thrown away, stages something on every
page, and takes class, console, edition, report and certificate, in English.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import BrowserContext, Page, sync_playwright  # noqa: E402
from tests.chromium import CHROMIUM, CHROMIUM_ARGUMENTS  # noqa: E402
from tests.demo import set_stage  # noqa: E402
from tests.servers import environment, running  # noqa: E402

FOLDER = ROOT / "docs" / "screenshots"
# As certificates name it; the demo answers on the loopback.
ADDRESS = "https://course.example"
LAST_YEAR = "regional-2026"
PHONE, DESK = {"width": 390, "height": 760}, {"width": 1280, "height": 860}


def main() -> int:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        env = environment(Path(folder) / "data", SABAQ_RATE_LIMIT_FACTOR="1000", SABAQ_URL=ADDRESS)
        log = Path(folder) / "log"
        with running("demo", "--bare", "--port", "0", env=env, log=log) as server:
            stage = set_stage(env)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS
                )
                phone = browser.new_context(viewport=PHONE, locale="en")
                desk = browser.new_context(viewport=DESK, locale="en")
                as_participant(phone, server.url, stage)
                as_staff(desk, server.url, stage)
                browser.close()
    return 0


def as_participant(context: BrowserContext, url: str, stage: dict[str, Any]) -> None:
    page = context.new_page()
    page.goto(f"{url}{stage['links']['done']}")
    page.locator("button[value=me]").click()
    in_english(page)
    page.goto(f"{url}/class/{stage['session']}/")
    page.wait_for_timeout(1500)
    take(page, "class")
    page.goto(f"{url}/certificate/")
    link = page.locator("a[href$='.pdf']").first.get_attribute("href")
    answer = context.request.get(f"{url}{link}")
    picture(answer.body(), "certificate")


def as_staff(context: BrowserContext, url: str, stage: dict[str, Any]) -> None:
    page = context.new_page()
    edition = f"{url}/office/{stage['edition']}"
    sign_in(page, url, stage["staff"]["organiser"], stage["password"])
    page.goto(f"{edition}/")
    take(page, "edition")
    page.goto(f"{url}/office/{LAST_YEAR}/report/")
    take(page, "report")
    context.clear_cookies(name="sabaq_s")
    sign_in(page, url, stage["staff"]["trainer"], stage["password"])
    page.goto(f"{url}/teach/{stage['session']}/")
    page.wait_for_timeout(1500)
    take(page, "console")


def sign_in(page: Page, url: str, email: str, password: str) -> None:
    page.goto(f"{url}/staff/sign-in/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.locator("main form button").first.click()
    page.wait_for_load_state("load")
    in_english(page)


def in_english(page: Page) -> None:
    """Press *English* where the page offers it."""
    english = page.get_by_role("button", name=re.compile("^English$"))
    if english.count():
        english.first.click()
        page.wait_for_load_state("load")


def take(page: Page, name: str) -> None:
    target = FOLDER / f"{name}.png"
    page.screenshot(path=target)
    print(f"{target.relative_to(ROOT)}: {target.stat().st_size / 1000:.0f} KB")


def picture(pdf: bytes, name: str) -> None:
    """Draw the first page of a PDF (needs poppler-utils)."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "paper.pdf"
        source.write_bytes(pdf)
        command = ["pdftoppm", "-png", "-singlefile", "-r", "70", source, FOLDER / name]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    sys.exit(main())
