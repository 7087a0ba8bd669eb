"""A device that several people share: the code at every entry, and nothing of the person before."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from sabaq.classroom.enums import ClassState
from sabaq.classroom.models import LiveClass
from sabaq.enrolment.links import link_code, link_token
from sabaq.kernel import clock
from tests.factories import (
    NOW,
    AccessLinkFactory,
    EditionFactory,
    EnrolmentFactory,
    RoomFactory,
    SessionFactory,
)
from tests.sample_pack import sample_version

pytestmark = pytest.mark.django_db
CHANGE = "Change person"


@pytest.fixture
def link():
    edition = EditionFactory(version=sample_version())
    return AccessLinkFactory(enrolment=EnrolmentFactory(edition=edition, person__language="en"))


def enter(client, link, *, shared=True, at=NOW):
    data = {"code": link_code(link.uuid), "answer": "me", **({"shared": "on"} if shared else {})}
    with clock.frozen(at):
        return client.post(reverse("public:code"), data)


def ask(client, name="learner:today", *, after, **kwargs):
    with clock.frozen(NOW + after):
        return client.get(reverse(name, kwargs=kwargs or None))


def minutes(number):
    return timedelta(minutes=number)


def test_the_box_is_ticked_before_the_name_is_shown_and_kept_for_the_entry(client, link):
    with clock.frozen(NOW):
        answer = client.post(reverse("public:code"), {"code": link_code(link.uuid), "shared": "on"})

    assert '<input type="hidden" name="shared" value="on">' in answer.content.decode()


def test_the_cookie_of_a_shared_device_ends_with_the_browser_and_the_mark_stays(client, link):
    answer = enter(client, link)

    assert answer.status_code == 302
    assert answer.cookies["sabaq_p"]["max-age"] == ""
    assert answer.cookies["sabaq_d"]["max-age"] > 0


def test_nobody_is_signed_in_after_ten_minutes_without_a_request(client, link):
    enter(client, link)

    assert ask(client, after=minutes(9)).status_code == 200
    assert ask(client, after=minutes(18)).status_code == 200
    gone = ask(client, after=minutes(28) + timedelta(seconds=1))

    assert gone.headers["Location"] == "/code/"
    assert gone.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert gone.cookies["sabaq_p"]["max-age"] == 0
    assert "sabaq_p" not in {name for name, one in client.cookies.items() if one.value}


def test_the_code_page_to_which_an_idle_page_leads_keeps_nobody_signed_in(client, link):
    enter(client, link)

    ask(client, "public:code", after=minutes(9))

    assert ask(client, after=minutes(11)).headers["Location"] == "/code/"


def test_change_person_stands_on_every_page_and_sign_out_is_it(client, link):
    session = SessionFactory(edition=link.enrolment.edition)
    enter(client, link)

    for answer in (
        ask(client, after=minutes(1)),
        ask(client, "learner:me", after=minutes(1)),
        ask(client, "classroom:room", after=minutes(1), session=session.uuid),
        ask(client, "public:privacy", after=minutes(1)),
    ):
        page = answer.content.decode()
        assert CHANGE in page
        assert 'class="plain">Sign out' not in page
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_device_of_ones_own_says_nothing_of_it(client, link):
    enter(client, link, shared=False)

    page = ask(client, after=minutes(60))

    assert page.status_code == 200
    assert CHANGE not in page.content.decode()


def test_changing_the_person_leads_to_the_code_and_leaves_nothing(client, link):
    enter(client, link)

    answer = client.post(reverse("public:leave"))

    assert answer.headers["Location"] == "/code/"
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    left = {name for name, cookie in client.cookies.items() if cookie.value}
    assert left <= {"sabaq_d", "csrftoken"}
    assert "checked" in client.get("/code/").content.decode()


def test_a_personal_link_opens_nothing_on_a_shared_device_until_the_code_is_typed(client, link):
    enter(client, link)
    client.post(reverse("public:leave"))
    path = reverse("public:link", args=[link_token(link.uuid)])

    with clock.frozen(NOW):
        shown, sent = client.get(path), client.post(path, {"answer": "me"})

    for answer in (shown, sent):
        assert "Several people share this device" in answer.content.decode()
        assert str(link.enrolment.person) not in answer.content.decode()
    assert ask(client, after=minutes(0)).headers["Location"] == "/code/"


def test_an_unticked_box_makes_the_device_ones_own_again(client, link):
    enter(client, link)

    enter(client, link, shared=False)

    assert "sabaq_d" not in {name for name, one in client.cookies.items() if one.value}
    assert ask(client, after=minutes(60)).status_code == 200


def test_the_organisers_link_ticks_the_box(client):
    assert "checked" in client.get("/code/?shared=1").content.decode()
    assert "checked" not in client.get("/code/").content.decode()


@pytest.mark.parametrize(("state", "found"), [(ClassState.LIVE, 200), (ClassState.ENDED, 302)])
def test_the_page_of_a_class_keeps_her_signed_in_only_while_it_is_live(client, link, state, found):
    session = SessionFactory(edition=link.enrolment.edition)
    LiveClass.objects.create(session=session, state=state, started_at=NOW)
    enter(client, link)

    ask(client, "classroom:ticket", after=minutes(8), session=session.uuid)

    assert ask(client, after=minutes(16)).status_code == found


def test_the_screen_of_a_room_stays_and_is_nobodys(link):
    room = AccessLinkFactory(enrolment=None, room=RoomFactory(edition=link.enrolment.edition))
    client = Client()

    answer = enter(client, room)

    assert answer.headers["Location"] == "/class/hall/"
    page = ask(client, "classroom:hall", after=timedelta(hours=8))
    assert page.status_code == 200
    assert CHANGE not in page.content.decode()
