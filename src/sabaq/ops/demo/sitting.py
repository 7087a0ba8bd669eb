"""Tests as officers sit them: each has an ability of her own, and knows more after the course than before it."""

from datetime import datetime, timedelta
from math import exp
from random import Random

from sabaq.assessment.enums import Phase
from sabaq.assessment.queries import sheet_of
from sabaq.assessment.services import begin_attempt, hand_in, save_answers
from sabaq.courses.packs import Item
from sabaq.courses.queries import pack_of
from sabaq.enrolment.access import actor_of_link
from sabaq.enrolment.models import AccessLink, Enrolment
from sabaq.people.actors import Actor

# Logits: where the middle officer stands before the course, and how much she gains in it.
BEFORE, GAINED = -0.2, 1.1


def ability_of(enrolment: Enrolment) -> float:
    """Give her ability in logits, the same each time it is asked."""
    return Random(f"ability {enrolment.person.latin_name}").gauss(BEFORE, 0.8)  # noqa: S311


def actor_of(enrolment: Enrolment) -> Actor:
    return actor_of_link(AccessLink.objects.get(enrolment=enrolment, revoked_at__isnull=True))


def sit(enrolment: Enrolment, phase: Phase, *, at: datetime, hands_in: bool = True) -> None:
    """Let her sit every test of the course in this phase; one who is interrupted answers half and hands nothing in."""
    officer = actor_of(enrolment)
    rng = Random(f"{phase} {enrolment.person.latin_name}")  # noqa: S311
    ability = ability_of(enrolment) + (GAINED if phase is Phase.AFTER else 0)
    for key in pack_of(enrolment.edition.version).tests:
        attempt = begin_attempt(enrolment, key, phase=phase, by=officer, at=at)
        items = list(sheet_of(attempt))
        if not hands_in:
            items = items[: len(items) // 2]
        given = {
            item.key: _answer(item, place, len(items), ability, rng)
            for place, item in enumerate(items)
        }
        save_answers(attempt, given, by=officer, at=at + timedelta(minutes=8))
        if hands_in:
            hand_in(attempt, by=officer, at=at + timedelta(minutes=11))


def _answer(item: Item, place: int, of: int, ability: float, rng: Random) -> str:
    """Answer by the Rasch model, the items taken as if they grew harder from -1.5 to 1.5 logits."""
    difficulty = -1.5 + 3 * place / max(1, of - 1)
    if rng.random() < 1 / (1 + exp(difficulty - ability)):
        return item.correct
    return rng.choice([option.key for option in item.options if option.key != item.correct])
