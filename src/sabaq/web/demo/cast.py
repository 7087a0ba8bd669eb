"""Who can be played in the demo: one account for each role of its edition, and every participant."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sabaq.classroom.enums import ClassState
from sabaq.classroom.models import LiveClass
from sabaq.courses.models import Appointment, Edition, Session
from sabaq.enrolment.models import AccessLink
from sabaq.people.enums import Role
from sabaq.people.models import Account


@dataclass(frozen=True)
class Part:
    """A role of the staff: what to do first in it, and the page on which to do it."""

    role: Role
    first: Any
    page: Callable[[], str]
    is_in_bar: bool = True


@dataclass(frozen=True)
class Player:
    """A part, with the account that plays it."""

    part: Part
    account: Account


def _in_class() -> str:
    session = session_going_on()
    if session is None:
        return reverse("trainer:sessions")
    return reverse("trainer:console", args=[session.uuid])


def _interpreting() -> str:
    session = session_going_on()
    return _editions() if session is None else reverse("classroom:room", args=[session.uuid])


def _editions() -> str:
    return reverse("office:editions")


def _edition() -> str:
    return reverse("office:edition", args=[settings.DEMO_EDITION])


def _past_report() -> str:
    return reverse("office:report", args=[settings.DEMO_PAST_EDITION])


def _past_article() -> str:
    return reverse("office:article", args=[settings.DEMO_PAST_EDITION, "en"])


PARTS = (
    Part(Role.ORGANISER, _("Decide on the officers who still wait for an answer, then print the invitations."), _edition),
    Part(Role.FOCAL_POINT, _("Nominate an officer for the course in May."), _editions),
    Part(Role.TRAINER, _("Lead the class that is going on: next slide, a poll, a question."), _in_class),
    Part(Role.HOST, _("Look who needs help in class, and admit somebody who comes late."), _in_class),
    Part(Role.EVALUATOR, _("Read last year's report with exact counts."), _past_report),
    Part(Role.OBSERVER, _("Read the same report with small counts hidden."), _past_report),
    Part(Role.COMMUNICATION, _("Read last year's article and how it was approved."), _past_article),
    Part(Role.INTERPRETER, _("Follow the class with the notes for interpreters."), _interpreting, is_in_bar=False),
    Part(Role.REPRESENTATIVE, _("Look at last year's article, which waits for no approval any more."), _past_article, is_in_bar=False),
    Part(Role.ADMINISTRATOR, _("See every edition from inside."), _editions, is_in_bar=False),
)  # fmt: skip


def edition() -> Edition | None:
    """Give the edition that the demo plays."""
    return Edition.objects.filter(slug=settings.DEMO_EDITION).first()


def players() -> list[Player]:
    """Give the staff of the demo's edition, the first account of each role."""
    held = Appointment.objects.filter(edition__slug=settings.DEMO_EDITION)
    first: dict[str, Account] = {}
    for appointment in held.select_related("account").order_by("id"):
        first.setdefault(appointment.role, appointment.account)
    administrator = Account.objects.filter(is_administrator=True).order_by("id").first()
    if administrator is not None:
        first[Role.ADMINISTRATOR] = administrator
    return [Player(part, first[part.role]) for part in PARTS if part.role in first]


def player_of(role: str) -> Player | None:
    return next((player for player in players() if player.part.role == role), None)


def links() -> QuerySet[AccessLink]:
    """Give the links of those who take part in the demo's edition, in the order of their enrolment."""
    return (
        AccessLink.objects.filter(
            enrolment__edition__slug=settings.DEMO_EDITION, revoked_at__isnull=True
        )
        .select_related("enrolment__person__agency", "enrolment__edition__version")
        .order_by("id")
    )


def link_for(language: str) -> AccessLink | None:
    """Give the link of a participant who is in already and reads this language, else of anybody."""
    inside = links().filter(enrolment__profile_confirmed_at__isnull=False)
    return inside.filter(enrolment__person__language=language).first() or inside.first()


def session_going_on() -> Session | None:
    """Give the session of the demo's edition whose class is live."""
    live = LiveClass.objects.filter(
        session__edition__slug=settings.DEMO_EDITION, state=ClassState.LIVE
    )
    found = live.select_related("session").order_by("-started_at").first()
    return found.session if found else None
