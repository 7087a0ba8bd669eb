"""Hands, calls for help, announcements, captions and what trainers tell each other outlive a kill."""

from pathlib import Path

import pytest

from sabaq.ops.rehearsal import opening
from sabaq.ops.rehearsal.play import must
from sabaq.ops.rehearsal.wire import Browser
from tests.rehearsal.kills.stage import Fragile, enrol, form_with, fragile_play
from tests.rehearsal.kills.test_classes import arrive

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


def test_what_is_said_beside_the_slides_is_there_after_a_kill(tmp_path: Path):
    with fragile_play("together", tmp_path) as fragile:
        play = fragile.play
        officer = play.ledger.officers[0]
        enrol(fragile, [officer])
        opening.open_the_course(play, officer, by_code=False, correct_sex=False)
        browser, trainer = play.of(officer), play.staff(play.stage.staff_as("trainer"))
        session = arrive(play, trainer, "interviewing-screening")
        must(trainer.post(f"/teach/{session}/begin/", quick=True), 204)
        the_hand_survives(fragile, trainer, browser, session)
        the_call_for_help_survives(fragile, trainer, browser, session)
        the_announcement_survives(fragile, trainer, browser, session)
        the_caption_survives(fragile, trainer, browser, session)
        five_minutes_left_survives(fragile, trainer, session)


def the_hand_survives(fragile: Fragile, trainer: Browser, browser: Browser, session: str) -> None:
    teach, room = f"/teach/{session}/", f"/class/{session}/"
    page = browser.go(room)
    fragile.submit(browser, page, page.form("/hand/"), {"hand": "up"})
    assert len(trainer.go(teach).page.having("data-hand")) == 1

    page = trainer.go(teach)
    fragile.submit(trainer, page, page.form("/call/"))
    assert [form.action for form in forms(trainer, teach) if "/call/" in form.action] == []
    page = trainer.go(teach)
    fragile.submit(trainer, page, page.form("/lower/"))
    assert trainer.go(teach).page.having("data-hand") == []


def the_call_for_help_survives(
    fragile: Fragile, trainer: Browser, browser: Browser, session: str
) -> None:
    teach, help_me = f"/teach/{session}/", f"/class/{session}/help/"
    page = browser.go(help_me)
    said = {"trouble": "stuck", "text": "The slide stands"}
    fragile.submit(browser, page, form_with(page, "trouble"), said)
    page = trainer.go(teach)
    assert "The slide stands" in page.text

    fragile.submit(trainer, page, form_with(page, "reply"), {"reply": "Reload the page"})
    assert trainer.go(teach).page.having("data-call") == []
    assert "Reload the page" in browser.go(f"/class/{session}/").text


def the_announcement_survives(
    fragile: Fragile, trainer: Browser, browser: Browser, session: str
) -> None:
    teach, room = f"/teach/{session}/", f"/class/{session}/"

    def announce(text: str) -> str:
        page = trainer.go(teach)
        fragile.submit(trainer, page, form_with(page, "text-en"), {"text-en": text})
        assert text in browser.go(room).text
        return trainer.go(teach).page.having("data-announcement")[0].get("data-announcement")

    uuid = announce("Back at 11:30")
    said = {"language": "ru", "text": "Вернёмся в 11:30", "seen": ""}
    fragile.post(trainer, f"{room}announcements/{uuid}/translate/", said)
    assert "Вернёмся в 11:30" in trainer.go(teach).body.decode()
    fragile.post(trainer, f"{teach}announcements/{uuid}/withdraw/")
    assert "Back at 11:30" not in browser.go(room).text

    uuid = announce("A name from a case")
    fragile.post(trainer, f"{teach}announcements/{uuid}/remove/")
    assert "A name from a case" not in browser.go(room).text + trainer.go(teach).text


def the_caption_survives(
    fragile: Fragile, trainer: Browser, browser: Browser, session: str
) -> None:
    teach, room = f"/teach/{session}/", f"/class/{session}/?captions=en"
    page = trainer.go(teach)
    said = {"language": "en", "text": "Ask first."}
    fragile.submit(trainer, page, page.form(f"/class/{session}/captions/"), said)
    assert "Ask first." in browser.go(room).text

    way = next(
        str(node.get("href"))
        for node in trainer.go(teach).page
        if str(node.get("href") or "").startswith(f"{teach}captions/")
    )
    fragile.post(trainer, way)
    assert "Ask first." not in browser.go(room).text + trainer.go(teach).text


def five_minutes_left_survives(fragile: Fragile, trainer: Browser, session: str) -> None:
    teach = f"/teach/{session}/"
    # Whoever sends it has seen it: a colleague does.
    fragile.post(fragile.play.organiser, f"{teach}five-minutes/")
    page = trainer.go(teach)
    fragile.submit(trainer, page, page.form("/seen/"))
    assert [form for form in forms(trainer, teach) if form.action.endswith("/seen/")] == []


def forms(browser: Browser, path: str) -> list:
    return list(browser.go(path).page.forms())
