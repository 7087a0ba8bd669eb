"""Captions: said in one language while the class is live, read by all, removed everywhere; and as WebVTT."""

import html
import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from sabaq.classroom.errors.captions import (
    CaptionInAnotherLanguage,
    CaptionIsEmpty,
    CaptionTooLong,
)
from sabaq.classroom.errors.running import ClassHasEnded, ClassNotLive
from sabaq.classroom.models import Caption, ClassEvent
from sabaq.classroom.queries.captions import LINES_SHOWN, caption_languages, captions_shown
from sabaq.classroom.queries.minutes import log_lines, minutes_of_class
from sabaq.classroom.queries.running import class_of
from sabaq.classroom.rules.captions import webvtt
from sabaq.classroom.services.booths import enter_booth
from sabaq.classroom.services.captions import remove_caption, say_caption
from sabaq.classroom.services.running import begin_class, end_class
from sabaq.kernel.models import AuditRecord
from sabaq.people.actors import acting
from tests.factories import NOW, AccountFactory, EditionFactory, SessionFactory

HOST = acting("Host", account_id=8)
SECOND = timedelta(seconds=1)


@pytest.fixture
def session(db):
    session = SessionFactory(edition=EditionFactory(languages=["ru", "en", "kk"]), topic="")
    begin_class(session, None, by=HOST, at=NOW)
    return session


def say(session, text, language="ru", *, by=HOST, at=NOW):
    return say_caption(session, language, text, by=by, at=at)


def log_of(session):
    rows = ClassEvent.objects.filter(session=session).order_by("seq")
    return [(row.seq, row.kind, row.audience, row.payload) for row in rows]


def shown(session, language=""):
    return [line.text for line in captions_shown(session, class_of(session), language)]


def test_a_line_is_told_to_all_and_the_log_has_no_word_of_it(session):
    line = say(session, " Сначала\r\n безопасность. ")

    assert log_of(session)[1:] == [
        (2, "CaptionSaid", "all", {"caption": str(line.uuid), "language": "ru"})
    ]
    assert ClassEvent.objects.get(seq=2).actor_key == HOST.key
    assert (line.text, line.said_at) == ("Сначала безопасность.", NOW)


def test_everybody_reads_the_last_lines_of_one_language_the_latest_last(session):
    for number in range(LINES_SHOWN + 2):
        say(session, f"Line {number}", "en", at=NOW + number * SECOND)
    say(session, "Строка", at=NOW)

    assert shown(session, "en") == [f"Line {number}" for number in range(2, LINES_SHOWN + 2)]
    assert shown(session, "ru") == ["Строка"]
    assert shown(session, "kk") == []
    assert len(shown(session)) == LINES_SHOWN


def test_a_crowd_that_reads_asks_the_database_nothing_more(session, django_assert_num_queries):
    say(session, "Line", "en")
    live = class_of(session)
    captions_shown(session, live, "en")

    with django_assert_num_queries(0):
        assert [line.text for line in captions_shown(session, live, "en")] == ["Line"]


@pytest.mark.parametrize(
    ("language", "text", "error"),
    [
        ("ru", " \n ", CaptionIsEmpty),
        ("ru", "\u200b\x00", CaptionIsEmpty),
        ("ru", "x" * 201, CaptionTooLong),
        ("tg", "Сатр", CaptionInAnotherLanguage),
        ("", "Line", CaptionInAnotherLanguage),
    ],
)
def test_what_is_no_line_is_refused_and_nothing_is_written(session, language, text, error):
    with pytest.raises(error):
        say(session, text, language)

    assert len(log_of(session)) == 1
    assert not Caption.objects.exists()


def test_an_interpreter_writes_in_the_two_languages_of_her_booth_and_a_captioner_in_all(session):
    account = AccountFactory()
    interpreter = acting("Interpreter", account_id=account.pk)
    assert caption_languages(session, account.pk) == ("ru", "en", "kk")
    assert caption_languages(session, None) == ("ru", "en", "kk")

    enter_booth(session, "ru", "kk", by=interpreter, at=NOW)

    # The floor speaks Russian: she interprets into Kazakh.
    assert caption_languages(session, account.pk) == ("kk", "ru")
    say(session, "Жол", "kk", by=interpreter)
    with pytest.raises(CaptionInAnotherLanguage):
        say(session, "Line", "en", by=interpreter)


