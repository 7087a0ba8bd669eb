"""Presence as intervals: joined over devices, cut at midnights, counted only while the class was live."""

import itertools
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from sabaq.classroom.rules.attendance import DayCutter, minutes_of, union, within
from tests.factories import NOW

moments = st.integers(0, 5 * 24 * 60).map(lambda minute: NOW + timedelta(minutes=minute))
stretches = st.tuples(moments, moments).map(lambda pair: (min(pair), max(pair)))
zones = st.sampled_from(["Asia/Tashkent", "Asia/Bishkek", "Europe/Vienna"]).map(ZoneInfo)


@given(st.lists(stretches, max_size=12))
def test_the_union_is_apart_and_in_order_and_holds_every_part(intervals):
    joined = union(intervals)

    assert all(earlier[1] < later[0] for earlier, later in itertools.pairwise(joined))
    assert all(any(a <= start and end <= b for a, b in joined) for start, end in intervals)


@given(st.lists(stretches, max_size=12))
def test_minutes_are_those_in_which_at_least_one_device_was_there(intervals):
    each_minute = {
        minute
        for start, end in intervals
        for minute in range(
            int((start - NOW).total_seconds()), int((end - NOW).total_seconds()), 60
        )
    }

    assert minutes_of(intervals) == len(each_minute)


@given(stretches, zones)
def test_days_share_a_stretch_without_loss_and_each_gets_its_own_hours(stretch, zone):
    parts = list(DayCutter(zone).cut(stretch))

    assert parts[0][1][0] == stretch[0]
    assert parts[-1][1][1] == stretch[1]
    assert all(a[1][1] == b[1][0] for a, b in itertools.pairwise(parts))
    assert all(start.astimezone(zone).date() == day for day, (start, _) in parts)
    assert [day for day, _ in parts] == sorted({day for day, _ in parts})
    assert minutes_of(part for _, part in parts) == minutes_of([stretch])


def test_only_the_time_within_counts():
    def at(hour):
        return datetime(2027, 2, 4, hour, tzinfo=UTC)

    assert within((at(8), at(10)), at(9), at(11)) == (at(9), at(10))
    assert within((at(8), at(10)), None, at(9)) == (at(8), at(9))
    assert within((at(8), at(10)), None, None) == (at(8), at(10))
    assert within((at(8), at(9)), at(10), None) is None
