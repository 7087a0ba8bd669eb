"""Rooms, who sat in them, and what was corrected of somebody's minutes outlive a kill."""

from pathlib import Path

import pytest

from sabaq.ops.rehearsal import opening
from sabaq.ops.rehearsal.play import must
from sabaq.ops.rehearsal.wire import Answer, Browser
from tests.rehearsal.kills.stage import Fragile, enrol, form_with, fragile_play, row_of
from tests.rehearsal.kills.test_classes import arrive

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
ROOM = "Conference hall"


def test_rooms_marks_and_corrections_are_there_after_a_kill(tmp_path: Path):
    with fragile_play("attendance", tmp_path) as fragile:
        play = fragile.play
        officer = play.ledger.officers[0]
        enrol(fragile, [officer])
        opening.open_the_course(play, officer, by_code=False, correct_sex=False)
        trainer = play.staff(play.stage.staff_as("trainer"))
        session = arrive(play, trainer, "interviewing-screening")
        must(trainer.post(f"/teach/{session}/begin/", quick=True), 204)
        the_room_survives(fragile)
        the_mark_survives(fragile, session)
        the_correction_survives(fragile, session)


def the_room_survives(fragile: Fragile) -> None:
    organiser, path = fragile.play.organiser, f"{fragile.play.office}rooms/"
    page = organiser.go(path)
    fragile.submit(organiser, page, form_with(page, "place"), {"name": ROOM})
    assert row_of(organiser.go(path), ROOM) or ROOM in organiser.go(path).text
    for act in ("close", "open"):
        page = organiser.go(path)
        fragile.submit(organiser, page, page.form(f"/{act}/"))
    assert ends_with(organiser.go(path), "/close/")


def the_mark_survives(fragile: Fragile, session: str) -> None:
    organiser, path = fragile.play.organiser, f"{fragile.play.office}marks/{session}/"
    page = organiser.go(path)
    form = form_with(page, "here")
    everybody = form.options["here"]
    fragile.submit(organiser, page, form, {"here": everybody, "shown": everybody})
    assert len(ticked(organiser, path)) == 1


def the_correction_survives(fragile: Fragile, session: str) -> None:
    organiser, office = fragile.play.organiser, fragile.play.office
    links = [link.get("href") for link in organiser.go(f"{office}attendance/").page.all("a")]
    path = next(link for link in links if link.count("/") == 5 and "/attendance/" in link)
    page = organiser.go(path)
    form = form_with(page, "reason")
    said = {"reason": "Power cut in the whole building"}
    fragile.submit(organiser, page, form, {**form.fields, **said})
    assert said["reason"] in organiser.go(path).text

    page = organiser.go(path)
    undone = {"reason": "It was another day"}
    fragile.submit(organiser, page, page.form("/undo/"), undone)
    assert undone["reason"] in organiser.go(path).text


def ticked(browser: Browser, path: str) -> list[str]:
    return [
        box.get("value")
        for box in browser.go(path).page.all("input")
        if box.get("name") == "here" and "checked" in box.attributes
    ]


def ends_with(page: Answer, action: str) -> bool:
    return any(form.action.endswith(action) for form in page.page.forms())
