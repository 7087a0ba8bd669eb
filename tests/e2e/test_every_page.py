"""Every page of everybody, as a phone and a desktop show it, in English and in Russian.

Asked of each: axe and the HTML checker find nothing, by night too, it is not wider than its screen, enlarged
neither, a thumb hits its controls, it asks no other host, its console stays silent (a breach of the content security policy would
speak there), and it says the language it is in. A page that is not reached here is missing from `PAGES`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from sabaq.ops.demo.courses import OPEN_FOR_NOMINATION
from tests.demo import Demo
from tests.doors.table import TABLE
from tests.e2e.looking import Looker

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

EDITION_OF_STAFF = {"office:editions": "/office/", "office:edition": "/office/{edition}/"}
# Who -> name of the page -> its address. Names are those of the doors table.
PAGES: dict[str, dict[str, str]] = {
    "nobody": {
        "public:home": "/",
        "public:code": "/code/",
        "public:link": "{not come in}",
        "public:privacy": "/privacy/",
        "public:check": "/check/",
        "public:check_number": "/check/{number}/",
        "public:check_number, error 404": "/check/2027-XXXX-XXXX/",
        "public:news": "/news/{language}/",
        "public:news_item": "/news/{language}/{published}/",
        "public:news_item, last year": "/news/{language}/{last_year}/",
        "public:style": "/style/",
        "account_login": "/staff/sign-in/",
        "account_request_login_code": "/staff/code/",
        "account_inactive": "/staff/closed/",
        "error 404": "/no-such-page/",
        "error, a link that is not ours": "/i/nonsense/",
    },
    "sitting": {
        "learner:today": "/today/",
        "learner:me": "/me/",
        "learner:lesson": "/lesson/{topic}/",
        "learner:lesson_page": "/lesson/{topic}/2/",
        "learner:lesson_whole": "/lesson/{topic}/whole/",
        "learner:slides": "/slides/{topic}/",
        "learner:exercise": "/exercise/{topic}/",
        "learner:aids": "/aids/",
        "learner:aid": "/aids/search-ladder/",
        "learner:aid, with contacts": "/aids/safe-referral/",
        "learner:glossary": "/glossary/",
        "learner:glossary_whole": "/glossary/whole/",
        "learner:glossary, asked": "/glossary/?q=consent",
        "learner:test": "/test/knowledge/",
        "learner:survey": "/survey/opening/",
        "learner:survey, not open yet": "/survey/closing/",
        "learner:commitment, not open yet": "/commitment/",
        "learner:certificate": "/certificate/",
        "classroom:room": "/class/{session}/",
        "classroom:help": "/class/{session}/help/",
        "classroom:step_out": "/class/{session}/step-out/",
        "classroom:ask": "/class/{session}/questions/",
        "classroom:vote": "/class/{session}/polls/{run}/vote/",
        "public:privacy": "/privacy/",
    },
    "done": {
        "learner:today": "/today/",
        "learner:me": "/me/",
        "learner:test, handed in": "/test/knowledge/",
        "learner:survey, answered": "/survey/closing/",
        "learner:commitment": "/commitment/",
        "learner:certificate": "/certificate/",
    },
    "organiser": {
        **EDITION_OF_STAFF,
        "office:programmes": "/office/programmes/",
        "office:packs": "/office/packs/",
        "office:reports": "/office/reports/",
        "office:pack": "{pack}",
        "office:pack_items": "{pack}items/{topic}/",
        "office:nominations": "/office/{edition}/nominations/",
        "office:nomination": "/office/{edition}/nominations/{nomination}/",
        "office:nominate": "/office/{edition}/nominate/",
        "office:nominate_file": "/office/{edition}/nominate/file/",
        "office:participants": "/office/{edition}/participants/",
        "office:attendance": "/office/{edition}/attendance/",
        "office:attendance_of": "/office/{edition}/attendance/{enrolment}/",
        "office:latecomers": "/office/{edition}/latecomers/",
        "office:latecomer": "/office/{edition}/latecomers/{admitted}/",
        "office:guests": "/office/{edition}/guests/",
        "office:guest": "/office/{edition}/guests/{guest_link}/",
        "office:session_move": "/office/{edition}/sessions/{coming}/move/",
        "office:session_move, live": "/office/{edition}/sessions/{session}/move/",
        "office:rooms": "/office/{edition}/rooms/",
        "office:room_marks": "/office/{edition}/marks/{session}/",
        "office:classes": "/office/{edition}/minutes/",
        "office:minutes": "/office/{edition}/minutes/{session}/",
        "office:outbox": "/office/{edition}/outbox/",
        "office:trail": "/office/{edition}/trail/",
        "office:survey": "/office/{edition}/survey/",
        "office:tests": "/office/{edition}/tests/",
        "office:commitments": "/office/{edition}/commitments/",
        "office:report": "/office/{edition}/report/",
        "office:figures_publish": "/office/{edition}/report/publish/",
        "office:certificates": "/office/{edition}/certificates/",
        "office:certificate_design": "/office/{edition}/certificates/design/",
        "office:certificate_wording": "/office/{edition}/certificates/design/in/kk/",
        "office:certificate_reissue": "/office/{edition}/certificates/{number}/again/",
        "office:article": "/office/{edition}/article/en/",
        "office:article, in Russian": "/office/{edition}/article/ru/",
        "office:article, published": "/office/{published}/article/en/",
        "office:article_edit": "/office/{edition}/article/en/edit/",
        "office:article_donor": "/office/{edition}/article/donor/",
        "office:article_photo": "/office/{edition}/article/photo/",
        "office:quote_add": "/office/{edition}/article/quotes/add/",
        "office:quote": "/office/{edition}/article/quotes/{quote}/",
        "account_change_password": "/staff/password/",
        "account_logout": "/staff/sign-out/",
        "account_reauthenticate": "/staff/again/",
        "error 404": "/office/no-such-edition/",
        "office:edition, last year": "/office/{last_year}/",
        "office:nominations, last year": "/office/{last_year}/nominations/",
        "office:participants, last year": "/office/{last_year}/participants/",
        "office:attendance, last year": "/office/{last_year}/attendance/",
        "office:outbox, last year": "/office/{last_year}/outbox/",
        "office:trail, last year": "/office/{last_year}/trail/",
        "office:survey, last year": "/office/{last_year}/survey/",
        "office:tests, last year": "/office/{last_year}/tests/",
        "office:results, last year": "/office/{last_year}/results/",
        "office:commitments, last year": "/office/{last_year}/commitments/",
        "office:report, last year": "/office/{last_year}/report/",
        "office:figures_publish, last year": "/office/{last_year}/report/publish/",
        "office:certificates, last year": "/office/{last_year}/certificates/",
        "office:article, last year": "/office/{last_year}/article/en/",
        "office:article, last year, in Russian": "/office/{last_year}/article/ru/",
    },
    "latecomer": {"learner:today, moved": "/today/", "classroom:room, waiting": "/class/{coming}/"},
    "guest": {"classroom:room": "/class/{session}/"},
    "room": {"classroom:hall": "/class/hall/"},
    "focal point": {
        **EDITION_OF_STAFF,
        "office:nominations": "/office/{edition}/nominations/",
        "office:nominate": "/office/{edition}/nominate/",
        "office:nominate_file": "/office/{edition}/nominate/file/",
        "office:outbox": "/office/{edition}/outbox/",
    },
    "trainer": {
        **EDITION_OF_STAFF,
        "trainer:sessions": "/teach/",
        "trainer:tests": "/teach/tests/{edition}/",
        "trainer:console": "/teach/{session}/",
        "trainer:screen": "/teach/{session}/screen/",
        "classroom:translate_question": "/class/{session}/questions/{question}/translate/",
        "trainer:caption": "/teach/{session}/captions/{caption}/",
        "classroom:room, with captions": "/class/{session}/?captions=en",
        "classroom:room": "/class/{session}/",
    },
    "interpreter": {
        "office:pack": "{pack}",
        "office:pack_lesson": "{pack}lesson/{topic}/",
        "office:pack_lesson, in the other language": "{pack}lesson/{topic}/?in=ru",
        "office:pack_slides": "{pack}slides/{topic}/",
        "office:pack_exercise": "{pack}exercise/{topic}/",
        "office:pack_aid": "{pack}aids/search-ladder/",
        "office:pack_surveys": "{pack}surveys/",
        "office:pack_cards": "{pack}cards/",
        "office:pack_glossary": "{pack}glossary/",
    },
    "evaluator": {
        **EDITION_OF_STAFF,
        "office:survey": "/office/{edition}/survey/",
        "office:comments": "/office/{edition}/survey/comments/",
        "office:results": "/office/{edition}/results/",
        "office:report": "/office/{edition}/report/",
        "office:attendance": "/office/{edition}/attendance/",
        "office:survey, last year": "/office/{last_year}/survey/",
        "office:comments, last year": "/office/{last_year}/survey/comments/",
    },
    "observer": {
        **EDITION_OF_STAFF,
        "office:report": "/office/{edition}/report/",
        "office:report, last year": "/office/{last_year}/report/",
    },
    "host": {
        **EDITION_OF_STAFF,
        "office:attendance": "/office/{edition}/attendance/",
        "office:latecomers": "/office/{edition}/latecomers/",
        "trainer:console": "/teach/{session}/",
    },
    "communication officer": {
        **EDITION_OF_STAFF,
        "office:article": "/office/{edition}/article/en/",
        "office:article, last year": "/office/{last_year}/article/ru/",
    },
    "UN representative": {
        **EDITION_OF_STAFF,
        "office:article": "/office/{edition}/article/en/",
        "office:article, last year": "/office/{last_year}/article/en/",
    },
    # The focal point above answers for a country.
    "focal point of an agency": {
        "office:edition": "/office/{edition}/",
        "office:nominations": "/office/{edition}/nominations/",
        "office:attendance": "/office/{edition}/attendance/",
    },
    "administrator": {
        **EDITION_OF_STAFF,
        "office:programmes": "/office/programmes/",
        "office:nominations": "/office/{edition}/nominations/",
    },
}
# Reached on another way, or no page that is shown: files, fragments, answers to machines.
ELSEWHERE = {
    "learner:welcome",  # below: its steps follow one another
    "account_confirm_login_code",  # after asking for a code: test_errors_and_forms.py
    "account_set_password",  # leads on whoever has a password: test_errors_and_forms.py
    "learner:calendar",
    "learner:certificate_pdf",
    "classroom:now",
    "classroom:ticket",
    "classroom:hall_now",
    "classroom:captions",
    "classroom:hall_captions",
    "office:class_captions",
    "classroom:hall_ticket",
    "public:still_here",
    "trainer:desk",
    "trainer:screen_now",
    "trainer:screen_ticket",
    "classroom:deck",
    "public:picture",
    "office:class_log",
    "office:certificate_pdf",
    "office:certificate_sample",
    "office:certificate_logo_picture",
    "office:certificates_of_agency",
    "office:certificates_preview",
    "office:certificates_zip",
    "office:nominate_template",
    "office:access_sheet",
    "office:access_sheets",
    "office:register_pdf",
    "office:register_xlsx",
    "office:room_sheet",
    "office:latecomer_slip",
    "office:results_xlsx",
    "office:report_xlsx",
    "office:report_pdf",
    "office:report_docx",
    "office:annex_pdf",
    "office:reports_xlsx",
    "office:reports_pdf",
    "office:reports_docx",
    "office:article_markdown",
    "office:article_docx",
    "office:article_photo_file",
    "public:news_home",  # these two lead to the reader's language
    "public:news_anywhere",
    "public:news_feed",
    "public:news_photo",
    "api:health",
    "api:metrics",
}


class Walk(Looker):
    """One reader's way over the pages of the demo."""

    def __init__(self, chromium: "Browser", demo: Demo, language: str, folder: Path) -> None:
        super().__init__(chromium, demo.url, language, folder)
        self.demo = demo

    @contextmanager
    def as_(self, who: str) -> "Iterator[Page]":
        """Give a page in a browser of its own in which `who` is signed in."""
        stage = self.demo.stage
        with self.browser() as page:
            if who in stage["links"]:
                page.goto(stage["links"][who])
                page.locator("main form button.btn").first.click()
            elif who != "nobody":
                page.goto("/staff/sign-in/")
                address = stage["staff"].get(who, stage["administrator"])
                page.locator("input[type=email]").fill(address)
                page.locator("input[type=password]").fill(stage["password"])
                page.locator("main form button.btn").first.click()
                page.wait_for_url("**/office/**")
            yield page


