import io
import uuid

import pytest
from django.urls import reverse
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from sabaq.enrolment.enums import EnrolmentState, NominationState
from sabaq.enrolment.models import Enrolment, Letter, Nomination
from sabaq.enrolment.tables import read_table
from sabaq.people.models import Person
from sabaq.web.office.table_template import table_template
from tests.factories import (
    NOW,
    AgencyFactory,
    CountrySeatsFactory,
    EnrolmentFactory,
    NominationFactory,
    PersonFactory,
)
from tests.web.office.staff import page, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]


def officer(agency, **values):
    return {
        "write_id": uuid.uuid4(),
        "agency": agency.key,
        "native_name": "Гүлнара Үлгі",
        "language": "ru",
        **values,
    }


def states(*nominations):
    for nomination in nominations:
        nomination.refresh_from_db()
    return [nomination.state for nomination in nominations]


def test_a_focal_point_nominates_and_sees_her_officer(focal_point, edition, agency):
    response = post(focal_point, "nominate", edition, **officer(agency, sex="female"))

    assert "The officer is nominated." in response.content.decode()
    assert Person.objects.get().sex == "female"
    assert "<bdi>Гүлнара Үлгі</bdi>" in page(focal_point, "nominations", edition)


def test_sending_the_same_form_twice_nominates_once_and_shows_no_error(
    focal_point, edition, agency
):
    data = officer(agency)

    for _ in range(2):
        response = post(focal_point, "nominate", edition, **data)
        assert "The officer is nominated." in response.content.decode()

    assert Nomination.objects.count() == 1


def test_an_officer_who_is_there_already_is_said_beside_the_name(focal_point, edition, agency):
    post(focal_point, "nominate", edition, **officer(agency))

    response = post(focal_point, "nominate", edition, **officer(agency))

    assert "This officer is already nominated by this agency." in response.content.decode()
    assert Nomination.objects.count() == 1


def test_a_focal_point_cannot_name_an_agency_out_of_reach(focal_point, edition):
    response = post(focal_point, "nominate", edition, **officer(AgencyFactory()))

    assert response.status_code == 200
    assert Nomination.objects.count() == 0


def test_after_the_call_the_form_is_gone_and_a_late_form_is_refused(focal_point, edition, agency):
    edition.call.closes_at = NOW
    edition.call.save()

    assert "Nobody can be nominated now" in page(focal_point, "nominate", edition)
    response = post(focal_point, "nominate", edition, **officer(agency))

    assert "Officers may be nominated from 6 December 2026" in response.content.decode()
    assert Nomination.objects.count() == 0


def test_a_focal_point_corrects_and_withdraws_her_nomination(focal_point, edition, agency):
    nomination = NominationFactory(edition=edition, nominee__agency=agency)

    post(
        focal_point,
        "nomination",
        edition,
        nomination.uuid,
        native_name="Гүлнар Үлгі",
        language="kk",
        rank_band="senior",
    )
    nomination.nominee.refresh_from_db()
    assert (nomination.nominee.native_name, nomination.nominee.language) == ("Гүлнар Үлгі", "kk")

    post(focal_point, "nomination_withdraw", edition, nomination.uuid)
    assert states(nomination) == [NominationState.WITHDRAWN]


def test_what_an_officer_told_another_course_is_not_shown_and_not_lost(
    focal_point, edition, agency
):
    person = PersonFactory(agency=agency, native_name="Гүлнара Үлгі", email="own@home.example")
    EnrolmentFactory(person=person, profile_confirmed_at=NOW)
    post(focal_point, "nominate", edition, **officer(agency))
    nomination = Nomination.objects.get(edition=edition)

    assert "own@home.example" not in page(focal_point, "nominations", edition)
    assert "own@home.example" not in page(focal_point, "nomination", edition, nomination.uuid)
    post(
        focal_point,
        "nomination",
        edition,
        nomination.uuid,
        native_name="Гүлнара Үлгі",
        language="ru",
        rank_band="command",
    )

    person.refresh_from_db()
    assert (person.email, person.sex, person.rank_band) == ("own@home.example", "female", "command")


def test_countries_are_alphabetical_among_the_nominations(organiser, edition):
    for country in ("UZ", "KG", "KZ"):
        NominationFactory(edition=edition, nominee__agency__country=country)

    shown = page(organiser, "nominations", edition).partition("<tbody>")[2].partition("<tbody>")[2]

    places = [shown.index(name) for name in ("Kazakhstan", "Kyrgyzstan", "Uzbekistan")]
    assert places == sorted(places)


