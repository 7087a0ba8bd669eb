"""A class as it goes on: who leads it, who follows it how, and the steps in which its time passes.

The course's clock is held and moved in steps, so that minutes do not depend on how busy the machine is. A
stretch of presence is carried on over at most 45 seconds of that clock. Who polls or reloads is seen at
each step. Who follows a stream is noted whenever the server looks for news: therefore there is news at
each step, and it must have arrived before the next, so that nobody is noted more than two steps late.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from sabaq.ops.rehearsal.following import Follower, LongPoller, StreamFollower
from sabaq.ops.rehearsal.ledger import ALL, Officer
from sabaq.ops.rehearsal.play import Play, must
from sabaq.ops.rehearsal.stage import Session
from sabaq.ops.rehearsal.wire import Answer, Browser, Unexpected

STEP = timedelta(seconds=20)
STREAM, POLL, PAGE = "stream", "poll", "page"


@dataclass
class Room:
    """One class. `trainers` lead it in turns; `present` are by number those who follow by a device of their own."""

    play: Play
    session: Session
    id: str
    trainers: list[Browser]
    desk: StreamFollower
    ways: tuple[str, ...]
    streams: dict[int, StreamFollower] = field(default_factory=dict)
    pollers: dict[int, LongPoller] = field(default_factory=dict)
    readers: dict[int, Browser] = field(default_factory=dict)
    seconds: dict[int, StreamFollower] = field(default_factory=dict)  # second devices
    kept: dict[int, Follower] = field(default_factory=dict)
    present: dict[int, Officer] = field(default_factory=dict)
    in_hall: list[Officer] = field(default_factory=list)
    slides: list[str] = field(default_factory=list)
    leads: int = 0

    @property
    def trainer(self) -> Browser:
        return self.trainers[self.leads % len(self.trainers)]

    @property
    def colleague(self) -> Browser:
        """Give the other trainer."""
        return self.trainers[(self.leads + 1) % len(self.trainers)]

    @property
    def teach(self) -> str:
        return f"/teach/{self.id}/"

    @property
    def path(self) -> str:
        return f"/class/{self.id}/"

    def act(self, path: str, fields: dict[str, str] | None, *kinds: str, to: str = ALL) -> Answer:
        """Act at the console, note what must stand in the log, and let everybody catch up."""
        answer = must(self.trainer.post(f"{self.teach}{path}/", fields, quick=True), 204)
        self.posted(*kinds, to=to)
        return answer

    def posted(self, *kinds: str, to: str = ALL) -> None:
        self.play.ledger.posted(self.id, *kinds, to=to)
        self.catch_up()

    def show(self, slide: str) -> None:
        """Go on to this slide, as whoever leads sees the class."""
        self.act("slide", {"slide": slide, "expected": self.slides[-1]}, "SlideShown")
        self.slides.append(slide)

    def catch_up(self) -> None:
        """Wait until the desk has seen all that was posted, and every follower what is for everybody."""
        acts = self.play.ledger.acts.get(self.id, [])
        self.desk.wait_for(len(acts))
        seen = zip(self.desk.seen.acts(), acts, strict=False)
        last = max((event["seq"] for event, act in seen if act.to == ALL), default=0)
        for follower in self.followers():
            follower.catch_up(last)

    def followers(self) -> Iterator[Follower]:
        yield from self.streams.values()
        yield from self.pollers.values()
        yield from self.seconds.values()

    def come(self, officer: Officer) -> None:
        """Let her open the page and follow, by her own way; or come back to it, where she was before."""
        play, way = self.play, self.ways[officer.number % len(self.ways)]
        browser = play.of(officer)
        browser.go(self.path)
        kept = self.kept.get(officer.number)
        if way == STREAM:
            stream = kept if isinstance(kept, StreamFollower) else self.new_stream(browser)
            stream.come_back()
            self.streams[officer.number] = stream
        elif way == POLL:
            poller = kept if isinstance(kept, LongPoller) else LongPoller(browser, self.id)
            poller.renew_ticket()
            self.pollers[officer.number] = poller
        else:
            self.readers[officer.number] = browser
        self.present[officer.number] = officer

    def new_stream(self, browser: Browser) -> StreamFollower:
        stream = StreamFollower(browser, self.id)
        self.play.streams.append(stream)
        return stream

    def leave(self, officer: Officer) -> None:
        """Close the page without a word; what it has heard is kept for when she comes back."""
        number = officer.number
        if number in self.streams:
            self.streams[number].drop()
        found = self.streams.pop(number, None) or self.pollers.pop(number, None)
        if found is not None:
            self.kept[number] = found
        self.readers.pop(number, None)
        self.present.pop(number, None)

    def step(self) -> None:
        """Let one step of time pass, be seen, and note in the book who was there."""
        for stream in [self.desk, *self.streams.values(), *self.seconds.values()]:
            stream.mend()
        self.play.clock.step(STEP)
        minutes, day = STEP.total_seconds() / 60, self.session.day
        there = {**self.present, **{one.number: one for one in self.in_hall}}
        for officer in there.values():
            officer.minutes[day] = officer.minutes.get(day, 0.0) + minutes
        for browser in self.readers.values():
            browser.go(self.path)


def id_of(play: Play, session: Session) -> str:
    """Give the id under which the trainers' list knows the session."""
    if session.key not in play.classes:
        trainer = play.staff(play.stage.trainers_of(session)[0])
        for link in trainer.go("/teach/").page.all("a"):
            if link.text == session.title and link.get("href").startswith("/teach/"):
                play.classes[session.key] = link.get("href").split("/")[2]
    if session.key not in play.classes:
        raise Unexpected(f"the trainer's list does not show {session.key}")
    return play.classes[session.key]


def open_room(play: Play, session: Session, *, ways: tuple[str, ...]) -> Room:
    """Bring both trainers to the console; whose session it is leads."""
    identity = id_of(play, session)
    trainers = [play.staff(email) for email in play.stage.trainers_of(session)]
    for trainer in trainers:
        trainer.go(f"/teach/{identity}/")
    desk = StreamFollower(trainers[0], identity)
    play.streams.append(desk)
    desk.come_back()
    return Room(play, session, identity, trainers, desk, ways)
