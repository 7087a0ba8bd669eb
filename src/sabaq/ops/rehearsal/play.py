"""The play: who is on the stage, what time it is, what was refused. Acts go on it, one after the other."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from sabaq.ops.rehearsal.course_clock import CourseClock
from sabaq.ops.rehearsal.following import StreamFollower
from sabaq.ops.rehearsal.habits import Habit
from sabaq.ops.rehearsal.ledger import Ledger, Officer, differences
from sabaq.ops.rehearsal.stage import Stage
from sabaq.ops.rehearsal.weather import CALM, Weather
from sabaq.ops.rehearsal.wire import Answer, Browser, Unexpected


@dataclass
class Play:
    """Everything an act needs. `say` prints a line of progress."""

    stage: Stage
    ledger: Ledger
    clock: CourseClock
    address: str
    password: str
    rng: Random
    say: Callable[[str], None]
    weather: Weather = CALM
    browsers: dict[str, Browser] = field(default_factory=dict)
    habits: dict[int, Habit] = field(default_factory=dict)
    streams: list[StreamFollower] = field(default_factory=list)
    classes: dict[str, str] = field(
        default_factory=dict
    )  # key of a session that was held, to its id
    refused: list[str] = field(default_factory=list)
    mismatches: list[str] = field(default_factory=list)
    followers_missing: int = 0
    expected: dict[str, dict[str, int]] = field(default_factory=dict)
    reported: dict[str, dict[str, int]] = field(default_factory=dict)

    @property
    def office(self) -> str:
        return f"/office/{self.stage.slug}/"

    def staff(self, email: str, *, device: str = "") -> Browser:
        """Give the browser of a member of staff, signed in; `device` names another of hers."""
        key = f"{email}{device}"
        if key not in self.browsers:
            browser = self.stranger(key)
            page = browser.go("/office/")
            form = next(form for form in page.page.forms() if "password" in form.fields)
            browser.submit(page, form, {"login": email, "password": self.password})
        return self.browsers[key]

    @property
    def organiser(self) -> Browser:
        return self.staff(self.stage.staff_as("organiser"))

    def of(self, officer: Officer, *, device: str = "") -> Browser:
        """Give the browser of an officer, in her language; `device` names another of hers."""
        key = f"officer {officer.number}{device}"
        return self.browsers.get(key) or self.stranger(key, language=officer.language)

    def stranger(self, key: str, *, language: str = "en") -> Browser:
        """Give a browser that nobody has used yet."""
        browser = Browser(self.address, language=language, weather=self.weather)
        self.browsers[key] = browser
        return browser

    def end(self) -> None:
        """Close every connection."""
        for stream in self.streams:
            stream.drop()
        for browser in self.browsers.values():
            browser.close()

    def habit(self, officer: Officer) -> Habit:
        return self.habits.get(officer.number, Habit.STEADY)

    def with_habit(self, habit: Habit) -> list[Officer]:
        return [one for one in self.ledger.participants if self.habit(one) == habit]

    def write_id(self) -> str:
        """Give a fresh write id, the same for the same seed."""
        return str(UUID(int=self.rng.getrandbits(128), version=4))

    def moment(self, key: str, *, after: timedelta = timedelta()) -> datetime:
        return self.stage.session(key).starts_at + after

    def refusal(self, what: str, *, accepted: bool) -> None:
        """Note that a bad input was refused; one that was accepted is a mismatch."""
        if accepted:
            self.mismatches.append(f"a bad input was accepted: {what}")
        else:
            self.refused.append(what)

    def refuses(self, what: str, answer: Answer, *statuses: int) -> None:
        """Note a bad input that must be answered with one of `statuses`."""
        if answer.status >= 500:
            self.mismatches.append(f"{what}: the server answered {answer.status}")
        if answer.status not in statuses:
            self.mismatches.append(f"a bad input was accepted: {what} ({answer.status})")
        else:
            self.refused.append(what)

    def compare(self, where: str, expected: dict[str, int], reported: dict[str, int]) -> None:
        """Keep what the server reports beside what was done, and name what differs."""
        self.expected[where], self.reported[where] = expected, reported
        self.mismatches += differences(where, expected, reported)

    @contextmanager
    def apart(self) -> Iterator[list[str]]:
        """Collect what differs within the block in a list of its own, and leave the play as it was."""
        kept = self.mismatches, dict(self.expected), dict(self.reported), list(self.refused)
        found: list[str] = []
        self.mismatches = found
        try:
            yield found
        finally:
            self.mismatches, self.expected, self.reported, self.refused = kept


def must(answer: Answer, *statuses: int) -> Answer:
    """Give the answer if it is one of these; the play cannot go on otherwise.

    What was sent again, because no answer came, may find itself done: that is for the ledger to judge.
    """
    if answer.status in statuses or (answer.was_sent_again and answer.status in {404, 409}):
        return answer
    raise Unexpected(f"{answer.path}: {answer.status}: {answer.page.complaints()}")
