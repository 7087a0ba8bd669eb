"""The rehearsal's own book: what was done, and therefore what every report must say.

It knows the definitions of the indicators from the glossary, not from the code that it judges.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

Figures = dict[str, int]


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
    surveyed: bool = False
    vote: str = ""
    certified: bool = False
    link: str = ""
    code: str = ""

    @property
    def is_woman(self) -> bool:
        return self.sex == "female"


@dataclass
class Ledger:
    """Everybody ever nominated, the days of the course, and what is earned by how many minutes a day."""

    days: tuple[date, ...]
    threshold: int
    correct: dict[str, str]
    officers: list[Officer] = field(default_factory=list)
    events_posted: int = 0
    class_events: dict[str, list[str]] = field(default_factory=dict)
    poll_options: list[str] = field(default_factory=list)

    @property
    def participants(self) -> list[Officer]:
        return [officer for officer in self.officers if officer.confirmed]

    def posted(self, session: str, *kinds: str) -> None:
        """Note that an act was acknowledged which must stand in the log of this class as `kinds`."""
        self.events_posted += len(kinds)
        self.class_events.setdefault(session, []).extend(kinds)

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

    def scores(self) -> dict[str, int]:
        """Give the number of correct answers of each who handed in, by her place in the book and the phase."""
        sat = [
            (f"{number} {phase}", answers)
            for number, officer in enumerate(self.officers)
            for phase, answers, handed_in in (
                ("before", officer.answers_before, officer.handed_in_before),
                ("after", officer.answers, officer.handed_in),
            )
            if handed_in
        ]
        return {
            who: sum(self.correct[item] == option for item, option in answers.items())
            for who, answers in sat
        }

    def poll(self) -> dict[str, int]:
        votes = Counter(officer.vote for officer in self.participants if officer.vote)
        return {option: votes[option] for option in self.poll_options}

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
