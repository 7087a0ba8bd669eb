"""Each indicator once: its name, its definition in words, and which heads it counts.

Every number in a report comes from here. Sex is as people gave it themselves.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sabaq.people.enums import Sex


@dataclass(frozen=True)
class Head:
    """One officer in one edition, as counted: nothing that names her."""

    edition_id: int
    person_id: int
    sex: str
    country: str
    agency_kind: str
    rank_band: str
    nominated: bool = False
    confirmed: bool = False
    registered: bool = False
    days: frozenset[date] = field(default_factory=frozenset)
    days_held: int = 0
    certified: bool = False

    @property
    def is_woman(self) -> bool:
        return self.sex == Sex.FEMALE


@dataclass(frozen=True)
class Indicator:
    """A named head count. `label` may hold `%(day)s`, filled from `day`."""

    key: str
    name: str | Promise
    definition: str | Promise
    counts: Callable[[Head], bool]
    day: date | None = None

    @property
    def label(self) -> str:
        return (
            str(self.name) % {"day": date_format(self.day, "j E")} if self.day else str(self.name)
        )


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
    lambda head: head.days_held > 0 and len(head.days) == head.days_held,
)
CERTIFIED = Indicator(
    "certified",
    _("Hold a certificate"),
    _("Officers with a valid certificate of this edition."),
    lambda head: head.certified,
)


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


def participation(days: Sequence[date]) -> tuple[Indicator, ...]:
    """Give the participation indicators of a course held on `days`, in the order of the report."""
    return (
        NOMINATED,
        CONFIRMED,
        REGISTERED,
        *(attended_on(day) for day in days),
        ATTENDED,
        COMPLETED,
        CERTIFIED,
    )
