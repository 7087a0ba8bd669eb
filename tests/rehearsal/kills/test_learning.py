"""What a participant was told is saved outlives a kill."""

from pathlib import Path

import pytest

from sabaq.ops.rehearsal import opening
from sabaq.ops.rehearsal.ledger import Officer
from sabaq.ops.rehearsal.wire import Browser
from tests.rehearsal.kills.stage import Fragile, enrol, fragile_play

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

LESSON, TEST, SURVEY = "/lesson/interviewing-screening/", "/test/knowledge/", "/survey/opening/"
COMMITMENT = "/commitment/"
QUESTIONS = ("photo", "voice", "listing")


def test_what_a_participant_saved_is_there_after_a_kill(tmp_path: Path):
    with fragile_play("learning", tmp_path) as fragile:
        officer = fragile.play.ledger.officers[0]
        enrol(fragile, [officer])
        browser = fragile.play.of(officer)
        opening.enter_by_link(browser, officer.link)
        the_first_opening_survives(fragile, officer, browser)
        later_changes_survive(fragile, browser)
        the_lesson_survives(fragile, browser)
        the_test_survives(fragile, browser)
        the_survey_survives(fragile, browser)
        fragile.play.clock.set(fragile.play.moment("closing"))
        the_commitment_survives(fragile, browser)


def the_first_opening_survives(fragile: Fragile, officer: Officer, browser: Browser) -> None:
    for step in ("profile", "notice", "consents"):
        # The form for this step is there only because the step before it was not lost.
        page = browser.go("/welcome/")
        form, said = page.form("/welcome/", step=step), opening.said(fragile.play, officer, step)
        # The notice alone: the three questions, which stand below it, are asked again by themselves.
        form.fields.pop("also", None)
        fragile.submit(browser, page, form, said)
    assert browser.go("/welcome/").path == "/today/"


def later_changes_survive(fragile: Fragile, browser: Browser) -> None:
    consents = browser.go("/me/").form("/me/", step="consents").fields
    turned = {name: "no" if consents[name] == "yes" else "yes" for name in QUESTIONS}
    for step, changes in (
        ("profile", {"display_name": "Known As So", "language": "uz"}),
        ("consents", turned),
    ):
        page = browser.go("/me/")
        fragile.submit(browser, page, page.form("/me/", step=step), changes)
        saved = browser.go("/me/").form("/me/", step=step).fields
        assert {name: saved[name] for name in changes} == changes


def the_lesson_survives(fragile: Fragile, browser: Browser) -> None:
    page = browser.go(f"{LESSON}1/")
    fragile.submit(browser, page, page.form(f"{LESSON}1/"))
    assert reading(browser) == f"{LESSON}2/"
    fragile.post(browser, LESSON)
    # A lesson that is read has nothing more to note.
    assert reading(browser) == ""


def reading(browser: Browser) -> str:
    """Give the page at which her lesson opens, by what its form says; nothing once she has read it all."""
    actions = [form.action for form in browser.go(LESSON).page.forms()]
    return next((action for action in actions if action.startswith(LESSON)), "")


def the_test_survives(fragile: Fragile, browser: Browser) -> None:
    page = browser.go(TEST)
    (name, options), *others = (
        (name, options) for name, options in page.form(TEST).options.items() if name[:2] == "a-"
    )
    answer = {"item": name.removeprefix("a-"), "option": options[0]}
    sent = {**answer, "write_id": fragile.play.write_id()}
    fragile.post(browser, f"{TEST}answer/", sent)
    assert answers(browser) == {name: options[0]}
    # The receipt is there too: the phone, which may not have heard the answer, sends the same again.
    assert browser.post(f"{TEST}answer/", sent).status == 204
    assert browser.post(f"{TEST}answer/", {**sent, "option": options[1]}).status == 409

    chosen = {name: options[1], **{other: offered[0] for other, offered in others}}
    fragile.post(browser, TEST, chosen)
    assert answers(browser) == chosen
    fragile.post(browser, f"{TEST}hand-in/", chosen)
    assert browser.go(TEST).page.having("data-correct")


def answers(browser: Browser) -> dict[str, str]:
    fields = browser.go(TEST).form(TEST).fields
    return {name: chosen for name, chosen in fields.items() if name.startswith("a-")}


def the_survey_survives(fragile: Fragile, browser: Browser) -> None:
    page = browser.go(SURVEY)
    form = next(form for form in page.page.forms() if form.options)
    fragile.submit(browser, page, form, {name: given[0] for name, given in form.options.items()})
    assert not any(form.options for form in browser.go(SURVEY).page.forms())


def the_commitment_survives(fragile: Fragile, browser: Browser) -> None:
    page = browser.go(COMMITMENT)
    said = {"deed": "Ask for a woman officer first.", "support": "My head of shift"}
    fragile.submit(browser, page, page.form(COMMITMENT), said)
    saved = browser.go(COMMITMENT).form(COMMITMENT).fields
    assert {name: saved[name] for name in said} == said
