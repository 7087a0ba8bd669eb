"""Nominations and decisions outlive a kill."""

from datetime import timedelta
from pathlib import Path

import pytest

from sabaq.ops.rehearsal import letters, nominating
from sabaq.ops.rehearsal.ledger import Officer
from tests.rehearsal.kills.stage import Fragile, form_with, fragile_play, row_of

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


def test_what_agencies_and_the_organiser_did_is_there_after_a_kill(tmp_path: Path):
    with fragile_play("nominating", tmp_path) as fragile:
        play = fragile.play
        play.clock.set(play.stage.opens_at + timedelta(days=1))
        officers = play.ledger.officers
        nominations_survive(fragile, officers)
        corrections_survive(fragile, officers[0], officers[3])
        decisions_survive(fragile, officers)
        a_seat_given_back_survives(fragile, officers[0])


def nominations_survive(fragile: Fragile, officers: list[Officer]) -> None:
    play, first = fragile.play, officers[0]
    browser, path = nominating.focal_point(play, first), f"{play.office}nominate/"
    fields = form_with(browser.go(path), "native_name").fields | nominating.fields_of(first)
    fragile.post(browser, path, fields)
    assert nominating.nominations_in(play, "proposed").keys() == {first.native_name}
    # The receipt is there too: a browser that did not hear the answer sends the same again.
    assert browser.post(path, fields).status == 302

    for officer in officers[1:3]:
        nominating.nominate_one(play, nominating.focal_point(play, officer), officer)
    last = officers[3]
    table = nominating.table_of([last])
    browser = nominating.focal_point(play, last)
    fragile.upload(browser, f"{path}file/", {"agency": last.agency}, "table", table)
    proposed = nominating.nominations_in(play, "proposed")
    assert proposed.keys() == {officer.native_name for officer in officers[:4]}


def corrections_survive(fragile: Fragile, wrong: Officer, gone: Officer) -> None:
    play = fragile.play
    browser, path = nominating.focal_point(play, wrong), f"{play.office}nominations/"
    uuid = nominating.nominations_in(play, "proposed")[wrong.native_name]
    page = browser.go(f"{path}{uuid}/")
    wrong.latin_name = "Corrected By Her Agency"
    fragile.submit(browser, page, form_with(page, "native_name"), {"latin_name": wrong.latin_name})
    assert wrong.latin_name in row_of(play.organiser.go(path), wrong.native_name)

    browser = nominating.focal_point(play, gone)
    page = browser.go(path)
    fragile.submit(browser, page, nominating.form_beside(page.page, gone, "/withdraw/"))
    assert row_of(play.organiser.go(f"{path}?state=withdrawn"), gone.native_name)


def decisions_survive(fragile: Fragile, officers: list[Officer]) -> None:
    play, path = fragile.play, f"{fragile.play.office}nominations/"
    proposed = nominating.nominations_in(play, "proposed")
    decisions = {"reserve": "reserve", "decline": "declined", "confirm": "confirmed"}
    for officer, (act, state) in zip(reversed(officers[:3]), decisions.items(), strict=True):
        chosen = proposed[officer.native_name]
        fragile.post(play.organiser, f"{path}decide/", {"act": act, "nomination": [chosen]})
        assert row_of(play.organiser.go(f"{path}?state={state}"), officer.native_name)
    assert nominating.nominations_in(play, "proposed") == {}
    # Nobody writes by e-mail here: the task owed by the confirmation leaves the letter to be handed over.
    letters.collect_letters(play, officers[:1])
    assert letters.letters_in_outbox(play).keys() == {officers[0].native_name}


def a_seat_given_back_survives(fragile: Fragile, officer: Officer) -> None:
    play = fragile.play
    page = play.organiser.go(f"{play.office}participants/")
    form = nominating.form_beside(page.page, officer, "/withdraw/")
    fragile.submit(play.organiser, page, form)
    assert nominating.nominations_in(play, "proposed").keys() == {officer.native_name}
    assert letters.letters_in_outbox(play) == {}
    assert fragile.stranger().get(officer.link).status == 404
