"""Calls for help: one open a person, answered once, and forgotten with the class."""

from datetime import timedelta

import pytest

from sabaq.classroom.enums import Trouble
from sabaq.classroom.errors.running import ClassHasEnded
from sabaq.classroom.models import ClassEvent, HelpCall
from sabaq.classroom.queries.helping import REPLY_STANDS_FOR, open_help_calls, own_help_call
from sabaq.classroom.services.helping import Circumstances, answer_help, call_help
from sabaq.classroom.services.running import begin_class, end_class
from sabaq.people.actors import acting
from tests.factories import NOW, EnrolmentFactory, SessionFactory

pytestmark = pytest.mark.django_db
HOST = acting("Host", account_id=7)
SHE = acting("She")
PHONE = Circumstances("Chrome 130, Android", 360, "3g", 900, "stream", 12)


@pytest.fixture
def session():
    return SessionFactory()


@pytest.fixture
def she(session):
    return EnrolmentFactory(edition=session.edition).pk


def called(session, she, trouble=Trouble.STUCK, text="It stands still", at=NOW):
    return call_help(session, trouble, text, PHONE, enrolment_id=she, by=SHE, at=at)


def test_help_is_called_also_before_the_class_begins(session, she):
    call = called(session, she)

    assert list(open_help_calls(session)) == [call]
    row = ClassEvent.objects.get(session=session)
    assert (row.kind, row.audience, row.enrolment_id) == ("HelpCalled", "one", she)
    assert row.payload == {"call": str(call.uuid), "enrolment": she}


def test_calling_again_renews_the_open_call_and_keeps_its_place(session, she):
    first = called(session, she)
    again = called(session, she, Trouble.SENSES, "No slide", NOW + timedelta(minutes=1))

    assert again == first
    assert (again.trouble, again.text, again.called_at) == ("senses", "No slide", NOW)


def test_a_call_is_answered_once_and_the_reply_stands_for_a_while(session, she):
    call = called(session, she)
    answer_help(call, "Reload the page", by=HOST, at=NOW)
    answer_help(call, "Something else", by=HOST, at=NOW + timedelta(minutes=1))

    assert list(open_help_calls(session)) == []
    soon, late = NOW + timedelta(minutes=5), NOW + REPLY_STANDS_FOR
    assert own_help_call(session, she, at=soon).reply == "Reload the page"
    assert own_help_call(session, she, at=late) is None
    assert [row.kind for row in ClassEvent.objects.filter(session=session)] == [
        "HelpCalled",
        "HelpAnswered",
    ]


def test_a_reply_is_kept_without_what_no_eye_can_see(session, she):
    replied = answer_help(called(session, she), " Reload\x00 ", by=HOST, at=NOW)

    assert replied.reply == "Reload"


def test_nothing_that_was_written_or_measured_outlives_the_class(session, she):
    begin_class(session, None, by=HOST, at=NOW)
    answer_help(called(session, she), "Reload", by=HOST, at=NOW)
    called(session, she)
    end_class(session, by=HOST, at=NOW + timedelta(hours=1))

    kept = HelpCall.objects.order_by("id").values_list(
        "trouble", "text", "reply", "browser", "screen_width", "connection", "round_trip_ms",
        "following", "silent_seconds", "answered_at",
    )  # fmt: skip
    nothing = ("stuck", "", "", "", None, "", None, "", None)
    assert list(kept) == [(*nothing, NOW), (*nothing, NOW + timedelta(hours=1))]
    with pytest.raises(ClassHasEnded):
        called(session, she)
