"""What nobody may do in a class: act for the trainer, follow by another's ticket, press what is past."""

from sabaq.ops.rehearsal.following import LongPoller
from sabaq.ops.rehearsal.play import must
from sabaq.ops.rehearsal.room import Room, id_of
from sabaq.ops.rehearsal.wire import Answer, Browser


def refuse_strangers(room: Room) -> None:
    """A stale press; a participant at the console; a ticket shown at another door; a forged one."""
    play, browser = room.play, room.play.of(next(iter(room.present.values())))
    earlier, past, now = room.slides[-3:]
    stale = _slide(room, room.colleague, past, earlier)
    play.refuses("a slide shown from a place that is past", stale, 409)
    answer = _slide(room, browser, now, past)
    play.refuses("a participant's act at the console", answer, 403, 404)
    for act in ("begin", "end"):
        answer = browser.post(f"{room.teach}{act}/", None, quick=True)
        play.refuses("a participant's act at the console", answer, 403, 404)
    follower = LongPoller(browser, id_of(play, play.stage.session("closing")))
    follower.ticket = browser.go(f"{room.path}ticket/").json()["ticket"]
    play.refuses("a ticket of another session", browser.get(follower.path("poll", after=0)), 403)
    follower = LongPoller(browser, room.id)
    follower.ticket = "forged"
    play.refuses("a forged ticket", browser.get(follower.path("poll", after=0)), 403)


def _slide(room: Room, browser: Browser, expected: str, slide: str) -> Answer:
    fields = {"slide": slide, "expected": expected}
    return browser.post(f"{room.teach}slide/", fields, quick=True)


def both_trainers_press(room: Room) -> None:
    """Both trainers press "next" on what both see: the class goes on by one slide, and the log has one event."""
    now, following = room.slides[-1], room.slides[-2]
    room.show(following)
    must(_slide(room, room.colleague, now, following), 204, 409)
