"""With the whole database in hand, linking by order, time or id does no better than chance."""

import logging
import random

import pytest
from django.db import connection

from sabaq.feedback.models import (
    SurveyAnswer,
    SurveyComment,
    SurveyMark,
    SurveyPool,
    SurveySheet,
)
from sabaq.feedback.services import answer_survey, close_survey, settle_pool
from sabaq.feedback.services.pools import WIPE
from sabaq.kernel.tasks import run_now
from tests.factories import NOW
from tests.feedback.attacker import Tally, files, ways_of, write_ahead_log
from tests.feedback.sheets import enrolled, sample_edition
from tests.visitors import participant_browser

pytestmark = pytest.mark.django_db(transaction=True)
ANSWER, ROUNDS = 12, 48
# When batches leave: after the tenth has come, and at the end.
FIRST_BATCH = 10


def sheet(word):
    return {"relevant": "4", "comment": word}


def honest(edition, coming):
    """Answer and close as the product does."""
    for number, (enrolment, word) in enumerate(coming, 1):
        answer_survey(enrolment, "closing", sheet(word), by=None)
        if number == FIRST_BATCH:
            settle_pool(SurveyPool.objects.get(), at=NOW)
    close_survey(edition, "closing", by=None, at=NOW)
    run_now(WIPE)


def keep(edition, words):
    mine = {"edition": edition, "survey": "closing", "question": "comment"}
    SurveyComment.objects.bulk_create(SurveyComment(**mine, original=word) for word in words)


def naive(edition, coming):
    """Random keys alone: mark and answer are written as they come."""
    for enrolment, word in coming:
        SurveyMark.objects.create(enrolment=enrolment, survey="closing")
        keep(edition, [word])


def batched(edition, coming):
    """Shuffled batches, but what has left before stays where it lies."""
    for half in (coming[: ANSWER // 2], coming[ANSWER // 2 :]):
        for enrolment, _ in half:
            SurveyMark.objects.create(enrolment=enrolment, survey="closing")
        keep(edition, random.sample([word for _, word in half], len(half)))


def attacked(way_to_keep, monkeypatch):
    """Give what the attacker has guessed in many rounds of a survey kept in this way."""
    monkeypatch.setattr("sabaq.feedback.services.pools.enqueue", lambda *_: None)
    edition = sample_edition()
    officers = [enrolled(edition) for _ in range(ANSWER)]
    tally = Tally(of=ANSWER)
    for number in range(ROUNDS):
        for model in (SurveyMark, SurveyAnswer, SurveyComment, SurveySheet, SurveyPool):
            model.objects.all().delete()
        random.shuffle(officers)
        words = [f"word-{number:03}-{random.getrandbits(64):016x}" for _ in officers]
        way_to_keep(edition, list(zip(officers, words, strict=True)))
        tally.add(words, ways_of([one.pk for one in officers], words))
    return tally


def test_an_attacker_with_all_files_and_the_order_of_arrival_does_no_better_than_chance(
    monkeypatch,
):
    tally = attacked(honest, monkeypatch)

    assert tally.rounds == ROUNDS
    assert len(tally.who) >= 12, sorted(tally.who)
    assert tally.better_than_chance() == []


def test_the_attacker_links_a_survey_that_has_nothing_but_random_keys(monkeypatch):
    tally = attacked(naive, monkeypatch)

    right = max(tally.who.values())
    assert right == ROUNDS
    assert any(way.startswith("who: rows") for way in tally.better_than_chance())


def test_the_attacker_sees_through_batches_that_are_not_mixed_with_what_left_before(monkeypatch):
    tally = attacked(batched, monkeypatch)

    assert any(way.startswith("half: rows") for way in tally.better_than_chance())


def test_what_waits_is_readable_in_no_file_and_all_sheets_are_of_one_length():
    edition = sample_edition()
    words = [f"waiting-{number:02}-" + "x" * number * 50 for number in range(9)]
    for word in words:
        answer_survey(enrolled(edition), "closing", sheet(word), by=None)

    settle_pool(SurveyPool.objects.get(), at=NOW)

    held = b"".join(read() for read in files().values())
    if connection.vendor == "postgresql":
        held += write_ahead_log()
    assert [word for word in words if word[:11].encode() in held] == []
    assert SurveySheet.objects.count() == len(words)
    assert len({len(bytes(one.sealed)) for one in SurveySheet.objects.all()}) == 1


def test_with_the_request_logs_too_nobody_can_tell_who_answered_or_lay_a_comment_beside_a_visit(
    caplog, capsys
):
    edition = sample_edition()
    officers = [enrolled(edition) for _ in range(2 * ANSWER)]
    random.shuffle(officers)
    words = {officer.pk: f"word-{number:03}" for number, officer in enumerate(officers[:ANSWER])}
    visits = random.sample(officers, len(officers))
    lines = {}
    with caplog.at_level(logging.DEBUG):
        for officer in visits:
            browser, before = participant_browser(officer), len(caplog.records)
            browser.get("/today/")
            if officer.pk in words:
                said = {"q-relevant": "4", "q-comment": words[officer.pk]}
                assert browser.post("/survey/closing/", said).status_code == 302
            asked = [one.msg for one in caplog.records[before:] if one.name == "sabaq.request"]
            lines[officer.pk] = [(one["route"], one["method"], one["status"]) for one in asked]
        close_survey(edition, "closing", by=None, at=NOW)
        run_now(WIPE)

    # All that the server wrote; each visit left the same lines, whether she answered or not.
    written = caplog.text + "".join(capsys.readouterr())
    seen = ("learner:today", "GET", 200)
    assert {tuple(found) for found in lines.values()} == {(seen,)}
    assert SurveyComment.objects.count() == ANSWER
    for officer in officers:
        assert str(officer.uuid) not in written
        assert officer.person.latin_name not in written
    assert [word for word in words.values() if word in written] == []


def test_two_choices_of_one_sheet_cannot_be_laid_beside_each_other():
    edition = sample_edition()
    for number in range(60):
        choice = str(number % 2 * 4 + 1)
        answer_survey(
            enrolled(edition), "closing", {"relevant": choice, "comment": f"{choice}"}, by=None
        )
    close_survey(edition, "closing", by=None, at=NOW)

    order = "rowid" if connection.vendor == "sqlite" else "ctid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT choice FROM feedback_surveyanswer ORDER BY {order}")
        choices = [row[0] for row in cursor.fetchall()]
        cursor.execute(f"SELECT original FROM feedback_surveycomment ORDER BY {order}")
        texts = [row[0] for row in cursor.fetchall()]
    alike = sum(one == other for one, other in zip(choices, texts, strict=True))
    # Thirty by chance, sixty where the sheets can be put together again.
    assert 8 < alike < 52
