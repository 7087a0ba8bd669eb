"""Questions on the class page and the console: what she sends, what who sees, and what nobody keeps."""

import json
import re

import pytest
from django.urls import reverse

from sabaq.classroom.models import ClassEvent, Question, QuestionTranslation, Support
from sabaq.classroom.queries.polls import poll_of
from sabaq.classroom.services.polls import close_poll, open_poll, vote
from sabaq.classroom.services.questions import (
    Asker,
    ask_question,
    merge_questions,
    release_question,
    remove_question,
    support_question,
    translate_question,
)
from sabaq.classroom.services.running import begin_class, end_class
from sabaq.classroom.services.spot_polls import write_poll
from sabaq.courses.packs import PollKind
from sabaq.kernel.ids import new_uuid
from sabaq.kernel.models import WriteReceipt
from sabaq.people.actors import acting
from sabaq.people.enums import Role
from sabaq.web.classroom.stage import deck_of
from tests.factories import NOW, EditionFactory, EnrolmentFactory, SessionFactory
from tests.visitors import participant_browser, staff_browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]
TRAINER = acting("Trainer", account_id=7)
QUICK = {"X-Requested-With": "fetch"}
TEXT = "Who stays with the children at night?"


@pytest.fixture
def live(pack_version):
    session = SessionFactory(edition=EditionFactory(version=pack_version))
    begin_class(session, deck_of(session), by=TRAINER, at=NOW)
    return session


@pytest.fixture
def enrolment(live):
    return EnrolmentFactory(edition=live.edition, person__display_name="Gulnara Q.")


@pytest.fixture
def gulnara(enrolment):
    return participant_browser(enrolment)


@pytest.fixture
def colleague(live):
    return participant_browser(EnrolmentFactory(edition=live.edition))


@pytest.fixture
def trainer(live):
    return staff_browser(live.edition, Role.TRAINER)


def send(client, session, text=TEXT, *, write_id=None, named="", **options):
    fields = {"text": text, "language": "en", "named": named, "write_id": write_id or new_uuid()}
    return client.post(reverse("classroom:ask", args=[session.uuid]), fields, **options)


def asked(session, text=TEXT, *, by=None, released=True, language="en"):
    enrolment = by or EnrolmentFactory(edition=session.edition)
    asker = Asker(enrolment.pk, is_named=by is not None)
    question = ask_question(session, text, language=language, asker=asker, by=TRAINER, at=NOW)
    return release_question(question, by=TRAINER, at=NOW) if released else question


def room(client, session):
    return client.get(reverse("classroom:room", args=[session.uuid])).content.decode()


def console(client, session):
    return client.get(reverse("trainer:console", args=[session.uuid])).content.decode()


def treat(client, question, act, **fields):
    path = reverse("trainer:question", args=[question.session.uuid, question.uuid])
    return client.post(path, {"act": act, **fields})


def test_a_question_sent_twice_over_a_bad_link_is_asked_once(gulnara, live):
    write_id = new_uuid()

    answers = [send(gulnara, live, write_id=write_id, headers=QUICK).status_code for _ in range(3)]
    other = send(gulnara, live, "Another?", write_id=write_id, headers=QUICK)

    assert (answers, other.status_code) == ([204, 204, 204], 409)
    assert list(Question.objects.values_list("text", flat=True)) == [TEXT]


def test_nothing_on_the_server_leads_from_a_question_without_a_name_to_her(
    gulnara, live, enrolment
):
    send(gulnara, live)

    receipt, event = WriteReceipt.objects.get(), ClassEvent.objects.get(kind="QuestionAsked")
    assert receipt.actor_key == f"class:{live.uuid.hex}"
    assert (event.actor_key, event.enrolment_id, event.payload["enrolment"]) == ("", None, None)
    assert Question.objects.get().asker_id is None


def test_her_own_device_shows_it_waiting_and_lets_her_take_it_back(gulnara, colleague, live):
    send(gulnara, live)
    question = Question.objects.get()
    path = reverse("classroom:take_back", args=[live.uuid, question.uuid])

    page = room(gulnara, live)
    assert TEXT in page
    assert "waiting for the trainer" in page
    assert TEXT not in room(colleague, live)
    assert colleague.post(path).status_code == 409
    assert [gulnara.post(path).status_code for _ in range(2)] == [302, 302]
    assert TEXT not in room(gulnara, live)


def test_what_her_device_remembers_is_good_for_nobody_else(gulnara, colleague, live):
    send(gulnara, live)
    colleague.cookies["sabaq_asked"] = gulnara.cookies["sabaq_asked"].value

    assert TEXT not in room(colleague, live)


