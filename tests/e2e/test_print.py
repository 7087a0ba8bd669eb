"""What is printed to be kept at work comes out of the printer as it is meant to."""

import unicodedata
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from pypdf import PdfReader

from sabaq.courses.packs import read_pack
from sabaq.courses.packs.paths import read_folder
from sabaq.courses.packs.progress import words_of
from tests.demo import Demo

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

PACK = read_pack(read_folder(settings.PACKS_DIR / "gender-human-rights"))
# What a page shows only on a screen.
ON_SCREEN_ONLY = {"en": "Sign out", "ru": "Выйти"}


@pytest.mark.parametrize("language", ["en", "ru"])
def test_each_job_aid_is_one_sheet_of_a4_with_all_its_steps(
    demo: Demo, chromium: "Browser", language: str
) -> None:
    page = participant(demo, chromium, language)
    page.emulate_media(media="print")

    for aid in PACK.aids.values():
        page.goto(f"{demo.url}/aids/{aid.key}/")
        sheets = printed(page)

        assert (aid.key, len(sheets)) == (aid.key, 1)
        assert ON_SCREEN_ONLY[language] not in sheets[0]
        last = page.locator("main li:visible, main p:visible, main td:visible").last.inner_text()
        assert run_together(last)[:20] in run_together(sheets[0])
    page.context.close()


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_whole_lesson_and_an_exercise_print_all_their_text(
    demo: Demo, chromium: "Browser", language: str
) -> None:
    page = participant(demo, chromium, language)
    topic = PACK.topics[4]
    assert topic.lesson
    assert topic.exercise

    for path, sheet in (("lesson/{}/whole", topic.lesson), ("exercise/{}", topic.exercise)):
        page.goto(f"{demo.url}/{path.format(topic.key)}/")
        text = "".join(printed(page))
        assert ON_SCREEN_ONLY[language] not in text
        words = set(words_of(" ".join(block.text.get(language, "") for block in sheet.blocks)))
        missing = {word for word in words if word not in run_together(text)}
        assert missing & set(words_of(page.locator("main").inner_text())) == set()
    page.context.close()


@pytest.mark.parametrize(("page_of", "what"), [("", "term"), ("whole/", "definition")])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_glossary_prints_every_term_and_on_its_whole_page_every_meaning(
    demo: Demo, chromium: "Browser", language: str, page_of: str, what: str
) -> None:
    page = participant(demo, chromium, language)
    page.goto(f"{demo.url}/glossary/{page_of}")

    text = run_together("".join(printed(page)))

    terms = PACK.glossary.values()
    assert [t.key for t in terms if run_together(getattr(t, what)[language]) not in text] == []
    page.context.close()


def run_together(text: str) -> str:
    """Give a text without blanks, soft hyphens and joined letters: a printer sets lines as it likes."""
    return "".join(unicodedata.normalize("NFKC", text).replace("\xad", "").split())


def participant(demo: Demo, chromium: "Browser", language: str) -> "Page":
    """Give the page of somebody in the course who reads `language`."""
    page = chromium.new_context(base_url=demo.url).new_page()
    page.goto(demo.stage["links"]["sitting"])
    page.locator("main form button.btn").first.click()
    if page.locator("html").get_attribute("lang") != language:
        page.locator(f"form.lang button[value={language}]").click()
    assert page.locator("html").get_attribute("lang") == language
    return page


def printed(page: "Page") -> list[str]:
    """Give the text of each sheet of paper that the page prints to, with the margins it asks for."""
    pdf = page.pdf(prefer_css_page_size=True)
    return [sheet.extract_text() for sheet in PdfReader(BytesIO(pdf)).pages]
