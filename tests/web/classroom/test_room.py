"""The participant's class page: what is shared, what is hers, and that a vote counts once."""

import gzip
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from sabaq.classroom.models import Vote
from sabaq.classroom.queries.polls import poll_of
from sabaq.classroom.services.announcements import announce
from sabaq.classroom.services.polls import close_poll, open_poll, show_results, vote
from sabaq.classroom.services.running import begin_class, end_class, show_slide
from sabaq.courses.enums import SessionKind
from sabaq.courses.models import Session
from sabaq.kernel import clock
from sabaq.kernel.i18n import values_of
from sabaq.kernel.ids import new_uuid
from sabaq.kernel.models import WriteReceipt
from sabaq.people.actors import acting
from sabaq.people.enums import Role
from sabaq.web.classroom.stage import deck_of
from tests.factories import NOW, EditionFactory, EnrolmentFactory, SessionFactory
from tests.visitors import participant_browser, staff_browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]
TRAINER = acting("Trainer", account_id=7)
POLL = "who-stays"


@pytest.fixture
def session(pack_version):
    return SessionFactory(edition=EditionFactory(version=pack_version))


@pytest.fixture
def live(session):
    begin_class(session, deck_of(session), by=TRAINER, at=NOW)
    return session


@pytest.fixture
def run(live):
    return open_poll(live, poll_of(live, POLL), by=TRAINER, at=NOW)


@pytest.fixture
def anna(session) -> Client:
    return participant_browser(EnrolmentFactory(edition=session.edition))


def room(client, session, query=""):
    return client.get(reverse("classroom:room", args=[session.uuid]) + query)


def send(client, run, option, write_id, **options):
    path = reverse("classroom:vote", args=[run.session.uuid, run.uuid])
    return client.post(path, {"option": option, "write_id": str(write_id)}, **options)


def part(response, name):
    """Give one part of the page, from its opening tag to the next part."""
    text = response.content.decode()
    return re.search(rf'data-part="{name}".*?(?=data-part|</main>)', text, re.DOTALL)[0]


