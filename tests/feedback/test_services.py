from concurrent.futures import ThreadPoolExecutor

import pytest
from django.apps import apps
from django.db import connection

from sabaq.feedback.errors import AnswersRefused, SurveyAlreadyAnswered, UnknownSurvey
from sabaq.feedback.models import SurveyAnswer, SurveyMark
from sabaq.feedback.queries import survey_response, survey_results, surveys_answered_by
from sabaq.feedback.services import answer_survey
from sabaq.kernel.models import AuditRecord, WriteReceipt
from sabaq.people.actors import acting
from tests.factories import EditionFactory, EnrolmentFactory
from tests.sample_pack import sample_version

pytestmark = pytest.mark.django_db
BY = acting("Aigul U.")
SHEET = {"relevant": "5", "useful": "first-contact", "comment": "A comment that nobody else wrote"}


def enrolled(edition=None):
    return EnrolmentFactory(edition=edition or EditionFactory(version=sample_version()))


def saved():
    return sorted(SurveyAnswer.objects.values_list("question", "choice", "text"))


def test_answers_and_the_mark_are_saved_together():
    enrolment = enrolled()
    answer_survey(enrolment, "closing", SHEET, by=BY)

    assert surveys_answered_by(enrolment) == {"closing"}
    assert saved() == [
        ("comment", "", "A comment that nobody else wrote"),
        ("relevant", "5", ""),
        ("useful", "first-contact", ""),
    ]


def test_a_sheet_that_is_refused_leaves_neither_mark_nor_answer():
    enrolment = enrolled()

    with pytest.raises(AnswersRefused) as refused:
        answer_survey(enrolment, "closing", {**SHEET, "relevant": "9"}, by=BY)

    assert list(refused.value.problems) == ["relevant"]
    assert (surveys_answered_by(enrolment), saved()) == (set(), [])


def test_a_second_sending_is_told_so_and_saves_nothing_even_when_it_is_wrong():
    enrolment = enrolled()
    answer_survey(enrolment, "closing", {"relevant": "5"}, by=BY)

    for again in ({"relevant": "1"}, {"relevant": "5"}, {}):
        with pytest.raises(SurveyAlreadyAnswered):
            answer_survey(enrolment, "closing", again, by=BY)

    assert saved() == [("relevant", "5", "")]


def test_a_survey_that_the_course_does_not_have_cannot_be_answered():
    with pytest.raises(UnknownSurvey):
        answer_survey(enrolled(), "opening", SHEET, by=BY)


@pytest.mark.django_db(transaction=True)
def test_of_many_sendings_at_once_one_is_taken():
    enrolment = enrolled()

    def send(_):
        try:
            answer_survey(enrolment, "closing", SHEET, by=BY)
        except SurveyAlreadyAnswered:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        taken = list(pool.map(send, range(6)))

    assert sorted(taken) == [False] * 5 + [True]
    assert (SurveyMark.objects.count(), SurveyAnswer.objects.count()) == (1, 3)


def test_no_column_of_an_answer_leads_to_a_person_or_a_moment():
    columns = {field.name: field.get_internal_type() for field in SurveyAnswer._meta.get_fields()}

    assert columns == {
        "key": "UUIDField",
        "edition": "ForeignKey",
        "survey": "SlugField",
        "question": "CharField",
        "choice": "CharField",
        "text": "TextField",
    }


def test_the_keys_of_answers_are_random_and_tell_no_order():
    answer_survey(enrolled(), "closing", SHEET, by=BY)

    assert {key.version for key in SurveyAnswer.objects.values_list("key", flat=True)} == {4}


def test_no_table_beside_the_answers_holds_anything_of_them():
    enrolment = enrolled()
    lines_before = AuditRecord.objects.count()

    answer_survey(enrolment, "closing", SHEET, by=BY)

    keys = {str(key) for key in SurveyAnswer.objects.values_list("key", flat=True)}
    needles = {*keys, *(key.replace("-", "") for key in keys), SHEET["comment"]}

    holding = set()
    for model in apps.get_models(include_auto_created=True):
        for row in model._base_manager.values():
            if any(needle in str(value) for needle in needles for value in row.values()):
                holding.add(model)

    assert holding == {SurveyAnswer}
    assert (AuditRecord.objects.count(), WriteReceipt.objects.count()) == (lines_before, 0)
    assert [f.name for f in SurveyMark._meta.get_fields()] == ["id", "enrolment", "survey"]


def test_results_are_counted_per_question_from_ten_answers_on():
    edition = EditionFactory(version=sample_version())
    for number in range(11):
        sheet = {"relevant": str(number % 5 + 1), "comment": "text"}
        if number < 9:
            sheet["useful"] = "first-contact"
        answer_survey(enrolled(edition), "closing", sheet, by=BY)
    enrolled(edition)
    answer_survey(enrolled(), "closing", {"relevant": "1"}, by=BY)

    relevant, useful, comment = survey_results(edition, "closing")

    assert (relevant.answered, relevant.counts, relevant.median) == (11, (3, 2, 2, 2, 2), 3.0)
    assert (useful.answered, useful.counts) == (9, None)
    assert (comment.answered, comment.counts) == (11, None)
    response = survey_response(edition, "closing")
    assert (response.answered, response.enrolled, response.rate) == (11, 12, 92)


def test_results_take_two_queries_however_many_answered(django_assert_num_queries):
    edition = EditionFactory(version=sample_version())
    for _ in range(3):
        answer_survey(enrolled(edition), "closing", SHEET, by=BY)

    with django_assert_num_queries(1):
        survey_results(edition, "closing")
    with django_assert_num_queries(2):
        survey_response(edition, "closing")
