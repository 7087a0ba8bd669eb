"""Polls at the console: made on the spot, translated, asked again; staff see totals and nothing else."""

import re

import pytest
from django.urls import reverse

from sabaq.classroom.models import ClassEvent, PollRun, PollWord, SpotPoll
from sabaq.classroom.queries.polls import poll_of
from sabaq.classroom.services.polls import close_poll, open_poll, show_results, vote
from sabaq.classroom.services.running import begin_class
from sabaq.classroom.services.spot_polls import write_poll
from sabaq.courses.packs import PollKind
from sabaq.kernel.ids import new_uuid
from sabaq.people.actors import acting
from sabaq.people.enums import Role
from sabaq.web.classroom.stage import deck_of
from tests.factories import NOW, EditionFactory, EnrolmentFactory, SessionFactory
from tests.visitors import participant_browser, staff_browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]
TRAINER = acting("Trainer", account_id=7)
QUICK = {"X-Requested-With": "fetch"}


@pytest.fixture
def live(pack_version):
    session = SessionFactory(edition=EditionFactory(version=pack_version))
    begin_class(session, deck_of(session), by=TRAINER, at=NOW)
    return session


@pytest.fixture
def trainer(live):
    return staff_browser(live.edition, Role.TRAINER)


def console(client, session):
    page = client.get(reverse("trainer:console", args=[session.uuid])).content.decode()
    return re.sub(r"\s+", " ", page)


def room(client, session):
    page = client.get(reverse("classroom:room", args=[session.uuid])).content.decode()
    return re.sub(r"\s+", " ", page)


def press(client, session, what, *args, headers=None, **fields):
    path = reverse(f"trainer:{what}", args=[session.uuid, *args])
    return client.post(path, fields, headers=headers or {})


def written(session, kind=PollKind.SINGLE, lines="She\nHe"):
    return write_poll(
        session, kind=kind, language="en", question="Who?", lines=lines, by=TRAINER, at=NOW
    )


def test_a_poll_is_written_in_the_language_of_whoever_writes_it(live, trainer):
    shown = [
        re.findall(r'<option value="(\w+)" selected>', console(trainer, live))
        for trainer.cookies["lang"] in ("en", "ru")
    ]

    assert shown == [["en"], ["ru"]]


def cast(run, *choices):
    poll = poll_of(run.session, run.poll)
    voter = EnrolmentFactory(edition=run.session.edition)
    vote(run, poll, choices, enrolment_id=voter.pk, at=NOW)
    return voter


FORM = {"kind": "single", "language": "en", "question": "Who decides?", "lines": "She\nHe"}


