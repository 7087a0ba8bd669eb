"""Raise hand, help, step out: with and without the page's script."""

import pytest
from django.urls import reverse

from sabaq.classroom.models import ClassEvent, Hand, HelpCall
from sabaq.classroom.services.hands import call_hand
from sabaq.classroom.services.running import begin_class, end_class
from sabaq.courses.models import SupportContact
from sabaq.kernel.ids import new_uuid
from sabaq.people.actors import acting
from sabaq.people.enums import Role
from sabaq.web.classroom.browsers import browser_of
from tests.factories import NOW, EditionFactory, EnrolmentFactory, SessionFactory
from tests.visitors import participant_browser, staff_browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]
TRAINER = acting("Trainer", account_id=7)
QUICK = {"headers": {"X-Requested-With": "fetch"}}
ANDROID = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/130.0.0.0 Mobile Safari/537.36"
)


@pytest.fixture
def live(pack_version):
    session = SessionFactory(edition=EditionFactory(version=pack_version))
    begin_class(session, None, by=TRAINER, at=NOW)
    return session


@pytest.fixture
def she(live):
    return EnrolmentFactory(edition=live.edition)


@pytest.fixture
def browser(she):
    return participant_browser(she)


def address(what, session):
    return reverse(f"classroom:{what}", args=[session.uuid])


def send_hand(browser, session, hand, write_id=None, **options):
    data = {"hand": hand, "write_id": str(write_id or new_uuid())}
    return browser.post(address("hand", session), data, **options)


def call(browser, session, **fields):
    data = {"trouble": "stuck", "text": "It stands still", "write_id": str(new_uuid()), **fields}
    return browser.post(address("help", session), data, headers={"User-Agent": ANDROID})


def page(browser, session):
    return browser.get(address("room", session)).content.decode()


def test_she_sees_that_her_hand_is_up_and_that_she_has_the_word(browser, live, she):
    answer = send_hand(browser, live, "up")
    up = page(browser, live)
    call_hand(Hand.objects.get(), by=TRAINER, at=NOW)
    called = page(browser, live)
    send_hand(browser, live, "down")

    assert answer.headers["Location"] == address("room", live)
    assert "Your hand is up. The trainer sees it." in up
    assert "You have the word." in called
    assert "Raise hand" in page(browser, live)


def test_a_hand_sent_twice_over_a_bad_link_is_one_act(browser, live):
    write_id = new_uuid()
    send_hand(browser, live, "up", write_id, **QUICK)
    send_hand(browser, live, "down", **QUICK)
    late = send_hand(browser, live, "up", write_id, **QUICK)

    # What arrives again is what was done already: the hand stays down.
    assert late.status_code == 204
    assert Hand.objects.filter(lowered_at=None).count() == 0
    kinds = [row.kind for row in ClassEvent.objects.order_by("seq")]
    assert kinds == ["ClassBegan", "HandRaised", "HandLowered"]


def test_a_hand_after_the_end_is_refused_in_words(browser, live):
    end_class(live, by=TRAINER, at=NOW)

    answer = send_hand(browser, live, "up", **QUICK)

    assert (answer.status_code, answer.content.decode()) == (409, "The class has ended.")


def test_a_call_for_help_tells_the_host_what_the_browser_knows_and_nothing_made_up(browser, live):
    call(
        browser, live, width="360", connection="slow-2g", round_trip="1900", following="asking",
        silent="-4",
    )  # fmt: skip

    got = HelpCall.objects.get()
    assert (got.trouble, got.text, got.browser) == (
        "stuck",
        "It stands still",
        "Chrome 130, Android",
    )
    assert (got.screen_width, got.connection, got.round_trip_ms) == (360, "slow-2g", 1900)
    assert (got.following, got.silent_seconds) == ("asking", None)


def test_the_host_sees_the_call_and_she_sees_the_reply(browser, live, she):
    call(browser, live)
    host = staff_browser(live.edition, Role.HOST)
    console = host.get(reverse("trainer:console", args=[live.uuid])).content.decode()
    waiting = page(browser, live)
    answer = reverse("trainer:answer_help", args=[live.uuid, HelpCall.objects.get().uuid])
    host.post(answer, {"reply": "Please reload"}, **QUICK)
    answered = page(browser, live)

    assert she.person.display_name in console
    assert "My page does not move" in console
    assert "It stands still" in console
    assert "The host knows that you need help." in waiting
    assert "Please reload" in answered


def test_a_call_that_says_nothing_is_refused_and_loses_nothing(browser, live):
    answer = browser.post(
        address("help", live), {"text": "I typed this", "write_id": str(new_uuid())}
    )

    assert answer.status_code == 422
    assert 'value="I typed this"' in answer.content.decode()
    assert HelpCall.objects.count() == 0


def test_pages_with_a_form_do_not_reload_themselves(browser, live):
    for what in ("help", "step_out"):
        assert "http-equiv" not in browser.get(address(what, live)).content.decode()


def test_stepping_out_shows_support_of_her_country_on_the_page_itself_and_leaves_no_trace(
    browser, live, she
):
    SupportContact.objects.create(
        edition=live.edition, country=she.person.country, text={"en": "Helpline in Kazakhstan"}
    )
    SupportContact.objects.create(edition=live.edition, country="UZ", text={"en": "Of another"})
    before = ClassEvent.objects.count()

    room, own = page(browser, live), browser.get(address("step_out", live)).content.decode()

    for text in (room, own):
        assert "Helpline in Kazakhstan" in text
        assert "Of another" not in text
    assert ClassEvent.objects.count() == before


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (ANDROID, "Chrome 130, Android"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/129.0 Safari/537.36 Edg/129.0", "Edge 129, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox 132, Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148 Safari/604.1",
            "Safari 17, iOS",
        ),
        ("curl/8", ""),
    ],
)  # fmt: skip
def test_a_browser_is_named_by_family_version_and_system(user_agent, words):
    assert browser_of(user_agent) == words
