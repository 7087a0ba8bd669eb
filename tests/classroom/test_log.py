"""The log is gapless and in order, whoever writes at once."""

import threading

import pytest
from django.db import connection

from sabaq.classroom.events import KINDS, read_event
from sabaq.classroom.events.polls import PollCounted
from sabaq.classroom.events.running import SlideShown
from sabaq.classroom.log import append, locked_class
from sabaq.classroom.models import ClassEvent
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
    for event in (SlideShown("one", "h"), PollCounted("run", 7)):
        assert read_event(event.kind, event.payload()) == event
    assert all(name == kind.__name__ for name, kind in KINDS.items())