def test_the_form_is_new_once_she_has_asked_and_stays_while_others_do(gulnara, live):
    def form():
        return re.search(r'data-part="ask" data-key="([^"]*)"', room(gulnara, live))[1]

    before = form()
    asked(live)
    during = form()
    send(gulnara, live)

    assert (during == before, form() == before) == (True, False)


def test_without_script_a_refused_question_comes_back_with_what_she_wrote(gulnara, live):
    end_class(live, by=TRAINER, at=NOW)

    answer = send(gulnara, live, "How long may a search take?")

    assert answer.status_code == 409
    assert "How long may a search take?" in answer.content.decode()
    assert "The class has ended." in answer.content.decode()


def test_a_name_is_shown_to_colleagues_in_named_editions_and_only_once_released(
    colleague, trainer, live, enrolment
):
    question = asked(live, by=enrolment, released=False)
    assert "Gulnara Q." in console(trainer, live)
    assert "Gulnara Q." not in room(colleague, live)

    treat(trainer, question, "release")
    assert "Gulnara Q." in room(colleague, live)

    live.edition.is_named = False
    live.edition.save(update_fields=["is_named"])
    assert "Gulnara Q." not in room(colleague, live)
    assert TEXT in room(colleague, live)


def test_me_too_is_said_and_taken_back_from_the_page(colleague, live):
    question = asked(live)
    path = reverse("classroom:support", args=[live.uuid, question.uuid])

    for wanted, number in (("1", 1), ("1", 1), ("", 0)):
        assert colleague.post(path, {"wanted": wanted}, headers=QUICK).status_code == 204
        assert Support.objects.count() == number


def test_me_too_for_a_question_that_has_just_been_merged_goes_with_it(colleague, live):
    first, second = asked(live), asked(live, "And by day?")
    merge_questions(second, first, by=TRAINER, at=NOW)

    colleague.post(reverse("classroom:support", args=[live.uuid, second.uuid]), {"wanted": "1"})

    assert Support.objects.get().question == first


def test_each_reads_a_question_in_her_language_or_is_told_which_one_it_is_in(live):
    question = asked(live, "Ким калат?", language="ky")
    translate_question(question, "ru", "Кто остаётся?", seen="", by=TRAINER, at=NOW)
    readers = {
        language: participant_browser(
            EnrolmentFactory(edition=live.edition, person__language=language),
            headers={"Accept-Language": language},
        )
        for language in ("en", "ru")
    }

    english, russian = (room(readers[language], live) for language in ("en", "ru"))

    assert '<p lang="ky">Ким калат?</p>' in english
    assert "(in Kyrgyz)" in english
    assert "Кто остаётся?" in russian
    assert "перевод" in russian


def test_an_interpreter_translates_what_is_released_and_nothing_else(live):
    interpreter = staff_browser(live.edition, Role.INTERPRETER)
    waiting, seen = asked(live, "Wait?", released=False), asked(live)

    def path(question):
        return reverse("classroom:translate_question", args=[live.uuid, question.uuid])

    fields = {"language": "ru", "text": "Кто остаётся с детьми?", "seen": ""}
    assert interpreter.get(path(waiting)).status_code == 404
    assert interpreter.post(path(seen), fields).status_code == 302
    assert interpreter.post(path(seen), {**fields, "text": "Другое"}).status_code == 409
    assert QuestionTranslation.objects.get().text == "Кто остаётся с детьми?"


def test_staff_answer_open_again_merge_and_remove_at_the_console(trainer, colleague, live):
    first, second = asked(live), asked(live, "And by day?")
    treat(trainer, first, "answer")
    treat(trainer, first, "reopen")
    treat(trainer, second, "merge", into=str(first.uuid))
    assert "And by day?" in console(trainer, live)
    assert "And by day?" not in room(colleague, live)

    treat(trainer, second, "remove")
    treat(trainer, first, "remove")

    assert TEXT not in console(trainer, live) + room(colleague, live)
    assert treat(trainer, first, "nonsense").status_code == 404


def test_the_questions_cost_the_same_queries_however_many_there_are(
    gulnara, trainer, live, django_assert_max_num_queries
):
    def ask_some(number):
        for n in range(number):
            question = asked(live, f"{n}?", by=EnrolmentFactory(edition=live.edition))
            translate_question(question, "ru", f"{n}", seen="", by=TRAINER, at=NOW)

    def queries(client, look):
        look(client, live)
        with django_assert_max_num_queries(60) as counted:
            look(client, live)
        return len(counted)

    ask_some(1)
    queries(gulnara, room)  # her first visit writes that she is here
    few = [queries(gulnara, room), queries(trainer, console)]
    ask_some(5)

    assert [queries(gulnara, room), queries(trainer, console)] == few


