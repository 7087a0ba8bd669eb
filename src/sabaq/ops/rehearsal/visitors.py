"""Who is in class and is no participant: a room in which several sit, and a guest who comes by link."""

from sabaq.ops.rehearsal.following import StreamFollower
from sabaq.ops.rehearsal.ledger import Officer
from sabaq.ops.rehearsal.letters import LINK, refuse_link
from sabaq.ops.rehearsal.opening import enter_by_link
from sabaq.ops.rehearsal.play import Play
from sabaq.ops.rehearsal.room import Room, id_of
from sabaq.ops.rehearsal.wire import Unexpected

HALL = "Conference hall"


def make_a_room(play: Play) -> None:
    """The organiser makes the room in which some officers will sit."""
    path = f"{play.office}rooms/"
    page = play.organiser.go(path)
    form = next(form for form in page.page.forms() if "place" in form.fields)
    play.organiser.submit(page, form, {"name": HALL})


def mark_who_sits_there(room: Room, officers: list[Officer]) -> None:
    """The host ticks who sits in the room, at once for the whole class; nobody there has a line of her own."""
    play = room.play
    host = play.staff(play.stage.staff_as("host"))
    page = host.go(f"{play.office}marks/{room.id}/")
    form = next(form for form in page.page.forms() if "here" in form.options)
    here = [
        box.get("value")
        for label in page.page.all("label")
        for box in label.all("input", name="here")
        if label.names()[0] in {officer.native_name for officer in officers}
    ]
    host.submit(page, form, {"shown": form.options["here"], "here": here})
    if len(here) != len(officers):
        raise Unexpected("the list of a room does not show every participant")
    room.in_hall = officers


def invite_guest(play: Play, key: str) -> str:
    """The organiser issues a speaker's link to this session; give it."""
    identity = id_of(play, play.stage.session(key))
    page = play.organiser.go(f"{play.office}guests/")
    form = next(
        form
        for form in page.page.forms()
        if form.action.endswith("/guests/issue/") and form.fields["session"] == identity
    )
    own = play.organiser.submit(page, form)
    found = LINK.search(own.page.all("textarea")[0].text)
    if found is None:
        raise Unexpected("the text for a guest holds no link")
    return found[1]


def follow_as_guest(room: Room, link: str) -> None:
    """The guest comes in and follows; she neither votes nor acts, and no other class opens."""
    play, guest = room.play, room.play.stranger("guest")
    enter_by_link(guest, link)
    stream = StreamFollower(guest, room.id)
    play.streams.append(stream)
    stream.come_back()
    run = next(e["run"] for e in room.desk.seen.acts() if e["kind"] == "PollOpened")
    vote = guest.post(f"{room.path}polls/{run}/vote/", {"option": "a", "write_id": play.write_id()})
    play.refuses("a guest's vote", vote, 403, 404)
    play.refuses("a guest at the console", guest.post(f"{room.teach}end/", quick=True), 403, 404)
    other = id_of(play, play.stage.session("closing"))
    play.refuses("a guest in another class", guest.get(f"/class/{other}/"), 403, 404)
    stream.drop()


def refuse_expired(play: Play, link: str) -> None:
    """Days after the session the guest's link opens nothing."""
    refuse_link(play, "an expired link", link)
