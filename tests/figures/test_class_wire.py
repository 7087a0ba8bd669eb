"""What four hours of class as text cost a participant on the wire: each kind of act is weighed on a real
server, as the page's scripts ask for it, and counted as often as a full timetable has it."""

import re
from collections.abc import Iterator

import pytest

from sabaq.classroom.events.captions import CaptionSaid
from sabaq.classroom.events.polls import PollCounted
from sabaq.classroom.events.running import SlideShown
from sabaq.kernel.ids import new_uuid
from sabaq.web.classroom.parts import fingerprint
from sabaq.web.live.lines import BEAT, Seen, as_sse
from tests.figures.limits import CLASS_OF_FOUR_HOURS, LINE_OF_CAPTIONS
from tests.figures.wire import _OF_AN_ASSET, CountingBrowser
from tests.scenes import People, Scene, set_scene
from tests.servers import Server

AS_SCRIPT = {**_OF_AN_ASSET, "X-Requested-With": "fetch"}
pytestmark = [pytest.mark.e2e, pytest.mark.slow]

SESSIONS = 4
# In each hour of class. Other refreshes: questions released, their supporters counted, announcements.
SLIDES, POLLS, COUNTS_PER_POLL, OTHER_REFRESHES, OWN_ACTS = 24, 2, 24, 12, 3
BEATS, RENEWALS = 240, 6
# A chunk's length and its two line ends around each piece of a stream.
CHUNK = 8
PART = re.compile(r'data-part="(\w+)" data-key="[^"]*"')


@pytest.fixture
def scene(sabaq_server: Server, server_environment: dict[str, str]) -> Scene:
    return set_scene(server_environment)


@pytest.fixture
def trainer(sabaq_server: Server, scene: Scene) -> Iterator[tuple[People, object]]:
    people = People(sabaq_server.url, scene)
    with people.gone:
        yield people, people.trainer()


class Page:
    """The class page of one participant: keeps what it has, as class-parts.js does."""

    def __init__(self, browser: CountingBrowser, session: str) -> None:
        self.browser, self.path, self.have = browser, f"/class/{session}/", {}
        visit = browser.open(self.path)
        self.cost_of_entering = visit.wire_bytes
        self.keep(visit.page.text)
        deck = re.search(r'data-deck="([^"]+)"', visit.page.text)[1].replace("&amp;", "&")
        self.cost_of_deck = browser.ask("GET", f"{deck}ru", {}, _OF_AN_ASSET).wire_bytes

    def keep(self, text: str) -> None:
        for found in PART.finditer(text):
            self.have[found[1]] = fingerprint(found[0])

    def refresh(self) -> int:
        have = ".".join(f"{name}-{number}" for name, number in self.have.items())
        where = f"{self.path}now/?slides=ru&have={have}"
        answer = self.browser.ask("GET", where, {}, AS_SCRIPT)
        self.keep(answer.text)
        return answer.wire_bytes

    def send(self, what: str, **form: str) -> int:
        sent = self.browser.ask(
            "POST", f"{self.path}{what}/", {"write_id": str(new_uuid()), **form}, AS_SCRIPT
        )
        assert sent.status == 204
        return sent.wire_bytes + self.refresh()


def sse(event: object) -> int:
    seen = Seen(1000, event.kind, event.audience, None, event.payload())
    return len(as_sse(seen, 999)) + CHUNK


def come_in(server: Server, scene: Scene) -> CountingBrowser:
    browser = CountingBrowser(server.url)
    browser.open(scene.links[1])
    browser.send(scene.links[1], answer="me")
    return browser


def streamed(run: str) -> dict[str, int]:
    """Give what an hour of the stream itself weighs."""
    return {
        "slides": SLIDES * sse(SlideShown("interviewing-standards", "0" * 64)),
        "counts": POLLS * COUNTS_PER_POLL * sse(PollCounted(run, 60)),
        "beats": BEATS * (len(BEAT) + CHUNK),
    }


def test_four_hours_of_class_as_text_fit_their_budget(
    sabaq_server: Server, scene: Scene, trainer: tuple[People, object]
) -> None:
    people, console = trainer
    browser = come_in(sabaq_server, scene)
    page = Page(browser, scene.session)
    people.act(console, "begin")
    page.refresh()
    idle = page.refresh()
    hand = page.send("hand", hand="up")
    people.act(console, "polls/who-stays/open")
    opened = page.refresh()
    visit = browser.open(page.path)
    again = visit.wire_bytes
    last = int(re.search(r'data-seq="(\d+)"', visit.page.text)[1])
    run = re.search(r"polls/([0-9a-f-]{36})/vote/", visit.page.text)[1]
    voted = page.send(f"polls/{run}/vote", option="agreed")
    people.act(console, "polls/who-stays/close")
    closed = page.refresh()
    people.act(console, "polls/who-stays/results")
    shown = page.refresh()
    ticket = browser.ask("GET", f"{page.path}ticket/", {}, AS_SCRIPT)
    bearer = ticket.text.split('"')[3]
    follow = browser.ask(
        "GET", f"/live/{scene.session}/poll?ticket={bearer}&after={last}", {}, _OF_AN_ASSET
    )

    hour = {
        "entering": again + page.cost_of_deck,
        "polls": POLLS * (opened + voted + closed + shown),
        "questions and announcements": OTHER_REFRESHES * max(opened, shown),
        "own acts": OWN_ACTS * hand,
        "renewals": RENEWALS * (ticket.wire_bytes + follow.wire_bytes),
        **streamed(run),
    }
    total = SESSIONS * sum(hour.values()) + page.cost_of_entering - again
    browser.close()

    print(hour, {"nothing new": idle, "total": total})
    assert total <= CLASS_OF_FOUR_HOURS


def test_a_line_of_captions_costs_its_reader_little_and_others_an_event(
    sabaq_server: Server, scene: Scene, trainer: tuple[People, object]
) -> None:
    people, console = trainer
    browser = come_in(sabaq_server, scene)
    people.act(console, "begin")
    for number in range(12):
        said = {
            "csrfmiddlewaretoken": console.cookies["csrftoken"],
            "write_id": str(new_uuid()),
            "language": "ru",
            "text": f"Её безопасность важнее первого вопроса; мы говорим наедине, {number}.",
        }
        way = f"/class/{scene.session}/captions/"
        answer = console.post(way, data=said, headers={"X-Requested-With": "fetch"})
        assert answer.status_code == 204, answer.text

    lines = browser.ask("GET", f"{way}ru/?have=1", {}, AS_SCRIPT)
    key = re.search(r'data-key="(\d+)"', lines.text)[1]
    nothing_new = browser.ask("GET", f"{way}ru/?have={key}", {}, AS_SCRIPT)
    event = sse(CaptionSaid(str(new_uuid()), "ru"))
    browser.close()

    print({"lines": lines.wire_bytes, "nothing new": nothing_new.wire_bytes, "event": event})
    assert lines.text.count("data-caption=") == 10
    assert nothing_new.status == 204
    assert event + lines.wire_bytes <= LINE_OF_CAPTIONS