def address(path: str, demo: Demo, language: str) -> str:
    stage = demo.stage
    return path.format(
        language=language,
        **{key: value for key, value in stage.items() if isinstance(value, str)},
        **stage["links"],
        topic=stage["topics"][0],
    )


@contextmanager
def go_through(walk: Walk, who: str) -> "Iterator[Page]":
    """Open every page of hers, one after another; give her browser."""
    with walk.as_(who) as page:
        for name, path in PAGES[who].items():
            status = 404 if "error" in name else 200
            walk.open(page, who, name, address(path, walk.demo, walk.language), status=status)
        yield page


def welcome(walk: Walk, page: "Page") -> None:
    """Walk the steps of a first opening."""
    for step in (1, 2):
        response = page.goto("/welcome/")
        assert response is not None
        walk.look(page, response, "newcomer", f"welcome {step}")
        if page.locator("input[name=notice_version]").count():
            ends = below_the_fold(page)
            if ends > 0:
                walk.found.append(f"the data notice is {ends:g} px longer than a screen")
        for name in ("photo", "voice", "listing"):
            for choice in page.locator(f"input[type=radio][name$={name}]").all()[:1]:
                choice.check()
        page.locator("main form button.btn").first.click()
    if urlsplit(page.url).path != "/today/":
        walk.found.append(f"two screens of welcome led to {page.url}")


