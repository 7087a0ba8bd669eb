"""The rehearsal's own book: what was done, and therefore what every report must say.

It knows the definitions of the indicators from the glossary, not from the code that it judges.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date

Figures = dict[str, int]
# Who may learn of an act in class: everybody, staff alone, or staff and one officer (by her number).
ALL, STAFF = "all", "staff"
# A stretch of presence is noted at steps of the course's clock; what a report may say less, and more, in minutes.
LESS, MORE = 1.5, 0.5


@dataclass
class Officer:
    """One invented officer, and all that she and others did about her place in the course."""

    native_name: str
    latin_name: str
    sex: str
    language: str
    rank: str
    email: str
    agency: str
    agency_kind: str
    country: str
    nominated: bool = False
    confirmed: bool = False
    registered: bool = False
    minutes: dict[date, float] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)  # of the test after the course
    handed_in: bool = False
    answers_before: dict[str, str] = field(default_factory=dict)
    handed_in_before: bool = False
    surveyed: set[str] = field(default_factory=set)
    certified: bool = False
    certificate: str = ""  # its number, as last issued
    link: str = ""
    code: str = ""
    number: int = 0  # her place in the book
    ability: float = 0.0  # of the test, before the course, in logits
    gain: float = 0.0  # what the course adds to it

    @property
    def is_woman(self) -> bool:
        return self.sex == "female"


@dataclass(frozen=True)
class Act:
    """One act that must stand in the log of a class as an event of this kind, and who may learn of it."""

    kind: str
    to: str = ALL

    def is_for(self, officer: Officer | None) -> bool:
        """Tell whether it reaches this officer; staff (None) learn of everything."""
        return officer is None or self.to in {ALL, str(officer.number)}


@dataclass(frozen=True)
class Text:
    """What somebody wrote in class; `stands` unless it was removed."""

    text: str
    stands: bool


@dataclass
class Ledger:
    """Everybody ever nominated, the days of the course, and what is earned by how many minutes a day."""

    days: tuple[date, ...]
    threshold: int
    correct: dict[str, str]
    officers: list[Officer] = field(default_factory=list)
    events_posted: int = 0
    acts: dict[str, list[Act]] = field(default_factory=dict)
    buried: dict[str, list[int]] = field(default_factory=dict)
    texts: dict[str, list[Text]] = field(default_factory=dict)
    poll_options: dict[str, list[str]] = field(default_factory=dict)
    votes: dict[str, dict[int, str]] = field(default_factory=dict)
    # survey to question to options
    opinions: dict[str, dict[str, Counter[str]]] = field(default_factory=dict)

    @property
    def participants(self) -> list[Officer]:
        return [officer for officer in self.officers if officer.confirmed]

    def posted(self, session: str, *kinds: str, to: str = ALL) -> None:
        """Note that an act was acknowledged which must stand in the log of this class as `kinds`."""
        self.events_posted += len(kinds)
        self.acts.setdefault(session, []).extend(Act(kind, to) for kind in kinds)

    def wrote(self, session: str, text: str, *, stands: bool) -> None:
        """Note a text that was written in this class; `stands` unless it was removed."""
        self.texts.setdefault(session, []).append(Text(text, stands=stands))

    def bury(self, session: str, kind: str) -> None:
        """Note that the text which the last event of this kind brought in is gone: a tombstone stands there."""
        acts = self.acts[session]
        place = max(n for n, act in enumerate(acts) if act.kind == kind)
        self.buried.setdefault(session, []).append(place)

    def log_of(self, session: str) -> list[Act]:
        """Give the log of a class as it must read afterwards."""
        buried = self.buried.get(session, [])
        return [
            replace(act, kind="Removed") if place in buried else act
            for place, act in enumerate(self.acts[session])
        ]

    def attended(self, officer: Officer) -> list[date]:
        return [day for day in self.days if officer.minutes.get(day, 0) >= self.threshold]

    def earned(self, officer: Officer) -> bool:
        return officer.confirmed and len(self.attended(officer)) == len(self.days)

    def indicators(self) -> dict[str, Callable[[Officer], bool]]:
        """Give each indicator's key with whom it counts."""
        return {
            "nominated": lambda officer: officer.nominated,
            "confirmed": lambda officer: officer.confirmed,
            "registered": lambda officer: officer.confirmed and officer.registered,
            **{f"attended-{day.isoformat()}": self._attended_on(day) for day in self.days},
            "attended": lambda officer: bool(self.attended(officer)),
            "completed": self.earned,
            "certified": lambda officer: officer.certified,
        }

    def figures(self) -> Figures:
        """Give every cell that the participation report must show; cells of nobody are left out."""
        figures: Figures = {}
        for key, counts in self.indicators().items():
            heads = [officer for officer in self.officers if counts(officer)]
            figures[f"{key}.total"] = len(heads)
            figures[f"{key}.women"] = sum(officer.is_woman for officer in heads)
            figures |= _cells(f"{key}.sex", heads, lambda officer: officer.sex, women=False)
            figures |= _cells(f"{key}.country", heads, lambda officer: officer.country)
            figures |= _cells(f"{key}.agency-kind", heads, lambda officer: officer.agency_kind)
            figures |= _cells(
                f"{key}.rank-band", heads, lambda officer: officer.rank or "not-stated"
            )
        return figures

    def answers(self) -> dict[str, str]:
        """Give the option that each participant who handed in has chosen, by her name, phase and item."""
        return {
            f"{officer.latin_name}, {phase}, {item}": option
            for officer, phase, answers in self._handed_in()
            for item, option in answers.items()
        }

    def scores(self) -> dict[str, int]:
        """Give the number of correct answers of each participant who handed in, by her name and the phase."""
        return {
            f"{officer.latin_name}, {phase}": sum(
                self.correct[item] == option for item, option in answers.items()
            )
            for officer, phase, answers in self._handed_in()
        }

    def item_counts(self) -> Figures:
        """Give how often each option was chosen by those who handed in both times, by item and phase."""
        pairs = {o.number for o in self.participants if o.handed_in and o.handed_in_before}
        return Counter(
            f"{item}.{option}.{phase}"
            for officer, phase, answers in self._handed_in()
            if officer.number in pairs
            for item, option in answers.items()
        )

    def _handed_in(self) -> list[tuple[Officer, str, dict[str, str]]]:
        return [
            (officer, phase, answers)
            for officer in self.participants
            for phase, answers, handed_in in (
                ("before", officer.answers_before, officer.handed_in_before),
                ("after", officer.answers, officer.handed_in),
            )
            if handed_in
        ]

    def poll(self, key: str) -> Figures:
        votes = Counter(self.votes.get(key, {}).values())
        return {option: votes[option] for option in self.poll_options[key]}

    def _attended_on(self, day: date) -> Callable[[Officer], bool]:
        return lambda officer: day in self.attended(officer)


