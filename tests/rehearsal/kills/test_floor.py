"""Who has the floor, and in which language it speaks, outlives a kill; on a server with voice."""

import shutil
from pathlib import Path

import pytest

from sabaq.ops.rehearsal import opening
from sabaq.ops.rehearsal.play import must
from sabaq.ops.rehearsal.wire import Browser
from tests.conftest import missing
from tests.rehearsal.kills.stage import Fragile, enrol, fragile_play
from tests.rehearsal.kills.test_classes import arrive

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


def test_the_floor_is_held_after_a_kill_by_whoever_held_it(tmp_path: Path):
    if shutil.which("janus") is None:
        missing("Janus (Debian package janus)")
    with fragile_play("floor", tmp_path, {"SABAQ_VOICE": "1", "SABAQ_TURN": "0"}) as fragile:
        play = fragile.play
        officer = play.ledger.officers[0]
        enrol(fragile, [officer])
        opening.open_the_course(play, officer, by_code=False, correct_sex=False)
        browser, trainer = play.of(officer), play.staff(play.stage.staff_as("trainer"))
        session = arrive(play, trainer, "interviewing-screening")
        must(trainer.post(f"/teach/{session}/begin/", quick=True), 204)
        the_floor_is_given_and_given_back(fragile, trainer, browser, session)
        the_floor_is_taken(fragile, trainer, browser, session)
        the_language_stays(fragile, trainer, session)


def the_floor_is_given_and_given_back(
    fragile: Fragile, trainer: Browser, browser: Browser, session: str
) -> None:
    give_the_floor(fragile, trainer, browser, session)
    page = browser.go(f"/class/{session}/")
    fragile.submit(browser, page, page.form("/floor/back/"))
    assert actions(browser, f"/class/{session}/", "/floor/back/") == []


def the_floor_is_taken(fragile: Fragile, trainer: Browser, browser: Browser, session: str) -> None:
    teach = f"/teach/{session}/"
    give_the_floor(fragile, trainer, browser, session)
    page = trainer.go(teach)
    fragile.submit(trainer, page, page.form("/take/"))
    assert actions(trainer, teach, "/take/") == []
    assert actions(browser, f"/class/{session}/", "/floor/back/") == []


def give_the_floor(fragile: Fragile, trainer: Browser, browser: Browser, session: str) -> None:
    room, teach = f"/class/{session}/", f"/teach/{session}/"
    page = browser.go(room)
    must(browser.post(f"/class/{session}/hand/", {**page.form("/hand/").fields, "hand": "up"}), 302)
    page = trainer.go(teach)
    fragile.submit(trainer, page, page.form("/floor/"))
    assert len(actions(trainer, teach, "/take/")) == 1
    assert len(actions(browser, room, "/floor/back/")) == 1


def the_language_stays(fragile: Fragile, trainer: Browser, session: str) -> None:
    page = trainer.go(f"/teach/{session}/")
    fragile.submit(trainer, page, page.form("/floor/language/"), {"language": "ru"})
    said = [
        node
        for node in trainer.go(f"/teach/{session}/").page
        if node.get("id") == "floor-speaks-ru"
    ]
    assert [node.get("aria-current") for node in said] == ["true"]


def actions(browser: Browser, path: str, within: str) -> list[str]:
    return [form.action for form in browser.go(path).page.forms() if within in form.action]
