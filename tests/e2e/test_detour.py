"""Voice where a filter stands between, judged by what is heard: UDP closed, all closed but one port, coturn killed,
and nothing but plain HTTPS."""

import json
import os
import re
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from sabaq.ops.deployment import Site
from tests.e2e.far import FAR, NEAR, FarNetwork, far_from
from tests.e2e.hearing import browser_with_voice, network, until_heard
from tests.e2e.voices import PATIENCE, TRAINER_HZ, Voices, child_of, choose, until_silent
from tests.nginx import nginx_of, stream_module
from tests.scenes import set_scene
from tests.servers import ROOT, Server, environment, running
from tests.turn import turn_server

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
HOST, TURN_HOST = "course.test", "turn.course.test"
URL = f"https://{HOST}"
# Within the cable's network, where nobody is.
NOWHERE = "10.78.0.9"
NO_WEBRTC = "delete window.RTCPeerConnection"
NO_WEBSOCKET = (
    "WebSocket = class extends WebSocket { constructor() { super('wss://course.test/nowhere'); } }"
)
NO_DECODER = "delete window.AudioDecoder"
UDP, ALL_BUT_443 = "meta l4proto udp", ("meta l4proto != tcp", "tcp {port} != 443")
DETOUR = (
    "Voice takes a detour, because your network closes the direct way. It may be a little late."
)


@dataclass
class Filtered:
    """A trainer at the server, a listener behind a cable."""

    voices: Voices
    far: FarNetwork
    listener: Browser
    # For whose network there is no TURN.
    cut_off: Browser

    def speaking(self) -> Page:
        trainer = self.voices.trainer()
        trainer.get_by_role("button", name="Switch my microphone on").click()
        expect(trainer.locator("sabaq-mic [role=status]")).to_have_text(
            "Your microphone is on. You can be heard.", timeout=PATIENCE * 1000
        )
        return trainer

    def listening(self, browser: Browser | None = None, lacking: str = "") -> tuple[Page, float]:
        """Give the page of a listener who hears the trainer, and after how many seconds she did.

        `lacking` is a script that takes something from her browser.
        """
        page = self.voices.participant(0, browser or self.listener)
        if lacking:
            page.add_init_script(lacking)
            page.reload()
        choose(page, "English")
        return page, until_heard(page, TRAINER_HZ, within=PATIENCE)

    def report(self, page: Page, seconds: float, *, at_most: float) -> None:
        """Weigh a listener's line while somebody speaks, once the page has come: voice, events, all."""
        page.wait_for_timeout(5000)
        to_her, from_her = self.far.kilobits(15)
        print(f"heard after {seconds:.1f} s; kbit/s: {to_her:.1f} to her, {from_her:.1f} from her")
        assert to_her <= at_most


def trusting(turn_address: str = NEAR) -> list[str]:
    """Give what a browser is told of names and certificates."""
    names = f"MAP {TURN_HOST} {turn_address}, MAP *.test {NEAR}, MAP {HOST} {NEAR}"
    return ["--ignore-certificate-errors", f"--host-resolver-rules={names}"]


@pytest.fixture(scope="module")
def house(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple]:
    """Give a server behind nginx as `sabaq deploy` says, with its detour, and a browser on either side of the cable."""
    stream_module()
    turn_server()
    folder = tmp_path_factory.mktemp("detour")
    ports = {"port": 9310, "http_port": 80, "https_port": 443, "turn_port": 3478}
    site = Site(
        host=HOST,
        code=ROOT,
        turn_host=TURN_HOST,
        certificate=folder / "certificate.pem",
        key=folder / "key.pem",
        **ports,
    )
    env = environment(
        folder / "data",
        SABAQ_MODE="rehearsal",
        SABAQ_RATE_LIMIT_FACTOR="1000",
        SABAQ_VOICE="1",
        SABAQ_URL=URL,
        SABAQ_TURN_HOST=TURN_HOST,
    )
    kind = chromium.browser_type
    with (
        network() as near,
        far_from(near) as far,
        nginx_of(site, folder, near.inside),
        running(
            "serve", "--port", "9310", env=env, log=folder / "log", inside=near.inside
        ) as server,
    ):
        speaker = browser_with_voice(kind, near, folder / "speaker", TRAINER_HZ, trusting())
        listener = browser_with_voice(kind, far, folder / "listener", 440, trusting())
        cut_off = browser_with_voice(kind, far, folder / "cut-off", 440, trusting(NOWHERE))
        yield replace(server, url=URL), far, (speaker, listener, cut_off), env
        for browser in (speaker, listener, cut_off):
            browser.close()


@pytest.fixture
def filtered(house: tuple) -> Iterator[Filtered]:
    server, far, browsers, env = house
    speaker = browsers[0]
    yield Filtered(Voices(server, set_scene(env), speaker, speaker, speaker), far, *browsers[1:])
    for browser in browsers:
        for context in browser.contexts:
            context.close()


def road(page: Page) -> str:
    return str(page.locator("sabaq-road").get_attribute("data-road"))


def says_of_road(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.locator("sabaq-road [role=status]")).to_have_text(words, timeout=PATIENCE * 1000)


def test_where_udp_passes_voice_takes_the_direct_way(filtered: Filtered) -> None:
    filtered.speaking()
    page, seconds = filtered.listening()

    says_of_road(page, "Voice takes the direct way.")
    assert road(page) == "udp"
    filtered.report(page, seconds, at_most=28)


def test_without_udp_it_is_heard_by_turn_over_tcp(filtered: Filtered) -> None:
    filtered.speaking()
    with filtered.far.filtered(UDP):
        page, seconds = filtered.listening()

        says_of_road(page, DETOUR)
        assert road(page) == "tcp"
        filtered.report(page, seconds, at_most=32)


