"""Act four: two days in class, two classes a day, led by two trainers, followed well or badly."""

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import zip_longest

from sabaq.ops.rehearsal.following import Follower
from sabaq.ops.rehearsal.habits import Habit
from sabaq.ops.rehearsal.ledger import Officer
from sabaq.ops.rehearsal.play import Play
from sabaq.ops.rehearsal.room import PAGE, POLL, STEP, STREAM, Room, open_room
from sabaq.ops.rehearsal.wire import Unexpected

WAYS = (STREAM, POLL, STREAM, PAGE, STREAM, POLL, STREAM)
WRITTEN_DOWN_AFTER = 1.0
# Two classes a day, each of which lasts this share of what a day needs.
SHARE = 0.8
Scene = Callable[[Room], None]
# At which steps of a class somebody of this habit goes, and comes back.
GONE = {
    Habit.SHORT_GAP: (6, 15),
    Habit.LONG_GAP: (3, 20),
    Habit.LOSES_LINE: (9, 10),
    Habit.RELOADS: (12, 12),
    Habit.TWO_DEVICES: (8, 14),
    Habit.LEFT_EARLY: (7, 99),
}
# Whose minutes go on meanwhile: by the other device, or because a line lost for less than 45 seconds is no gap.
NOT_MISSED = {Habit.TWO_DEVICES, Habit.LOSES_LINE}
LATE_AT = 6
# So many slides are shown in their order.
FORWARDS = 4
SECOND_DEVICE_GOES_AT = 18


def steps_of(play: Play) -> int:
    """Give how many steps a class lasts."""
    return round(play.ledger.threshold * 60 * SHARE / STEP.total_seconds())


def hold_class(play: Play, key: str, scenes: Mapping[int, Sequence[Scene]]) -> None:
    """Hold the class of this session; `scenes` are what happens in it after so many steps."""
    session = play.stage.session(key)
    play.clock.set(session.starts_at, rate=0.0)
    room = open_room(play, session, ways=WAYS)
    coming = [one for one in play.ledger.participants if comes(room, one)]
    for officer in coming:
        if play.habit(officer) == Habit.LATE:
            continue
        room.come(officer)
        if play.habit(officer) == Habit.TWO_DEVICES:
            second = room.new_stream(play.of(officer, device=" second"))
            second.come_back()
            room.seconds[officer.number] = second
    room.act("begin", None, "ClassBegan")
    room.slides = [_shown(room)]
    for number in range(steps_of(play)):
        _come_and_go(room, coming, number)
        for scene in scenes.get(number, ()):
            scene(room)
        room.step()
        _next_slide(room, number)
    # The server writes down every 200 ms whom it saw; the report is read only after that.
    time.sleep(WRITTEN_DOWN_AFTER)
    room.act("end", None, "ClassEnded")
    compare_what_was_seen(room)
    for stream in [room.desk, *room.streams.values(), *room.seconds.values()]:
        stream.drop()
    play.clock.set(play.clock.moment)


def comes(room: Room, officer: Officer) -> bool:
    """Tell whether she follows this class by a device of her own."""
    habit, first_day = room.play.habit(officer), is_first_day(room)
    absent = habit == Habit.ABSENT or (habit == Habit.IN_ROOM and first_day)
    gone = not first_day and (
        habit == Habit.FIRST_DAY_ONLY or (habit == Habit.LEFT_EARLY and not is_first_of_day(room))
    )
    return officer.registered and not absent and not gone


def is_first_day(room: Room) -> bool:
    return room.session.day == room.play.stage.days[0]


def is_first_of_day(room: Room) -> bool:
    """Tell whether this is the first class held on its day."""
    held = [room.play.stage.session(key) for key in room.play.classes]
    days: list[date] = [one.day for one in held if one.starts_at < room.session.starts_at]
    return room.session.day not in days


def _come_and_go(room: Room, coming: Sequence[Officer], number: int) -> None:
    for officer in coming:
        habit = room.play.habit(officer)
        if habit == Habit.LATE and number == LATE_AT:
            room.come(officer)
        goes, comes_back = GONE.get(habit, (-1, -1))
        if not _is_today(room, habit):
            continue
        if number == goes:
            room.leave(officer)
        if number == comes_back:
            room.come(officer)
        if habit == Habit.TWO_DEVICES and number == SECOND_DEVICE_GOES_AT:
            room.seconds.pop(officer.number).drop()
        if habit in NOT_MISSED and goes <= number < comes_back:
            room.present[officer.number] = officer


def _is_today(room: Room, habit: Habit) -> bool:
    """Tell whether somebody of this habit is away in this class."""
    if habit == Habit.SHORT_GAP:
        return is_first_of_day(room)
    if habit in {Habit.LONG_GAP, Habit.LEFT_EARLY}:
        return not is_first_day(room)
    return True


def _shown(room: Room) -> str:
    """Give the slide that is shown."""
    shown = room.trainer.go(room.teach).page.having("data-slide")
    if not shown:
        raise Unexpected("a class without slides has no news to follow a stream for")
    return shown[0].get("data-slide")


def _not_yet_shown(room: Room) -> str:
    """Give a slide that the console offers to go on to, and that was not shown yet."""
    for form in room.trainer.go(room.teach).page.forms():
        if form.action.endswith("/slide/"):
            for name, value in form.buttons:
                if name == "slide" and value not in room.slides:
                    return value
    raise Unexpected("the console offers no slide to go on to")


def _next_slide(room: Room, number: int) -> None:
    """Go on: forwards through the first slides, then to and fro between two, by both trainers in turns."""
    following = _not_yet_shown(room) if number < FORWARDS else room.slides[-2]
    room.leads += number % 6 == 5
    room.show(following)


def compare_what_was_seen(room: Room) -> None:
    """Compare what each follower saw with what was posted for her."""
    key, book = room.session.key, {one.number: one for one in room.play.ledger.officers}
    _count_missing(room, f"{key}: the trainer", room.desk, None)
    for number, follower in [*room.streams.items(), *room.pollers.items()]:
        _count_missing(room, f"{key}: {book[number].latin_name}", follower, book[number])


def _count_missing(room: Room, who: str, follower: Follower, officer: Officer | None) -> None:
    acts = room.play.ledger.acts[room.id]
    expected = [act.kind for act in acts if act.is_for(officer)]
    seen = [event["kind"] for event in follower.seen.acts()]
    missing = follower.seen.missing + max(0, len(expected) - len(seen))
    room.play.followers_missing += missing
    if missing or not _is_same(expected, seen):
        pairs = enumerate(zip_longest(expected, seen))
        place = next((at for at, (wanted, got) in pairs if wanted != got), len(seen))
        room.play.mismatches.append(
            f"{who} has seen {len(seen)} of {len(expected)} events; the first that differs is number "
            f"{place + 1}, and the chain broke {follower.seen.missing} times"
        )


def _is_same(expected: Sequence[str], seen: Sequence[str]) -> bool:
    """Tell whether the same was seen; what came in while she was away may have been removed since."""
    pairs = zip(expected, seen, strict=False)
    return len(expected) == len(seen) and all(got in {wanted, "Removed"} for wanted, got in pairs)
