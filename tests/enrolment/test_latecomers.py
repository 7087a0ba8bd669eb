import pytest

from sabaq.enrolment.access import open_code
from sabaq.enrolment.effects import typed_code
from sabaq.enrolment.enums import EnrolmentState, NominationState
from sabaq.enrolment.errors import AlreadyEnrolled, EditionFull, NotAdmitted, OfficerNotValid
from sabaq.enrolment.models import Enrolment, Letter, Nomination
from sabaq.enrolment.queries import latecomers_of, seating_of, shares_by_country
from sabaq.enrolment.rules import Officer
from sabaq.enrolment.services import (
    admit_provisionally,
    confirm_latecomers,
    confirm_nominations,
    decline_latecomers,
    decline_nominations,
    replace_latecomer_link,
)
from sabaq.kernel.errors import NotAllowed
from sabaq.kernel.models import AuditRecord
from sabaq.people.actors import Actor, Grant
from sabaq.people.enums import Role, Sex
from tests.enrolment.actors import focal_point_of, organiser_of
from tests.factories import (
    NOW,
    AgencyFactory,
    EditionFactory,
    EnrolmentFactory,
    NominationFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db
GUL = Officer("Гүл Үлгі", sex=Sex.FEMALE)


def host_of(edition):
    return Actor("Host", grants=frozenset({Grant(Role.HOST, edition_id=edition.pk)}))


@pytest.fixture
def edition():
    return EditionFactory(seats=1)


@pytest.fixture
def agency():
    return AgencyFactory()


def admit(edition, agency, officer=GUL):
    return admit_provisionally(edition, agency, officer, by=host_of(edition), at=NOW)


def test_a_latecomer_comes_in_by_her_code_at_once_and_takes_no_seat(edition, agency):
    admission = admit(edition, agency)

    assert open_code(typed_code(admission.link), at=NOW) == admission.link
    assert admission.enrolment.state == EnrolmentState.PROVISIONAL
    assert admission.enrolment.person.country == agency.country
    assert seating_of(edition).taken == 0
    assert Nomination.objects.count() == 0
    assert shares_by_country(edition)[1].confirmed == 0


def test_admitting_twice_gives_the_same_link(edition, agency):
    first = admit(edition, agency)

    again = admit(edition, agency, Officer("гүл  үлгі"))

    assert (again.is_new, again.enrolment, again.link) == (False, first.enrolment, first.link)
    assert Enrolment.objects.count() == 1


def test_only_host_and_organiser_admit(edition, agency):
    with pytest.raises(NotAllowed):
        admit_provisionally(edition, agency, GUL, by=focal_point_of(edition, agency), at=NOW)

    assert Enrolment.objects.count() == 0


def test_a_latecomer_needs_a_name_that_can_be_one(edition, agency):
    with pytest.raises(OfficerNotValid):
        admit(edition, agency, Officer("12345"))


@pytest.mark.parametrize("state", [NominationState.RESERVE, NominationState.PROPOSED])
def test_whoever_is_nominated_is_admitted_by_that_nomination(edition, state):
    nomination = NominationFactory(edition=edition, state=state)

    admission = admit(edition, nomination.agency, Officer(nomination.nominee.native_name))
    [enrolment] = confirm_nominations([nomination], by=organiser_of(edition), at=NOW)

    assert admission.nomination == nomination
    assert enrolment == admission.enrolment
    assert (enrolment.state, enrolment.nomination) == (EnrolmentState.ACTIVE, nomination)
    assert Nomination.objects.get().state == NominationState.CONFIRMED


def test_whoever_has_a_seat_is_not_admitted_again(edition):
    nomination = NominationFactory(edition=edition)
    confirm_nominations([nomination], by=organiser_of(edition), at=NOW)

    with pytest.raises(AlreadyEnrolled):
        admit(edition, nomination.agency, Officer(nomination.nominee.native_name))


def test_confirming_gives_the_seat_and_leaves_link_and_name_as_they_are(edition, agency):
    admission = admit(edition, agency)

    [enrolment] = confirm_latecomers([admission.enrolment], by=organiser_of(edition), at=NOW)

    assert enrolment.state == EnrolmentState.ACTIVE
    assert open_code(typed_code(admission.link), at=NOW) == admission.link
    assert seating_of(edition).left == 0
    nomination = Nomination.objects.get()
    assert (nomination.nominee, nomination.state) == (enrolment.person, NominationState.CONFIRMED)
    assert Letter.objects.count() == 0
    assert confirm_latecomers([enrolment], by=organiser_of(edition), at=NOW) == []


def test_confirming_more_latecomers_than_seats_confirms_nobody(edition, agency):
    enrolments = [
        admit(edition, agency, Officer(f"Гүл {letter}")).enrolment for letter in ("Аа", "Бб")
    ]
    EnrolmentFactory(edition=edition)

    with pytest.raises(EditionFull):
        confirm_latecomers(enrolments, by=organiser_of(edition), at=NOW)

    assert list(latecomers_of(edition)) == enrolments
    assert Nomination.objects.count() == 0


def test_only_the_organiser_confirms_and_declines(edition, agency):
    admission = admit(edition, agency)

    for act in (confirm_latecomers, decline_latecomers):
        with pytest.raises(NotAllowed):
            act([admission.enrolment], by=host_of(edition), at=NOW)


def test_not_confirming_closes_the_link_and_can_be_followed_by_another_admission(edition, agency):
    admission = admit(edition, agency)

    [declined] = decline_latecomers([admission.enrolment], by=organiser_of(edition), at=NOW)
    again = admit(edition, agency)

    assert declined.state == EnrolmentState.DECLINED
    assert open_code(typed_code(admission.link), at=NOW) is None
    assert again.enrolment == admission.enrolment
    assert again.link != admission.link


def test_somebody_decided_meanwhile_stops_the_decision(edition, agency):
    admission = admit(edition, agency)
    decline_latecomers([admission.enrolment], by=organiser_of(edition), at=NOW)

    with pytest.raises(NotAdmitted):
        confirm_latecomers([admission.enrolment], by=organiser_of(edition), at=NOW)


def test_declining_her_nomination_ends_the_admission_too(edition):
    nomination = NominationFactory(edition=edition, state=NominationState.RESERVE)
    admission = admit(edition, nomination.agency, Officer(nomination.nominee.native_name))

    decline_nominations([nomination], by=organiser_of(edition), at=NOW)

    assert Enrolment.objects.get().state == EnrolmentState.DECLINED
    assert open_code(typed_code(admission.link), at=NOW) is None


def test_a_nomination_made_under_the_name_she_corrected_is_not_doubled(edition, agency):
    admission = admit(edition, agency)
    person = admission.enrolment.person
    other = PersonFactory(native_name="Гүл Басқа", agency=agency)
    nomination = NominationFactory(edition=edition, nominee=other)
    person.native_name = other.native_name
    person.save(update_fields=["native_name"])

    [enrolment] = confirm_latecomers([admission.enrolment], by=organiser_of(edition), at=NOW)

    assert Nomination.objects.get() == nomination
    assert (enrolment.person, enrolment.nomination) == (person, nomination)


def test_a_link_that_went_astray_is_replaced_while_nothing_is_decided(edition, agency):
    admission = admit(edition, agency)

    link = replace_latecomer_link(admission.enrolment, by=host_of(edition), at=NOW)

    assert open_code(typed_code(admission.link), at=NOW) is None
    assert open_code(typed_code(link), at=NOW) == link
    confirm_latecomers([admission.enrolment], by=organiser_of(edition), at=NOW)
    with pytest.raises(NotAdmitted):
        replace_latecomer_link(admission.enrolment, by=host_of(edition), at=NOW)


def test_the_trail_says_who_admitted_and_who_decided_without_a_name(edition, agency):
    admission = admit(edition, agency)
    decline_latecomers([admission.enrolment], by=organiser_of(edition), at=NOW)

    lines = AuditRecord.objects.filter(object_type="enrolment.Enrolment").order_by("id")
    assert [(line.verb, line.actor_label, line.changed) for line in lines] == [
        ("admitted provisionally", "Host", ["state"]),
        ("not confirmed", "Organiser", ["state"]),
    ]
