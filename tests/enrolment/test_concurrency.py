"""What threads do to each other, on whichever database the suite runs (see docs/invariants/seats.md)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from sabaq.enrolment.enums import EnrolmentState, NominationState
from sabaq.enrolment.errors import EditionFull, TooManyForSeats
from sabaq.enrolment.models import AccessLink, Enrolment, Nomination
from sabaq.enrolment.services.decisions import confirm_nominations, withdraw_enrolment
from sabaq.enrolment.services.imports import import_nominations
from sabaq.people.models import Person
from tests.enrolment.actors import focal_point_of, organiser_of
from tests.factories import NOW, AgencyFactory, CallFactory, EditionFactory, NominationFactory

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 6


def at_once(acts: list[Callable[[], object]]) -> list[object]:
    """Run the acts at the same moment, each on a connection of its own; give answers and errors."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        start.wait()
        try:
            return act()
        except (EditionFull, TooManyForSeats) as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_parallel_confirmations_never_exceed_seats_and_overbooking():
    edition = EditionFactory(seats=3, overbooking=1)
    nominations = NominationFactory.create_batch(THREADS * 2, edition=edition)
    by = organiser_of(edition)
    pairs = [nominations[place : place + 2] for place in range(0, len(nominations), 2)]

    answers = at_once(
        [lambda pair=pair: confirm_nominations(pair, by=by, at=NOW) for pair in pairs]
    )

    assert sum(isinstance(answer, list) for answer in answers) == 2
    assert sum(isinstance(answer, EditionFull) for answer in answers) == THREADS - 2
    assert Enrolment.objects.filter(state=EnrolmentState.ACTIVE).count() == 4
    assert Nomination.objects.filter(state=NominationState.CONFIRMED).count() == 4
    assert AccessLink.objects.count() == 4


def test_the_same_confirmation_clicked_many_times_at_once_is_one():
    edition = EditionFactory(seats=2)
    nominations = NominationFactory.create_batch(2, edition=edition)
    by = organiser_of(edition)

    answers = at_once([lambda: confirm_nominations(nominations, by=by, at=NOW)] * THREADS)

    assert sorted(len(answer) for answer in answers) == [0] * (THREADS - 1) + [2]
    assert Enrolment.objects.count() == AccessLink.objects.count() == 2


def test_a_seat_given_back_is_given_once():
    edition = EditionFactory(seats=1)
    first, *others = NominationFactory.create_batch(THREADS, edition=edition)
    by = organiser_of(edition)
    [enrolment] = confirm_nominations([first], by=by, at=NOW)

    at_once(
        [
            lambda: withdraw_enrolment(enrolment, by=by, at=NOW),
            *(lambda one=one: confirm_nominations([one], by=by, at=NOW) for one in others),
        ]
    )

    assert Enrolment.objects.filter(state=EnrolmentState.ACTIVE).count() <= 1


def test_two_equal_tables_at_once_double_nothing():
    edition, agency = CallFactory().edition, AgencyFactory()
    by = focal_point_of(edition, agency)
    names = [f"Үлгі {letter}" for letter in "абвгдежзиклмнопрст"]
    data = "\n".join(["ФИО", *names]).encode()

    answers = at_once([lambda: import_nominations(edition, agency, data, by=by, at=NOW)] * THREADS)

    assert sum(len(answer.added) for answer in answers) == len(names)
    assert sum(len(answer.already) for answer in answers) == len(names) * (THREADS - 1)
    assert Nomination.objects.count() == Person.objects.count() == len(names)
