import uuid
from datetime import timedelta

import pytest

from sabaq.kernel.models import WriteReceipt
from sabaq.kernel.writes import RECEIPTS_KEPT_FOR, WriteIdReused, forget_receipts, once
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def test_once_does_the_act_and_answers_a_replay_as_before():
    write_id, done = uuid.uuid4(), []

    first = once(
        "enrolment:1",
        write_id,
        {"option": "b"},
        lambda: {"n": len(done) or done.append(1) or 1},
        at=NOW,
    )
    second = once("enrolment:1", write_id, {"option": "b"}, lambda: {"n": 99}, at=NOW)

    assert first == ({"n": 1}, False)
    assert second == ({"n": 1}, True)
    assert WriteReceipt.objects.count() == 1


def test_once_refuses_the_same_id_with_another_body():
    write_id = uuid.uuid4()
    once("enrolment:1", write_id, {"option": "b"}, dict, at=NOW)

    with pytest.raises(WriteIdReused, match="already sent with other content"):
        once("enrolment:1", write_id, {"option": "c"}, dict, at=NOW)


def test_two_actors_may_use_the_same_id():
    write_id = uuid.uuid4()
    once("enrolment:1", write_id, {"option": "b"}, lambda: {"who": 1}, at=NOW)

    assert once("enrolment:2", write_id, {"option": "c"}, lambda: {"who": 2}, at=NOW) == (
        {"who": 2},
        False,
    )


def test_a_failed_act_leaves_no_receipt():
    def fail():
        raise RuntimeError

    with pytest.raises(RuntimeError):
        once("enrolment:1", uuid.uuid4(), {}, fail, at=NOW)

    assert WriteReceipt.objects.count() == 0


def test_receipts_are_thrown_away_after_thirty_days():
    old, young = uuid.uuid4(), uuid.uuid4()
    once("enrolment:1", old, {}, dict, at=NOW - RECEIPTS_KEPT_FOR - timedelta(seconds=1))
    once("enrolment:1", young, {}, dict, at=NOW - RECEIPTS_KEPT_FOR)

    assert forget_receipts(at=NOW) == 1
    assert [receipt.write_id for receipt in WriteReceipt.objects.all()] == [young]
