"""Everything that may happen in a class, by name: `ACTS[name](world, n)`. A new act is one line.

`n` is any number, by which an act chooses whom or what. An act that makes no sense just now is refused as
the services refuse it, and changes nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model, QuerySet

from sabaq.classroom.enums import Trouble
from sabaq.classroom.models import (
    Announcement,
    Caption,
    FloorGrant,
    Hand,
    HelpCall,
    PollWord,
    Question,
    SpotPoll,
)
from sabaq.classroom.queries.booths import on_air
from sabaq.classroom.queries.polls import (
    current_poll,
    own_vote,
    poll_of,
    uncounted_polls,
)
from sabaq.classroom.queries.questions import uncounted_questions
from sabaq.classroom.queries.running import class_of
from sabaq.classroom.services import (
    announcements,
    booths,
    captions,
    floor,
    hands,
    helping,
    polls,
    questions,
    spot_polls,
)
from sabaq.classroom.services.moving import Move, move_session
from sabaq.classroom.services.presence import note_presence
from sabaq.classroom.services.questions import Asker
from sabaq.classroom.services.running import begin_class, end_class, show_slide
from sabaq.classroom.services.timekeeping import see_five_minutes, send_five_minutes
from sabaq.courses.models import Edition, Session
from sabaq.courses.packs import Deck, Poll, PollKind
from sabaq.enrolment.models import Enrolment
from sabaq.kernel.errors import DomainError
from sabaq.kernel.i18n import values_of
from sabaq.people.actors import Actor, Grant, acting
from sabaq.people.enums import Role
from sabaq.people.models import Account
from tests.factories import NOW

STAFF = acting("Trainer", account_id=7)
STEP = timedelta(seconds=7)


class NothingToDo(Exception):
    """There is nothing of the kind to act on."""


@dataclass
class World:
    """One class: its session, its participants, and the moment it is."""

    session: Session
    deck: Deck
    polls: Sequence[Poll]
    people: Sequence[Enrolment]
    at: datetime = NOW
    acted: set[int] = field(default_factory=set)
    # Texts that are for staff, and for whoever wrote them, until they are released.
    secrets: set[str] = field(default_factory=set)
    written_by: dict[int, set[str]] = field(default_factory=dict)
    # Words that polls were answered by, whose they are, and those that everybody was shown.
    words: dict[str, int] = field(default_factory=dict)
    shown_words: set[str] = field(default_factory=set)

    def do(self, name: str, number: int) -> None:
        """Do the act, unless the class's rules refuse it."""
        self.at += STEP
        self.session = Session.objects.select_related("edition__version").get(pk=self.session.pk)
        try:
            ACTS[name](self, number)
        except (DomainError, NothingToDo):
            self.acted.clear()

    def tell_counts(self) -> None:
        """Tell the numbers that have changed, as the live reader does every second."""
        self.at += STEP
        for run in uncounted_polls([self.session.pk], counted_before=self.at - STEP):
            polls.count_votes(run, at=self.at)
        for question in uncounted_questions([self.session.pk], counted_before=self.at - STEP):
            questions.count_supporters(question, at=self.at)

    @property
    def staff(self) -> dict[str, Any]:
        return {"by": STAFF, "at": self.at}

    def her(self, number: int) -> int:
        """Choose the participant who acts; her page is refreshed when it is done."""
        pk = self.people[number % len(self.people)].pk
        self.acted.add(pk)
        return pk

    def hers(self, number: int) -> dict[str, Any]:
        pk = self.her(number)
        return {"enrolment_id": pk, "by": acting("She"), "at": self.at}

    def one(self, rows: QuerySet[Any], number: int) -> Any:
        found: list[Model] = list(rows.order_by("pk"))
        if not found:
            raise NothingToDo
        return found[number % len(found)]

    def question(self, number: int) -> Question:
        return self.one(Question.objects.filter(session=self.session), number)

    def announcement(self, number: int) -> Announcement:
        return self.one(Announcement.objects.filter(session=self.session), number)

    def run(self) -> Any:
        run = current_poll(self.session)
        if run is None:
            raise NothingToDo
        return run

    def secret(self, what: str, author: int | None = None) -> str:
        """Give a text that nobody has written before, and that is for staff until it is released."""
        text = f"{what} of {self.at:%H:%M:%S}, to be kept"
        self.secrets.add(text)
        if author is not None:
            self.written_by.setdefault(author, set()).add(text)
        return text


