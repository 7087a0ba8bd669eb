"""Scene four: two days in class, followed by streams, by long polling and by pages that reload themselves.

The course's clock is held and moved in steps, so that minutes do not depend on how busy the machine is. A
stretch of presence is carried on over at most 45 seconds of that clock. Who polls or reloads is seen at
each step. Who follows a stream is noted whenever the server looks for news: therefore there is news at
each step, and it must have arrived before the next, so that nobody is noted more than two steps late.
"""

import time
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import zip_longest

from sabaq.ops.rehearsal.following import Follower, LongPoller, StreamFollower
from sabaq.ops.rehearsal.ledger import Officer
from sabaq.ops.rehearsal.play import ABSENT, FIRST_DAY_ONLY, LEFT_EARLY, Play, must
from sabaq.ops.rehearsal.stage import Session
from sabaq.ops.rehearsal.wire import Answer, Browser, Unexpected

STEP = timedelta(seconds=20)
STEPS_OF_A_TICKET = 24  # eight minutes of its ten
WRITTEN_DOWN_AFTER = 1.0
STREAM, POLL, PAGE = "stream", "poll", "page"
COUNTS = "PollCounted"


@dataclass
class Room:
    """One class: who leads it, and who follows it how."""

    play: Play
    session: Session
    id: str
    trainer: Browser
    desk: StreamFollower
    streams: dict[int, StreamFollower] = field(default_factory=dict)
    pollers: dict[int, LongPoller] = field(default_factory=dict)
    readers: dict[int, Browser] = field(default_factory=dict)
    here: list[Officer] = field(default_factory=list)

    def act(self, path: str, fields: dict[str, str] | None, *kinds: str) -> None:
        """Act at the console, note what must stand in the log, and let everybody catch up."""
        must(self.trainer.post(f"/teach/{self.id}/{path}/", fields, quick=True), 204)
        self.play.ledger.posted(self.id, *kinds)
        self.catch_up()

    def catch_up(self) -> None:
        """Wait until the desk has seen all that was posted, and every follower what is for everybody."""
        self.desk.wait_for(len(self.play.ledger.class_events[self.id]), beside=COUNTS)
        last = self.desk.seen.last
        for follower in [*self.streams.values(), *self.pollers.values()]:
            follower.catch_up(last)

    def followers(self) -> list[Follower]:
        return [*self.streams.values(), *self.pollers.values()]


def hold_class(play: Play, key: str, *, ways: tuple[str, ...]) -> None:
    """Hold the class of this session until everybody who stays has earned the day."""
    session = play.stage.session(key)
    play.clock.set(session.starts_at, rate=0.0)
    room = enter(play, session, ways=ways)
    room.act("begin", None, "ClassBegan")
    slides = _slides(room)
    if slides:
        slides = _show_slides(room, slides)
        _hold_poll(room)
    elif room.streams:
        raise Unexpected("a class without slides has no news to follow a stream for")
    _pass_time(room, slides)
    # The server writes down every 200 ms whom it saw; the report is read only after that.
    time.sleep(WRITTEN_DOWN_AFTER)
    room.act("end", None, "ClassEnded")
    _compare(room)
    for stream in [room.desk, *room.streams.values()]:
        stream.drop()
    play.clock.set(play.clock.moment)


def enter(play: Play, session: Session, *, ways: tuple[str, ...]) -> Room:
    """Bring trainer and participants into the room, each by her own way of following."""
    trainer = play.staff(play.stage.staff_as("trainer"))
    identity = _identity(trainer, session)
    trainer.go(f"/teach/{identity}/")
    desk = _stream(play, trainer, identity)
    room = Room(play, session, identity, trainer, desk)
    coming = [o for o in play.ledger.participants if comes(play, o, session.day)]
    for number, officer in enumerate(coming):
        browser, way = play.of(officer), ways[number % len(ways)]
        browser.go(f"/class/{identity}/")
        room.here.append(officer)
        if way == STREAM:
            room.streams[id(officer)] = _stream(play, browser, identity)
        elif way == POLL:
            room.pollers[id(officer)] = LongPoller(browser, identity)
            room.pollers[id(officer)].renew_ticket()
        else:
            room.readers[id(officer)] = browser
    return room


def _stream(play: Play, browser: Browser, identity: str) -> StreamFollower:
    stream = StreamFollower(browser, identity)
    play.streams.append(stream)
    stream.renew_ticket()
    stream.open()
    return stream


