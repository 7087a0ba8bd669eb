from datetime import timedelta

import pytest

from sabaq.enrolment.enums import NominationState
from sabaq.enrolment.errors import (
    AgencyOutOfReach,
    AlreadyDecided,
    AlreadyNominated,
    CallClosed,
    NoCall,
    OfficerNotValid,
)
from sabaq.enrolment.models import Nomination
from sabaq.enrolment.queries import nominations_visible_to
from sabaq.enrolment.rules import Officer
from sabaq.enrolment.services.nominations import (
    correct_nomination,
    nominate_officer,
    withdraw_nomination,
)
from sabaq.kernel.audit import trail_of
from sabaq.people.actors import NOBODY
from sabaq.people.models import Person
from tests.enrolment.actors import focal_point_of, organiser_of
from tests.factories import (
    NOW,
    AgencyFactory,
    CallFactory,
    EditionFactory,
    EnrolmentFactory,
    NominationFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db
OFFICER = Officer("Гүлнара Үлгі", "Gulnara Ulgi", sex="female", rank_band="senior")


@pytest.fixture
def edition():
    return CallFactory().edition


@pytest.fixture
def agency():
    return AgencyFactory()


def test_a_focal_point_nominates_an_officer_of_her_agency(edition, agency):
    nomination = nominate_officer(
        edition, agency, OFFICER, by=focal_point_of(edition, agency), at=NOW
    )

    person = nomination.nominee
    assert nomination.state == NominationState.PROPOSED
    assert (person.native_name, person.latin_name, person.sex) == (
        "Гүлнара Үлгі",
        "Gulnara Ulgi",
        "female",
    )
    assert (person.agency, person.country, person.rank_band) == (agency, "KZ", "senior")
    assert [(line.verb, line.actor_label) for line in trail_of(nomination)] == [
        ("nominated", "Focal point")
    ]


def test_a_focal_point_of_a_country_reaches_every_agency_of_it(edition, agency):
    nominate_officer(edition, agency, OFFICER, by=focal_point_of(edition, "KZ"), at=NOW)

    with pytest.raises(AgencyOutOfReach):
        nominate_officer(edition, agency, OFFICER, by=focal_point_of(edition, "UZ"), at=NOW)


def test_nobody_nominates_for_an_agency_out_of_reach(edition, agency):
    other = focal_point_of(edition, AgencyFactory())
    elsewhere = focal_point_of(EditionFactory(), agency)

    for actor in (other, elsewhere, NOBODY):
        with pytest.raises(AgencyOutOfReach):
            nominate_officer(edition, agency, OFFICER, by=actor, at=NOW)

    assert Nomination.objects.count() == Person.objects.count() == 0


def test_nominating_outside_the_dates_of_the_call_names_the_dates(edition, agency):
    call = edition.call
    by = focal_point_of(edition, agency)

    with pytest.raises(CallClosed, match="from 6 December 2026, 13:20 to 5 February 2027, 13:20"):
        nominate_officer(edition, agency, OFFICER, by=by, at=call.closes_at)
    with pytest.raises(CallClosed):
        nominate_officer(
            edition, agency, OFFICER, by=by, at=call.opens_at - timedelta(microseconds=1)
        )
    with pytest.raises(NoCall):
        nominate_officer(
            other := EditionFactory(), agency, OFFICER, by=focal_point_of(other, agency), at=NOW
        )

    assert Person.objects.count() == 0


def test_the_same_officer_is_not_nominated_twice_however_her_name_is_typed(edition, agency):
    by = focal_point_of(edition, agency)
    nominate_officer(edition, agency, Officer("Oʻgʻiloy Namuna"), by=by, at=NOW)

    with pytest.raises(AlreadyNominated):
        nominate_officer(edition, agency, Officer("  o'g’iloy   NAMUNA "), by=by, at=NOW)

    assert (Nomination.objects.count(), Person.objects.count()) == (1, 1)


def test_an_officer_of_the_same_name_in_another_agency_is_another_person(edition, agency):
    by = organiser_of(edition)

    first = nominate_officer(edition, agency, OFFICER, by=by, at=NOW)
    second = nominate_officer(edition, AgencyFactory(), OFFICER, by=by, at=NOW)

    assert first.nominee != second.nominee


def test_an_officer_known_from_another_course_is_found_again(edition, agency):
    known = PersonFactory(
        agency=agency, native_name="Гүлнара Үлгі", latin_name="Gulnara U", rank_band="middle"
    )
    EnrolmentFactory(person=known, profile_confirmed_at=NOW)

    nomination = nominate_officer(edition, agency, OFFICER, by=organiser_of(edition), at=NOW)

    assert nomination.nominee == known
    assert (nomination.nominee.latin_name, nomination.nominee.rank_band) == ("Gulnara U", "senior")


def test_every_problem_of_an_officer_is_named_and_nothing_is_saved(edition, agency):
    wrong = Officer("", latin_name="Ирина", sex="f", email="nowhere")

    with pytest.raises(OfficerNotValid) as refused:
        nominate_officer(edition, agency, wrong, by=organiser_of(edition), at=NOW)

    assert sorted(refused.value.problems) == ["email", "latin_name", "native_name", "sex"]
    assert Person.objects.count() == 0


def test_a_withdrawn_nomination_comes_back_when_the_officer_is_nominated_again(edition, agency):
    by = focal_point_of(edition, agency)
    nomination = nominate_officer(edition, agency, OFFICER, by=by, at=NOW)

    withdraw_nomination(nomination, by=by, at=NOW)
    withdraw_nomination(nomination, by=by, at=NOW)
    again = nominate_officer(edition, agency, OFFICER, by=by, at=NOW)

    assert (again.pk, again.state) == (nomination.pk, NominationState.PROPOSED)
    assert [line.verb for line in trail_of(again)] == ["nominated", "withdrawn", "nominated again"]


def test_a_focal_point_corrects_what_she_wrote(edition, agency):
    by = focal_point_of(edition, agency)
    nomination = nominate_officer(edition, agency, OFFICER, by=by, at=NOW)

    corrected = correct_nomination(
        nomination, Officer("Гүлнар Үлгі", sex="female", rank_band="senior"), by=by, at=NOW
    )

    assert corrected.name_key == "гүлнар үлгі"
    assert corrected.nominee.latin_name == ""
    assert trail_of(corrected).last().changed == ["native_name", "latin_name"]


def test_correcting_a_name_leaves_a_person_of_another_course_as_she_is(edition, agency):
    known = PersonFactory(agency=agency, native_name="Гүлнара Үлгі")
    EnrolmentFactory(person=known)
    nomination = nominate_officer(edition, agency, OFFICER, by=organiser_of(edition), at=NOW)

    corrected = correct_nomination(
        nomination, Officer("Салтанат Үлгі"), by=organiser_of(edition), at=NOW
    )

    known.refresh_from_db()
    assert known.native_name == "Гүлнара Үлгі"
    assert corrected.nominee != known


def test_a_name_cannot_be_corrected_to_that_of_another_nominee(edition, agency):
    by = focal_point_of(edition, agency)
    nominate_officer(edition, agency, OFFICER, by=by, at=NOW)
    other = nominate_officer(edition, agency, Officer("Асель Үлгі"), by=by, at=NOW)

    with pytest.raises(AlreadyNominated):
        correct_nomination(other, OFFICER, by=by, at=NOW)


@pytest.mark.parametrize("state", [NominationState.CONFIRMED, NominationState.DECLINED])
def test_a_decided_nomination_is_neither_corrected_nor_withdrawn(edition, agency, state):
    nomination = NominationFactory(edition=edition, nominee__agency=agency, state=state)
    by = focal_point_of(edition, agency)

    with pytest.raises(AlreadyDecided):
        correct_nomination(nomination, OFFICER, by=by, at=NOW)
    with pytest.raises(AlreadyDecided):
        withdraw_nomination(nomination, by=by, at=NOW)

    nomination.refresh_from_db()
    assert nomination.state == state


def test_a_focal_point_neither_sees_nor_touches_nominations_of_other_agencies(edition, agency):
    own = NominationFactory(edition=edition, nominee__agency=agency)
    foreign = NominationFactory(edition=edition)
    by = focal_point_of(edition, agency)

    assert list(nominations_visible_to(by, edition)) == [own]
    assert list(nominations_visible_to(NOBODY, edition)) == []
    with pytest.raises(AgencyOutOfReach):
        correct_nomination(foreign, OFFICER, by=by, at=NOW)
    with pytest.raises(AgencyOutOfReach):
        withdraw_nomination(foreign, by=by, at=NOW)
