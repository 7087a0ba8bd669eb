"""What was done in class, and what came of it (a certificate), outlives a kill."""

from datetime import timedelta
from pathlib import Path

import pytest

from sabaq.ops.rehearsal import opening
from sabaq.ops.rehearsal.following import LongPoller
from sabaq.ops.rehearsal.ledger import Officer
from sabaq.ops.rehearsal.play import Play, must
from sabaq.ops.rehearsal.wire import Browser, File
from tests.rehearsal.kills.stage import Fragile, enrol, form_with, fragile_play

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

STEP = timedelta(seconds=40)
EMBLEM = (
    b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>"""
)


def test_a_class_and_what_came_of_it_are_there_after_a_kill(tmp_path: Path):
    with fragile_play("classes", tmp_path) as fragile:
        play = fragile.play
        officer = play.ledger.officers[0]
        enrol(fragile, [officer])
        opening.open_the_course(play, officer, by_code=False, correct_sex=False)
        browser = play.of(officer)
        trainer = play.staff(play.stage.staff_as("trainer"))
        first = arrive(play, trainer, "interviewing-screening")
        the_slides_survive(fragile, trainer, browser, first)
        the_polls_survive(fragile, trainer, browser, first)
        a_poll_made_on_the_spot_survives(fragile, trainer, browser, first)
        the_end_survives(fragile, trainer, browser, first)
        second = arrive(play, trainer, "survivors")
        must(trainer.post(f"/teach/{second}/begin/", quick=True), 204)
        be_present(play, browser, f"/class/{second}/")
        the_design_of_certificates_survives(fragile)
        the_certificate_survives(fragile, officer)
        the_annex_survives(fragile)
        the_release_survives(fragile)


def arrive(play: Play, trainer: Browser, topic: str) -> str:
    """Make it the time of this session and give its id, from the trainer's list."""
    session = play.stage.session(topic)
    play.clock.set(session.starts_at, rate=0.0)
    links = {link.text: link.get("href") for link in trainer.go("/teach/").page.all("a")}
    return links[session.title].split("/")[2]


def the_slides_survive(fragile: Fragile, trainer: Browser, browser: Browser, session: str) -> None:
    teach, room = f"/teach/{session}/", f"/class/{session}/"
    fragile.post(trainer, f"{teach}begin/")
    be_present(fragile.play, browser, room)
    page = trainer.go(teach)
    form = page.form("/slide/")
    shown = dict(form.buttons)["slide"]
    fragile.submit(trainer, page, form, {"slide": shown})
    assert browser.go(room).page.having("data-slide")[0].get("data-slide") == shown


def the_polls_survive(fragile: Fragile, trainer: Browser, browser: Browser, session: str) -> None:
    teach, room = f"/teach/{session}/", f"/class/{session}/"
    first, *_ = [
        poll.get("data-poll-key") for poll in trainer.go(teach).page.having("data-poll-key")
    ]
    fragile.post(trainer, f"{teach}polls/{first}/open/")
    page = browser.go(room)
    vote = page.form("/vote/")
    option = vote.options["option"][-1]
    fragile.submit(browser, page, vote, {"option": option})
    assert browser.go(room).form("/vote/").fields["option"] == option
    for act in ("close", "results"):
        fragile.post(trainer, f"{teach}polls/{first}/{act}/")
    assert votes(trainer, teach, first) == {option: "1"}


def a_poll_made_on_the_spot_survives(
    fragile: Fragile, trainer: Browser, browser: Browser, session: str
) -> None:
    """It is written, translated, asked, answered by a word that is removed; another draft is thrown away, a third is
    asked and removed.
    """
    teach, room, play = f"/teach/{session}/", f"/class/{session}/", fragile.play

    def made() -> list[str]:
        forms = trainer.go(teach).page.forms()
        return [form.action for form in forms if form.action.endswith("/discard/")]

    def write(kind: str) -> None:
        fields = {"kind": kind, "language": "en", "question": "What helps?", "lines": ""}
        fields |= {"then": "keep", "write_id": play.write_id()}
        fragile.post(trainer, f"{teach}polls/write/", fields)

    write("word")
    (draft,) = made()
    poll = draft.split("/")[-3]
    said = {"language": "ru", "question": "Что помогает?"}
    fragile.post(trainer, f"{room}polls/{poll}/translate/", said)
    must(trainer.post(f"{teach}polls/{poll}/open/", quick=True), 204)
    vote = browser.go(room).form("/vote/")
    must(browser.post(vote.action, {**vote.fields, "option": "patience"}, quick=True), 204)
    must(trainer.post(f"{teach}polls/{poll}/close/", quick=True), 204)
    page = trainer.go(teach)
    fragile.submit(trainer, page, page.form("/remove/"))
    assert "patience" not in trainer.go(teach).text
    write("word")
    (draft,) = made()
    fragile.post(trainer, draft)
    assert made() == []
    write("word")
    (draft,) = made()
    must(trainer.post(draft.replace("/discard/", "/open/"), quick=True), 204)
    fragile.post(trainer, draft.replace("/discard/", "/remove/"))
    assert draft.split("/")[-3] not in trainer.go(teach).text
    must(trainer.post(f"{teach}polls/{poll}/open/", quick=True), 204)


def votes(trainer: Browser, teach: str, poll: str) -> dict[str, str]:
    """Give the options that anybody chose, with how many did."""
    (card,) = trainer.go(teach).page.all("section", data_poll_key=poll)
    counted = {
        node.get("data-option"): node.get("data-votes") for node in card.having("data-votes")
    }
    return {option: count for option, count in counted.items() if count != "0"}


def the_end_survives(fragile: Fragile, trainer: Browser, browser: Browser, session: str) -> None:
    """A class that ends closes the poll that is open, and its log has no gap."""
    fragile.post(trainer, f"/teach/{session}/end/")
    follower = LongPoller(browser, session)
    follower.renew_ticket()
    follower.poll()
    assert [kind for kind in follower.seen.kinds() if kind != "PollCounted"] == [
        "ClassBegan",
        "SlideShown",
        "PollOpened",
        "PollClosed",
        "ResultsShown",
        "PollWritten",
        "PollWritten",
        "PollOpened",
        "PollClosed",
        "TextRemoved",
        "PollWritten",
        "PollWritten",
        "Removed",
        "PollOpened",
        "PollClosed",
        "TextRemoved",
        "PollOpened",
        "PollClosed",
        "ClassEnded",
    ]
    assert follower.seen.missing == 0


def the_design_of_certificates_survives(fragile: Fragile) -> None:
    organiser, path = fragile.play.organiser, f"{fragile.play.office}certificates/design/"
    file = File("emblem.svg", EMBLEM, "image/svg+xml")
    names = {"logo-name_en": "An office", "logo-name_ru": "Представительство"}
    fragile.upload(organiser, f"{path}logos/", names, "logo-picture", file, 302)
    page = organiser.go(path)
    fragile.submit(organiser, page, page.form("/remove/"))
    assert "An office" not in organiser.go(path).text

    page = organiser.go(path)
    title = {"signatory-1-function_en": "Head of an invented office"}
    fragile.submit(organiser, page, page.form("/certificates/design/"), title)
    assert "Head of an invented office" in organiser.go(path).text

    page = organiser.go(f"{path}in/kk/")
    fragile.submit(organiser, page, form_with(page, "course_title"), {"course_title": "Оқу курсы"})
    assert "Оқу курсы" in organiser.go(f"{path}in/kk/").text


def the_certificate_survives(fragile: Fragile, officer: Officer) -> None:
    play, path = fragile.play, f"{fragile.play.office}certificates/"
    page = play.organiser.go(path)
    fragile.submit(play.organiser, page, page.form("/certificates/issue/"))
    assert play.of(officer).get("/certificate.pdf").body.startswith(b"%PDF")

    page = play.organiser.go(path)
    again = next(a.get("href") for a in page.page.all("a") if a.get("href").endswith("/again/"))
    page = play.organiser.go(again)
    corrected = {"latin_name": "Corrected Name", "reason": "A letter was missing"}
    fragile.submit(play.organiser, page, form_with(page, "latin_name"), corrected)
    checked = fragile.stranger().go(f"/check/{again.split('/')[-3]}/").page
    assert [node.get("data-state") for node in checked.having("data-state")] == ["replaced"]
    assert play.of(officer).get("/certificate.pdf").body.startswith(b"%PDF")

    page = play.organiser.go(path)
    form = form_with(page, "reason")
    fragile.submit(play.organiser, page, form, {"reason": "Issued by mistake"})
    assert play.of(officer).get("/certificate.pdf").status == 404
    number = form.action.split("/")[-3]
    checked = fragile.stranger().go(f"/check/{number}/").page
    assert [node.get("data-state") for node in checked.having("data-state")] == ["withdrawn"]


def the_annex_survives(fragile: Fragile) -> None:
    organiser, path = fragile.play.organiser, f"{fragile.play.office}report/"
    page = organiser.go(path)
    said = {"name": "N. Recipient", "organisation": "The donor", "reason": "Annual audit"}
    fragile.submit(organiser, page, page.form("/report/annex/"), said)
    papers = [
        link.get("href")
        for link in organiser.go(path).page.having("href")
        if "/annex/" in link.get("href")
    ]
    assert [organiser.get(paper).body[:4] for paper in papers] == [b"%PDF"]


def the_release_survives(fragile: Fragile) -> None:
    organiser, path = fragile.play.organiser, f"{fragile.play.office}report/publish/"
    page = organiser.go(path)
    fragile.submit(organiser, page, form_with(page, "number"), {})
    assert "Nothing has changed" in organiser.go(path).page.text


def be_present(play: Play, browser: Browser, room: str) -> None:
    """Be in class for two minutes of the course's clock."""
    for _ in range(4):
        browser.go(room)
        play.clock.step(STEP)
