"""Polls: what counts, who learns of it, and that nothing of it stays with a person."""

import threading
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection

from sabaq.classroom.enums import ClassState
from sabaq.classroom.errors.polls import (
    AnotherPollIsOpen,
    NothingChosen,
    OneAnswerOnly,
    PollIsClosed,
    PollIsOpen,
    PollMovedOn,
    UnknownOption,
    UnknownWord,
    WordIsEmpty,
    WordTooLong,
)
from sabaq.classroom.models import ClassEvent, LiveClass, PollRun, PollWord, Vote
from sabaq.classroom.queries.polls import uncounted_polls, words_in
from sabaq.classroom.services.polls import (
    close_poll,
    count_votes,
    open_poll,
    remove_word,
    show_results,
    vote,
)
from sabaq.classroom.services.running import begin_class, end_class
from sabaq.courses.packs import Option, Poll, PollKind
from sabaq.kernel.ids import new_uuid
from sabaq.kernel.models import AuditRecord
from sabaq.people.actors import acting
from tests.factories import NOW, EnrolmentFactory, SessionFactory

pytestmark = pytest.mark.django_db
TRAINER = acting("Trainer", account_id=7)


def poll_of_kind(kind, *keys):
    return Poll(f"poll-{kind}", kind, {"en": "?"}, tuple(Option(key, {"en": key}) for key in keys))


SINGLE = poll_of_kind(PollKind.SINGLE, "a", "b")
MULTIPLE = poll_of_kind(PollKind.MULTIPLE, "a", "b", "c")
SCALE = poll_of_kind(PollKind.SCALE, "1", "2", "3", "4", "5")
WORD = poll_of_kind(PollKind.WORD)


@pytest.fixture
def live():
    session = SessionFactory()
    begin_class(session, None, by=TRAINER, at=NOW)
    return session


def ask(session, poll=SINGLE):
    return open_poll(session, poll, by=TRAINER, at=NOW)


def cast(run, poll, *choices, who=None, second=0, write_id=None):
    who = who or EnrolmentFactory(edition=run.session.edition)
    at = NOW + timedelta(seconds=second)
    vote(run, poll, choices, enrolment_id=who.pk, at=at, write_id=write_id)
    return who


def log_of(session):
    rows = ClassEvent.objects.filter(session=session).order_by("seq")
    return [(row.seq, row.kind, row.audience) for row in rows]


def test_a_vote_may_change_until_the_poll_closes_and_of_two_devices_the_last_one_counts(live):
    run = ask(live)
    anna = cast(run, SINGLE, "a")
    cast(run, SINGLE, "b", who=anna)
    run = close_poll(run, by=TRAINER, at=NOW)

    assert (run.totals, run.counted) == ({"b": 1}, 1)
    with pytest.raises(PollIsClosed, match="What was sent before counts"):
        cast(run, SINGLE, "a", who=anna)


def test_a_sending_that_comes_again_late_changes_nothing(live):
    run, first, second = ask(live), new_uuid(), new_uuid()
    anna = cast(run, SINGLE, "a", write_id=first)
    cast(run, SINGLE, "b", who=anna, write_id=second)
    cast(run, SINGLE, "a", who=anna, write_id=first)

    assert Vote.objects.get().choices == ["b"]
    # A form that was not renewed sends another answer under its old id: that is a new sending.
    cast(run, SINGLE, "a", who=anna, write_id=second)
    assert Vote.objects.get().choices == ["a"]


@pytest.mark.parametrize(
    ("poll", "choices", "error"),
    [
        (SINGLE, ["z"], UnknownOption),
        (SINGLE, ["a", "b"], OneAnswerOnly),
        (SINGLE, [], NothingChosen),
        (MULTIPLE, [], NothingChosen),
        (MULTIPLE, ["a", "z"], UnknownOption),
        (SCALE, ["6"], UnknownOption),
        (SCALE, ["1", "2"], OneAnswerOnly),
        (WORD, [], WordIsEmpty),
        (WORD, [" \u200b\x00 "], WordIsEmpty),
        (WORD, ["x" * 41], WordTooLong),
    ],
)
def test_an_answer_that_is_none_is_refused_and_leaves_nothing(live, poll, choices, error):
    run = ask(live, poll)

    with pytest.raises(error):
        cast(run, poll, *choices)

    assert Vote.objects.count() == 0


