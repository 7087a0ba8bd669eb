"""Whatever befalls a line, a browser or the server, the class goes on exactly where it is."""

import json
import os
import re
import signal
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.recovery.proxies import BadNetwork
from tests.recovery.watching import PATIENCE_SECONDS, shows, watched
from tests.scenes import People, set_scene
from tests.servers import environment, fresh_database, running

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
# A real one cuts after sixty seconds; nothing in the page or the server depends on how long it takes.
CUTS_AFTER = 6
DAY = timedelta(days=1)
NEXT = re.compile(
    r'name="expected" value="([\w-]+)">\s*<button[^>]*id="next" name="slide" value="([\w-]+)"'
)


@pytest.fixture
def scene(server_environment):
    return set_scene(server_environment)


@pytest.fixture
def trainer(sabaq_server, scene) -> Iterator["Trainer"]:
    people = People(sabaq_server.url, scene)
    with people.gone:
        yield Trainer(people)


class Trainer:
    """Begins the class and turns its slides, on a line that holds. `shown` is the slide of now."""

    def __init__(self, people: People) -> None:
        self.people, self.browser = people, people.trainer()
        self.shown = ""

    def begin(self) -> str:
        self.people.act(self.browser, "begin")
        self.shown, _ = self._console()
        return self.shown

    def turn(self) -> str:
        """Show the next slide."""
        expected, following = self._console()
        self.people.act(self.browser, "slide", slide=following, expected=expected)
        self.shown = following
        return following

    def _console(self) -> tuple[str, str]:
        """Give the slide that is shown and the next one, as the console's button has them."""
        console = self.browser.get(f"/teach/{self.people.scene.session}/").text
        found = NEXT.search(console)
        assert found, console
        return found[1], found[2]


def test_a_page_that_is_loaded_anew_goes_on(chromium, sabaq_server, scene, trainer):
    with watched(chromium, sabaq_server.url, scene) as klass:
        phone = klass.participant(1)
        trainer.begin()
        shows(phone, trainer.turn())

        phone.reload()
        shows(phone, trainer.shown)
        shows(phone, trainer.turn())

        klass.goes_on_where_it_is(phone, 1)


def test_a_server_that_is_killed_comes_back_and_the_class_goes_on(
    chromium, sabaq_server, scene, trainer
):
    with watched(chromium, sabaq_server.url, scene) as klass:
        phone = klass.participant(1)
        shows(phone, trainer.begin())
        killed = sabaq_server.children()["web"]

        os.kill(killed, signal.SIGKILL)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while sabaq_server.children().get("web", killed) == killed and time.monotonic() < deadline:
            time.sleep(0.1)

        shows(phone, trainer.turn())
        klass.goes_on_where_it_is(phone, 1)


def test_ten_lost_connections_in_less_than_a_minute_cost_nothing(
    chromium, sabaq_server, scene, trainer
):
    with (
        BadNetwork(sabaq_server.url) as network,
        watched(chromium, sabaq_server.url, scene, through=network.url) as klass,
    ):
        phone = klass.participant(1)
        shows(phone, trainer.begin())

        for turn in range(10):
            network.cut()
            if turn % 3 == 0:
                trainer.turn()
            phone.wait_for_timeout(3000)

        shows(phone, trainer.shown)
        klass.goes_on_where_it_is(phone, 1)


