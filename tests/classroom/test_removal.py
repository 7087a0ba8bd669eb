"""What is removed is nowhere any more: not in a row, the log, a receipt, the audit or the database's files."""

from pathlib import Path

import pytest
from django.apps import apps
from django.core import serializers
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from sabaq.classroom.errors.polls import UnknownPoll
from sabaq.classroom.models import ClassEvent, Question
from sabaq.classroom.queries.minutes import log_lines, minutes_of_class
from sabaq.classroom.queries.polls import poll_of
from sabaq.classroom.services.polls import open_poll, vote
from sabaq.classroom.services.questions import (
    Asker,
    answer_question,
    ask_question,
    release_question,
    remove_question,
    translate_question,
)
from sabaq.classroom.services.removal import FORGET
from sabaq.classroom.services.running import begin_class
from sabaq.classroom.services.spot_polls import remove_poll, translate_poll, write_poll
from sabaq.courses.packs import PollKind
from sabaq.kernel.models import AuditRecord
from sabaq.kernel.tasks import run_now
from sabaq.people.actors import acting
from tests.factories import NOW, EnrolmentFactory, SessionFactory

TRAINER = acting("Trainer", account_id=7)


def ask(session, text, *, named=True):
    enrolment = EnrolmentFactory(edition=session.edition)
    asker = Asker(enrolment.pk, is_named=named)
    return ask_question(session, text, language="en", asker=asker, by=TRAINER, at=NOW)


def whole_database():
    """Give everything the database holds, as JSON."""
    models = [model for model in apps.get_models() if model._meta.managed]
    return "".join(
        serializers.serialize("json", model._base_manager.all(), ensure_ascii=False)
        for model in models
    )


def log_of(session):
    rows = ClassEvent.objects.filter(session=session).order_by("seq")
    return [(row.seq, row.kind, row.at) for row in rows]


@pytest.mark.django_db
def test_the_tombstone_stands_in_the_same_place_and_says_neither_who_nor_what():
    live = SessionFactory()
    begin_class(live, None, by=TRAINER, at=NOW)
    question = release_question(ask(live, "Who was it?"), by=TRAINER, at=NOW)

    remove_question(question, by=TRAINER, at=NOW)
    remove_question(question, by=TRAINER, at=NOW)

    kinds = [kind for _, kind, _ in log_of(live)]
    assert kinds == ["ClassBegan", "Removed", "QuestionReleased", "TextRemoved"]
    tombstone = ClassEvent.objects.get(kind="Removed")
    assert (tombstone.seq, tombstone.payload) == (2, {"what": "question"})
    assert (tombstone.audience, tombstone.enrolment_id, tombstone.actor_key) == ("staff", None, "")
    removed = Question.objects.get()
    assert (removed.text, removed.asker_id, removed.removed_at) == ("", None, NOW)
    assert list(AuditRecord.objects.values_list("verb", "actor_label")) == [
        ("text removed", "Trainer")
    ]


@pytest.mark.django_db
def test_a_poll_that_was_asked_is_removed_with_its_translation_and_its_answers():
    live = SessionFactory(topic="")
    begin_class(live, None, by=TRAINER, at=NOW)
    written = {"kind": PollKind.WORD, "language": "en", "question": "Was it Anna Ulgi?"}
    spot = write_poll(live, lines="", by=TRAINER, at=NOW, **written)
    said = {"language": "ru", "question": "Это была Анна Ульги?", "texts": []}
    translate_poll(live, str(spot.uuid), by=TRAINER, at=NOW, **said)
    run = open_poll(live, poll_of(live, str(spot.uuid)), by=TRAINER, at=NOW)
    voter = EnrolmentFactory(edition=live.edition)
    vote(run, poll_of(live, run.poll), ["neighbour"], enrolment_id=voter.pk, at=NOW)
    before = log_of(live)

    for _ in range(2):
        remove_poll(live, spot, by=TRAINER, at=NOW)

    found = whole_database()
    for text in ("Was it", "Это была", "neighbour"):
        assert text not in found
        assert text not in "".join(log_lines(live))
    after = log_of(live)
    assert [(seq, at) for seq, _, at in after[: len(before)]] == [(s, at) for s, _, at in before]
    assert [kind for _, kind, _ in after if kind != "PollCounted"] == [
        "ClassBegan",
        "Removed",
        "PollWritten",
        "PollOpened",
        "PollClosed",
        "TextRemoved",
    ]
    tombstone = ClassEvent.objects.get(kind="Removed")
    assert (tombstone.payload, tombstone.actor_key) == ({"what": "poll"}, "")
    assert poll_of(live, run.poll) is None
    minutes = minutes_of_class(live)
    assert (minutes.texts.polls, [what for _, what in minutes.removed]) == ({}, ["poll"])