def test_several_answers_count_each_and_those_who_answered_count_once(live):
    run = ask(live, MULTIPLE)
    cast(run, MULTIPLE, "a", "b")
    cast(run, MULTIPLE, "b", "b")

    run = close_poll(run, by=TRAINER, at=NOW)

    assert (run.totals, run.totalled) == ({"a": 1, "b": 2}, 2)


def test_words_are_joined_whatever_their_capitals_and_kept_by_how_often_they_came(live):
    run = ask(live, WORD)
    for word in ("Trust", "hope", " trust ", "уважение", "TRUST", "trust", "long\tlistening"):
        cast(run, WORD, word)

    run = close_poll(run, by=TRAINER, at=NOW)

    assert [(row.word, row.votes) for row in words_in(run)] == [
        ("trust", 4),
        ("hope", 1),
        ("long listening", 1),
        ("уважение", 1),
    ]
    assert run.totals == {}


def test_a_removed_word_is_erased_and_its_row_stays(live):
    run = ask(live, WORD)
    cast(run, WORD, "somebody's name")
    run = close_poll(run, by=TRAINER, at=NOW)
    word = words_in(run).get()

    remove_word(live, word.uuid, by=TRAINER, at=NOW)
    remove_word(live, word.uuid, by=TRAINER, at=NOW)

    assert list(PollWord.objects.values_list("word", "votes", "removed_at")) == [("", 1, NOW)]
    assert list(AuditRecord.objects.values_list("verb", "changed")) == [("text removed", ["word"])]
    assert [kind for _, kind, _ in log_of(live)][-2:] == ["PollClosed", "TextRemoved"]
    with pytest.raises(UnknownWord):
        remove_word(SessionFactory(), word.uuid, by=TRAINER, at=NOW)


def test_everybody_learns_how_many_have_answered_at_most_every_five_seconds(live):
    run = ask(live)
    for second in (0, 1, 2, 6):
        cast(run, SINGLE, "a", second=second)

    rows = ClassEvent.objects.filter(session=live, seq__gt=2).order_by("seq")
    assert [(row.kind, row.audience, row.payload["votes"]) for row in rows] == [
        ("PollCounted", "all", 1),
        ("PollCounted", "all", 4),
    ]


def test_the_last_votes_before_a_pause_are_counted_too(live):
    run = ask(live)
    for second in (0, 1):
        cast(run, SINGLE, "a", second=second)

    def told_at(second):
        at = NOW + timedelta(seconds=second)
        for one in uncounted_polls([live.pk], counted_before=at - timedelta(seconds=5)):
            count_votes(one, at=at)
        told = ClassEvent.objects.filter(kind="PollCounted").order_by("seq")
        return [row.payload["votes"] for row in told]

    assert told_at(3) == [1]
    assert told_at(5) == [1, 2]
    assert told_at(60) == [1, 2]


def test_live_totals_wait_for_five_votes_and_are_renewed_with_five_new_ones(live):
    run, seen = ask(live), []

    def totals_after(*choices, who=()):
        for number, choice in enumerate(choices):
            cast(run, SINGLE, choice, who=who[number] if who else None, second=10 * len(seen))
        count_votes(run, at=NOW + timedelta(seconds=10 * len(seen) + 9))
        seen.append(PollRun.objects.values_list("counted", "totalled", "totals").get())

    totals_after("a", "a", "b", "b")
    totals_after("b")
    totals_after("a", "a", "a", "a")
    totals_after("a")
    # Five who change their minds are five new votes; one who does it five times is one.
    voters = [row.enrolment for row in Vote.objects.order_by("id")]
    totals_after("b", "a", "b", "a", "b", who=[voters[0]] * 5)
    totals_after(*"bbbb", who=[voters[1], *voters[5:8]])

    assert seen == [
        (4, 0, {}),
        (5, 5, {"a": 2, "b": 3}),
        (9, 5, {"a": 2, "b": 3}),
        (10, 10, {"a": 7, "b": 3}),
        (10, 10, {"a": 7, "b": 3}),
        (10, 10, {"a": 2, "b": 8}),
    ]


def test_words_show_to_nobody_while_the_poll_is_open(live):
    run = ask(live, WORD)
    for number in range(6):
        cast(run, WORD, f"word {number}", second=6 * number)

    run.refresh_from_db()
    assert (run.counted, run.totals, run.words.count()) == (6, {}, 0)


def test_one_poll_is_open_at_a_time_and_results_wait_for_its_end(live):
    run = ask(live)

    assert ask(live) == run
    with pytest.raises(AnotherPollIsOpen):
        ask(live, MULTIPLE)
    with pytest.raises(PollIsOpen):
        show_results(run, by=TRAINER, at=NOW)


