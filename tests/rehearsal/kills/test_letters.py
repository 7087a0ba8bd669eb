"""Letters, links and codes outlive a kill: a letter goes once by e-mail, or waits to be handed over."""

import time
from datetime import timedelta
from pathlib import Path

import pytest

from sabaq.ops.rehearsal import letters, nominating, opening
from sabaq.ops.rehearsal.ledger import Officer
from sabaq.ops.rehearsal.pages import Form
from sabaq.ops.rehearsal.play import must
from sabaq.ops.rehearsal.wire import Answer
from tests.rehearsal.kills.post_office import PostOffice, post_office
from tests.rehearsal.kills.stage import Fragile, form_with, fragile_play

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

MAIL_SECONDS = 60
ME = {"answer": "me"}


def test_letters_and_ways_in_are_there_after_a_kill(tmp_path: Path):
    with (
        post_office() as mail,
        fragile_play("letters", tmp_path, {"EMAIL_URL": mail.url}) as fragile,
    ):
        by_mail, by_hand, refused = officers = fragile.play.ledger.officers[:3]
        by_mail.email, by_hand.email, refused.email = "one@agency.example", "", "two@agency.example"
        mail.refused.add(refused.email)
        nominating.nominate(fragile.play, officers)
        an_invitation_survives(fragile, mail, by_mail)
        confirm_without_a_kill(fragile, [by_hand, refused])
        a_new_link_survives(fragile, by_hand)
        handing_over_survives(fragile, by_hand)
        sending_again_survives(fragile, mail, refused)
        coming_in_survives(fragile, by_hand, refused)
        closing_a_link_survives(fragile, refused)
        # However often the worker began anew, nobody got a letter twice.
        assert len(mail.to(by_mail.email)) <= 1
        assert len(mail.to(refused.email)) <= 1


def an_invitation_survives(fragile: Fragile, mail: PostOffice, officer: Officer) -> None:
    play, decide = fragile.play, f"{fragile.play.office}nominations/decide/"
    play.clock.set(play.stage.closes_at + timedelta(days=3))
    chosen = nominating.nominations_in(play, "proposed")[officer.native_name]
    fragile.post(play.organiser, decide, {"act": "confirm", "nomination": [chosen]})
    assert nominating.confirmed_names(play) == {officer.native_name}
    assert "/i/" in letter_of(fragile, mail, officer)


def letter_of(fragile: Fragile, mail: PostOffice, officer: Officer) -> str:
    """Give the letter from her post, or from the outbox where a killed worker may have sent it or not."""
    deadline = time.monotonic() + MAIL_SECONDS
    while time.monotonic() < deadline:
        for message in mail.to(officer.email):
            return str(message.get_content())
        waiting = letters.letters_in_outbox(fragile.play)
        if officer.native_name in waiting:
            return waiting[officer.native_name]
        time.sleep(0.2)
    raise AssertionError("a letter was lost")


def confirm_without_a_kill(fragile: Fragile, officers: list[Officer]) -> None:
    play = fragile.play
    proposed = nominating.nominations_in(play, "proposed")
    chosen = {"act": "confirm", "nomination": [proposed[one.native_name] for one in officers]}
    must(play.organiser.post(f"{play.office}nominations/decide/", chosen), 302)
    letters.collect_letters(play, officers)


def a_new_link_survives(fragile: Fragile, officer: Officer) -> None:
    play, old = fragile.play, officer.link
    page = play.organiser.go(f"{play.office}participants/")
    form = nominating.form_beside(page.page, officer, "/link/")
    fragile.submit(play.organiser, page, form)
    assert fragile.stranger().get(old).status == 404
    letters.collect_letters(play, [officer])
    assert officer.link != old
    assert fragile.stranger().get(officer.link).status == 200


def handing_over_survives(fragile: Fragile, officer: Officer) -> None:
    play, path = fragile.play, f"{fragile.play.office}outbox/"
    labels = play.organiser.go(path).page.all("label")
    (label,) = (label for label in labels if officer.native_name in label.names())
    letter = label.all("input", name="letter")[0].get("value")
    fragile.post(play.organiser, f"{path}handed-over/", {"letter": letter})
    assert officer.native_name not in letters.letters_in_outbox(play)


def sending_again_survives(fragile: Fragile, mail: PostOffice, officer: Officer) -> None:
    play = fragile.play
    assert mail.to(officer.email) == []
    mail.refused.clear()
    page = play.organiser.go(f"{play.office}outbox/")
    fragile.submit(play.organiser, page, nominating.form_beside(page.page, officer, "/send/"))
    assert officer.link in letter_of(fragile, mail, officer)


def coming_in_survives(fragile: Fragile, by_link: Officer, by_code: Officer) -> None:
    play = fragile.play
    opening.before_the_course(play)
    browser = play.of(by_link)
    page = browser.go(by_link.link)
    fragile.submit(browser, page, asks_whose(page), ME)
    browser = play.of(by_code)
    page = browser.go("/code/")
    page = browser.send(page, form_with(page, "code"), {"code": by_code.code})
    fragile.submit(browser, page, asks_whose(page), ME)
    for officer in (by_link, by_code):
        assert play.of(officer).go("/welcome/").form("/welcome/", step="profile")
    opened = play.organiser.go(f"{play.office}participants/?state=opened").page.names()
    assert {by_link.native_name, by_code.native_name} <= set(opened)


def asks_whose(page: Answer) -> Form:
    return next(form for form in page.page.forms() if ("answer", "me") in form.buttons)


def closing_a_link_survives(fragile: Fragile, officer: Officer) -> None:
    play = fragile.play
    page = play.organiser.go(f"{play.office}participants/")
    form = nominating.form_beside(page.page, officer, "/link/close/")
    fragile.submit(play.organiser, page, form)
    assert fragile.stranger().get(officer.link).status == 404
    # Whoever was in already is out.
    assert play.of(officer).get("/welcome/").location.startswith("/code/")
