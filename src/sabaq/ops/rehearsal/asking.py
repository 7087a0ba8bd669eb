"""What is written and asked in class: questions, hands, announcements, and what of it is removed."""

from collections.abc import Sequence

from sabaq.ops.rehearsal.ledger import STAFF, Officer
from sabaq.ops.rehearsal.play import must
from sabaq.ops.rehearsal.room import Room

QUESTIONS = {
    "en": "What if no woman officer is on shift? ({})",
    "ru": "Что делать, если в смене нет сотрудницы? ({})",
}
REMOVED_QUESTION = "A question that names a real case, and must go."
REMOVED_ANNOUNCEMENT = "A telephone number that nobody should have announced."
STANDING_ANNOUNCEMENT = "We go on at five past."


def raise_hands(room: Room) -> None:
    """Three hands go up; one is given the word, and each goes down again."""
    for place, officer in enumerate(_some(room, 3)):
        to = str(officer.number)
        _hand(room, officer, "up")
        room.posted("HandRaised", to=to)
        hand = room.trainer.go(room.teach).page.having("data-hand")[-1].get("data-hand")
        if place == 0:
            room.act(f"hands/{hand}/call", None, "HandCalled", to=to)
        if place == 1:
            _hand(room, officer, "down")
            room.posted("HandLowered", to=to)
        else:
            room.act(f"hands/{hand}/lower", None, "HandLowered", to=to)


def _hand(room: Room, officer: Officer, way: str) -> None:
    fields = {"hand": way, "write_id": room.play.write_id()}
    must(room.play.of(officer).post(f"{room.path}hand/", fields, quick=True), 204)


def ask_questions(room: Room) -> None:
    """Ask with and without a name; the trainers release, answer and remove; a colleague has it too."""
    askers = _some(room, 4)
    asked = [_ask(room, one, number, named=number % 2 == 0) for number, one in enumerate(askers)]
    for question in asked:
        _treat(room, question, "release", "QuestionReleased")
    room.leads += 1
    for question in asked[:2]:
        _support(room, question, askers[-1])
        _treat(room, question, "answer", "QuestionAnswered")
    removed = _ask(room, askers[0], len(askers), named=False, text=REMOVED_QUESTION)
    _refuse_to_show(room, askers[-1])
    _treat(room, removed, "remove", "TextRemoved")
    room.play.ledger.bury(room.id, "QuestionAsked")
    _is_gone(room, askers[0], REMOVED_QUESTION)


def announce(room: Room) -> None:
    """Announce two things, and remove the text of one for good."""
    for text in (STANDING_ANNOUNCEMENT, REMOVED_ANNOUNCEMENT):
        fields = {"text-en": text, "write_id": room.play.write_id()}
        room.act("announcements", fields, "AnnouncementPosted")
        room.play.ledger.wrote(room.id, text, stands=text == STANDING_ANNOUNCEMENT)
    page = room.trainer.go(room.teach).page
    card = next(
        node for node in page.having("data-announcement") if REMOVED_ANNOUNCEMENT in node.text
    )
    path = next(form.action for form in card.forms() if form.action.endswith("/remove/"))
    room.act(path.removeprefix(room.teach).strip("/"), None, "TextRemoved")
    room.play.ledger.bury(room.id, "AnnouncementPosted")
    _is_gone(room, _some(room, 1)[0], REMOVED_ANNOUNCEMENT)


def _some(room: Room, count: int) -> Sequence[Officer]:
    return list(room.present.values())[:count]


def _ask(room: Room, officer: Officer, number: int, *, named: bool, text: str = "") -> str:
    """Ask, twice under one write id as after a lost answer; give the question's id."""
    before = _questions(room)
    text = text or QUESTIONS[officer.language].format(number)
    fields = {
        "text": text,
        "language": officer.language,
        "named": "1" if named else "",
        "write_id": room.play.write_id(),
    }
    for _ in range(2):
        must(room.play.of(officer).post(f"{room.path}questions/", fields, quick=True), 204)
    room.posted("QuestionAsked", to=str(officer.number) if named else STAFF)
    room.play.ledger.wrote(room.id, text, stands=text != REMOVED_QUESTION)
    (question,) = _questions(room) - before
    return question


def _questions(room: Room) -> set[str]:
    page = room.trainer.go(room.teach).page
    return {node.get("data-question") for node in page.having("data-question")}


def _treat(room: Room, question: str, act: str, kind: str) -> None:
    room.act(f"questions/{question}", {"act": act}, kind)


def _support(room: Room, question: str, officer: Officer) -> None:
    path = f"{room.path}questions/{question}/me-too/"
    must(room.play.of(officer).post(path, {"wanted": "1"}, quick=True), 204, 409)


def _refuse_to_show(room: Room, colleague: Officer) -> None:
    """What is not released is not on a colleague's page."""
    page = room.play.of(colleague).go(room.path)
    room.play.refusal(
        "a colleague reads what is not released", accepted=REMOVED_QUESTION in page.text
    )


def _is_gone(room: Room, officer: Officer, text: str) -> None:
    for browser in (room.play.of(officer), *room.trainers):
        path = room.path if browser is room.play.of(officer) else room.teach
        if text in browser.go(path).text:
            room.play.mismatches.append(f"{room.session.key}: a removed text still stands: {text}")
