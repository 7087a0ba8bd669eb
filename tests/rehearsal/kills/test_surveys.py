"""A survey that was closed, and what became of its comments, outlive a kill."""

from pathlib import Path

import pytest

from sabaq.ops.rehearsal import opening
from sabaq.ops.rehearsal.pages import Form
from sabaq.ops.rehearsal.wire import Answer
from tests.rehearsal.kills.stage import Fragile, enrol, fragile_play

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
SURVEY, ENOUGH = "/survey/opening/", 10
SAID = "More exercises, please"


def test_a_closed_survey_and_its_comments_are_there_after_a_kill(tmp_path: Path):
    with fragile_play("surveys", tmp_path, seats=ENOUGH) as fragile:
        officers = fragile.play.ledger.officers[:ENOUGH]
        enrol(fragile, officers)
        for officer in officers:
            opening.open_the_course(fragile.play, officer, by_code=False, correct_sex=False)
            browser = fragile.play.of(officer)
            page = browser.go(SURVEY)
            form = next(form for form in page.page.forms() if form.options)
            browser.submit(page, form, {"q-hopes": SAID})
        the_closing_survives(fragile)
        the_comments_survive(fragile)


def the_closing_survives(fragile: Fragile) -> None:
    organiser, path = fragile.play.organiser, f"{fragile.play.office}survey/"
    page = organiser.go(path)
    assert "Closed on" not in page.text
    fragile.submit(organiser, page, page.form("/opening/close/"))
    assert "Closed on" in organiser.go(path).text
    assert SAID not in organiser.go(path).text


def the_comments_survive(fragile: Fragile) -> None:
    play = fragile.play
    officer, path = play.staff(play.stage.staff_as("me-officer")), f"{play.office}survey/comments/"
    page = officer.go(path)
    assert len(wordings(page)) == ENOUGH
    form = wordings(page)[0]
    said = {name: "Kept after the kill" for name in form.fields if name.endswith("-masked")}
    fragile.submit(officer, page, form, {**said, "act": "save"})
    assert officer.go(path).text.count("Kept after the kill") == 1

    page = officer.go(path)
    form = wordings(page)[0]
    said = {name: "More exercises" for name in form.fields if name.endswith(("-en", "-ru"))}
    said |= {name: "N. A." for name in form.fields if name.endswith("-translator")}
    said |= {name: "content" for name in form.options if name.endswith("-theme")}
    fragile.submit(officer, page, form, {**said, "act": "release"})
    page = officer.go(path)
    assert len(wordings(page)) == ENOUGH - 1
    fragile.submit(officer, page, page.form("/take-back/"))
    assert len(wordings(officer.go(path))) == ENOUGH


def wordings(page: Answer) -> list[Form]:
    return [f for f in page.page.forms() if any(name.endswith("-masked") for name in f.fields)]