def test_a_laptop_that_slept_for_an_hour_wakes_in_the_class_of_now(chromium, tmp_path):
    clock = tmp_path / "clock.json"
    clock.write_text(json.dumps({"offset": 0, "rate": 1}))
    with fresh_database() as database:
        more = {"DATABASE_URL": database} if database else {}
        env = environment(
            tmp_path / "data", SABAQ_MODE="rehearsal", SABAQ_RATE_LIMIT_FACTOR="1000", **more
        )
        arguments = ("serve", "--port", "0", "--clock", str(clock))
        with running(*arguments, env=env, log=tmp_path / "log") as server:
            scene, people = set_scene(env), None
            people = People(server.url, scene)
            with people.gone, BadNetwork(server.url) as network:
                trainer = Trainer(people)
                with watched(chromium, server.url, scene, through=network.url) as klass:
                    laptop = klass.participant(
                        0,
                        1280,
                    )
                    laptop.clock.install()
                    laptop.reload()
                    shows(laptop, trainer.begin())

                    network.is_silent = True  # the lid is shut: the socket dies, and nobody is told
                    laptop.clock.pause_at(datetime.now(UTC) + timedelta(seconds=2))
                    trainer.turn()
                    clock.write_text(json.dumps({"offset": 3600, "rate": 1}))
                    time.sleep(1)
                    trainer.turn()
                    network.cut()
                    network.is_silent = False
                    laptop.clock.fast_forward(timedelta(hours=1) // timedelta(milliseconds=1))
                    laptop.clock.resume()

                    shows(laptop, trainer.shown)
                    klass.goes_on_where_it_is(laptop, 0)


def test_where_a_proxy_holds_streams_back_asking_takes_over_within_seconds(
    chromium, sabaq_server, scene, trainer
):
    with (
        BadNetwork(sabaq_server.url, holds_streams=True) as network,
        watched(chromium, sabaq_server.url, scene, through=network.url) as klass,
    ):
        phone = klass.participant(1)
        began = time.monotonic()
        expect(phone.locator("sabaq-class")).to_have_attribute(
            "data-following", "asking", timeout=30_000
        )
        took = time.monotonic() - began
        shows(phone, trainer.begin())
        shows(phone, trainer.turn())
        shows(phone, trainer.turn())

        # Six, and what a loaded machine takes to load a page.
        assert took < 20
        assert network.streams_asked_for == 1
        klass.goes_on_where_it_is(phone, 1)


def test_where_a_proxy_cuts_every_connection_after_a_while_nothing_is_lost(
    chromium, sabaq_server, scene, trainer
):
    with (
        BadNetwork(sabaq_server.url, cuts_after=CUTS_AFTER) as network,
        watched(chromium, sabaq_server.url, scene, through=network.url) as klass,
    ):
        phone = klass.participant(1)
        shows(phone, trainer.begin())

        for _ in range(2):
            cuts = network.cuts
            while network.cuts < cuts + 2:
                phone.wait_for_timeout(200)
            trainer.turn()

        shows(phone, trainer.shown)
        klass.goes_on_where_it_is(phone, 1)


def test_two_tabs_of_one_person_both_follow_and_count_once(chromium, sabaq_server, scene, trainer):
    with watched(chromium, sabaq_server.url, scene) as klass:
        first = klass.participant(1)
        second = first.context.new_page()
        second.goto(f"/class/{scene.session}/")
        trainer.begin()
        for page in (first, second):
            shows(page, trainer.shown)
        console = klass.trainer()

        shows(first, trainer.turn())
        first.close()
        shows(second, trainer.turn())

        expect(console.locator("[data-present]")).to_have_attribute("data-present", "1")
        klass.goes_on_where_it_is(second, 1)


@pytest.mark.parametrize("wrong_by", [DAY, -DAY], ids=["ahead", "behind"])
def test_a_browser_whose_clock_is_wrong_by_a_day_follows_like_any_other(
    chromium, sabaq_server, scene, trainer, wrong_by
):
    with watched(chromium, sabaq_server.url, scene) as klass:
        phone = klass.participant(1)
        phone.clock.install(time=datetime.now(UTC) + wrong_by)
        phone.reload()
        shows(phone, trainer.begin())
        assert is_wrong(phone)
        shows(phone, trainer.turn())

        # Somebody sets it right: a jump by a day, the other way.
        phone.clock.set_system_time(datetime.now(UTC))
        shows(phone, trainer.turn())

        klass.goes_on_where_it_is(phone, 1)


def test_a_page_that_is_refused_says_so_in_words_and_goes_on(
    chromium, sabaq_server, scene, trainer
):
    with watched(chromium, sabaq_server.url, scene) as klass:
        anna = klass.participant(0, 1280)
        shows(anna, trainer.begin())

        # She has signed in anew in another tab: what this page would send is not hers any more.
        token = anna.locator("[data-part=hands] [name=csrfmiddlewaretoken]")
        token.evaluate("field => (field.value = 'x'.repeat(64))")
        anna.locator("#hand").click()

        expect(anna.locator("#line")).to_have_text("The page was open for too long")
        shows(anna, trainer.turn())
        klass.goes_on_where_it_is(anna, 0)


def is_wrong(page: Page) -> bool:
    away = abs(page.evaluate("Date.now()") / 1000 - time.time())
    return away > timedelta(hours=23).total_seconds()