def show(w: World, n: int) -> None:
    slide = w.deck.slides[n % len(w.deck.slides)].id
    show_slide(w.session, w.deck, slide, expected=class_of(w.session).slide, **w.staff)


def vote(w: World, n: int) -> None:
    run = w.run()
    poll = polls.poll_that_is(poll_of(w.session, run.poll))
    her = w.her(n)
    word = f"word{n}of{her}"
    choices = [poll.options[n // 3 % len(poll.options)].key] if poll.options else [word]
    polls.vote(run, poll, choices, enrolment_id=her, at=w.at)
    assert own_vote(run, enrolment_id=her) is not None
    if not poll.options:
        w.words[word] = her


def show_results(w: World, _: int) -> None:
    run = polls.show_results(w.run(), **w.staff)
    w.shown_words |= set(run.words.values_list("word", flat=True))


def ask(w: World, n: int, *, is_named: bool) -> None:
    asker = Asker(w.her(n), is_named=is_named)
    text = w.secret("Question", asker.enrolment_id)
    questions.ask_question(w.session, text, language="en", asker=asker, by=acting("She"), at=w.at)


def release(w: World, n: int) -> None:
    question = questions.release_question(w.question(n), **w.staff)
    w.secrets.discard(question.text)


def support(w: World, n: int) -> None:
    question, her = w.question(n), w.her(n // 2)
    questions.support_question(question, enrolment_id=her, is_wanted=n % 5 > 0, at=w.at)


def write_poll(w: World, n: int) -> None:
    kind = list(PollKind)[n % len(PollKind)]
    lines = "One\nTwo" if kind in {PollKind.SINGLE, PollKind.MULTIPLE} else ""
    fields = {"language": "en", "question": w.secret("Poll"), "lines": lines}
    spot_polls.write_poll(w.session, kind=kind, **fields, **w.staff)


def open_spot_poll(w: World, n: int) -> None:
    spot = w.one(SpotPoll.objects.filter(session=w.session), n)
    poll = polls.poll_that_is(poll_of(w.session, str(spot.uuid)))
    polls.open_poll(w.session, poll, **w.staff)
    w.secrets -= set(values_of(spot.question).values())


def announce(w: World, n: int) -> None:
    announcements.announce(w.session, {"en": f"Announcement {n}"}, **w.staff)


def translate_poll(w: World, n: int) -> None:
    spot = w.one(SpotPoll.objects.filter(session=w.session), n)
    said = [f"Ответ {n}.{i}" for i, option in enumerate(spot.options) if option["text"]]
    fields = {"language": "ru", "question": f"Вопрос {n}?", "texts": said}
    spot_polls.translate_poll(w.session, str(spot.uuid), **fields, **w.staff)


def translate_question(w: World, n: int) -> None:
    question = w.question(n)
    stands = question.translations.filter(language="ru").first()
    seen = stands.text if stands else ""
    questions.translate_question(question, "ru", f"Перевод {n}", seen=seen, **w.staff)


def translate_announcement(w: World, n: int) -> None:
    said, seen = w.announcement(n), values_of(w.announcement(n).text).get("ru", "")
    announcements.translate_announcement(said, "ru", f"Объявление {n}", seen=seen, **w.staff)


def take_back(w: World, n: int) -> None:
    question, her = w.question(n), w.her(n // 2)
    questions.take_back_question(question, enrolment_id=her, on_this_device=(), at=w.at)


def call_help(w: World, n: int) -> None:
    hers, circumstances = w.hers(n), helping.Circumstances(browser="Secret 130")
    text = w.secret("Trouble", hers["enrolment_id"])
    helping.call_help(w.session, Trouble.STUCK, text, circumstances, **hers)


def remove_word(w: World, n: int) -> None:
    word = w.one(PollWord.objects.filter(run__session=w.session), n)
    polls.remove_word(w.session, word.uuid, **w.staff)


def discard_poll(w: World, n: int) -> None:
    spot = w.one(SpotPoll.objects.filter(session=w.session), n)
    spot_polls.discard_poll(w.session, str(spot.uuid), **w.staff)


def remove_poll(w: World, n: int) -> None:
    spot = w.one(SpotPoll.objects.filter(session=w.session), n)
    spot_polls.remove_poll(w.session, spot, **w.staff)


def interpret(w: World, n: int) -> None:
    """One of two interpreters who share a booth does one of the things that can be done there."""
    account = Account.objects.get_or_create(
        email=f"interpreter-{n % 2}@example.org", defaults={"created_at": w.at}
    )[0]
    by: dict[str, Any] = {"by": acting("Interpreter", account_id=account.pk), "at": w.at}
    seat = booths.enter_booth(w.session, "en", "ru", **by)
    heard = on_air(w.session.pk).first()
    seen = heard.turn if heard else None
    acts: list[Callable[[], object]] = [
        lambda: booths.go_on_air(w.session, seen=seen, **by),
        lambda: booths.ask_handover(w.session, **by),
        lambda: booths.hand_over(w.session, seen=seen, **by),
        lambda: booths.turn_round(w.session, seat.other, **by),
        lambda: booths.ask_no_longer(w.session, **by),
        lambda: booths.ask_to_slow_down(w.session, **by),
        lambda: booths.leave_air(w.session, account.pk, **by),
    ]
    acts[n // 2 % len(acts)]()


def move(w: World, n: int) -> None:
    by, minutes = host_of(w.session.edition), timedelta(minutes=n)
    wanted = Move(w.session.starts_at + minutes, w.session.ends_at + 2 * minutes)
    move_session(w.session, wanted, by=by, at=w.at)


def host_of(edition: Edition) -> Actor:
    return Actor("Host", grants=frozenset({Grant(Role.HOST, edition_id=edition.pk)}))


ACTS: dict[str, Callable[[World, int], object]] = {
    "begin": lambda w, n: begin_class(w.session, w.deck, **w.staff),
    "show a slide": show,
    "end": lambda w, n: end_class(w.session, **w.staff) if n > 6 else None,
    "open a poll": lambda w, n: polls.open_poll(w.session, w.polls[n % len(w.polls)], **w.staff),
    "write a poll": write_poll,
    "translate a poll": translate_poll,
    "open a poll made on the spot": open_spot_poll,
    "discard a poll": discard_poll,
    "remove a poll": remove_poll,
    "move the session": move,
    "vote": vote,
    "close the poll": lambda w, n: polls.close_poll(w.run(), **w.staff),
    "show results": show_results,
    "remove a word": remove_word,
    "ask": lambda w, n: ask(w, n, is_named=True),
    "ask without a name": lambda w, n: ask(w, n, is_named=False),
    "release": release,
    "support": support,
    "answer": lambda w, n: questions.answer_question(w.question(n), **w.staff),
    "reopen": lambda w, n: questions.reopen_question(w.question(n), **w.staff),
    "merge": lambda w, n: questions.merge_questions(w.question(n), w.question(n + 1), **w.staff),
    "translate a question": translate_question,
    "take a question back": take_back,
    "remove a question": lambda w, n: questions.remove_question(w.question(n), **w.staff),
    "raise a hand": lambda w, n: hands.raise_hand(w.session, **w.hers(n)),
    "call a hand": lambda w, n: hands.call_hand(
        w.one(Hand.objects.filter(session=w.session), n), **w.staff
    ),
    "give the floor": lambda w, n: floor.grant_floor(
        w.one(Hand.objects.filter(session=w.session), n), **w.staff
    ),
    "take the floor": lambda w, n: floor.take_floor(
        w.one(FloorGrant.objects.filter(session=w.session), n), **w.staff
    ),
    "lower a hand": lambda w, n: hands.lower_hand(
        w.one(Hand.objects.filter(session=w.session), n), **w.staff
    ),
    "announce": announce,
    "translate an announcement": translate_announcement,
    "withdraw": lambda w, n: announcements.withdraw_announcement(w.announcement(n), **w.staff),
    "remove it": lambda w, n: announcements.remove_announcement(w.announcement(n), **w.staff),
    "say a caption": lambda w, n: captions.say_caption(
        w.session, ("en", "ru")[n % 2], f"Line {n}", **w.staff
    ),
    "remove a caption": lambda w, n: captions.remove_caption(
        w.one(Caption.objects.filter(session=w.session), n), **w.staff
    ),
    "call for help": call_help,
    "answer a call": lambda w, n: helping.answer_help(
        w.one(HelpCall.objects.filter(session=w.session), n), "Reload", **w.staff
    ),
    "five minutes": lambda w, n: send_five_minutes(w.session, **w.staff),
    "five minutes seen": lambda w, n: see_five_minutes(w.session, told_since=w.at, **w.staff),
    "speak another language": lambda w, n: floor.set_floor_language(
        w.session, ("en", "ru")[n % 2], **w.staff
    ),
    "interpret": interpret,
    "come": lambda w, n: note_presence(w.session.pk, {p.pk for p in w.people[: n % 4]}, at=w.at),
    "a while passes": lambda w, n: w.tell_counts(),
}