def test_a_poll_is_asked_again_and_a_stale_press_asks_nothing(live):
    first = close_poll(ask(live), by=TRAINER, at=NOW)
    again = open_poll(live, SINGLE, by=TRAINER, at=NOW, expected=str(first.uuid))
    close_poll(again, by=TRAINER, at=NOW)

    assert again != first
    with pytest.raises(PollMovedOn):
        open_poll(live, SINGLE, by=TRAINER, at=NOW, expected=str(first.uuid))
    with pytest.raises(PollMovedOn):
        open_poll(live, SINGLE, by=TRAINER, at=NOW, expected="")


def test_closing_and_showing_twice_change_nothing(live):
    run = ask(live)
    cast(run, SINGLE, "a")
    for _ in range(2):
        close_poll(run, by=TRAINER, at=NOW)
    for _ in range(2):
        run = show_results(run, by=TRAINER, at=NOW)

    assert run.totals == {"a": 1}
    kinds = [kind for _, kind, _ in log_of(live)]
    assert kinds == ["ClassBegan", "PollOpened", "PollCounted", "PollClosed", "ResultsShown"]


def test_ending_the_class_closes_its_poll(live):
    run = ask(live)

    end_class(live, by=TRAINER, at=NOW)

    run.refresh_from_db()
    assert run.closed_at == NOW
    assert LiveClass.objects.get(session=live).state == ClassState.ENDED
    assert [seq for seq, *_ in log_of(live)] == [1, 2, 3, 4]


def whole_database():
    """Give every row of every table, as (table, values)."""
    return [
        (model._meta.label, row)
        for model in apps.get_models(include_auto_created=True)
        for row in model.objects.values()
    ]


@pytest.mark.parametrize("poll", [SINGLE, MULTIPLE, SCALE, WORD], ids=lambda poll: poll.kind)
def test_after_closing_no_row_joins_a_person_or_a_moment_with_a_choice(live, poll):
    run, choices = ask(live, poll), [option.key for option in poll.options] or ["mercy", "patience"]
    voters = {}
    for number in range(12):
        who = EnrolmentFactory(edition=live.edition)
        for again in range(2):
            chosen = choices[(number + again) % len(choices)]
            cast(run, poll, chosen, who=who, second=7 * number + again, write_id=new_uuid())
        voters[who.pk] = f"enrolment:{who.pk}"
    closed_at = NOW + timedelta(hours=1)
    show_results(close_poll(run, by=TRAINER, at=closed_at), by=TRAINER, at=closed_at)

    rows = whole_database()

    assert [label for label, _ in rows if label == "classroom.Vote"] == []
    assert [label for label, _ in rows if label == "kernel.WriteReceipt"] == []
    named = [row for _, row in rows if row.get("actor_key") in voters.values()]
    assert named == []
    # Totals stand in the run, in the words and in the event that showed them: all of the hour of closing.
    assert {label for label, row in rows if row.get("votes") or row.get("totals")} <= {
        "classroom.PollRun",
        "classroom.PollWord",
    }
    told = [row for label, row in rows if label == "classroom.ClassEvent"]
    assert all(row["enrolment_id"] is None for row in told)
    while_open = [row for row in told if row["kind"] == "PollCounted"]
    assert while_open
    assert all(set(row["payload"]) == {"run", "votes"} for row in while_open)
    assert {row["at"] for row in told if "counts" in row["payload"]} == {closed_at}


@pytest.mark.django_db(transaction=True)
def test_sixty_votes_at_once_are_counted_exactly():
    session = SessionFactory()
    begin_class(session, None, by=TRAINER, at=NOW)
    run = ask(session)
    voters = EnrolmentFactory.create_batch(60, edition=session.edition)
    ready, failed = threading.Barrier(10), []

    def send(mine):
        try:
            ready.wait()
            for number in mine:
                option = "a" if number % 3 else "b"
                cast(run, SINGLE, option, who=voters[number], second=number)
        except Exception as error:  # noqa: BLE001 - told to the test, which runs on another thread
            failed.append(error)
        finally:
            connection.close()

    senders = [threading.Thread(target=send, args=(range(n, 60, 10),)) for n in range(10)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    run = close_poll(run, by=TRAINER, at=NOW)

    assert failed == []
    assert (run.counted, run.totals) == (60, {"a": 40, "b": 20})
    seqs = ClassEvent.objects.filter(session=session).order_by("seq").values_list("seq", flat=True)
    assert list(seqs) == list(range(1, len(seqs) + 1))
