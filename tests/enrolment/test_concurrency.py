"""What threads do to each other, on whichever database the suite runs (see docs/invariants/seats.md)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from sabaq.enrolment.enums import EnrolmentState, NominationState
from sabaq.enrolment.errors import EditionFull, NotAdmitted, TooManyForSeats
from sabaq.enrolment.models import AccessLink, Enrolment, Nomination
from sabaq.enrolment.rules import Officer
from sabaq.enrolment.services import (
    admit_provisionally,
    confirm_latecomers,
    decline_latecomers,
)
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
        except (EditionFull, NotAdmitted, TooManyForSeats) as error:
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


def test_latecomers_and_nominees_confirmed_at_once_share_the_last_seats_and_no_more():
    edition, agency = EditionFactory(seats=2), AgencyFactory()
    by = organiser_of(edition)
    latecomers = [
        admit_provisionally(edition, agency, Officer(f"Гүл {name}"), by=by, at=NOW).enrolment
        for name in ("Аа", "Бб", "Вв")
    ]
    nominations = NominationFactory.create_batch(3, edition=edition)

    answers = at_once(
        [
            *(lambda one=one: confirm_latecomers([one], by=by, at=NOW) for one in latecomers),
            *(lambda one=one: confirm_nominations([one], by=by, at=NOW) for one in nominations),
        ]
    )

    assert sum(isinstance(answer, list) for answer in answers) == 2
    assert sum(isinstance(answer, EditionFull) for answer in answers) == 4
    assert Enrolment.objects.filter(state=EnrolmentState.ACTIVE).count() == 2
    assert Nomination.objects.filter(state=NominationState.CONFIRMED).count() == 2


def test_one_officer_admitted_by_two_hosts_at_once_is_one():
    edition, agency = EditionFactory(), AgencyFactory()
    by = organiser_of(edition)

    answers = at_once(
        [lambda: admit_provisionally(edition, agency, Officer("Гүл Үлгі"), by=by, at=NOW)] * THREADS
    )

    assert len({answer.link.pk for answer in answers}) == 1
    assert Enrolment.objects.count() == Person.objects.count() == AccessLink.objects.count() == 1


def test_one_latecomer_confirmed_and_declined_at_once_is_one_or_the_other():
    edition, agency = EditionFactory(), AgencyFactory()
    by = organiser_of(edition)
    one = admit_provisionally(edition, agency, Officer("Гүл Үлгі"), by=by, at=NOW).enrolment

    at_once(
        [
            lambda: confirm_latecomers([one], by=by, at=NOW),
            lambda: decline_latecomers([one], by=by, at=NOW),
        ]
    )

    one.refresh_from_db()
    is_open = AccessLink.objects.filter(enrolment=one, revoked_at__isnull=True).exists()
    assert (one.state, is_open) in {("active", True), ("declined", False)}