def _cells(
    prefix: str, heads: Iterable[Officer], key: Callable[[Officer], str], *, women: bool = True
) -> Figures:
    heads = list(heads)
    figures = {f"{prefix}.{value}": count for value, count in Counter(map(key, heads)).items()}
    if women:
        counts = Counter(key(officer) for officer in heads if officer.is_woman)
        figures |= {f"{prefix}.{value}.women": count for value, count in counts.items()}
    return figures


def differences(where: str, expected: dict[str, int], reported: dict[str, int]) -> list[str]:
    """Name every cell in which what is reported is not what was done."""
    return [
        f"{where}: {key} should be {expected.get(key, 0)}, and is {reported.get(key, 0)}"
        for key in sorted(expected.keys() | reported.keys())
        if expected.get(key, 0) != reported.get(key, 0)
    ]


def different_texts(where: str, expected: dict[str, str], reported: dict[str, str]) -> list[str]:
    """Name every entry that does not read as it should."""
    return [
        f"{where}: {key} should be {expected.get(key, 'nothing')}, and is {reported.get(key, 'nothing')}"
        for key in sorted(expected.keys() | reported.keys())
        if expected.get(key) != reported.get(key)
    ]


def different_minutes(
    where: str, expected: dict[str, float], reported: dict[str, float]
) -> list[str]:
    """Name everybody whose minutes are not those she was there, give or take how finely presence is noted."""
    found = []
    for who in sorted(expected.keys() | reported.keys()):
        wanted, got = expected.get(who, 0.0), reported.get(who, 0.0)
        if not wanted - LESS <= got <= wanted + MORE:
            found.append(f"{where}: the minutes of {who} should be {wanted:.1f}, and are {got:g}")
    return found
