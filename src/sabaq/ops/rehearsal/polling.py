"""Polls in class: one of the pack, voted over a bad line; one made on the spot, with a word that is removed."""

from sabaq.ops.rehearsal.habits import Habit
from sabaq.ops.rehearsal.ledger import Officer
from sabaq.ops.rehearsal.pages import Node
from sabaq.ops.rehearsal.play import must
from sabaq.ops.rehearsal.room import Room
from sabaq.ops.rehearsal.wire import Answer, Unexpected

WORDS = ("терпение", "patience", "hurmat", "respect", "time")
# What nobody should have written; the trainer removes it before the words are shown.
REMOVED_WORD = "Podpolkovnik-Example"
ABSTAINS = 0.1


def hold_prepared_poll(room: Room) -> None:
    """Ask the first poll of the pack, take votes, some changed and some sent twice; close it, show the results."""
    poll = _cards(room)[0]
    key = poll.get("data-poll-key")
    options = [node.get("data-option") for node in poll.having("data-option")]
    room.play.ledger.poll_options[key] = options
    room.play.ledger.votes[key] = {}
    room.act(f"polls/{key}/open", None, "PollOpened")
    address = _address(room)
    voters = list(room.present.values())
    for number, officer in enumerate(voters):
        if number == 0:
            _refuse_bad_votes(room, key, address, officer)
        elif number > 2 and room.play.rng.random() < ABSTAINS:
            continue
        _vote(room, key, address, officer, twice=number == 1)
        if number == 2 or room.play.habit(officer) == Habit.TWO_DEVICES:
            _vote(room, key, address, officer, device=" second")
    room.act(f"polls/{key}/close", None, "PollClosed")
    late = _cast(room, address, voters[0], options[0], room.play.write_id())
    room.play.refuses("a vote after the poll", late, 404, 409)
    room.act(f"polls/{key}/results", None, "ResultsShown")
    _compare(room, key, "data-option")


def hold_poll_of_words(room: Room) -> None:
    """Make a poll on the spot, take a word of each, remove one of them, and show the rest."""
    play = room.play
    asked = {"kind": "word", "language": "ru", "question": "Одно слово о сегодняшнем дне"}
    fields = {**asked, "lines": "", "then": "ask", "write_id": play.write_id()}
    room.act("polls/write", fields, "PollWritten", "PollOpened")
    key = _open_poll(room)
    play.ledger.poll_options[key], play.ledger.votes[key] = list(WORDS), {}
    address = _address(room)
    voters = list(room.present.values())
    for officer in voters[1:]:
        _vote(room, key, address, officer)
    must(_cast(room, address, voters[0], REMOVED_WORD, play.write_id()), 204)
    room.act(f"polls/{key}/close", None, "PollClosed")
    page = room.trainer.go(room.teach).page
    row = page.smallest(lambda node: REMOVED_WORD in node.text and node.forms())
    if row is None:
        raise Unexpected("the console does not show a word that was given")
    path = row.forms()[0].action.removeprefix(room.teach).strip("/")
    room.act(path, None, "TextRemoved")
    play.ledger.wrote(room.id, REMOVED_WORD, stands=False)
    room.act(f"polls/{key}/results", None, "ResultsShown")
    _compare(room, key, "")


def _cards(room: Room) -> list[Node]:
    return room.trainer.go(room.teach).page.having("data-poll-key")


def _open_poll(room: Room) -> str:
    """Give the key of the poll that can be closed."""
    for form in room.trainer.go(room.teach).page.having("data-open-poll"):
        return form.get("data-open-poll")
    raise Unexpected("no poll is open")


def _address(room: Room) -> str:
    """Give where votes of the open poll go."""
    officer = next(iter(room.present.values()))
    for form in room.play.of(officer).go(room.path).page.forms():
        if form.action.endswith("/vote/"):
            return form.action
    raise Unexpected("a participant's page shows no poll")


def _vote(
    room: Room, key: str, address: str, officer: Officer, *, twice: bool = False, device: str = ""
) -> None:
    play = room.play
    option, write_id = play.rng.choice(play.ledger.poll_options[key]), play.write_id()
    for _ in range(2 if twice else 1):
        must(_cast(room, address, officer, option, write_id, device=device), 204)
    play.ledger.votes[key][officer.number] = option


def _cast(
    room: Room, address: str, officer: Officer, option: str, write_id: str, *, device: str = ""
) -> Answer:
    browser = room.play.of(officer, device=device if _has(room, officer) else "")
    return browser.post(address, {"option": option, "write_id": write_id}, quick=True)


def _has(room: Room, officer: Officer) -> bool:
    """Tell whether she has signed in on a second device."""
    return room.play.habit(officer) == Habit.TWO_DEVICES


def _refuse_bad_votes(room: Room, key: str, address: str, officer: Officer) -> None:
    play, options = room.play, room.play.ledger.poll_options[key]
    beyond = _cast(room, address, officer, "zz", play.write_id())
    play.refuses("a vote for nothing on offer", beyond, 400, 404, 422)
    first, second = play.write_id(), play.write_id()
    must(_cast(room, address, officer, options[0], first), 204)
    must(_cast(room, address, officer, options[1], second), 204)
    # The first sending comes once more, late: the phone had not heard the answer. It changes nothing.
    must(_cast(room, address, officer, options[0], first), 204)
    play.ledger.votes[key][officer.number] = options[1]
    empty = play.of(officer).post(address, {"write_id": play.write_id()}, quick=True)
    play.refuses("a vote for nothing at all", empty, 400, 422)


def _compare(room: Room, key: str, named_by: str) -> None:
    """Read the totals as a participant sees them; an option is named by an attribute, a word by itself."""
    play = room.play
    page = play.of(next(iter(room.present.values()))).go(room.path).page
    shown = [node for part in page.having("data-poll") for node in part.having("data-votes")]
    totals = {
        node.get(named_by) if named_by else node.names()[0]: int(node.get("data-votes"))
        for node in shown
    }
    where = f"poll {key}" if named_by else f"words {room.session.key}"
    expected = play.ledger.poll(key)
    if not named_by:
        expected = {word: count for word, count in expected.items() if count}
    play.compare(where, expected, totals)