def test_with_one_port_alone_it_is_heard_by_turn_over_tls(filtered: Filtered) -> None:
    filtered.speaking()
    with filtered.far.filtered(*ALL_BUT_443):
        page, seconds = filtered.listening()

        says_of_road(page, DETOUR)
        assert road(page) == "tls"
        filtered.report(page, seconds, at_most=36)


def test_udp_that_is_closed_in_mid_class_is_gone_round(filtered: Filtered) -> None:
    filtered.speaking()
    page, _ = filtered.listening()
    with filtered.far.filtered(UDP):
        closed = time.monotonic()
        says_of_road(page, DETOUR)
        until_heard(page, TRAINER_HZ, within=PATIENCE)
        print(f"heard again after {time.monotonic() - closed:.1f} s")


def test_voice_comes_back_by_itself_when_coturn_is_killed(filtered: Filtered) -> None:
    filtered.speaking()
    with filtered.far.filtered(UDP):
        page, _ = filtered.listening()
        page.evaluate(_MARK_BEGINNING)
        killed = coturn_of(filtered.voices.server)
        os.kill(killed, signal.SIGKILL)
        begun = time.monotonic()

        expect(page.locator("html[data-begun]")).to_be_attached(timeout=PATIENCE * 1000)
        until_heard(page, TRAINER_HZ, within=PATIENCE)

        print(f"heard again after {time.monotonic() - begun:.1f} s")
        assert coturn_of(filtered.voices.server) != killed
        says_of_road(page, DETOUR)


SLOW = re.compile(r"Voice comes over the slow road, about [1-3] s behind\.")


def test_where_nothing_but_https_passes_it_is_heard_over_the_line_itself(
    filtered: Filtered,
) -> None:
    filtered.speaking()
    with filtered.far.filtered(*ALL_BUT_443):
        page, seconds = filtered.listening(filtered.cut_off)

        says_of_road(page, SLOW)
        assert road(page) == "slow"
        filtered.report(page, seconds, at_most=26)
        choose(page, "Nothing")
        until_silent(page)
        choose(page, "As it is spoken")
        until_heard(page, TRAINER_HZ, within=PATIENCE)


def test_a_browser_without_webrtc_hears_at_once_and_still_after_a_lost_line(
    filtered: Filtered,
) -> None:
    filtered.speaking()
    page, seconds = filtered.listening(lacking=NO_WEBRTC)
    print(f"heard after {seconds:.1f} s")
    assert road(page) == "slow"

    page.evaluate("document.querySelector('sabaq-voice').socket.close()")
    page.wait_for_timeout(1000)

    until_heard(page, TRAINER_HZ, within=PATIENCE)
    page.get_by_text("If you hear nothing").click()
    expect(page.get_by_label("How voice comes to you")).to_have_value("slow")


def test_the_slow_road_is_taken_and_left_by_hand(filtered: Filtered) -> None:
    filtered.speaking()
    page, _ = filtered.listening()
    says_of_road(page, "Voice takes the direct way.")
    page.get_by_text("If you hear nothing").click()
    how = page.get_by_label("How voice comes to you")

    how.select_option("slow")
    says_of_road(page, SLOW)
    until_heard(page, TRAINER_HZ, within=PATIENCE)
    how.select_option("")

    says_of_road(page, "Voice takes the direct way.")
    until_heard(page, TRAINER_HZ, within=PATIENCE)


@pytest.mark.parametrize("lacking", [NO_DECODER, NO_WEBSOCKET])
def test_a_plain_player_plays_it_where_the_browser_can_do_less(
    filtered: Filtered, lacking: str
) -> None:
    filtered.speaking()
    page = filtered.voices.participant(0, filtered.listener)
    page.add_init_script(f"{NO_WEBRTC}; {lacking}")
    page.reload()
    begun = time.monotonic()
    choose(page, "English")

    says_of_road(page, "Voice comes over the slowest road, up to 20 s behind.")
    expect(page.locator("sabaq-road audio")).to_be_visible()
    page.evaluate(_AS_STREAM)
    until_heard(page, TRAINER_HZ, within=2 * PATIENCE)
    print(f"heard after {time.monotonic() - begun:.1f} s")
    filtered.report(page, time.monotonic() - begun, at_most=30)


# What hears looks at streams alone; the player's own sound becomes one.
_AS_STREAM = """() => {
  const player = document.querySelector("sabaq-road audio");
  const copy = document.createElement("audio");
  copy.srcObject = player.captureStream();
  document.querySelector("sabaq-voice").append(copy);
}"""
_MARK_BEGINNING = """() => document.querySelector("sabaq-voice").addEventListener(
  "voice-connecting", () => (document.documentElement.dataset.begun = "")
)"""


def test_coturn_keeps_its_secret_and_no_address_of_anybody(filtered: Filtered) -> None:
    with filtered.far.filtered(UDP):
        filtered.speaking()
        filtered.listening()
    server = filtered.voices.server
    folder = server.data_dir / "voice"
    kept = [path.read_text(errors="replace") for path in folder.iterdir() if path.is_file()]

    assert (folder / "turnserver.conf").stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o077 == 0
    assert [FAR in text for text in (*kept, server.output())].count(True) == 0
    told = json.loads(environment_of(coturn_of(server))["SABAQ_DETOUR"])
    assert told["secret"] not in server.output()


def environment_of(process: int) -> dict[str, str]:
    pairs = Path(f"/proc/{process}/environ").read_text().split("\0")
    return dict(pair.split("=", 1) for pair in pairs if "=" in pair)


def coturn_of(server: Server) -> int:
    return child_of(server, "turnserver")
