"""The play: who is on the stage, what time it is, what was refused. Scenes act on it, one after the other."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from sabaq.ops.rehearsal.course_clock import CourseClock
from sabaq.ops.rehearsal.following import StreamFollower
from sabaq.ops.rehearsal.ledger import Ledger, Officer, differences
from sabaq.ops.rehearsal.stage import Stage
from sabaq.ops.rehearsal.wire import Answer, Browser, Unexpected

# Somebody who is told apart from the others by what she leaves out.
ABSENT, FIRST_DAY_ONLY, LEFT_EARLY = "absent", "first day only", "left early"


@dataclass
class Play:
    """Everything a scene needs. `say` prints a line of progress."""

    stage: Stage
    ledger: Ledger
    clock: CourseClock
    address: str
    password: str
    rng: Random
    say: Callable[[str], None]
    browsers: dict[str, Browser] = field(default_factory=dict)
    habits: dict[int, str] = field(default_factory=dict)
    streams: list[StreamFollower] = field(default_factory=list)
    refused: int = 0
    mismatches: list[str] = field(default_factory=list)
    followers_missing: int = 0
    expected: dict[str, dict[str, int]] = field(default_factory=dict)
    reported: dict[str, dict[str, int]] = field(default_factory=dict)

    @property
    def office(self) -> str:
        return f"/office/{self.stage.slug}/"

    def staff(self, email: str) -> Browser:
        """Give the browser of a member of staff, signed in."""
        if email not in self.browsers:
            browser = Browser(self.address)
            page = browser.go("/office/")
            form = next(form for form in page.page.forms() if "password" in form.fields)
            browser.submit(page, form, {"login": email, "password": self.password})
            self.browsers[email] = browser
        return self.browsers[email]

    @property
    def organiser(self) -> Browser:
        return self.staff(self.stage.staff_as("organiser"))

    def of(self, officer: Officer) -> Browser:
        """Give the browser of an officer, in her language."""
        key = f"officer {id(officer)}"
        if key not in self.browsers:
            self.browsers[key] = Browser(self.address, language=officer.language)
        return self.browsers[key]

    def end(self) -> None:
        """Close every connection."""
        for stream in self.streams:
            stream.drop()
        for browser in self.browsers.values():
            browser.close()

    def habit(self, officer: Officer) -> str:
        return self.habits.get(id(officer), "")

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
            self.refused += 1

    def refuses(self, what: str, answer: Answer, *statuses: int) -> None:
        """Note a bad input that must be answered with one of `statuses`."""
        if answer.status >= 500:
            self.mismatches.append(f"{what}: the server answered {answer.status}")
        self.refusal(f"{what} ({answer.status})", accepted=answer.status not in statuses)

    def compare(self, where: str, expected: dict[str, int], reported: dict[str, int]) -> None:
        """Keep what the server reports beside what was done, and name what differs."""
        self.expected[where], self.reported[where] = expected, reported
        self.mismatches += differences(where, expected, reported)


def must(answer: Answer, *statuses: int) -> Answer:
    """Give the answer if it is one of these; the play cannot go on otherwise."""
    if answer.status not in statuses:
        raise Unexpected(f"{answer.path}: {answer.status}: {answer.page.complaints()}")
    return answer