def test_captions_are_written_while_the_class_is_live_and_neither_before_nor_after(session):
    waiting = SessionFactory(edition=session.edition, topic="")
    with pytest.raises(ClassNotLive):
        say(waiting, "Too early")
    say(session, "Last line", "en")
    end_class(session, by=HOST, at=NOW)

    with pytest.raises(ClassHasEnded):
        say(session, "Too late")
    # Whoever reads slowly still has it.
    assert shown(session, "en") == ["Last line"]


def test_a_removed_line_is_nowhere_and_its_place_says_neither_who_nor_what(session):
    line = say(session, "A name from a case", "en")
    say(session, "What stays", "en", at=NOW + SECOND)
    assert shown(session) == ["A name from a case", "What stays"]

    remove_caption(line, by=HOST, at=NOW)
    remove_caption(line, by=HOST, at=NOW)

    assert shown(session) == ["What stays"]
    assert [(seq, kind) for seq, kind, *_ in log_of(session)] == [
        (1, "ClassBegan"),
        (2, "Removed"),
        (3, "CaptionSaid"),
        (4, "TextRemoved"),
    ]
    tombstone = ClassEvent.objects.get(seq=2)
    assert (tombstone.payload, tombstone.actor_key) == ({"what": "caption"}, "")
    exported = [json.loads(row) for row in log_lines(session)]
    assert [row.get("text") for row in exported] == [
        None,
        None,
        {"language": "en", "caption": "What stays"},
        None,
    ]
    minutes = minutes_of_class(session)
    assert [one.text for one in minutes.texts.captions.values()] == ["What stays"]
    assert [what for _, what in minutes.removed] == ["caption"]
    assert list(AuditRecord.objects.values_list("verb", flat=True)) == ["text removed"]


def test_the_database_keeps_no_text_of_a_removed_line(session):
    line = say(session, "A name")

    with pytest.raises(IntegrityError), transaction.atomic():
        Caption.objects.filter(pk=line.pk).update(removed_at=NOW)

    assert Caption.objects.filter(pk=line.pk).update(removed_at=NOW, text="") == 1


def test_a_cue_lasts_until_the_next_line_from_two_to_seven_seconds():
    lines = [
        (timedelta(0), "First"),
        (timedelta(seconds=5.5), "Second & <third>"),
        (timedelta(seconds=5.6), "--> fourth"),
        (timedelta(hours=1, seconds=1), "Last"),
    ]

    assert webvtt(lines) == (
        "WEBVTT\n"
        "\n00:00:00.000 --> 00:00:05.500\nFirst\n"
        "\n00:00:05.500 --> 00:00:07.500\nSecond &amp; &lt;third&gt;\n"
        "\n00:00:05.600 --> 00:00:12.600\n--&gt; fourth\n"
        "\n01:00:01.000 --> 01:00:08.000\nLast\n"
    )


LINES = st.lists(
    st.tuples(
        st.timedeltas(min_value=timedelta(seconds=-2), max_value=timedelta(hours=120)),
        st.text(alphabet="ая <>&-\"'#:.;ampltg0", min_size=1, max_size=40),
    ),
    max_size=12,
)


@given(LINES)
def test_whatever_is_said_a_player_reads_it_back_in_order(lines):
    head, *cues = webvtt(lines).split("\n\n")

    assert head.strip() == "WEBVTT"
    read, before = [], timedelta(0)
    for cue in cues:
        timing, text = cue.removesuffix("\n").split("\n")
        begins, ends = map(moment, timing.split(" --> "))
        assert before <= begins
        assert timedelta(seconds=2) <= ends - begins <= timedelta(seconds=7)
        # Nothing in a text is markup, nor the arrow of a timing line.
        assert "<" not in text
        assert "-->" not in text
        before = begins
        read.append((begins, html.unescape(text)))
    in_time = sorted(((max(at, timedelta(0)), text) for at, text in lines), key=lambda one: one[0])
    whole = timedelta(milliseconds=1)
    assert read == [(at // whole * whole, text) for at, text in in_time]


def moment(text):
    hours, minutes, seconds = text.split(":")
    return timedelta(
        hours=int(hours), minutes=int(minutes), milliseconds=round(float(seconds) * 1000)
    )