def test_a_poll_made_on_the_spot_is_asked_at_once_and_once_however_often_it_arrives(trainer, live):
    sent = {**FORM, "write_id": str(new_uuid()), "then": "ask"}

    answers = [press(trainer, live, "write_poll", headers=QUICK, **sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [204, 204]
    assert PollRun.objects.get().poll == str(SpotPoll.objects.get().uuid)
    anna = participant_browser(EnrolmentFactory(edition=live.edition))
    assert "Who decides?" in room(anna, live)


def test_a_draft_waits_and_what_is_wrong_with_a_poll_is_said(trainer, live):
    draft = {**FORM, "write_id": str(new_uuid()), "then": "keep"}
    wrong = {**FORM, "write_id": str(new_uuid()), "lines": "Alone"}

    kept = press(trainer, live, "write_poll", **draft)
    refused = press(trainer, live, "write_poll", headers=QUICK, **wrong)

    assert kept.status_code == 302
    assert PollRun.objects.count() == 0
    assert "Throw this draft away" in console(trainer, live)
    assert (refused.status_code, refused.content.decode()) == (
        422,
        "Give 2 to 10 options, each on a line of its own.",
    )
    other = press(trainer, live, "write_poll", headers=QUICK, **{**wrong, "kind": "riddle"})
    assert other.status_code == 422


@pytest.mark.parametrize("role", [Role.TRAINER, Role.HOST, Role.ORGANISER, Role.INTERPRETER])
def test_whoever_of_the_staff_can_translates_an_open_poll(live, role):
    spot = written(live)
    open_poll(live, poll_of(live, str(spot.uuid)), by=TRAINER, at=NOW)
    staff = staff_browser(live.edition, role)
    page = room(staff, live) if role == Role.INTERPRETER else console(staff, live)
    path = reverse("classroom:translate_poll", args=[live.uuid, spot.uuid])

    answer = staff.post(path, {"language": "ru", "question": "Кто?", "text": ["Она", "Он"]})

    assert f'action="{path}"' in page
    back = "classroom:room" if role == Role.INTERPRETER else "trainer:console"
    assert answer.headers["Location"] == reverse(back, args=[live.uuid])
    spot.refresh_from_db()
    assert spot.question == {"en": "Who?", "ru": "Кто?"}


def test_each_reads_the_poll_in_her_language_or_is_told_in_which_it_stands(live):
    spot = written(live)
    open_poll(live, poll_of(live, str(spot.uuid)), by=TRAINER, at=NOW)
    enrolment = EnrolmentFactory(edition=live.edition)
    anna = participant_browser(enrolment, headers={"Accept-Language": "ru"})
    before = room(anna, live)
    path = reverse("classroom:translate_poll", args=[live.uuid, spot.uuid])
    staff_browser(live.edition, Role.HOST).post(
        path, {"language": "ru", "question": "Кто решает?", "text": ["Она", "Он"]}
    )

    assert '<span lang="en">Who?</span> <small>(на английском языке)</small>' in before
    assert "Кто решает?" in room(anna, live)
    assert "(на английском языке)" not in room(anna, live)


def test_a_participant_finds_no_translation_form(live):
    written(live)
    anna = participant_browser(EnrolmentFactory(edition=live.edition))

    assert "translate" not in room(anna, live)


@pytest.mark.parametrize("role", [Role.TRAINER, Role.HOST, Role.ORGANISER])
def test_staff_see_the_number_alone_until_five_have_answered_and_then_totals_without_names(
    live, role
):
    run = open_poll(live, poll_of(live, "who-stays"), by=TRAINER, at=NOW)
    staff = staff_browser(live.edition, role)
    voters = [cast(run, "agreed")]
    one = console(staff, live)
    voters += [cast(run, "agreed") for _ in range(4)]
    PollRun.objects.update(counted_at=None)
    voters.append(cast(run, "husband"))
    six = console(staff, live)

    assert "<b>1</b> person has answered." in one
    assert "data-votes" not in one
    assert "Totals show from 5 answers on" in one
    assert 'data-option="agreed" data-votes="5"' in six
    # The host's own list of who is absent names everybody, voters or not.
    pages = [
        re.sub(r'data-part="names".*?</details>', "", page, flags=re.DOTALL) for page in (one, six)
    ]
    for page in (*pages, room(staff, live)):
        assert all(voter.person.display_name not in page for voter in voters)
        assert all(str(voter.uuid) not in page for voter in voters if hasattr(voter, "uuid"))
    told = list(ClassEvent.objects.filter(kind="PollCounted").values_list("payload", "actor_key"))
    assert [(set(payload), key) for payload, key in told] == [({"run", "votes"}, "")] * len(told)


def test_staff_see_no_totals_on_the_participants_page_before_everyone_does(live):
    run = open_poll(live, poll_of(live, "who-stays"), by=TRAINER, at=NOW)
    for _ in range(6):
        cast(run, "agreed")
    trainer = staff_browser(live.edition, Role.TRAINER)
    while_open = room(trainer, live)
    close_poll(run, by=TRAINER, at=NOW)

    assert "data-votes" not in while_open
    assert "data-votes" not in room(trainer, live)


def test_very_few_answers_are_shown_to_everyone_only_after_a_warning(trainer, live):
    run = open_poll(live, poll_of(live, "who-stays"), by=TRAINER, at=NOW)
    cast(run, "agreed")
    press(trainer, live, "close_poll", "who-stays", run=run.uuid)

    assert "Very few have answered." in console(trainer, live)
    press(trainer, live, "show_results", "who-stays", run=run.uuid)
    assert "Very few have answered." not in console(trainer, live)


def test_a_poll_is_asked_again_and_a_press_about_the_first_asking_leaves_the_second_alone(
    trainer, live
):
    first = open_poll(live, poll_of(live, "who-stays"), by=TRAINER, at=NOW)
    close_poll(first, by=TRAINER, at=NOW)
    press(trainer, live, "open_poll", "who-stays", after=first.uuid)
    press(trainer, live, "close_poll", "who-stays", run=first.uuid)
    stale = press(trainer, live, "open_poll", "night-shift", after="x", headers=QUICK)

    assert PollRun.objects.filter(closed_at=None, poll="who-stays").count() == 1
    assert "Asked before" in console(trainer, live)
    assert stale.status_code == 409


def test_words_show_when_the_poll_has_closed_and_a_removed_one_is_gone_everywhere(trainer, live):
    spot = written(live, PollKind.WORD, lines="")
    run = open_poll(live, poll_of(live, str(spot.uuid)), by=TRAINER, at=NOW)
    for word in ("mercy", "Mercy", "somebody"):
        cast(run, word)
    assert "mercy" not in console(trainer, live)
    run = close_poll(run, by=TRAINER, at=NOW)
    assert "somebody" in console(trainer, live)

    press(trainer, live, "remove_word", PollWord.objects.get(word="somebody").uuid)
    show_results(run, by=TRAINER, at=NOW)
    anna = participant_browser(EnrolmentFactory(edition=live.edition))

    assert "somebody" not in console(trainer, live)
    assert re.findall(r"<bdi>(\w+)</bdi> <small>\((\d)\)", room(anna, live)) == [("Mercy", "2")]


@pytest.mark.parametrize(
    ("kind", "lines", "votes", "shown"),
    [
        (PollKind.SINGLE, "She\nHe", [["a"], ["a"], ["b"]], ["67 %", "33 %"]),
        (PollKind.MULTIPLE, "She\nHe", [["a", "b"], ["a"]], ["100 %", "50 %", "percent of those"]),
        (PollKind.SCALE, "No\nYes", [["1"], ["4"], ["5"], ["5"]], ["Median: 4.5", "50 %", "25 %"]),
    ],
)
def test_results_are_bars_with_percent_and_number(live, kind, lines, votes, shown):
    spot = written(live, kind, lines)
    run = open_poll(live, poll_of(live, str(spot.uuid)), by=TRAINER, at=NOW)
    for choices in votes:
        cast(run, *choices)
    show_results(close_poll(run, by=TRAINER, at=NOW), by=TRAINER, at=NOW)
    anna = participant_browser(EnrolmentFactory(edition=live.edition))

    page = room(anna, live)

    assert [text for text in shown if text not in page] == []
    assert page.count("<meter") == len(poll_of(live, run.poll).options)


def test_a_poll_that_was_asked_is_removed_from_every_page_while_it_is_open(live, trainer):
    spot = written(live)
    anna = participant_browser(EnrolmentFactory(edition=live.edition))
    assert "Remove the poll" not in console(trainer, live)
    press(trainer, live, "open_poll", spot.uuid)
    assert "Remove the poll" in console(trainer, live)
    assert "Who?" in room(anna, live)

    answers = [press(trainer, live, "remove_poll", spot.uuid, headers=QUICK) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [204, 204]
    for page in (console(trainer, live), room(anna, live)):
        assert "Who?" not in page
    again = press(trainer, live, "open_poll", spot.uuid, headers=QUICK)
    assert again.status_code == 404
