import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from sabaq.classroom.models import LiveClass
from sabaq.courses.models import CourseVersion, Edition
from sabaq.kernel import clock
from sabaq.people.enums import Role
from tests.factories import (
    NOW,
    AccessLinkFactory,
    AccountFactory,
    AgencyFactory,
    AppointmentFactory,
    CallFactory,
    ContributorFactory,
    CountrySeatsFactory,
    EditionFactory,
    EnrolmentFactory,
    NominationFactory,
    PersonFactory,
    ProjectFactory,
    SessionFactory,
)

pytestmark = pytest.mark.django_db
BEFORE = NOW - timedelta(days=10)


@pytest.fixture
def edition(pack_version: CourseVersion) -> Edition:
    edition = EditionFactory(slug="model", version=pack_version)
    edition.projects.add(ProjectFactory(), ProjectFactory())
    CallFactory(
        edition=edition, opens_at=NOW - timedelta(days=60), closes_at=NOW - timedelta(days=20)
    )
    for country, seats in (("KZ", 14), ("KG", 13)):
        CountrySeatsFactory(edition=edition, country=country, seats=seats)
    session = SessionFactory(edition=edition)
    session.contributors.add(ContributorFactory(edition=edition))
    return edition


def officer(edition: Edition, *, agency: Any, sex: str = "female", state: str = "proposed") -> None:
    person = PersonFactory(agency=agency, sex=sex)
    nomination = NominationFactory(edition=edition, nominee=person, state=state)
    if state == "confirmed":
        enrolment = EnrolmentFactory(edition=edition, person=person, nomination=nomination)
        AccessLinkFactory(enrolment=enrolment)


def client_of(edition: Edition, role: Role = Role.ORGANISER, **reach: Any) -> Client:
    account = AccountFactory()
    AppointmentFactory(edition=edition, account=account, role=role, **reach)
    client = Client()
    client.force_login(account)
    return client


def page_of(client: Client, edition: Edition, at: Any = BEFORE) -> str:
    with clock.frozen(at):
        response = client.get(f"/office/{edition.slug}/")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_organiser_reads_the_one_next_thing_with_its_numbers(edition):
    agency = AgencyFactory(country="KZ")
    officer(edition, agency=agency, state="confirmed")
    officer(edition, agency=agency, sex="male", state="confirmed")
    officer(edition, agency=agency)

    page = page_of(client_of(edition), edition)

    assert "<h2>Decide 1 nomination</h2>" in page
    assert "2 of 64 seats are taken. Women are 50 % of those confirmed; you aim at 50 %." in page
    assert '<li aria-current="step">Decide seats</li>' in page


def test_the_organiser_sees_every_country_alphabetically(edition):
    officer(edition, agency=AgencyFactory(country="KG"), state="confirmed")

    page = page_of(client_of(edition), edition)

    assert page.index('<th scope="row">Kazakhstan</th>') < page.index(
        '<th scope="row">Kyrgyzstan</th>'
    )


def test_a_focal_point_sees_her_own_country_only(edition):
    officer(edition, agency=AgencyFactory(country="KZ"), state="confirmed")
    officer(edition, agency=AgencyFactory(country="KG"), state="confirmed")

    page = page_of(client_of(edition, Role.FOCAL_POINT, country="KG"), edition)

    assert '<th scope="row">Kyrgyzstan</th>' in page
    assert "Kazakhstan" not in page
    assert "1 of your officers is confirmed" in page
    assert "<dt>Confirmed</dt><dd>1</dd>" in page


def test_a_focal_point_of_an_agency_sees_that_agency_only(edition):
    own, other = AgencyFactory(country="KG"), AgencyFactory(country="KG")
    officer(edition, agency=own, sex="male", state="confirmed")
    officer(edition, agency=own)
    officer(edition, agency=other, state="confirmed")

    page = page_of(client_of(edition, Role.FOCAL_POINT, agency=own), edition)

    assert f'<th scope="row">{own.name["en"]}</th>' in page
    assert other.name["en"] not in page
    assert "<dt>Nominated</dt><dd>2</dd>" in page
    assert "<dt>Confirmed</dt><dd>1</dd>" in page
    assert "<dt>Women among confirmed</dt><dd>0 %" in page


@pytest.mark.parametrize("role", [Role.TRAINER, Role.HOST, Role.INTERPRETER, Role.OBSERVER])
def test_others_see_no_head_counts(edition, role):
    officer(edition, agency=AgencyFactory(country="KG"), state="confirmed")

    page = page_of(client_of(edition, role), edition)

    assert 'id="seats"' not in page
    assert "Confirmed" not in page


def test_a_focal_point_reads_the_timetable_by_her_own_clock_too(edition):
    page = page_of(client_of(edition, Role.FOCAL_POINT, country="KG"), edition)

    assert "in Tashkent" in page
    assert "in Bishkek" in page


def test_a_live_class_comes_first_on_the_day(edition):
    LiveClass.objects.create(session=edition.sessions.get(), state="live", started_at=NOW)

    page = page_of(client_of(edition), edition, at=NOW)

    assert (
        '<span class="tag live">Live now</span></p><h2>Interviewing and screening women</h2>'
        in page
    )


def test_an_edition_is_not_there_for_staff_of_another(edition):
    client = client_of(EditionFactory())

    assert client.get("/office/model/").status_code == 404


def test_the_page_costs_as_many_queries_for_ninety_nominations_as_for_two(
    edition, django_assert_max_num_queries
):
    client = client_of(edition)
    agencies = [AgencyFactory(country=country) for country in ("KZ", "KG")]
    for agency in agencies:
        officer(edition, agency=agency, state="confirmed")
    with django_assert_max_num_queries(25) as few:
        page_of(client, edition)
    for number in range(88):
        officer(edition, agency=agencies[number % 2], state=("confirmed", "reserve")[number % 2])
    for _ in range(5):
        SessionFactory(edition=edition).contributors.add(ContributorFactory(edition=edition))

    with django_assert_max_num_queries(25) as many:
        page_of(client, edition)

    assert len(many) == len(few)


def test_the_list_of_editions_names_only_those_of_the_reader(
    edition, django_assert_max_num_queries
):
    EditionFactory(title={"en": "A foreign course", "ru": "Чужой курс"})
    client = client_of(edition)

    with django_assert_max_num_queries(6):
        page = client.get("/office/").content.decode()

    assert "/office/model/" in page
    assert "A foreign course" not in page


@pytest.mark.parametrize(
    ("role", "reach"),
    [
        (Role.ORGANISER, {}),
        (Role.EVALUATOR, {}),
        (Role.FOCAL_POINT, {"country": "KG"}),
        (Role.TRAINER, {}),
        (Role.HOST, {}),
        (Role.OBSERVER, {}),
    ],
)
@pytest.mark.parametrize("days", [-70, -30, -10, 0, 10])
def test_every_link_on_the_page_opens_for_its_reader(edition, role, reach, days):
    officer(edition, agency=AgencyFactory(country="KG"))
    client = client_of(edition, role, **reach)
    at = NOW + timedelta(days=days)

    page = page_of(client, edition, at=at)

    links = {link for link in re.findall(r'href="(/[^"#]*)"', page) if "/static/" not in link}
    with clock.frozen(at):
        closed = {link for link in links if client.get(link).status_code not in {200, 302}}
    assert closed == set()