def minutes(client, session):
    return client.get(reverse("office:minutes", args=[session.edition.slug, session.uuid]))


def log(client, session):
    answer = client.get(reverse("office:class_log", args=[session.edition.slug, session.uuid]))
    return [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]


def test_the_minutes_say_what_was_shown_and_asked(trainer, live, enrolment):
    asked(live, by=enrolment)
    asked(live, "A name that must not stay?")
    remove_question(Question.objects.last(), by=TRAINER, at=NOW)

    page = minutes(trainer, live).content.decode()

    assert str(deck_of(live).slides[0].title["en"]) in page
    assert TEXT in page
    assert "Gulnara Q." in page
    assert "must not stay" not in page
    assert "A question was removed." in page


def test_the_minutes_name_every_step_of_a_scale_and_its_votes(trainer, live, enrolment):
    fields = {"language": "en", "question": "How sure are you?", "lines": "Not at all\nVery"}
    spot = write_poll(live, kind=PollKind.SCALE, **fields, by=TRAINER, at=NOW)
    poll = poll_of(live, str(spot.uuid))
    run = open_poll(live, poll, by=TRAINER, at=NOW)
    vote(run, poll, ["4"], enrolment_id=enrolment.pk, at=NOW)
    close_poll(run, by=TRAINER, at=NOW)

    page = minutes(trainer, live).content.decode()

    shown = re.findall(r'<tr><td><b>(\d)</b> ([^<]*)</td><td class="n">(\d)</td>', page)
    assert shown == [
        ("1", "Not at all", "0"),
        ("2", "", "0"),
        ("3", "", "0"),
        ("4", "", "1"),
        ("5", "Very", "0"),
    ]


def test_a_class_that_has_not_begun_has_no_minutes_yet(pack_version):
    session = SessionFactory(edition=EditionFactory(version=pack_version))

    page = minutes(staff_browser(session.edition, Role.HOST), session).content.decode()

    assert "Nothing has happened in this class yet" in page


def test_the_log_gives_each_event_with_its_text_and_nobody_who_gave_no_name(live, enrolment):
    organiser = staff_browser(live.edition, Role.ORGANISER)
    named, without, removed = asked(live, by=enrolment), asked(live, "B?"), asked(live, "C?")
    support_question(without, enrolment_id=enrolment.pk, is_wanted=True, at=NOW)
    remove_question(removed, by=TRAINER, at=NOW)

    lines = log(organiser, live)

    assert [line["seq"] for line in lines] == list(range(1, len(lines) + 1))
    texts = [line["text"] for line in lines if line["kind"] == "QuestionAsked"]
    assert texts == [
        {"language": "en", "question": TEXT, "asked_by": "Gulnara Q."},
        {"language": "en", "question": "B?"},
    ]
    assert [line["payload"] for line in lines if line["kind"] == "Removed"] == [
        {"what": "question"}
    ]
    assert not any("enrolment" in line["payload"] for line in lines)
    assert named.asker_id == enrolment.pk
    assert "C?" not in json.dumps(lines)


def test_the_log_is_read_in_the_same_queries_however_long_it_is(
    live, django_assert_max_num_queries
):
    from sabaq.classroom.queries.minutes import log_lines

    def queries():
        with django_assert_max_num_queries(20) as counted:
            list(log_lines(live))
        return len(counted)

    asked(live)
    few = queries()
    for n in range(5):
        asked(live, f"{n}?", by=EnrolmentFactory(edition=live.edition))

    assert queries() == few


@pytest.mark.parametrize("name", ["room", "ask"])
def test_no_details_of_real_cases_stands_by_the_field_and_is_read_out_with_it(live, gulnara, name):
    page = gulnara.get(reverse(f"classroom:{name}", args=[live.uuid])).content.decode()

    described = re.search(r'<textarea id="question"[^>]* aria-describedby="([^"]+)"', page)[1]
    assert described.split()[0] == "no-cases"
    note = page.index('id="no-cases"')
    assert (
        "No details of a real case, please." in page[note : page.index('<textarea id="question"')]
    )
    assert (
        "No names, places, dates or numbers" in page[note : page.index('<textarea id="question"')]
    )
