from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabaq.courses.packs.parts import Asked
from sabaq.courses.queries import pack_of
from sabaq.feedback.errors import SurveyClosed
from sabaq.feedback.models import SurveyComment, SurveyMark, SurveyPool, SurveySheet
from sabaq.feedback.queries import survey_results, surveys_answered_by
from sabaq.feedback.rules.pool import BATCH, how_many_leave, packed, survey_closes_on, unpacked
from sabaq.feedback.services import answer_survey, close_survey, settle_pool
from sabaq.feedback.services.pools import WIPE
from sabaq.feedback.tasks import SETTLE
from sabaq.kernel import clock
from sabaq.kernel.sealing import SealBroken, seal, unseal
from sabaq.kernel.tasks import run_now
from tests.factories import NOW
from tests.feedback.sheets import answer, counted, enrolled, sample_edition, waiting

DAY = timedelta(days=1)


@given(st.lists(st.integers(0, 30), max_size=30))
def test_whatever_comes_when_no_batch_is_smaller_than_five_unless_fewer_than_ten_answered(comings):
    pool, left = 0, []
    for coming in comings:
        pool += coming
        leaving = how_many_leave(pool, is_closed=False)
        pool -= leaving
        left += [leaving] if leaving else []
    left += [how_many_leave(pool, is_closed=True)] if pool else []

    assert sum(left) == sum(comings)
    assert all(batch >= BATCH for batch in left) or sum(comings) < 2 * BATCH


def test_a_seal_is_opened_by_the_same_secret_and_purpose_alone(settings):
    sealed = seal("Ответ".encode(), purpose="survey")

    assert unseal(sealed, purpose="survey").decode() == "Ответ"
    assert seal("Ответ".encode(), purpose="survey") != sealed
    for other in (sealed[:-1] + bytes([sealed[-1] ^ 1]), b"", sealed[:40]):
        with pytest.raises(SealBroken):
            unseal(other, purpose="survey")
    with pytest.raises(SealBroken):
        unseal(sealed, purpose="another")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-" * 8
    assert unseal(sealed, purpose="survey").decode() == "Ответ"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(SealBroken):
        unseal(sealed, purpose="survey")


@pytest.mark.django_db
def test_the_longest_sheet_fits_and_comes_back_as_it_was():
    survey = pack_of(sample_edition().version).surveys["closing"]
    longest = {"relevant": "5", "useful": "first-contact", "comment": "\x1f" * 500 + "𐐷" * 500}

    assert unpacked(packed(survey, longest)) == longest
    assert len(packed(survey, longest)) == len(packed(survey, {"relevant": "1"}))


@pytest.mark.django_db
def test_nothing_leaves_before_ten_wait_and_then_all_but_five():
    edition = sample_edition()
    enrolments = answer(edition, 9)
    pool = SurveyPool.objects.get()

    assert settle_pool(pool, at=NOW) == 0
    assert (len(waiting()), counted()) == (9, [])
    enrolments += answer(edition, 3, lambda number: {"comment": f"late{number}"})
    assert settle_pool(pool, at=NOW) == 7
    assert settle_pool(pool, at=NOW) == 0

    assert (SurveySheet.objects.count(), SurveyPool.objects.get().counted) == (5, 7)
    assert all(surveys_answered_by(one) == {"closing"} for one in enrolments)
    assert survey_results(edition, "closing").results[0].counts is None


@pytest.mark.django_db
def test_all_that_was_answered_is_counted_once_the_survey_is_closed():
    edition = sample_edition()
    answer(edition, 12)
    settle_pool(SurveyPool.objects.get(), at=NOW)
    answer(edition, 2)
    close_survey(edition, "closing", by=None, at=NOW)
    close_survey(edition, "closing", by=None, at=NOW + DAY)

    said = [(str(n % 5 + 1), f"c{n}") for n in [*range(12), 0, 1]]
    assert counted() == sorted(
        [("relevant", choice) for choice, _ in said] + [("comment", text) for _, text in said]
    )
    assert (SurveySheet.objects.count(), SurveyMark.objects.count()) == (0, 14)
    assert SurveyPool.objects.get().closed_on == edition.day_of(NOW)


@pytest.mark.django_db
def test_marks_and_sheets_change_their_keys_when_a_batch_leaves_and_comments_keep_theirs():
    edition = sample_edition()
    answer(edition, 10)
    settle_pool(SurveyPool.objects.get(), at=NOW)
    before = [
        set(model.objects.values_list("key", flat=True)) for model in (SurveyMark, SurveySheet)
    ]
    comments = set(SurveyComment.objects.values_list("key", flat=True))
    answer(edition, 5)
    settle_pool(SurveyPool.objects.get(), at=NOW)
    after = [
        set(model.objects.values_list("key", flat=True)) for model in (SurveyMark, SurveySheet)
    ]

    assert [old & new for old, new in zip(before, after, strict=True)] == [set(), set()]
    assert len(comments) == 5
    assert comments < set(SurveyComment.objects.values_list("key", flat=True))


@pytest.mark.django_db(transaction=True)
def test_every_hour_pools_are_settled_and_a_survey_whose_time_is_over_is_closed():
    edition, other = sample_edition(), sample_edition()
    answer(edition, 10)
    answer(other, 1)
    with clock.frozen(NOW):
        run_now(SETTLE)
    assert len(waiting()) == 6

    with clock.frozen(NOW + 17 * DAY):
        run_now(SETTLE)
        run_now(WIPE)

    assert waiting() == []
    assert survey_results(edition, "closing").counted == 10
    with pytest.raises(SurveyClosed):
        answer_survey(enrolled(edition), "closing", {"relevant": "1"}, by=None)


@pytest.mark.django_db(transaction=True)
def test_a_pool_sealed_with_a_lost_secret_is_kept_and_does_not_stop_the_others(settings):
    lost, fine = sample_edition(), sample_edition()
    secret, settings.SECRET_KEY = settings.SECRET_KEY, "lost-" * 10
    answer(lost, 10)
    settings.SECRET_KEY = secret
    answer(fine, 10)

    with clock.frozen(NOW):
        run_now(SETTLE)

    left = dict(SurveyPool.objects.values_list("edition", "counted"))
    assert left == {lost.pk: 0, fine.pk: 5}
    assert SurveySheet.objects.filter(pool__edition=lost).count() == 10


def test_the_opening_survey_closes_after_the_first_day_and_the_closing_survey_after_two_weeks():
    first, last = NOW.date(), NOW.date() + DAY

    assert survey_closes_on(Asked.BEFORE, first, last) == first + DAY
    assert survey_closes_on(Asked.AFTER, first, last) == last + 15 * DAY
