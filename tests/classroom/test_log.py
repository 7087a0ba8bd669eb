"""The log is gapless and in order, whoever writes at once."""

import itertools
import threading

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from sabaq.classroom.events import KINDS, SlideShown, VoteCast, read_event
from sabaq.classroom.log import append, locked_class
from sabaq.classroom.models import ClassEvent
from sabaq.classroom.rules import minutes_of, union
from sabaq.people.actors import acting
from tests.factories import NOW, SessionFactory


@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_leave_no_gap_and_no_double():
    session = SessionFactory()

    def write():
        try:
            for number in range(10):
                with locked_class(session) as live:
                    append(live, SlideShown(str(number), "h"), by=acting("T"), at=NOW)
        finally:
            connection.close()

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    seqs = ClassEvent.objects.filter(session=session).order_by("id").values_list("seq", flat=True)
    assert list(seqs) == list(range(1, 41))


@pytest.mark.django_db(transaction=True)
def test_an_effect_that_fails_takes_its_event_with_it():
    session = SessionFactory()

    def stumble():
        with locked_class(session) as live:
            append(live, SlideShown("one", "h"), by=acting("T"), at=NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        stumble()
    with locked_class(session) as live:
        append(live, SlideShown("two", "h"), by=acting("T"), at=NOW)

    assert [(row.seq, row.payload["slide"]) for row in ClassEvent.objects.all()] == [(1, "two")]


def test_every_event_is_read_back_as_it_was_written():
    for event in (SlideShown("one", "h"), VoteCast("run", 7, "a")):
        assert read_event(event.kind, event.payload()) == event
    assert all(name == kind.__name__ for name, kind in KINDS.items())


moments = st.datetimes(
    min_value=NOW.replace(tzinfo=None), max_value=NOW.replace(tzinfo=None, year=2028)
)


@given(st.lists(st.tuples(moments, moments).map(lambda pair: (min(pair), max(pair))), max_size=12))
def test_the_union_is_apart_in_order_and_never_longer_than_its_parts(intervals):
    joined = union(intervals)

    assert all(earlier[1] < later[0] for earlier, later in itertools.pairwise(joined))
    assert (
        minutes_of(intervals)
        <= sum((end - start).total_seconds() / 60 for start, end in intervals) + 1e-6
    )
    assert all(any(a <= start and end <= b for a, b in joined) for start, end in intervals)