def test_a_vote_sent_twice_counts_once_and_leaves_no_receipt(anna, run):
    write_id = new_uuid()

    answers = [send(anna, run, "agreed", write_id).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert list(Vote.objects.values_list("choices", flat=True)) == [["agreed"]]
    assert WriteReceipt.objects.count() == 0


def test_a_refused_vote_says_why_in_a_word_to_the_pages_script(anna, run):
    close_poll(run, by=TRAINER, at=NOW)

    answer = send(anna, run, "agreed", new_uuid(), headers={"X-Requested-With": "fetch"})

    assert (answer.status_code, answer.content.decode()) == (
        409,
        "The poll is closed. What was sent before counts.",
    )


def test_nobody_votes_in_another_edition_or_without_an_enrolment(run):
    stranger = participant_browser(EnrolmentFactory())
    trainer = staff_browser(run.session.edition, Role.TRAINER)

    assert send(stranger, run, "agreed", new_uuid()).status_code == 404
    assert send(trainer, run, "agreed", new_uuid()).status_code == 404
    assert Vote.objects.count() == 0


def test_the_shared_stage_is_the_same_for_everybody_and_only_her_own_part_shows_her_vote(anna, run):
    other = participant_browser(EnrolmentFactory(edition=run.session.edition))
    send(anna, run, "agreed", new_uuid())

    hers, theirs = room(anna, run.session), room(other, run.session)

    assert part(hers, "stage") == part(theirs, "stage")
    assert part(hers, "poll") == part(theirs, "poll")
    assert 'value="agreed" required checked' in part(hers, "mine")
    assert "checked" not in part(theirs, "mine")


def key_of(name, client, session):
    return re.search(r'data-key="([^"]+)"', part(room(client, session), name))[1]


def test_each_sending_brings_a_fresh_form_so_that_she_may_change_her_mind_again(anna, run):
    send(anna, run, "agreed", new_uuid())
    once = key_of("mine", anna, run.session)
    with clock.frozen(NOW + timedelta(seconds=3)):
        send(anna, run, "agreed", new_uuid())
    twice = key_of("mine", anna, run.session)

    # The page's script puts in a part whose key has changed, and with it a new write id.
    assert once != twice


def test_a_vote_redraws_nobodys_page_until_it_is_counted(anna, run):
    before = key_of("stage", anna, run.session), key_of("poll", anna, run.session)
    for _ in range(3):
        voter = EnrolmentFactory(edition=run.session.edition)
        poll = poll_of(run.session, POLL)
        vote(run, poll, ["agreed"], enrolment_id=voter.pk, at=NOW)

    after = key_of("stage", anna, run.session), key_of("poll", anna, run.session)
    # The first vote was counted and told; the next two wait for five seconds to pass.
    assert after == (before[0], before[1].replace(".0.True.", ".1.True."))


def test_totals_are_shown_once_the_trainer_shows_them(anna, run):
    send(anna, run, "agreed", new_uuid())
    open_page = part(room(anna, run.session), "poll")
    close_poll(run, by=TRAINER, at=NOW)
    closed_page = part(room(anna, run.session), "poll")
    show_results(run, by=TRAINER, at=NOW)
    shown_page = part(room(anna, run.session), "poll")

    assert ["data-votes" in page for page in (open_page, closed_page, shown_page)] == [
        False,
        False,
        True,
    ]
    assert "The poll is closed. The trainer will show the results." in closed_page
    assert 'data-option="agreed" data-votes="1"' in shown_page


def test_each_reads_the_slide_in_her_language(session, live):
    def slide_of(language):
        client = participant_browser(
            EnrolmentFactory(edition=session.edition), headers={"Accept-Language": language}
        )
        return part(room(client, session), "stage")

    assert "Interviewing and screening women" in slide_of("en")
    assert re.search("[а-я]{5}", slide_of("ru"))


def test_she_looks_back_at_what_was_shown_and_not_ahead(anna, live):
    show_slide(live, deck_of(live), "first-minutes", expected="title", by=TRAINER, at=NOW)

    back, ahead = room(anna, live, "?slide=title"), room(anna, live, "?slide=standards")

    assert 'data-slide="title"' in part(back, "back")
    assert '<div class="onstage" hidden>' in back.content.decode()
    assert 'data-part="back"' not in ahead.content.decode()
    assert '<div class="onstage">' in ahead.content.decode()


def test_interpreters_read_their_notes_and_participants_do_not(anna, live):
    deck = deck_of(live)
    noted = next(slide for slide in deck.slides if slide.interpreter)
    show_slide(live, deck, noted.id, expected="title", by=TRAINER, at=NOW)
    interpreter = staff_browser(live.edition, Role.INTERPRETER)

    assert "For interpreters" in room(interpreter, live).content.decode()
    assert "For interpreters" not in room(anna, live).content.decode()


def test_the_page_says_when_the_class_waits_and_when_it_has_ended(anna, session):
    waiting = room(anna, session).content.decode()
    begin_class(session, deck_of(session), by=TRAINER, at=NOW)
    end_class(session, by=TRAINER, at=NOW)
    ended = room(anna, session).content.decode()

    assert "The class has not begun yet" in waiting
    assert "The class has ended" in ended


def test_without_script_the_page_reloads_itself_and_its_form_works(anna, run):
    page = room(anna, run.session).content.decode()

    assert '<noscript><meta http-equiv="refresh" content="40"></noscript>' in page
    alone = anna.get(reverse("classroom:vote", args=[run.session.uuid, run.uuid])).content.decode()
    assert 'value="agreed"' in alone
    assert 'http-equiv="refresh"' not in alone
    assert send(anna, run, "agreed", new_uuid()).headers["Location"] == reverse(
        "classroom:room", args=[run.session.uuid]
    )


def test_who_has_answered_without_script_is_back_in_step_soon(anna, run):
    send(anna, run, "agreed", new_uuid())

    page = room(anna, run.session).content.decode()

    assert '<noscript><meta http-equiv="refresh" content="15"></noscript>' in page


def test_a_poll_that_has_closed_leads_back_to_the_class(anna, run):
    close_poll(run, by=TRAINER, at=NOW)

    answer = anna.get(reverse("classroom:vote", args=[run.session.uuid, run.uuid]))

    assert answer.headers["Location"] == reverse("classroom:room", args=[run.session.uuid])


def test_an_interpreter_translates_an_announcement_and_a_participant_does_not(anna, live):
    made = announce(live, {"en": "Back at 11:30"}, by=TRAINER, at=NOW)
    interpreter = staff_browser(live.edition, Role.INTERPRETER)
    path = reverse("classroom:translate_announcement", args=[live.uuid, made.uuid])
    said = {"language": "ru", "text": "Вернёмся в 11:30", "seen": ""}

    assert path in room(interpreter, live).content.decode()
    assert path not in room(anna, live).content.decode()
    assert anna.post(path, said).status_code == 404
    answer = interpreter.post(path, said)

    made.refresh_from_db()
    assert answer.headers["Location"] == reverse("classroom:room", args=[live.uuid])
    assert values_of(made.text) == {"en": "Back at 11:30", "ru": "Вернёмся в 11:30"}


def test_the_page_with_an_open_poll_weighs_little(anna, run):
    response = room(anna, run.session)
    headers = "".join(f"{name}: {value}\r\n" for name, value in response.headers.items())

    assert len(gzip.compress(response.content)) + len(headers) <= 8_000


def test_the_page_asks_the_database_little_however_many_have_voted(
    anna, run, django_assert_max_num_queries
):
    poll = poll_of(run.session, POLL)
    for _ in range(5):
        voter = EnrolmentFactory(edition=run.session.edition)
        vote(run, poll, ["agreed"], enrolment_id=voter.pk, at=NOW)
    path = reverse("classroom:now", args=[run.session.uuid])

    with django_assert_max_num_queries(12):
        room(anna, run.session)
    with django_assert_max_num_queries(7):
        anna.get(path)


def test_a_practice_session_leads_to_its_group_exercise_and_a_taught_one_does_not(session, anna):
    address = reverse("learner:exercise", kwargs={"topic": session.topic})

    assert address not in anna.get(f"/class/{session.uuid}/").content.decode()

    Session.objects.update(kind=SessionKind.PRACTICE)
    assert f'href="{address}"' in anna.get(f"/class/{session.uuid}/").content.decode()
    assert anna.get(address).status_code == 200


def test_a_member_of_staff_is_not_led_to_the_exercise_of_participants(session):
    Session.objects.update(kind=SessionKind.PRACTICE)

    page = staff_browser(session.edition, Role.TRAINER).get(f"/class/{session.uuid}/")

    assert page.status_code == 200
    assert "/exercise/" not in page.content.decode()
