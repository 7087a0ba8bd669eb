"""Nothing that was acknowledged is lost: kill -9 right after each answer, restart, and everything is there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from sabaq.ops.rehearsal import nominating, opening
from sabaq.ops.rehearsal.conductor import Plan, began, begin
from sabaq.ops.rehearsal.course_clock import CourseClock
from sabaq.ops.rehearsal.following import LongPoller
from sabaq.ops.rehearsal.ledger import Officer
from sabaq.ops.rehearsal.play import Play
from sabaq.ops.rehearsal.server import Server
from sabaq.ops.rehearsal.stage import set_stage
from sabaq.ops.rehearsal.wire import Answer, Browser
from tests.servers import ROOT, fresh_database

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

MODEL = ROOT / "packs/gender-human-rights/editions/regional-2027.toml"
PASSWORD = "known to this test alone"
STEP = timedelta(seconds=40)


@dataclass
class Fragile:
    """A play on a server that is killed after every act."""

    play: Play
    server: Server

    def after_a_kill(self, answer: Answer, tree: list[int], *statuses: int) -> Answer:
        """Kill the tree now that the answer is here, start again on the same data, give the answer."""
        self.server.kill(tree)
        for browser in self.play.browsers.values():
            browser.close()
        assert answer.status in statuses, (answer.path, answer.status, answer.page.complaints())
        self.server.start(port=int(self.play.address.rsplit(":", 1)[1]))
        return answer

    def post(self, browser: Browser, path: str, fields: dict[str, object] | None = None) -> Answer:
        tree = self.server.tree()
        answer = browser.post(path, fields, quick=True)  # type: ignore[arg-type]
        return self.after_a_kill(answer, tree, 204, 302)


@pytest.fixture
def fragile(tmp_path: Path) -> Iterator[Fragile]:
    with fresh_database() as url:
        plan = Plan(5, 7, tmp_path, MODEL, url)
        stage = set_stage(MODEL, tmp_path / "edition.toml", seats=5, minutes=1)
        server = Server(tmp_path / "data", tmp_path / "clock.json", url)
        clock = CourseClock(tmp_path / "clock.json")
        clock.set(stage.opens_at)
        with began(server, stage, PASSWORD, say=print):
            play = begin(plan, stage, clock, server, PASSWORD, say=print)
            yield Fragile(play, server)
            play.end()


def test_whatever_was_acknowledged_is_there_after_a_kill(fragile):
    officer, other = fragile.play.ledger.officers[:2]
    nominations_survive(fragile, officer, other)
    seats_and_letters_survive(fragile, officer)
    the_first_opening_survives(fragile, officer)
    the_class_survives(fragile, officer)
    the_test_survives(fragile, officer)
    the_survey_survives(fragile, officer)
    the_certificate_survives(fragile, officer)


def nominations_survive(fragile: Fragile, officer: Officer, other: Officer) -> None:
    play = fragile.play
    play.clock.set(play.stage.opens_at + timedelta(days=1))
    browser, path = nominating.focal_point(play, officer), f"{play.office}nominate/"
    browser.go(path)
    fragile.post(browser, path, {**nominating.fields_of(officer), "write_id": play.write_id()})
    assert officer.native_name in browser.go(f"{play.office}nominations/").page.names()

    table = nominating.table_of([other])
    browser, tree = nominating.focal_point(play, other), fragile.server.tree()
    sent = browser.upload(f"{path}file/", {"agency": other.agency}, "table", table)
    fragile.after_a_kill(sent, tree, 200)
    assert other.native_name in browser.go(f"{play.office}nominations/").page.names()


def seats_and_letters_survive(fragile: Fragile, officer: Officer) -> None:
    play = fragile.play
    chosen = nominating.nominations_in(play, "proposed")[officer.native_name]
    decide = f"{play.office}nominations/decide/"
    fragile.post(play.organiser, decide, {"act": "confirm", "nomination": [chosen]})
    assert nominating.confirmed_names(play) == {officer.native_name}
    nominating.collect_letters(play, [officer])
    first = officer.link

    participants = play.organiser.go(f"{play.office}participants/")
    reissue = nominating.form_beside(participants.page, officer, "/link/")
    fragile.post(play.organiser, reissue.action)
    stranger = Browser(play.address)
    assert stranger.get(first).status == 404
    stranger.close()
    nominating.collect_letters(play, [officer])
    assert officer.link != first


def the_first_opening_survives(fragile: Fragile, officer: Officer) -> None:
    play, browser = fragile.play, fragile.play.of(officer)
    opening.before_the_course(play)
    browser.go(officer.link)
    fragile.post(browser, officer.link, {"answer": "me"})
    opened = play.organiser.go(f"{play.office}participants/?state=opened")
    assert officer.native_name in opened.page.names()

    for step in ("profile", "notice", "consents"):
        # The form for this step is there only because the step before it was not lost.
        form = browser.go("/welcome/").form("/welcome/", step=step)
        fragile.post(browser, "/welcome/", {**form.fields, **opening.said(play, officer, step)})
    assert browser.go("/welcome/").path == "/today/"


def the_class_survives(fragile: Fragile, officer: Officer) -> None:
    play, browser = fragile.play, fragile.play.of(officer)
    trainer = play.staff(play.stage.staff_as("trainer"))
    session = play.stage.session("interviewing-screening")
    play.clock.set(session.starts_at, rate=0.0)
    identity = sessions_of(trainer)[session.title]
    teach, room = f"/teach/{identity}/", f"/class/{identity}/"
    fragile.post(trainer, f"{teach}begin/")
    be_present(play, browser, room)

    form = next(f for f in trainer.go(teach).page.forms() if f.action.endswith("/slide/"))
    shown = dict(form.buttons)["slide"]
    fragile.post(trainer, form.action, {**form.fields, "slide": shown})
    assert browser.go(room).page.having("data-slide")[0].get("data-slide") == shown

    key = trainer.go(teach).page.having("data-poll-key")[0].get("data-poll-key")
    fragile.post(trainer, f"{teach}polls/{key}/open/")
    page = browser.go(room)
    vote = next(form for form in page.page.forms() if form.action.endswith("/vote/"))
    option = vote.options["option"][-1]
    fragile.post(browser, vote.action, {**vote.fields, "option": option})
    voted = next(f for f in browser.go(room).page.forms() if f.action.endswith("/vote/"))
    assert voted.fields["option"] == option

    fragile.post(trainer, f"{teach}end/")
    follower = LongPoller(browser, identity)
    follower.renew_ticket()
    follower.poll()
    kinds = [kind for kind in follower.seen.kinds() if kind != "PollCounted"]
    assert kinds == ["ClassBegan", "SlideShown", "PollOpened", "PollClosed", "ClassEnded"]
    assert follower.seen.missing == 0


def the_test_survives(fragile: Fragile, officer: Officer) -> None:
    browser = fragile.play.of(officer)
    form = browser.go("/test/knowledge/").form("/test/knowledge/")
    name, options = next((n, o) for n, o in form.options.items() if n.startswith("a-"))
    answer = {"item": name.removeprefix("a-"), "option": options[0]}
    write_id = fragile.play.write_id()
    fragile.post(browser, "/test/knowledge/answer/", {**answer, "write_id": write_id})
    assert browser.go("/test/knowledge/").form("/test/knowledge/").fields[name] == options[0]
    # The receipt is there too: the phone, which may not have heard the answer, sends the same again.
    again = browser.post("/test/knowledge/answer/", {**answer, "write_id": write_id})
    assert again.status == 204
    other = {**answer, "option": options[1], "write_id": write_id}
    assert browser.post("/test/knowledge/answer/", other).status == 409

    fragile.post(browser, "/test/knowledge/hand-in/", {"confirmed": "1"})
    assert browser.go("/test/knowledge/").page.having("data-correct")


def the_survey_survives(fragile: Fragile, officer: Officer) -> None:
    browser = fragile.play.of(officer)
    form = next(form for form in browser.go("/survey/closing/").page.forms() if form.options)
    given = {name: options[0] for name, options in form.options.items()}
    fragile.post(browser, "/survey/closing/", {**form.fields, **given})
    assert not any(form.options for form in browser.go("/survey/closing/").page.forms())


def the_certificate_survives(fragile: Fragile, officer: Officer) -> None:
    play, browser = fragile.play, fragile.play.of(officer)
    trainer = play.staff(play.stage.staff_as("trainer"))
    session = play.stage.session("survivors")
    play.clock.set(session.starts_at, rate=0.0)
    identity = sessions_of(trainer)[session.title]
    assert trainer.post(f"/teach/{identity}/begin/", quick=True).status == 204
    be_present(play, browser, f"/class/{identity}/")
    fragile.post(play.organiser, f"{play.office}certificates/issue/")
    assert browser.get("/certificate.pdf").body.startswith(b"%PDF")


def sessions_of(trainer: Browser) -> dict[str, str]:
    """Give the id of each session by its title, from the trainer's list."""
    links = trainer.go("/teach/").page.all("a")
    return {
        link.text: link.get("href").split("/")[2]
        for link in links
        if link.get("href").startswith("/teach/") and link.get("href") != "/teach/"
    }


def be_present(play: Play, browser: Browser, room: str) -> None:
    """Be in class for two minutes of the course's clock."""
    for _ in range(4):
        browser.go(room)
        play.clock.step(STEP)
