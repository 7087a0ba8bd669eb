"""Who is here by language and agency, who is not, and whose hands are up."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sabaq.classroom.models import FloorGrant, Hand
from sabaq.classroom.queries.floor import floor_held
from sabaq.classroom.queries.hands import hands_up
from sabaq.classroom.queries.here import expected_in, guests_here
from sabaq.courses.models import Session
from sabaq.enrolment.enums import EnrolmentState
from sabaq.enrolment.models import Enrolment
from sabaq.kernel.i18n import text_in
from sabaq.people.enums import Language

_LANGUAGES = dict(Language.choices)


@dataclass(frozen=True)
class HandUp:
    """A hand as the console shows it: whose, from where, in which language, since when."""

    hand: Hand
    name: str
    agency: str
    language: str
    seconds: int


@dataclass(frozen=True)
class OnFloor:
    """A participant who has the floor: by which grant, who she is, from where."""

    grant: FloorGrant
    name: str
    agency: str


@dataclass(frozen=True)
class AgencyHere:
    name: str
    heads: int
    by_language: tuple[int, ...]


@dataclass(frozen=True)
class Here:
    """Counts are for everybody who teaches; the names in `present`, `left` and `absent` for host and organiser."""

    heads: int
    expected: int
    languages: tuple[tuple[str, int], ...]
    agencies: tuple[AgencyHere, ...]
    present: tuple[Enrolment, ...]
    left: tuple[Enrolment, ...]
    absent: tuple[Enrolment, ...]
    # Admitted provisionally: in class, and not enrolled yet.
    latecomers: int
    guests: tuple[str, ...]

    @property
    def key(self) -> str:
        """Give how the counts look, so that they are redrawn only when they change."""
        rows = (f"{one.name}{one.by_language}" for one in self.agencies)
        return " ".join(
            [str(self.heads), str(self.expected), str(self.latecomers), *self.guests, *rows]
        )

    @property
    def names_key(self) -> str:
        return " ".join(
            ",".join(f"{one.pk}{one.state[0]}" for one in group)
            for group in (self.present, self.left, self.absent)
        )


def here_on_desk(session: Session, language: str, *, at: datetime) -> Here:
    """Count who of the enrolled is here, latecomers and guests apart; two queries."""
    everybody = list(expected_in(session, at=at))
    present = [one for one in everybody if _noted(one, "is_here")]
    codes = sorted({one.person.language for one in present}, key=list(_LANGUAGES).index)
    counted = Counter(one.person.language for one in present)
    return Here(
        heads=len(present),
        expected=sum(one.state == EnrolmentState.ACTIVE for one in everybody),
        latecomers=sum(one.state == EnrolmentState.PROVISIONAL for one in present),
        guests=tuple(text_in(one.name, language).text for one in guests_here(session, at=at)),
        languages=tuple((_LANGUAGES[code], counted[code]) for code in codes),
        agencies=_agencies(present, codes, language),
        present=tuple(present),
        left=tuple(
            one for one in everybody if _noted(one, "was_here") and not _noted(one, "is_here")
        ),
        absent=tuple(one for one in everybody if not _noted(one, "was_here")),
    )


def _agencies(
    present: Iterable[Enrolment], codes: list[str], language: str
) -> tuple[AgencyHere, ...]:
    counted: dict[str, Counter[str]] = {}
    for one in present:
        counted.setdefault(_agency(one, language), Counter())[one.person.language] += 1
    return tuple(
        AgencyHere(name, by_language.total(), tuple(by_language[code] for code in codes))
        for name, by_language in sorted(counted.items())
    )


def hands_on_desk(session: Session, language: str, *, at: datetime) -> tuple[HandUp, ...]:
    """Give the hands that are up, the one that waits longest first; one query."""
    return tuple(
        HandUp(
            hand,
            str(hand.enrolment.person),
            _agency(hand.enrolment, language),
            _LANGUAGES.get(hand.enrolment.person.language, hand.enrolment.person.language),
            max(int((at - hand.raised_at).total_seconds()), 0),
        )
        for hand in hands_up(session)
    )


def floor_on_desk(session: Session, language: str) -> tuple[OnFloor, ...]:
    """Give the participants who have the floor, longest first; one query."""
    return tuple(
        OnFloor(one, str(one.enrolment.person), _agency(one.enrolment, language))
        for one in floor_held(session)
    )


def _noted(enrolment: Enrolment, what: str) -> bool:
    """Read what `expected_in` has noted beside the enrolment."""
    return bool(getattr(enrolment, what))


def _agency(enrolment: Enrolment, language: str) -> str:
    agency = enrolment.person.agency
    return text_in(agency.name, language).text if agency else ""