def test_nominations_of_other_agencies_do_not_exist_for_a_focal_point(focal_point, edition):
    foreign = NominationFactory(edition=edition, nominee__native_name="Чужая Запись")

    assert "Чужая" not in page(focal_point, "nominations", edition)
    for name in ("nomination", "nomination_withdraw"):
        assert post(focal_point, name, edition, foreign.uuid).status_code == 404
    assert post(focal_point, "decide", edition, nomination=foreign.uuid).status_code == 404
    for name in ("participants", "trail"):
        assert focal_point.get(reverse(f"office:{name}", args=[edition.slug])).status_code == 404
    assert states(foreign) == [NominationState.PROPOSED]


def test_a_table_is_taken_and_its_bad_rows_are_named(focal_point, edition, agency):
    table = io.BytesIO("ФИО;Пол\nГүлнара Үлгі;ж\nАгент 007;ж\n".encode())
    table.name = "officers.csv"

    response = post(focal_point, "nominate_file", edition, agency=agency.key, table=table)

    shown = response.content.decode()
    assert "1 officer is nominated." in shown
    assert "1 row is not accepted yet" in shown
    assert "Row 3" in shown
    assert Person.objects.get().native_name == "Гүлнара Үлгі"


def test_a_file_that_is_no_table_is_explained_beside_the_field(focal_point, edition, agency):
    photo = io.BytesIO(b"\x89PNG\r\n")
    photo.name = "officers.xlsx"

    response = post(focal_point, "nominate_file", edition, agency=agency.key, table=photo)

    assert "This file is neither an XLSX nor a CSV table." in response.content.decode()


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_template_has_one_line_of_instructions_and_is_read_again(language):
    with override(language):
        lines = CalamineWorkbook.from_filelike(io.BytesIO(table_template())).get_sheet_by_index(0)

    assert "500" in lines.to_python()[0][0]
    assert len(lines.to_python()[1]) == 7
    with pytest.raises(Exception, match="no officers"):
        read_table(table_template())


def test_the_template_is_given_as_a_file(focal_point, edition):
    response = focal_point.get(reverse("office:nominate_template", args=[edition.slug]))

    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.content.startswith(b"PK")


def test_the_organiser_confirms_in_bulk_and_the_counts_follow(organiser, edition):
    CountrySeatsFactory(edition=edition, seats=1)
    women = NominationFactory.create_batch(2, edition=edition)
    man = NominationFactory(edition=edition, nominee__sex="male")
    chosen = [n.uuid for n in (*women, man)]

    response = post(organiser, "decide", edition, act="confirm", nomination=chosen)

    shown = response.content.decode()
    assert "3 officers are confirmed." in shown
    assert "67 percent women, the aim is 50" in shown
    assert "2 over" in shown
    assert Enrolment.objects.count() == Letter.objects.count() == 3


def test_a_bulk_confirmation_over_the_limit_says_how_many_fit(organiser, edition):
    edition.seats = 1
    edition.save()
    nominations = NominationFactory.create_batch(2, edition=edition)

    response = post(
        organiser, "decide", edition, act="confirm", nomination=[n.uuid for n in nominations]
    )

    assert "only 1 seat is left" in response.content.decode()
    assert states(*nominations) == [NominationState.PROPOSED] * 2


@pytest.mark.parametrize(
    ("act", "state"),
    [("reserve", NominationState.RESERVE), ("decline", NominationState.DECLINED)],
)
def test_the_organiser_reserves_and_declines(organiser, edition, act, state):
    nomination = NominationFactory(edition=edition)

    post(organiser, "decide", edition, act=act, nomination=nomination.uuid)

    assert states(nomination) == [state]
    assert nomination.nominee.native_name in page(
        organiser, "nominations", edition, state=state.value
    )


def test_a_click_without_a_choice_changes_nothing_and_says_so(organiser, edition):
    NominationFactory(edition=edition)

    response = post(organiser, "decide", edition, act="confirm")

    assert "Choose at least one officer first." in response.content.decode()


def test_a_confirmation_is_taken_back_from_the_page(organiser, edition):
    nomination = NominationFactory(edition=edition)
    post(organiser, "decide", edition, act="confirm", nomination=nomination.uuid)
    enrolment = Enrolment.objects.get()
    shown = page(organiser, "nominations", edition, state="confirmed")
    assert reverse("office:participant_withdraw", args=[edition.slug, enrolment.uuid]) in shown

    post(organiser, "participant_withdraw", edition, enrolment.uuid, next="nominations")

    enrolment.refresh_from_db()
    assert enrolment.state == EnrolmentState.WITHDRAWN
    assert states(nomination) == [NominationState.PROPOSED]
