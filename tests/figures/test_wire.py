"""What a participant's pages weigh on the wire, headers, styles and scripts included, TLS excluded."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from sabaq.enrolment.rules import Step
from tests.demo import Demo
from tests.doors.table import PARTICIPANTS, TABLE
from tests.figures.limits import FIRST_VISIT, FURTHER_PAGE, SCRIPT, SCRIPT_OF_THE_CLASS
from tests.figures.wire import CountingBrowser

pytestmark = pytest.mark.e2e


@pytest.fixture
def browser(demo: Demo) -> Iterator[CountingBrowser]:
    browser = CountingBrowser(demo.url)
    yield browser
    browser.close()


# What a participant gets that is no page: pieces of one, files, addresses that lead on, machines' answers.
NO_PAGES = {
    "public:home": "leads whoever is signed in to her own pages",
    "public:still_here": "an empty answer",
    "public:picture": "a picture, which says what it weighs beside it: tests/courses/packs",
    "public:news_home": "leads to the reader's language",
    "public:news_anywhere": "leads to the reader's language",
    "public:news_feed": "a feed for machines",
    "public:news_photo": "a photograph",
    "learner:calendar": "a file for a calendar",
    "learner:certificate_pdf": "a file, which says what it weighs",
    "classroom:now": "parts of the class page: test_class_wire.py",
    "classroom:ticket": "an answer to a script: test_class_wire.py",
    "classroom:captions": "lines fetched by a script: test_class_wire.py",
    "classroom:deck": "the slides, fetched once by a script: test_class_wire.py",
    "api:health": "for machines",
    "api:metrics": "for machines",
    "account_login": "for staff",
    "account_request_login_code": "for staff",
    "account_confirm_login_code": "for staff",
    "account_inactive": "for staff",
    "public:style": "for whoever builds pages; in demo mode only",
}
# Asked for on purpose, its size standing beside its link: docs/benchmarks.md, "What misses its reach".
ASKED_FOR_ON_PURPOSE = {"learner:lesson_whole", "learner:glossary_whole"}


def addresses(demo: Demo) -> dict[str, list[str]]:
    """Give every address of a participant's pages, by the name of its row in the doors table."""
    return {
        **of_everybody(demo.stage),
        **of_the_course(demo.stage["reading"]),
        **of_the_class(demo.stage),
    }


def of_everybody(stage: dict[str, Any]) -> dict[str, list[str]]:
    news = f"/news/ru/{stage['published']}/"
    return {
        "public:code": ["/code/"],
        "public:link": [stage["links"]["not come in"]],
        "public:privacy": ["/privacy/"],
        "public:check": ["/check/"],
        "public:check_number": [f"/check/{stage['number']}/"],
        "public:news": ["/news/ru/", "/news/en/"],
        "public:news_item": [news, news.replace("/ru/", "/en/")],
    }


def of_the_course(reading: dict[str, Any]) -> dict[str, list[str]]:
    return {
        "learner:today": ["/today/"],
        "learner:welcome": [f"/welcome/?step={step}" for step in Step],
        "learner:me": ["/me/"],
        "learner:lesson": [f"/lesson/{topic}/" for topic in reading["pages"]],
        "learner:lesson_page": [
            f"/lesson/{topic}/{page}/"
            for topic, count in reading["pages"].items()
            for page in range(2, count + 1)
        ],
        "learner:lesson_whole": [f"/lesson/{topic}/whole/" for topic in reading["pages"]],
        "learner:exercise": [f"/exercise/{topic}/" for topic in reading["exercises"]],
        "learner:aids": ["/aids/"],
        "learner:aid": [f"/aids/{key}/" for key in reading["aids"]],
        # Letters that many words have give as many answers as one page holds.
        "learner:glossary": [
            "/glossary/",
            *(f"/glossary/?q={quote(word)}" for word in ("а", "о", *reading["words"])),
        ],
        "learner:glossary_whole": ["/glossary/whole/"],
        "learner:slides": [f"/slides/{topic}/" for topic in reading["slides"]],
        "learner:test": [
            f"/test/{key}/{phase}" for key in reading["tests"] for phase in ("", "after/")
        ],
        "learner:survey": [f"/survey/{key}/" for key in reading["surveys"]],
        "learner:commitment": ["/commitment/"],
        "learner:certificate": ["/certificate/"],
    }