def comes(play: Play, officer: Officer, day: date) -> bool:
    habit = play.habit(officer)
    first = day == play.stage.days[0]
    return officer.registered and habit != ABSENT and (first or habit != FIRST_DAY_ONLY)


def _identity(trainer: Browser, session: Session) -> str:
    """Give the id under which the trainer's list knows the session."""
    page = trainer.go("/teach/").page
    for link in page.all("a"):
        if link.text == session.title and link.get("href").startswith("/teach/"):
            return link.get("href").split("/")[2]
    raise Unexpected(f"the trainer's list does not show {session.key}")


def _slides(room: Room) -> list[str]:
    """Give the slide that is shown and the one after it, if the session has any."""
    page = room.trainer.go(f"/teach/{room.id}/").page
    shown = [node.get("data-slide") for node in page.having("data-slide")]
    return shown[:1] + _offered(room)


def _offered(room: Room) -> list[str]:
    page = room.trainer.go(f"/teach/{room.id}/").page
    following = [
        value
        for form in page.forms()
        if form.action.endswith("/slide/")
        for name, value in form.buttons
        if name == "slide"
    ]
    return following[-1:]


def _show_slides(room: Room, slides: list[str]) -> list[str]:
    """Show the next slides; one follower drops in between and comes back where she left.

    Gives the slide shown last, and the one after it.
    """
    now, following = slides[0], slides[1]
    for number in range(3):
        room.play.clock.step(STEP)
        stream = next(iter(room.streams.values()), None)
        if stream is not None and number == 1:
            stream.drop()
            must(_slide(room, now, following), 204)
            stream.renew_ticket()
            stream.open()
            room.play.ledger.posted(room.id, "SlideShown")
            room.catch_up()
        else:
            room.act("slide", {"slide": following, "expected": now}, "SlideShown")
        now, following = following, _offered(room)[-1]
    stale = _slide(room, slides[0], following)
    room.play.refuses("a slide shown from a place that is past", stale, 409)
    _refuse_strangers(room, now, following)
    return [now, following]


def _slide(room: Room, expected: str, slide: str) -> Answer:
    fields = {"slide": slide, "expected": expected}
    return room.trainer.post(f"/teach/{room.id}/slide/", fields, quick=True)


def _refuse_strangers(room: Room, now: str, following: str) -> None:
    """A participant at the console; a ticket shown at another door; a participant with a forged ticket."""
    play, officer = room.play, room.here[0]
    browser, fields = play.of(officer), {"slide": following, "expected": now}
    answer = browser.post(f"/teach/{room.id}/slide/", fields, quick=True)
    play.refuses("a participant's act at the console", answer, 403, 404)
    other = next(s for s in play.stage.sessions if s.key == "closing")
    follower = LongPoller(browser, _identity(room.trainer, other))
    follower.ticket = browser.go(f"/class/{room.id}/ticket/").json()["ticket"]
    play.refuses("a ticket of another session", browser.get(follower.path("poll", after=0)), 403)
    follower = LongPoller(browser, room.id)
    follower.ticket = "forged"
    play.refuses("a forged ticket", browser.get(follower.path("poll", after=0)), 403)


def _hold_poll(room: Room) -> None:
    """Ask the first poll, take votes, one of them changed and one sent twice; close it, show the results."""
    play = room.play
    page = room.trainer.go(f"/teach/{room.id}/").page
    poll = page.having("data-poll-key")[0]
    key = poll.get("data-poll-key")
    play.ledger.poll_options = [node.get("data-option") for node in poll.having("data-option")]
    room.act(f"polls/{key}/open", None, "PollOpened")
    for number, officer in enumerate(room.here):
        if number == 0:
            _refuse_bad_votes(room, officer)
        _vote(room, officer, twice=number == 1)
        if number == 2:
            _vote(room, officer, twice=False)
    room.act(f"polls/{key}/close", None, "PollClosed")
    late = _cast(room, room.here[0], play.ledger.poll_options[0], play.write_id())
    play.refuses("a vote after the poll", late, 404, 409)
    room.act(f"polls/{key}/results", None, "ResultsShown")


def _vote(room: Room, officer: Officer, *, twice: bool) -> None:
    play = room.play
    option, write_id = play.rng.choice(play.ledger.poll_options), play.write_id()
    for _ in range(2 if twice else 1):
        must(_cast(room, officer, option, write_id), 204)
    officer.vote = option