@pytest.mark.django_db
def test_a_poll_of_another_class_is_not_removed_from_here():
    live, other = SessionFactory(topic=""), SessionFactory(topic="")
    written = {"kind": PollKind.WORD, "language": "en", "question": "What helps?"}
    spot = write_poll(other, lines="", by=TRAINER, at=NOW, **written)

    with pytest.raises(UnknownPoll):
        remove_poll(live, spot, by=TRAINER, at=NOW)

    assert poll_of(other, str(spot.uuid)).question == {"en": "What helps?"}


WORDS = st.text(alphabet="абвгдеёжзиклмн", min_size=12, max_size=20)
ACTS = st.lists(
    st.tuples(WORDS, st.booleans(), st.sampled_from(["", "release", "answer"]), st.booleans()),
    min_size=1,
    max_size=5,
    unique_by=lambda act: act[0],
)


@pytest.mark.django_db
@settings(max_examples=15)
@given(ACTS)
def test_a_text_is_in_the_database_if_and_only_if_it_was_not_removed(acts):
    live = SessionFactory()
    begin_class(live, None, by=TRAINER, at=NOW)
    asked = []
    for word, is_named, step, _ in acts:
        question = ask(live, f"{word}?", named=is_named)
        translate_question(question, "ru", f"перевод {word}", seen="", by=TRAINER, at=NOW)
        if step:
            verb = release_question if step == "release" else answer_question
            verb(question, by=TRAINER, at=NOW)
        asked.append(question)
    before = log_of(live)

    for question, (*_, is_removed) in zip(asked, acts, strict=True):
        if is_removed:
            remove_question(question, by=TRAINER, at=NOW)

    found = whole_database()
    # Examples share a database that is undone only after the last of them.
    Question.objects.filter(session=live).delete()
    removed = {word for word, *_, is_removed in acts if is_removed}
    kept = {word for word, *_ in acts} - removed
    assert {word for word in kept | removed if word in found} == {
        word for word in kept | removed if any(word in one for one in kept)
    }
    after = log_of(live)
    assert [(seq, at) for seq, _, at in after[: len(before)]] == [(s, at) for s, _, at in before]
    assert [seq for seq, *_ in after] == list(range(1, len(after) + 1))
    assert sum(kind == "Removed" for _, kind, _ in after) == len(removed)


@pytest.mark.django_db(transaction=True)
def test_the_files_of_the_database_hold_nothing_of_it_either():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL wipes by its vacuum")
    path = Path(str(connection.settings_dict["NAME"]))
    if not path.is_file():
        pytest.skip("this database lives in memory")
    live = SessionFactory()
    begin_class(live, None, by=TRAINER, at=NOW)
    word = "неповторимоеслово"
    question = ask(live, f"{word}?")
    translate_question(question, "ru", f"перевод {word}", seen="", by=TRAINER, at=NOW)

    def holds_it():
        files = (path, path.with_name(path.name + "-wal"))
        return any(word.encode() in file.read_bytes() for file in files if file.exists())

    assert holds_it()
    remove_question(question, by=TRAINER, at=NOW)
    run_now(FORGET)
    assert not holds_it()