def of_the_class(stage: dict[str, Any]) -> dict[str, list[str]]:
    room = f"/class/{stage['session']}/"
    return {
        "classroom:room": [room],
        "classroom:help": [f"{room}help/"],
        "classroom:step_out": [f"{room}step-out/"],
        "classroom:ask": [f"{room}questions/"],
        "classroom:vote": [f"{room}polls/{stage['run']}/vote/"],
    }


def pages(demo: Demo, who: str) -> Iterator[tuple[str, str]]:
    """Give name and address of each page that `who` opens: all of them, or what changes with her state."""
    changing = ("learner:test", "learner:survey", "learner:commitment", "learner:certificate")
    for name, paths in addresses(demo).items():
        opens = {
            "sitting": name != "learner:welcome",
            "done": name in {"learner:today", "learner:me", "learner:aids", *changing},
            "fresh": name == "learner:welcome",
        }
        if opens[who] and name not in ASKED_FOR_ON_PURPOSE:
            yield from ((name, path) for path in paths)


def test_every_page_of_a_participant_is_weighed(demo: Demo) -> None:
    hers = {row.name for row in TABLE if "GET" in row.methods and row.insiders & PARTICIPANTS}
    paths = addresses(demo)

    assert hers - NO_PAGES.keys() == paths.keys()
    assert [name for name, listed in paths.items() if not listed] == []


def test_the_first_visit_fits_one_tcp_window(demo: Demo, browser: CountingBrowser) -> None:
    link = demo.stage["links"]["sitting"]

    asked = browser.open(link)
    today = browser.send(link, answer="me")

    assert today.path == "/today/"
    assert 'lang="ru"' in today.page.text
    assert asked.wire_bytes + today.wire_bytes <= FIRST_VISIT


@pytest.mark.parametrize("who", ["sitting", "done", "fresh"])
def test_a_further_page_is_light(demo: Demo, browser: CountingBrowser, who: str) -> None:
    come_in(demo, browser, who)
    heavy = {}

    for _, path in pages(demo, who):
        browser.open(path)  # its scripts are there from now on
        visit = browser.open(path)
        assert (visit.path, visit.page.status) == (path, 200)
        if visit.wire_bytes > FURTHER_PAGE:
            heavy[path] = visit.wire_bytes

    assert heavy == {}


@pytest.mark.parametrize("who", ["sitting", "fresh"])
def test_scripts_are_few(demo: Demo, browser: CountingBrowser, who: str) -> None:
    come_in(demo, browser, who)

    scripts = {
        path: sum(browser.open(path).scripts.values())
        for name, path in pages(demo, who)
        if name != "classroom:room"
    }

    assert {path: size for path, size in scripts.items() if size > SCRIPT} == {}
    if who == "sitting":
        assert scripts["/test/knowledge/"] > 0
        in_class = browser.open(f"/class/{demo.stage['session']}/").scripts
        assert 0 < sum(in_class.values()) <= SCRIPT_OF_THE_CLASS


def test_what_is_asked_for_whole_says_beforehand_what_it_weighs(
    demo: Demo, browser: CountingBrowser
) -> None:
    come_in(demo, browser, "sitting")

    lessons = [f"/lesson/{topic}/" for topic in demo.stage["reading"]["pages"]]
    for where in (*lessons, "/glossary/"):
        link = f'href="{where}whole/"'
        line = browser.open(where).page.text.partition(link)[2].partition("</a>")[0]
        said = re.search(r"\((\d+)\s(?:КБ|KB)\)", line)
        browser.open(f"{where}whole/")
        visit = browser.open(f"{where}whole/")
        assert visit.page.status == 200
        assert said is not None, (where, line)
        assert visit.wire_bytes <= int(said[1]) * 1000, where


def come_in(demo: Demo, browser: CountingBrowser, who: str) -> None:
    link = demo.stage["links"][who]
    browser.open(link)
    browser.send(link, answer="me")