def _cast(room: Room, officer: Officer, option: str, write_id: str) -> Answer:
    browser = room.play.of(officer)
    path = _poll_path(room, officer)
    return browser.post(path, {"option": option, "write_id": write_id}, quick=True)


def _poll_path(room: Room, officer: Officer) -> str:
    """Give the address of the open poll, as the officer's page first showed it."""
    page = room.play.of(officer).go(f"/class/{room.id}/").page
    for form in page.forms():
        if form.action.endswith("/vote/"):
            return form.action
    runs = [e["run"] for e in room.desk.seen.events if e["kind"] == "PollOpened"]
    return f"/class/{room.id}/polls/{runs[-1]}/vote/"


def _refuse_bad_votes(room: Room, officer: Officer) -> None:
    play, options = room.play, room.play.ledger.poll_options
    beyond = _cast(room, officer, "zz", play.write_id())
    play.refuses("a vote for nothing on offer", beyond, 400, 404, 422)
    first, second = play.write_id(), play.write_id()
    must(_cast(room, officer, options[0], first), 204)
    must(_cast(room, officer, options[1], second), 204)
    # The first sending comes once more, late: the phone had not heard the answer. It changes nothing.
    must(_cast(room, officer, options[0], first), 204)
    officer.vote = options[1]
    empty = play.of(officer).post(
        _poll_path(room, officer), {"write_id": play.write_id()}, quick=True
    )
    play.refuses("a vote for nothing at all", empty, 400, 422)


def _pass_time(room: Room, slides: list[str]) -> None:
    """Let the class go on until those who stay have earned the day; some leave at a third of it."""
    play, day = room.play, room.session.day
    needed = timedelta(minutes=play.ledger.threshold * 1.1)
    early = [o for o in room.here if play.habit(o) == LEFT_EARLY and day == play.stage.days[-1]]
    steps = int(needed / STEP) + 1
    for number in range(steps):
        play.clock.step(STEP)
        if number == steps // 3:
            for officer in early:
                _leave(room, officer)
        if slides:
            fields = {"expected": slides[number % 2], "slide": slides[(number + 1) % 2]}
            room.act("slide", fields, "SlideShown")
        _be_seen(room, number)
    for officer in room.here:
        officer.minutes[day] = steps * STEP.total_seconds() / 60
    for officer in early:
        officer.minutes[day] = steps // 3 * STEP.total_seconds() / 60


def _be_seen(room: Room, number: int) -> None:
    for poller in room.pollers.values():
        if number % STEPS_OF_A_TICKET == 0:
            poller.renew_ticket()
        poller.be_seen()
    if number % 2 == 0:
        for browser in room.readers.values():
            browser.go(f"/class/{room.id}/")


def _leave(room: Room, officer: Officer) -> None:
    """Close the page without a word."""
    stream = room.streams.pop(id(officer), None)
    if stream is not None:
        stream.drop()
    room.pollers.pop(id(officer), None)
    room.readers.pop(id(officer), None)


def _compare(room: Room) -> None:
    """Compare what each follower saw with what was posted; read the poll's totals where there was one."""
    play = room.play
    posted = play.ledger.class_events[room.id]
    _count_missing(play, f"{room.session.key}: the trainer", room.desk, posted)
    for number, follower in enumerate(room.followers()):
        _count_missing(play, f"{room.session.key}: follower {number}", follower, posted)
    if "ResultsShown" in posted:
        page = play.of(room.here[-1]).go(f"/class/{room.id}/").page
        shown = [node for part in page.having("data-poll") for node in part.having("data-votes")]
        totals = {node.get("data-option"): int(node.get("data-votes")) for node in shown}
        play.compare("poll", play.ledger.poll(), totals)


def _count_missing(play: Play, who: str, follower: Follower, expected: list[str]) -> None:
    # How often totals come along in between depends on the clock, and is no act of anybody.
    seen = [kind for kind in follower.seen.kinds() if kind != COUNTS]
    missing = follower.seen.missing + max(0, len(expected) - len(seen))
    play.followers_missing += missing
    if missing or seen != expected:
        pairs = enumerate(zip_longest(expected, seen))
        place = next((at for at, (wanted, got) in pairs if wanted != got), len(seen))
        play.mismatches.append(
            f"{who} has seen {len(seen)} of {len(expected)} events; the first that differs is number "
            f"{place + 1}, and the chain broke {follower.seen.missing} times"
        )