def below_the_fold(page: "Page") -> float:
    """Give by how much the card of the page ends below a phone's screen, in px; nothing of it is scrolled."""
    box = page.locator("main .card").first.bounding_box()
    screen = page.viewport_size
    assert box is not None
    assert screen is not None
    assert page.evaluate("scrollY") == 0
    return box["y"] + box["height"] - screen["height"]


def send_too_much(walk: Walk, page: "Page", path: str) -> None:
    """Upload more than is taken: the real server must say so, and not just hang up."""
    page.goto(path)
    much = {"name": "much.csv", "mimeType": "text/csv", "buffer": b"x" * 6_000_000}
    page.locator("input[type=file]").set_input_files(much)  # type: ignore[arg-type]
    walk.send(page, "organiser", "office:nominate_file, error 413", status=413)


def test_every_page_of_the_doors_table_is_walked() -> None:
    walked = {name.split(",")[0] for pages in PAGES.values() for name in pages}

    assert {row.name for row in TABLE if "GET" in row.methods} - walked == ELSEWHERE


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_page_of_the_organiser_is_fit_to_be_used(
    demo: Demo, chromium: "Browser", tmp_path: Path, language: str
) -> None:
    walk = Walk(chromium, demo, language, tmp_path)

    with go_through(walk, "organiser") as page:
        send_too_much(walk, page, f"/office/{OPEN_FOR_NOMINATION}/nominate/file/")

    assert walk.all_found() == ""
    assert len(walk.seen) == len(PAGES["organiser"]) + 1


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_page_of_everybody_else_is_fit_to_be_used(
    demo: Demo, chromium: "Browser", tmp_path: Path, language: str
) -> None:
    walk = Walk(chromium, demo, language, tmp_path)
    others = [who for who in PAGES if who != "organiser"]

    for who in others:
        with go_through(walk, who):
            pass
    newcomer = {"en": "fresh, in English", "ru": "fresh, in Russian"}[language]
    with walk.as_(newcomer) as page:
        welcome(walk, page)

    assert walk.all_found() == ""
    assert len(walk.seen) == sum(len(PAGES[who]) for who in others) + 2
