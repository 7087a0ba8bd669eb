import pytest

from sabaq.enrolment.access import open_link
from sabaq.enrolment.enums import EnrolmentState, LetterState, NominationState
from sabaq.enrolment.errors import (
    AlreadyConfirmed,
    EditionFull,
    NominationsDiffer,
    NominationWithdrawn,
    TooManyForSeats,
)
from sabaq.enrolment.links import link_token
from sabaq.enrolment.models import AccessLink, Enrolment, Letter
from sabaq.enrolment.queries import seating_of, shares_by_country
from sabaq.enrolment.services.decisions import (
    confirm_nominations,
    decline_nominations,
    reserve_nominations,
    withdraw_enrolment,
)
from sabaq.kernel.errors import NotAllowed
from tests.enrolment.actors import focal_point_of, organiser_of
from tests.factories import (
    NOW,
    CountrySeatsFactory,
    EditionFactory,
    EnrolmentFactory,
    NominationFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db


def states(nominations):
    for nomination in nominations:
        nomination.refresh_from_db()
    return [nomination.state for nomination in nominations]


def test_confirming_gives_a_seat_a_way_in_and_a_letter():
    nomination = NominationFactory()
    by = organiser_of(nomination.edition)

    [enrolment] = confirm_nominations([nomination], by=by, at=NOW)

    assert states([nomination]) == [NominationState.CONFIRMED]
    assert (enrolment.person, enrolment.nomination) == (nomination.nominee, nomination)
    link = AccessLink.objects.get(enrolment=enrolment)
    assert open_link(link_token(link.uuid), at=NOW) == link
    assert Letter.objects.get(enrolment=enrolment).state == LetterState.QUEUED


def test_confirming_twice_changes_nothing():
    nominations = NominationFactory.create_batch(2, edition=EditionFactory(seats=2))
    by = organiser_of(nominations[0].edition)

    first = confirm_nominations(nominations, by=by, at=NOW)
    second = confirm_nominations(nominations, by=by, at=NOW)

    assert (len(first), second) == (2, [])
    assert Enrolment.objects.count() == AccessLink.objects.count() == Letter.objects.count() == 2


def test_a_full_edition_confirms_nobody_more_and_names_its_seats():
    edition = EditionFactory(seats=1, overbooking=1)
    EnrolmentFactory.create_batch(2, edition=edition)
    nomination = NominationFactory(edition=edition)

    with pytest.raises(EditionFull, match="All 2 seats are taken"):
        confirm_nominations([nomination], by=organiser_of(edition), at=NOW)

    assert states([nomination]) == [NominationState.PROPOSED]


def test_a_bulk_confirmation_over_the_limit_confirms_nobody_and_says_how_many_fit():
    edition = EditionFactory(seats=2, overbooking=1)
    EnrolmentFactory(edition=edition)
    nominations = NominationFactory.create_batch(3, edition=edition)

    with pytest.raises(TooManyForSeats, match="You chose 3 officers, but only 2 seats are left"):
        confirm_nominations(nominations, by=organiser_of(edition), at=NOW)

    assert states(nominations) == [NominationState.PROPOSED] * 3
    assert Enrolment.objects.count() == 1


def test_a_nomination_withdrawn_meanwhile_stops_the_whole_confirmation():
    edition = EditionFactory()
    there = NominationFactory(edition=edition)
    gone = NominationFactory(edition=edition, state=NominationState.WITHDRAWN)

    with pytest.raises(NominationWithdrawn, match="1 of the nominations you chose was withdrawn"):
        confirm_nominations([there, gone], by=organiser_of(edition), at=NOW)

    assert states([there]) == [NominationState.PROPOSED]


def test_nominations_of_two_editions_are_not_decided_together():
    first, second = NominationFactory.create_batch(2)

    with pytest.raises(NominationsDiffer):
        confirm_nominations([first, second], by=organiser_of(first.edition), at=NOW)


@pytest.mark.parametrize("decide", [confirm_nominations, reserve_nominations, decline_nominations])
def test_only_the_organiser_of_this_edition_decides(decide):
    nomination = NominationFactory()
    others = [
        focal_point_of(nomination.edition, nomination.agency),
        organiser_of(EditionFactory()),
    ]

    for actor in others:
        with pytest.raises(NotAllowed):
            decide([nomination], by=actor, at=NOW)

    assert states([nomination]) == [NominationState.PROPOSED]


def test_the_reserve_list_keeps_the_order_in_which_it_was_filled():
    edition = EditionFactory()
    first, second, third = NominationFactory.create_batch(3, edition=edition)
    by = organiser_of(edition)

    reserve_nominations([second], by=by, at=NOW)
    reserve_nominations([third, first, second], by=by, at=NOW)

    assert states([first, second, third]) == [NominationState.RESERVE] * 3
    assert [n.reserve_rank for n in (second, third, first)] == [1, 2, 3]


def test_confirming_from_the_reserve_list_takes_the_officer_off_it():
    nomination = NominationFactory(state=NominationState.RESERVE, reserve_rank=1)

    confirm_nominations([nomination], by=organiser_of(nomination.edition), at=NOW)

    assert states([nomination]) == [NominationState.CONFIRMED]
    assert nomination.reserve_rank is None


@pytest.mark.parametrize("decide", [reserve_nominations, decline_nominations])
def test_a_confirmed_officer_loses_no_seat_by_a_click_on_an_old_page(decide):
    edition = EditionFactory()
    nominations = NominationFactory.create_batch(2, edition=edition)
    confirm_nominations(nominations[:1], by=organiser_of(edition), at=NOW)

    with pytest.raises(AlreadyConfirmed, match="1 of the officers you chose is confirmed already"):
        decide(nominations, by=organiser_of(edition), at=NOW)

    assert states(nominations) == [NominationState.CONFIRMED, NominationState.PROPOSED]


def test_withdrawing_frees_the_seat_closes_the_link_and_owes_no_letter():
    edition = EditionFactory(seats=1)
    first, second = NominationFactory.create_batch(2, edition=edition)
    by = organiser_of(edition)
    [enrolment] = confirm_nominations([first], by=by, at=NOW)
    link = AccessLink.objects.get(enrolment=enrolment)

    withdraw_enrolment(enrolment, by=by, at=NOW)
    withdraw_enrolment(enrolment, by=by, at=NOW)

    assert open_link(link_token(link.uuid), at=NOW) is None
    assert Letter.objects.count() == 0
    assert seating_of(edition).left == 1
    confirm_nominations([second], by=by, at=NOW)
    assert states([first, second]) == [NominationState.PROPOSED, NominationState.CONFIRMED]


def test_an_officer_confirmed_again_keeps_her_enrolment_and_gets_a_new_link():
    nomination = NominationFactory()
    by = organiser_of(nomination.edition)
    [before] = confirm_nominations([nomination], by=by, at=NOW)
    old = AccessLink.objects.get(enrolment=before)
    withdraw_enrolment(before, by=by, at=NOW)

    [after] = confirm_nominations([nomination], by=by, at=NOW)

    assert (after.pk, after.state) == (before.pk, EnrolmentState.ACTIVE)
    assert AccessLink.objects.get(enrolment=after, revoked_at=None) != old


def test_counts_by_country_are_alphabetical_and_say_who_is_over_the_seats_meant():
    edition = EditionFactory()
    CountrySeatsFactory(edition=edition, country="KZ", seats=1)
    CountrySeatsFactory(edition=edition, country="UZ", seats=2)
    for sex in ("female", "male", "undisclosed"):
        EnrolmentFactory(edition=edition, person__sex=sex)
    NominationFactory(edition=edition, state=NominationState.WITHDRAWN)
    NominationFactory(edition=edition, nominee__agency__country="UZ")
    EnrolmentFactory(edition=edition, state=EnrolmentState.WITHDRAWN, person=PersonFactory())

    rows, total = shares_by_country(edition)

    assert [
        (r.label, r.seats, r.nominated, r.confirmed, r.women_percent, r.over) for r in rows
    ] == [
        ("Kazakhstan", 1, 0, 3, 33, 2),
        ("Uzbekistan", 2, 1, 0, None, 0),
    ]
    assert (total.seats, total.nominated, total.undecided, total.confirmed) == (3, 1, 1, 3)
