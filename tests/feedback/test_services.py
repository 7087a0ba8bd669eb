from concurrent.futures import ThreadPoolExecutor

import pytest
from django.apps import apps
from django.db import connection

from sabaq.feedback.errors import (
    AnswersRefused,
    SurveyAlreadyAnswered,
    SurveyClosed,
    UnknownSurvey,
)
from sabaq.feedback.models import (
    SurveyAnswer,
    SurveyComment,
    SurveyMark,
    SurveyPool,
    SurveySheet,
)
from sabaq.feedback.queries import survey_response, survey_results, surveys_answered_by
from sabaq.feedback.services import answer_survey, close_survey
from sabaq.kernel.models import AuditRecord, WriteReceipt
from sabaq.people.actors import acting
from tests.factories import NOW
from tests.feedback.sheets import counted, enrolled, sample_edition, waiting

pytestmark = pytest.mark.django_db
BY = acting("Aigul U.")
SHEET = {"relevant": "5", "useful": "first-contact", "comment": "A comment that nobody else wrote"}


def test_the_mark_and_the_sheet_are_saved_together():
    enrolment = enrolled()
    answer_survey(enrolment, "closing", SHEET, by=BY)

    assert surveys_answered_by(enrolment) == {"closing"}
    assert waiting() == [sorted(SHEET.items())]
    assert counted() == []


def test_a_sheet_that_is_refused_leaves_neither_mark_nor_answer():
    enrolment = enrolled()

    with pytest.raises(AnswersRefused) as refused:
        answer_survey(enrolment, "closing", {**SHEET, "relevant": "9"}, by=BY)

    assert list(refused.value.problems) == ["relevant"]
    assert (surveys_answered_by(enrolment), waiting()) == (set(), [])


def test_a_second_sending_is_told_so_and_saves_nothing_even_when_it_is_wrong():
    enrolment = enrolled()
    answer_survey(enrolment, "closing", {"relevant": "5"}, by=BY)

    for again in ({"relevant": "1"}, {"relevant": "5"}, {}):
        with pytest.raises(SurveyAlreadyAnswered):
            answer_survey(enrolment, "closing", again, by=BY)

    assert waiting() == [[("relevant", "5")]]


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
    assert (SurveyMark.objects.count(), waiting()) == (1, [sorted(SHEET.items())])


PLAIN = {"edition": "ForeignKey", "survey": "SlugField"}
MADE_BY_THE_OFFICE = {
    "masked": "TextField",
    "wording": "TextField",
    "translator": "CharField",
    "theme": "CharField",
    "released_on": "DateField",
}


@pytest.mark.parametrize(
    ("model", "columns"),
    [
        (SurveyMark, {"enrolment": "ForeignKey", "survey": "SlugField"}),
        (SurveySheet, {"pool": "ForeignKey", "sealed": "BinaryField"}),
        (SurveyAnswer, {**PLAIN, "question": "CharField", "choice": "CharField"}),
        (
            SurveyComment,
            {**PLAIN, "question": "CharField", "original": "TextField", **MADE_BY_THE_OFFICE},
        ),
    ],
)
def test_no_column_of_what_was_answered_leads_to_a_person_a_sheet_or_a_moment(model, columns):
    found = {field.name: field.get_internal_type() for field in model._meta.get_fields()}

    assert found == {"key": "UUIDField", **columns}


def test_every_key_is_random_and_tells_no_order():
    edition = sample_edition()
    answer_survey(enrolled(edition), "closing", SHEET, by=BY)
    close_survey(edition, "closing", by=BY, at=NOW)

    keys = [
        key
        for model in (SurveyMark, SurveyAnswer, SurveyComment)
        for key in model.objects.values_list("key", flat=True)
    ]
    assert (len(keys), {key.version for key in keys}) == (4, {4})


def rows_holding(needles):
    """Give the models of which some row holds one of these texts."""
    holding = set()
    for model in apps.get_models(include_auto_created=True):
        for row in model._base_manager.values():
            if any(needle in str(value) for needle in needles for value in row.values()):
                holding.add(model)
    return holding


def test_no_table_beside_the_answers_holds_anything_of_them():
    edition = sample_edition()
    lines_before = AuditRecord.objects.count()

    answer_survey(enrolled(edition), "closing", SHEET, by=BY)

    assert rows_holding({SHEET["comment"]}) == set()
    assert (AuditRecord.objects.count(), WriteReceipt.objects.count()) == (lines_before, 0)
    close_survey(edition, "closing", by=BY, at=NOW)
    keys = {str(key) for key in SurveyAnswer.objects.values_list("key", flat=True)}
    assert rows_holding({*keys, SHEET["comment"]}) == {SurveyAnswer, SurveyComment}
    # The office's own act is written down; of which answers, nobody says.
    added = AuditRecord.objects.order_by("id")[lines_before:]
    assert [(line.object_type, line.verb, line.changed) for line in added] == [
        ("feedback.SurveyPool", "closed", ["closed_on"])
    ]


def test_a_closed_survey_takes_nothing_more_but_still_thanks_who_has_answered():
    edition = sample_edition()
    her = enrolled(edition)
    answer_survey(her, "closing", SHEET, by=BY)
    close_survey(edition, "closing", by=BY, at=NOW)

    with pytest.raises(SurveyAlreadyAnswered):
        answer_survey(her, "closing", SHEET, by=BY)
    with pytest.raises(SurveyClosed):
        answer_survey(enrolled(edition), "closing", SHEET, by=BY)

    assert counted() == sorted(SHEET.items())
    assert SurveyPool.objects.get().closed_on == edition.day_of(NOW)


def test_results_are_counted_per_question_from_ten_answers_on():
    edition = sample_edition()
    for number in range(11):
        sheet = {"relevant": str(number % 5 + 1), "comment": "text"}
        if number < 9:
            sheet["useful"] = "first-contact"
        answer_survey(enrolled(edition), "closing", sheet, by=BY)
    enrolled(edition)
    answer_survey(enrolled(), "closing", {"relevant": "1"}, by=BY)
    close_survey(edition, "closing", by=BY, at=NOW)

    found = survey_results(edition, "closing")

    relevant, useful, comment = found.results
    assert (relevant.answered, relevant.counts, relevant.median) == (11, (3, 2, 2, 2, 2), 3.0)
    assert (relevant.top_two, found.counted, found.is_shown) == (36, 11, True)
    assert (useful.answered, useful.counts) == (9, None)
    assert (comment.answered, comment.counts) == (11, None)
    assert (found.response.answered, found.response.asked, found.response.rate) == (11, 12, 92)
    assert found.response == survey_response(edition, "closing")


def test_results_take_five_queries_however_many_answered(django_assert_num_queries):
    edition = sample_edition()
    for _ in range(3):
        answer_survey(enrolled(edition), "closing", SHEET, by=BY)

    with django_assert_num_queries(5):
        survey_results(edition, "closing")
    with django_assert_num_queries(2):
        survey_response(edition, "closing")
