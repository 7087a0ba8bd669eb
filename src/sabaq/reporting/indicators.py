"""Each indicator once: its name, its definition in words, and which heads it counts.

Every number in a report comes from here. Sex is as people gave it themselves.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sabaq.people.enums import Sex


@dataclass(frozen=True, slots=True)
class Head:
    """One officer in one edition, as counted: nothing that names her.

    `held` are the days of her edition in order, `days` those on which she attended.
    """

    edition_id: int
    person_id: int
    sex: str
    country: str
    agency_kind: str
    rank_band: str
    nominated: bool = False
    confirmed: bool = False
    registered: bool = False
    days: frozenset[date] = frozenset()
    held: tuple[date, ...] = ()
    certified: bool = False

    @property
    def is_woman(self) -> bool:
        return self.sex == Sex.FEMALE


@dataclass(frozen=True)
class Indicator:
    """A named head count. The name may hold `%(day)s`, filled from `day`: a date, or which day of the course."""

    key: str
    name: str | Promise
    definition: str | Promise
    counts: Callable[[Head], bool]
    day: date | int | None = None

    @property
    def label(self) -> str:
        if self.day is None:
            return str(self.name)
        day = date_format(self.day, "j E") if isinstance(self.day, date) else self.day
        return str(self.name) % {"day": day}


NOMINATED = Indicator(
    "nominated",
    _("Nominated"),
    _("Officers whom an agency nominated for the edition and did not withdraw."),
    lambda head: head.nominated,
)
CONFIRMED = Indicator(
    "confirmed",
    _("Confirmed"),
    _("Officers who hold a seat: confirmed by the organiser and not withdrawn since."),
    lambda head: head.confirmed,
)
REGISTERED = Indicator(
    "registered",
    _("Registered"),
    _("Officers with a seat who opened their link and confirmed their own details."),
    lambda head: head.confirmed and head.registered,
)
ATTENDED = Indicator(
    "attended",
    _("Attended at least one day"),
    _("Officers whose minutes in class reach the edition's threshold on at least one day."),
    lambda head: bool(head.days),
)
COMPLETED = Indicator(
    "completed",
    _("Attended every day"),
    _(
        "Officers who were connected, or were counted by the host, for at least the threshold of "
        "minutes on each day of the course. Breaks and trial runs do not count."
    ),
    lambda head: bool(head.held) and len(head.days) == len(head.held),
)
CERTIFIED = Indicator(
    "certified",
    _("Hold a certificate"),
    _("Officers with a valid certificate of this edition."),
    lambda head: head.certified,
)


@dataclass(frozen=True)
class Outcome:
    """What tests or surveys say of the whole group: one name and one definition, several figures."""

    key: str
    name: str | Promise
    definition: str | Promise

    @property
    def label(self) -> str:
        return str(self.name)


GAIN = Outcome(
    "gain",
    _("Gain in the test"),
    _(
        "How the scores of participants who took the same test before and after the course changed, in "
        "percent of right answers. Class gain is what the group's mean gained of what it could still gain; "
        "mean individual gain is the average of each participant's own."
    ),
)
ITEMS = Outcome(
    "items",
    _("Items of the test"),
    _(
        "Of those same participants, the share in percent who answered each item rightly before and after "
        "the course, and how well the item tells apart those who do well on the others."
    ),
)
SURVEY = Outcome(
    "survey",
    _("Survey answers"),
    _(
        "How many participants chose each answer to each question of a confidential survey, the median, and "
        "the share in percent who chose 4 or 5. A question with fewer than ten answers is left out."
    ),
)
OUTCOMES = (GAIN, ITEMS, SURVEY)


def attended_on(day: date) -> Indicator:
    """Give the indicator "attended on this day" (minutes of the day at or over the threshold)."""
    return Indicator(
        f"attended-{day.isoformat()}",
        _("Attended on %(day)s"),
        _(
            "Officers whose minutes in class on the day, joined over all their devices, reach the "
            "edition's threshold. Breaks and trial runs do not count."
        ),
        lambda head: day in head.days,
        day,
    )


def attended_day(number: int) -> Indicator:
    """Give the indicator "attended day 2 of the course", for totals over editions held on other dates."""
    return Indicator(
        f"attended-day-{number}",
        _("Attended day %(day)s"),
        _(
            "Officers whose minutes in class on this day of their course reach its threshold. "
            "Courses with fewer days count nobody here."
        ),
        lambda head: number <= len(head.held) and head.held[number - 1] in head.days,
        number,
    )


def participation(days: Sequence[date]) -> tuple[Indicator, ...]:
    """Give the participation indicators of a course held on `days`, in the order of the report."""
    return _participation([attended_on(day) for day in days])


def participation_over(longest: int) -> tuple[Indicator, ...]:
    """Give the participation indicators over several editions, of which the longest had so many days."""
    return _participation([attended_day(number) for number in range(1, longest + 1)])


def _participation(daily: Sequence[Indicator]) -> tuple[Indicator, ...]:
    return (NOMINATED, CONFIRMED, REGISTERED, *daily, ATTENDED, COMPLETED, CERTIFIED)
