"""Personal links and codes: shown by GET, opened by POST, closed at once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sabaq.enrolment.enums import EnrolmentState
from sabaq.enrolment.errors import NotEnrolled
from sabaq.enrolment.links import link_code, link_token, show_code
from sabaq.enrolment.models import AccessLink
from sabaq.enrolment.services import issue_guest_link, issue_link, reissue_link, revoke_link
from sabaq.kernel.audit import trail_of
from sabaq.people.actors import acting
from tests.factories import (
    NOW,
    AccessLinkFactory,
    AccountFactory,
    ContributorFactory,
    EditionFactory,
    EnrolmentFactory,
    PersonFactory,
    SessionFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]
ORGANISER = acting("Organiser", account_id=7)


def path_of(link: AccessLink) -> str:
    return f"/i/{link_token(link.uuid)}/"


def enter(client: Client, link: AccessLink):
    return client.post(path_of(link), {"answer": "me"})


def test_issue_link_gives_one_link_however_often_it_is_asked():
    enrolment = EnrolmentFactory()

    first = issue_link(enrolment, by=ORGANISER, at=NOW)
    second = issue_link(enrolment, by=ORGANISER, at=NOW)

    assert second == first
    assert [line.verb for line in trail_of(first)] == ["issued"]
    assert [line.actor_label for line in trail_of(first)] == ["Organiser"]


def test_a_link_ends_half_a_year_after_the_last_day_by_the_clock_of_the_course():
    enrolment = EnrolmentFactory(edition=EditionFactory(zone="Asia/Tashkent"))

    link = issue_link(enrolment, by=None, at=NOW)

    assert link.expires_at == datetime(2027, 2, 5, 19, tzinfo=UTC) + timedelta(days=180)


def test_issue_link_replaces_a_link_that_has_expired():
    old = AccessLinkFactory(expires_at=NOW)

    new = issue_link(old.enrolment, by=ORGANISER, at=NOW)

    old.refresh_from_db()
    assert new != old
    assert old.revoked_at == NOW


def test_issue_link_refuses_somebody_who_has_withdrawn():
    with pytest.raises(NotEnrolled):
        issue_link(EnrolmentFactory(state=EnrolmentState.WITHDRAWN), by=ORGANISER, at=NOW)


def test_reissue_link_closes_the_old_one_and_opens_another(client):
    old = AccessLinkFactory()

    new = reissue_link(old.enrolment, by=ORGANISER, at=NOW)

    assert client.get(path_of(old)).status_code == 404
    assert client.get(path_of(new)).status_code == 200
    assert [line.verb for line in trail_of(old)] == ["revoked"]


def test_revoke_link_puts_a_browser_that_is_inside_out_at_once(client):
    link = AccessLinkFactory()
    enter(client, link)
    inside = client.get("/me/")

    revoke_link(link, by=ORGANISER, at=NOW)

    assert inside.status_code == 200
    assert client.get("/me/").headers["Location"] == "/code/"


def test_revoking_twice_leaves_one_line_in_the_trail():
    link = AccessLinkFactory()

    revoke_link(link, by=ORGANISER, at=NOW)
    revoke_link(link, by=ORGANISER, at=NOW + timedelta(hours=1))

    assert [(line.verb, line.changed) for line in trail_of(link)] == [("revoked", ["revoked_at"])]


def test_a_guest_link_is_for_one_session_of_the_same_edition():
    session = SessionFactory()
    guest = ContributorFactory(edition=session.edition)

    link = issue_guest_link(guest, session, by=ORGANISER, at=NOW)

    assert (link.guest, link.session, link.enrolment) == (guest, session, None)
    assert issue_guest_link(guest, session, by=ORGANISER, at=NOW) == link
    with pytest.raises(ValueError, match="another edition"):
        issue_guest_link(ContributorFactory(), session, by=ORGANISER, at=NOW)


def test_the_link_page_shows_whose_it_is_and_nothing_else_about_her(client):
    person = PersonFactory(display_name="Aigul U.", native_name="Айгүл Үлгі", email="a@b.example")
    link = AccessLinkFactory(enrolment=EnrolmentFactory(person=person))

    html = client.get(path_of(link)).content.decode()

    assert "<bdi>Aigul U.</bdi>" in html
    assert "Gender mainstreaming in law enforcement" in html
    assert "4–5 February 2027" in html
    assert "Yes, this is me: enter" in html
    for private in (
        "Айгүл",
        "a@b.example",
        str(person.agency.name),
        "Kazakhstan",
        link_code(link.uuid),
    ):
        assert private not in html


def test_get_and_head_sign_nobody_in(client):
    link = AccessLinkFactory()

    client.get(path_of(link))
    client.head(path_of(link))

    link.refresh_from_db()
    assert settings.PARTICIPANT_COOKIE not in client.cookies
    assert link.first_used_at is None


def test_post_signs_in_with_a_cookie_that_scripts_cannot_read(client):
    link = AccessLinkFactory()

    response = enter(client, link)

    cookie = response.cookies[settings.PARTICIPANT_COOKIE]
    link.refresh_from_db()
    assert response.headers["Location"] == "/today/"
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Lax", "")
    assert cookie["max-age"] == 30 * 24 * 3600
    assert link.first_used_at == NOW
    assert [line.verb for line in trail_of(link)] == ["first used"]


def test_with_tls_the_cookie_travels_only_over_tls(client, settings):
    settings.TLS = True

    response = enter(client, AccessLinkFactory())

    assert response.cookies[settings.PARTICIPANT_COOKIE]["secure"] is True


def test_post_without_the_csrf_token_signs_nobody_in():
    client = Client(enforce_csrf_checks=True)

    response = enter(client, AccessLinkFactory())

    assert response.status_code == 403
    assert settings.PARTICIPANT_COOKIE not in client.cookies


def test_somebody_who_comes_first_is_led_to_the_welcome(client):
    link = AccessLinkFactory(enrolment=EnrolmentFactory(fresh=True))

    assert enter(client, link).headers["Location"] == "/welcome/"


def test_this_is_not_me_opens_nothing_and_says_what_to_do(client):
    link = AccessLinkFactory()

    response = client.post(path_of(link), {"answer": "other"})

    link.refresh_from_db()
    assert "Nothing was opened" in response.content.decode()
    assert settings.PARTICIPANT_COOKIE not in client.cookies
    assert link.first_used_at is None


def test_entering_ends_a_staff_session_of_this_browser(client):
    client.force_login(AccountFactory())

    enter(client, AccessLinkFactory())
    client.cookies.pop(settings.PARTICIPANT_COOKIE)

    assert client.get("/office/").headers["Location"] == "/staff/sign-in/?next=/office/"


def test_the_interface_takes_her_language_unless_this_browser_has_chosen_one(client):
    link = AccessLinkFactory(enrolment=EnrolmentFactory(person__language="ky"))

    enter(client, link)
    after_the_first_time = client.cookies["lang"].value
    client.cookies["lang"] = "en"
    again = enter(client, link)

    assert after_the_first_time == "ru"
    assert "lang" not in again.cookies


def closed_links() -> dict[str, str]:
    revoked = AccessLinkFactory(revoked_at=NOW)
    expired = AccessLinkFactory(expires_at=NOW)
    withdrawn = AccessLinkFactory(enrolment__state=EnrolmentState.WITHDRAWN)
    good = path_of(AccessLinkFactory())
    return {
        "revoked": path_of(revoked),
        "expired": path_of(expired),
        "withdrawn": path_of(withdrawn),
        "forged": good[:-3] + ("AA/" if good[-3:] != "AA/" else "BA/"),
        "nonsense": "/i/x/",
        "cyrillic": "/i/ссылка/",
    }


def test_unknown_revoked_and_expired_links_look_and_cost_alike(client):
    paths = closed_links()
    client.get(paths["nonsense"])  # the first failure makes the counter's row
    answers = set()

    for path in paths.values():
        with CaptureQueriesContext(connection) as queries:
            response = client.get(path)
        answers.add((response.status_code, len(queries), without_csrf(response.content.decode())))

    assert len(answers) == 1
    [(status, _, html)] = answers
    assert status == 404
    assert "This link opens nothing" in html
    assert "ask the focal point of your agency for a new link" in html


def without_csrf(html: str) -> str:
    return "\n".join(line for line in html.splitlines() if "csrfmiddlewaretoken" not in line)


@pytest.mark.parametrize(
    "typed",
    ["{code}", "{dashed}", " {lower} ", "{spaced}", "{cyrillic}"],
)
def test_a_code_is_taken_as_people_type_it(client, typed):
    link = AccessLinkFactory()
    code = link_code(link.uuid)
    look_alikes = str.maketrans("ABCEHKMPTX", "АВСЕНКМРТХ")
    text = typed.format(
        code=code,
        dashed=show_code(code),
        lower=code.lower(),
        spaced=" ".join(code),
        cyrillic=code.translate(look_alikes).lower(),
    )

    shown = client.post("/code/", {"code": text})
    inside = client.post("/code/", {"code": text, "answer": "me"})

    assert "<bdi>Aigul U.</bdi>" in shown.content.decode()
    assert settings.PARTICIPANT_COOKIE not in shown.cookies
    assert inside.headers["Location"] == "/today/"
    assert settings.PARTICIPANT_COOKIE in inside.cookies


@pytest.mark.parametrize(
    ("typed", "said"),
    [("1234", "A code has eight letters and digits"), ("0000-0000", "This code opens nothing")],
)
def test_a_wrong_code_is_kept_in_the_field_and_explained(client, typed, said):
    response = client.post("/code/", {"code": typed})

    html = response.content.decode()
    assert response.status_code == 422
    assert said in html
    assert f'value="{typed}"' in html


def test_a_code_never_stands_in_an_address(client):
    code = link_code(AccessLinkFactory().uuid)

    shown = client.post("/code/", {"code": code})

    assert 'action="/code/"' in shown.content.decode()
    assert link_token(AccessLink.objects.get().uuid) not in shown.content.decode()


def test_leave_takes_everything_of_the_person_off_the_device(client):
    enter(client, AccessLinkFactory())

    response = client.post("/leave/")

    assert response.headers["Location"] == "/"
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    kept = {name for name, cookie in client.cookies.items() if cookie.value}
    assert kept <= {settings.CSRF_COOKIE_NAME}
    assert client.get("/leave/").status_code == 405


def test_a_link_opened_again_by_its_holder_leads_straight_in(client):
    link = AccessLinkFactory()
    enter(client, link)

    assert client.get(path_of(link)).headers["Location"] == "/"
    assert client.get("/").headers["Location"] == "/today/"


def test_another_link_in_the_same_browser_asks_who_is_there(client):
    enter(client, AccessLinkFactory())
    other = AccessLinkFactory(enrolment__person__display_name="Gulnora B.")

    assert "<bdi>Gulnora B.</bdi>" in client.get(path_of(other)).content.decode()
