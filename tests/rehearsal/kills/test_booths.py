"""Who sits in a booth, who is on air and who asks to take over outlive a kill; on a server with voice."""

import shutil
from pathlib import Path

import pytest

from sabaq.ops.rehearsal.play import must
from sabaq.ops.rehearsal.wire import Browser, Fields
from tests.conftest import missing
from tests.rehearsal.kills.stage import Fragile, fragile_play
from tests.rehearsal.kills.test_classes import arrive

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
PAIR = {"first": "en", "second": "ru"}


def test_who_is_on_air_stays_on_air(tmp_path: Path):
    if shutil.which("janus") is None:
        missing("Janus (Debian package janus)")
    with fragile_play("booths", tmp_path, {"SABAQ_VOICE": "1", "SABAQ_TURN": "0"}) as fragile:
        play = fragile.play
        trainer = play.staff(play.stage.staff_as("trainer"))
        session = arrive(play, trainer, "interviewing-screening")
        must(trainer.post(f"/teach/{session}/begin/", quick=True), 204)
        emails = [str(one["email"]) for one in play.stage.staff if "interpreter" in one["roles"]]
        first, second = (play.staff(email) for email in emails[:2])
        booth = f"/class/{session}/"
        for browser in (first, second):
            act(fragile, browser, booth, "enter", PAIR)
        act(fragile, first, booth, "on")
        assert [stand(browser, booth) for browser in (first, second)] == ["on", "off"]
        act(fragile, first, booth, "turn")
        act(fragile, second, booth, "ask")
        act(fragile, second, booth, "keep")
        act(fragile, second, booth, "ask")
        assert [stand(browser, booth) for browser in (first, second)] == ["on", "asked"]
        act(fragile, first, booth, "hand")
        assert [stand(browser, booth) for browser in (first, second)] == ["off", "on"]
        act(fragile, second, booth, "slower")
        assert (
            "An interpreter asks you to speak more slowly." in trainer.go(f"/teach/{session}/").text
        )


def act(
    fragile: Fragile, browser: Browser, path: str, what: str, fields: Fields | None = None
) -> None:
    """Press the button of the booth that does this."""
    page = browser.go(path)
    fragile.submit(browser, page, page.form("/booth/", act=what), fields)


def stand(browser: Browser, path: str) -> str:
    """Give how the page says that its reader stands: on air, asking, or off."""
    return next(
        str(node.get("data-stand"))
        for node in browser.go(path).page
        if node.get("data-part") == "booth"
    )
