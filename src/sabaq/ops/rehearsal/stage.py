"""The edition that is rehearsed: the shipped one, with seats for exactly those who are confirmed."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

# A day in class passes in steps of the course's clock; ten minutes prove what two hours would.
ATTENDANCE_MINUTES = 10


@dataclass(frozen=True)
class Session:
    key: str
    title: str
    topic: str
    starts_at: datetime
    ends_at: datetime
    day: date
    contributors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Agency:
    key: str
    kind: str
    country: str


@dataclass(frozen=True)
class Stage:
    """What the play must know of the edition, read from its file and from the pack."""

    file: Path
    pack: Path
    slug: str
    attendance_minutes: int
    zone: ZoneInfo
    opens_at: datetime
    closes_at: datetime
    days: tuple[date, ...]
    sessions: tuple[Session, ...]
    agencies: tuple[Agency, ...]
    staff: tuple[dict[str, Any], ...]
    correct: dict[str, str]  # of the knowledge test: item to option

    def focal_point_of(self, agency: Agency) -> str:
        """Give the e-mail of the focal point who may nominate officers of this agency."""
        for person in self.staff:
            reach = (
                person.get("country") == agency.country,
                agency.key in person.get("agencies", ()),
            )
            if "focal-point" in person["roles"] and any(reach):
                return str(person["email"])
        raise LookupError(agency.key)

    def staff_as(self, role: str) -> str:
        """Give the e-mail of the first with this role."""
        return next(str(person["email"]) for person in self.staff if role in person["roles"])

    def trainers_of(self, session: Session) -> list[str]:
        """Give the e-mails of both trainers, whose session it is first."""
        trainers = [person for person in self.staff if "trainer" in person["roles"]]
        own_first = sorted(
            trainers, key=lambda person: person.get("contributor") not in session.contributors
        )
        return [str(person["email"]) for person in own_first]

    def session(self, key: str) -> Session:
        return next(session for session in self.sessions if session.key == key)


def set_stage(
    model: Path, target: Path, *, seats: int, margin: int = 0, minutes: int = ATTENDANCE_MINUTES
) -> Stage:
    """Write the edition file with these seats, the margin among them, and minutes a day, and read it."""
    text = model.read_text("utf-8")
    for name, value in (
        ("seats", seats - margin),
        ("overbooking", margin),
        ("attendance_minutes", minutes),
    ):
        text, count = re.subn(rf"(?m)^{name} = \d+", f"{name} = {value}", text, count=1)
        if not count:
            raise LookupError(f"{model} has no line for {name}")
    countries = len(tomllib.loads(text)["countries"])
    head, mark, tail = text.partition("[[countries]]")
    text = (
        head + mark + re.sub(r"(?m)^seats = \d+", f"seats = {(seats - margin) // countries}", tail)
    )
    target.write_text(text, "utf-8")
    return _read(target, pack=model.parent.parent, minutes=minutes)


def _read(file: Path, *, pack: Path, minutes: int) -> Stage:
    data = tomllib.loads(file.read_text("utf-8"))
    zone = ZoneInfo(data["edition"]["zone"])
    sessions = tuple(
        Session(
            one["key"],
            one["title"]["en"],
            one.get("topic", ""),
            one["starts_at"].replace(tzinfo=zone),
            one["ends_at"].replace(tzinfo=zone),
            one["starts_at"].date(),
            tuple(one.get("contributors", ())),
        )
        for one in data["sessions"]
    )
    return Stage(
        file=file,
        pack=pack,
        slug=data["edition"]["slug"],
        attendance_minutes=minutes,
        zone=zone,
        opens_at=data["call"]["opens_at"].replace(tzinfo=zone),
        closes_at=data["call"]["closes_at"].replace(tzinfo=zone),
        days=(data["edition"]["starts_on"], data["edition"]["ends_on"]),
        sessions=sessions,
        agencies=tuple(Agency(one["key"], one["kind"], one["country"]) for one in data["agencies"]),
        staff=tuple(data["staff"]),
        correct=_correct(pack),
    )


def _correct(pack: Path) -> dict[str, str]:
    """Give the best answer of each item that the knowledge test picks from the bank."""
    test = tomllib.loads((pack / "tests" / "knowledge.toml").read_text("utf-8"))
    bank = (tomllib.loads(file.read_text("utf-8")) for file in (pack / "items").glob("*.toml"))
    best = {item["key"]: item["correct"] for topic in bank for item in topic["items"]}
    return {key: best[key] for key in test["pick"]}
