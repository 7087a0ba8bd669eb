"""Questions: asked once, by nobody where she gave no name, released, supported, merged, answered."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from sabaq.classroom.enums import Audience
from sabaq.classroom.errors import questions as errors
from sabaq.classroom.errors.running import ClassHasEnded
from sabaq.classroom.models import ClassEvent, Question, QuestionTranslation, Support
from sabaq.classroom.queries.questions import (
    own_questions,
    questions_for_class,
    questions_seen_by,
    uncounted_questions,
)
from sabaq.classroom.services.questions import (
    OPEN_AT_MOST,
    Asker,
    answer_question,
    ask_question,
    count_supporters,
    merge_questions,
    release_question,
    remove_question,
    reopen_question,
    support_question,
    take_back_question,
    translate_question,
)
from sabaq.classroom.services.running import begin_class, end_class
from sabaq.kernel.ids import new_uuid
from sabaq.kernel.models import AuditRecord
from sabaq.people.actors import Grant, acting
from sabaq.people.enums import Role
from tests.factories import NOW, EditionFactory, EnrolmentFactory, SessionFactory

pytestmark = pytest.mark.django_db
TRAINER = acting("Trainer", account_id=7)
SECONDS = timedelta(seconds=1)


@pytest.fixture
def session():
    return SessionFactory()


@pytest.fixture
def live(session):
    begin_class(session, None, by=TRAINER, at=NOW)
    return session


def officers(session, number):
    return EnrolmentFactory.create_batch(number, edition=session.edition)


def by(enrolment):
    grant = Grant(Role.PARTICIPANT, enrolment.edition_id, enrolment_id=enrolment.pk)
    return acting("An officer", {grant})


def ask(session, text="What do we do at night?", enrolment=None, *, named=False, at=NOW, device=()):
    enrolment = enrolment or EnrolmentFactory(edition=session.edition)
    asker = Asker(enrolment.pk, is_named=named, on_this_device=device)
    return ask_question(session, text, language="en", asker=asker, by=by(enrolment), at=at)


def released(session, **options):
    return release_question(ask(session, **options), by=TRAINER, at=NOW)


def support(question, enrolment, *, wanted=True, at=NOW):
    return support_question(question, enrolment_id=enrolment.pk, is_wanted=wanted, at=at)


def log_of(session):
    rows = ClassEvent.objects.filter(session=session).order_by("seq")
    return [(row.kind, row.audience) for row in rows[1:]]


def test_a_question_without_a_name_stores_nobody(live):
    her = EnrolmentFactory(edition=live.edition)

    question = ask(live, enrolment=her)

    event = ClassEvent.objects.get(kind="QuestionAsked")
    assert (question.asker_id, event.enrolment_id, event.actor_key) == (None, None, "")
    assert event.payload == {"question": str(question.uuid), "enrolment": None}
    assert event.audience == Audience.STAFF
    assert not AuditRecord.objects.filter(object_type=Question._meta.label).exists()
    assert list(own_questions(live, her.pk)) == []
    assert list(own_questions(live, her.pk, [question.uuid])) == [question]


def test_a_question_with_a_name_is_for_her_and_for_staff_until_it_is_released(live):
    her = EnrolmentFactory(edition=live.edition)

    question = ask(live, enrolment=her, named=True)

    assert log_of(live) == [("QuestionAsked", "one")]
    assert list(questions_for_class(live)) == []
    assert list(own_questions(live, her.pk)) == [question]

    release_question(question, by=TRAINER, at=NOW)
    release_question(question, by=TRAINER, at=NOW)

    assert log_of(live) == [("QuestionAsked", "one"), ("QuestionReleased", "all")]
    assert list(questions_for_class(live)) == [question]


def test_where_the_edition_is_not_named_everybody_sees_a_question_at_once():
    live = SessionFactory(edition=EditionFactory(is_named=False))
    begin_class(live, None, by=TRAINER, at=NOW)

    question = ask(live, named=True)

    assert log_of(live) == [("QuestionAsked", "one"), ("QuestionReleased", "all")]
    assert ClassEvent.objects.get(kind="QuestionReleased").actor_key == ""
    assert list(questions_for_class(live)) == [question]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (" \r\n\x00 ", "Write your question first."),
        ("\u200b \u2060\n\u202e", "Write your question first."),
        ("ә" * 501, "This is too long: 501 characters of at most 500. Shorten it, please."),
    ],
)
def test_a_question_has_one_to_five_hundred_characters(live, text, error):
    with pytest.raises((errors.QuestionIsEmpty, errors.QuestionTooLong)) as refused:
        ask(live, text)

    assert str(refused.value) == error


def test_a_line_break_counts_as_one_character(live):
    assert ask(live, "  " + "ә" * 498 + "\r\n? ").text == "ә" * 498 + "\n?"


def test_questions_are_taken_from_an_hour_before_the_class_until_its_end(session):
    begins = session.starts_at
    with pytest.raises(errors.QuestionsNotOpenYet):
        ask(session, at=begins - timedelta(minutes=61))
    ask(session, at=begins - timedelta(minutes=60))
    begin_class(session, None, by=TRAINER, at=NOW)
    ask(session)
    end_class(session, by=TRAINER, at=NOW)

    with pytest.raises(ClassHasEnded):
        ask(session)


def test_somebody_with_ten_open_questions_waits_for_an_answer(live):
    her = EnrolmentFactory(edition=live.edition)
    without = [ask(live, f"{n}?", her).uuid for n in range(4)]
    named = [ask(live, f"{n}?", her, named=True) for n in range(OPEN_AT_MOST - 4)]

    with pytest.raises(errors.TooManyOpenQuestions, match=r"^10 questions of yours are waiting"):
        ask(live, "One more?", her, device=without)
    answer_question(named[0], by=TRAINER, at=NOW)

    assert ask(live, "One more?", her, device=without).text == "One more?"


def supported_by(session, enrolment_id):
    """Give the questions that her page marks as supported by her."""
    seen = questions_seen_by(session, enrolment_id, language="en")
    return {question.pk for question in seen if question.is_supported}


def test_me_too_counts_each_person_once_and_may_be_taken_back(live):
    question, (one, two) = released(live), officers(live, 2)

    support(question, one)
    support(question, one)
    support(question, two)
    support(question, two, wanted=False)

    assert support(question, one).supporters == 1
    assert supported_by(live, one.pk) == {question.pk}
    assert supported_by(live, two.pk) == set()


def test_who_says_me_too_is_nowhere_in_the_database(live):
    question, (one,) = released(live), officers(live, 1)

    support(question, one)

    event = ClassEvent.objects.get(kind="SupportersCounted")
    assert (event.payload, event.actor_key) == (
        {"question": str(question.uuid), "supporters": 1},
        "",
    )
    assert {field.name for field in Support._meta.fields} == {"id", "question", "mark"}


def test_the_number_is_told_at_most_every_five_seconds_and_in_the_end(live):
    question, (one, two) = released(live), officers(live, 2)

    support(question, one)
    support(question, two, at=NOW + 2 * SECONDS)
    told = Question.objects.get().told
    soon, later = NOW + 3 * SECONDS, NOW + 6 * SECONDS
    early = list(uncounted_questions([live.pk], counted_before=soon - 5 * SECONDS))
    late = list(uncounted_questions([live.pk], counted_before=later - 5 * SECONDS))
    count_supporters(question, at=later)

    assert (told, early, late, Question.objects.get().told) == (1, [], [question], 2)


def test_nobody_supports_her_own_question_or_one_that_waits(live):
    her, colleague = officers(live, 2)
    question = ask(live, enrolment=her, named=True)
    with pytest.raises(errors.QuestionNotReleased):
        support(question, colleague)
    release_question(question, by=TRAINER, at=NOW)
    with pytest.raises(errors.OwnQuestion):
        support(question, her)


def test_merging_joins_the_supporters_without_doubles(live):
    one, two, three = officers(live, 3)
    first, second, third = (released(live, text=text) for text in ("A?", "B?", "C?"))
    for question, who in ((first, one), (first, two), (second, two), (second, three), (third, one)):
        support(question, who)

    merge_questions(third, second, by=TRAINER, at=NOW)
    merge_questions(second, first, by=TRAINER, at=NOW)
    merge_questions(second, first, by=TRAINER, at=NOW)

    assert Question.objects.get(pk=first.pk).supporters == 3
    assert list(questions_for_class(live)) == [first]
    assert set(first.merged.all()) == {second, third}


def test_merging_needs_two_open_questions_of_one_class(live):
    first, second = released(live), released(live)
    elsewhere = SessionFactory(edition=live.edition)
    begin_class(elsewhere, None, by=TRAINER, at=NOW)
    answered = answer_question(released(live), by=TRAINER, at=NOW)

    for into in (first, answered, released(elsewhere)):
        with pytest.raises(errors.CannotMerge):
            merge_questions(first, into, by=TRAINER, at=NOW)
    with pytest.raises(errors.ReleaseFirst):
        merge_questions(second, ask(live), by=TRAINER, at=NOW)


@pytest.mark.django_db(transaction=True)
def test_two_trainers_who_merge_crosswise_leave_one_question_standing():
    live = SessionFactory()
    begin_class(live, None, by=TRAINER, at=NOW)
    first, second, officer = released(live), released(live), EnrolmentFactory(edition=live.edition)
    for question in (first, second):
        support(question, officer)
    refused, together = [], threading.Barrier(2)

    def merge(question, into):
        try:
            together.wait()
            merge_questions(question, into, by=TRAINER, at=NOW)
        except errors.CannotMerge as error:
            refused.append(error)
        finally:
            connection.close()

    pairs = ((first, second), (second, first))
    threads = [threading.Thread(target=merge, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    standing = questions_for_class(live)
    assert (len(refused), [one.supporters for one in standing]) == (1, [1])
    seqs = ClassEvent.objects.filter(session=live).order_by("seq").values_list("seq", flat=True)
    assert list(seqs) == list(range(1, len(seqs) + 1))


def test_a_question_is_answered_and_opened_again(live):
    question = released(live)

    answer_question(question, by=TRAINER, at=NOW)
    answer_question(question, by=TRAINER, at=NOW)
    reopen_question(question, by=TRAINER, at=NOW)

    assert log_of(live)[2:] == [("QuestionAnswered", "all"), ("QuestionReopened", "all")]
    assert Question.objects.get().answered_at is None


def test_a_translation_is_written_once_and_bettered_only_by_who_saw_it(live):
    question = ask(live)

    translate_question(question, "ru", "Что ночью?", seen="", by=TRAINER, at=NOW)
    translate_question(question, "ru", "Что ночью?", seen="", by=TRAINER, at=NOW)
    with pytest.raises(errors.TranslationChanged):
        translate_question(question, "ru", "А ночью?", seen="", by=TRAINER, at=NOW)
    translate_question(question, "ru", "А ночью?", seen="Что ночью?", by=TRAINER, at=NOW)

    assert QuestionTranslation.objects.get().text == "А ночью?"
    assert log_of(live)[1:] == [("QuestionTranslated", "staff")] * 2


def test_the_end_of_a_class_keeps_the_numbers_and_forgets_who(live):
    question, (one, two) = released(live), officers(live, 2)
    support(question, one)
    support(question, two)

    end_class(live, by=TRAINER, at=NOW)

    assert (Question.objects.get().told, Support.objects.count()) == (2, 0)
    with pytest.raises(ClassHasEnded):
        support(question, one)
    answer_question(question, by=TRAINER, at=NOW)
    assert list(questions_for_class(live)) == [question]


def test_she_takes_back_her_own_question_while_it_is_unanswered(live):
    her, colleague = officers(live, 2)
    without, named = ask(live, "A?", her), ask(live, "B?", her, named=True)
    answered = answer_question(ask(live, "C?", her, named=True), by=TRAINER, at=NOW)

    def take_back(question, who, device=()):
        take_back_question(question, enrolment_id=who.pk, on_this_device=device, at=NOW)

    for question, who, error in (
        (without, her, errors.NotYourQuestion),
        (named, colleague, errors.NotYourQuestion),
        (answered, her, errors.AlreadyAnswered),
    ):
        with pytest.raises(error):
            take_back(question, who, [new_uuid()])
    take_back(without, her, [without.uuid])
    take_back(named, her)
    take_back(named, her)

    left = Question.objects.exclude(text="").values_list("text", flat=True)
    assert list(left) == ["C?"]
    assert not AuditRecord.objects.filter(verb="text removed").exists()
    assert not ClassEvent.objects.filter(kind="TextRemoved").exclude(actor_key="").exists()


def test_what_was_merged_into_a_removed_question_stands_for_itself_again(live):
    first, second = released(live, text="A?"), released(live, text="B?")
    merge_questions(second, first, by=TRAINER, at=NOW)

    remove_question(first, by=TRAINER, at=NOW)

    assert list(questions_for_class(live)) == [second]
    with pytest.raises(errors.QuestionIsGone):
        answer_question(first, by=TRAINER, at=NOW)
