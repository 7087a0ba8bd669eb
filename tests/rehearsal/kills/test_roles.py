"""Who was let in, what was decided of them, and where a session was moved to, outlives a kill."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from sabaq.ops.rehearsal.pages import Node
from sabaq.ops.rehearsal.wire import Browser
from tests.rehearsal.kills.stage import Fragile, form_with, fragile_play, row_of

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
FIRST, SECOND = "Гүл Үлгі", "Дана Үлгі"


def test_latecomers_and_a_moved_session_are_there_after_a_kill(tmp_path: Path):
    with fragile_play("roles", tmp_path) as fragile:
        play = fragile.play
        session = play.stage.session("interviewing-screening")
        play.clock.set(session.starts_at - timedelta(minutes=30), rate=0.0)
        the_move_survives(fragile, session.title)
        the_extension_survives(fragile)
        for name in (FIRST, SECOND):
            the_admission_survives(fragile, session.title, name)
        the_decisions_survive(fragile)
        the_guest_link_survives(fragile)


def the_move_survives(fragile: Fragile, title: str) -> None:
    organiser, office = fragile.play.organiser, fragile.play.office
    page = organiser.go(office)
    [path] = [
        link.get("href")
        for line in page.page.all("li")
        if title in line.text
        for link in line.all("a")
        if "/move/" in link.get("href")
    ]
    page = organiser.go(path)
    form = form_with(page, "minutes")
    longer = {"minutes": str(int(form.fields["minutes"]) + 5), "with_later": "on"}
    fragile.submit(organiser, page, form, longer)
    assert form_with(organiser.go(path), "minutes").fields["minutes"] == longer["minutes"]


def the_extension_survives(fragile: Fragile) -> None:
    organiser, path = fragile.play.organiser, f"{fragile.play.office}tests/"
    page = organiser.go(path)
    said = {
        "which": "after:knowledge",
        "day": "2027-06-01",
        "time": "12:00",
        "reason": "No network",
    }
    fragile.submit(organiser, page, page.form("/tests/extend/"), said)
    assert "No network" in organiser.go(path).text


def the_admission_survives(fragile: Fragile, title: str, name: str) -> None:
    organiser, path = fragile.play.organiser, f"{fragile.play.office}latecomers/"
    page = organiser.go(path)
    form = form_with(page, "native_name")
    agency = next(key for key in form.options["agency"] if key)
    answer = fragile.submit(
        organiser, page, form, {"native_name": name, "agency": agency, "language": "ru"}
    )
    assert row_of(organiser.go(path), name)
    own = organiser.go(answer.location)
    code = code_on(own.page)
    assert enters(fragile, code)

    fragile.submit(organiser, own, own.form("/link/"))
    assert not enters(fragile, code)
    assert enters(fragile, code_on(organiser.go(answer.location).page))


def the_decisions_survive(fragile: Fragile) -> None:
    organiser, path = fragile.play.organiser, f"{fragile.play.office}latecomers/"
    for name, act, is_confirmed in ((FIRST, "confirm", True), (SECOND, "decline", False)):
        page = organiser.go(path)
        chosen = enrolment_of(page.page, name)
        fields = {"act": act, "enrolment": [chosen]}
        fragile.post(organiser, f"{path}decide/", fields)
        assert not row_of(organiser.go(path), name)
        nominations = organiser.go(f"{fragile.play.office}nominations/?state=confirmed")
        assert bool(row_of(nominations, name)) == is_confirmed


def the_guest_link_survives(fragile: Fragile) -> None:
    organiser, path = fragile.play.organiser, f"{fragile.play.office}guests/"
    page = organiser.go(path)
    answer = fragile.submit(organiser, page, form_with(page, "guest"))
    own = organiser.go(answer.location)
    first = code_on(own.page)
    assert enters(fragile, first)
    answer = fragile.submit(organiser, own, own.form("/link/"))
    own = organiser.go(answer.location)
    second = code_on(own.page)
    assert (enters(fragile, first), enters(fragile, second)) == (False, True)
    fragile.submit(organiser, own, own.form("/close/"))
    assert not enters(fragile, second)


def enrolment_of(page: Node, name: str) -> str:
    [row] = [row for row in page.all("tr") if name in row.names()]
    return next(box.get("value") for box in row.all("input") if box.get("name") == "enrolment")


def code_on(page: Node) -> str:
    found = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", page.text)
    assert found is not None
    return found[0]


def enters(fragile: Fragile, code: str) -> bool:
    """Tell whether the code opens the door, without coming in."""
    browser: Browser = fragile.stranger()
    page = browser.go("/code/")
    answer = browser.post("/code/", {**form_with(page, "code").fields, "code": code})
    return answer.status == 200
