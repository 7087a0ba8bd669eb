"""Any interleaving of acts, losses and reconnects ends with what a fresh reader sees, for any audience.

And whatever a participant's connection carries, it never tells of others what is staff's alone.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from sabaq.classroom.models import PollRun, Question
from sabaq.courses.models import Edition, Session
from sabaq.courses.queries import pack_of
from sabaq.enrolment.access import cookie_for
from sabaq.enrolment.models import Enrolment
from sabaq.kernel import clock
from sabaq.people.enums import Role
from sabaq.web.classroom.stage import deck_of
from sabaq.web.live.tickets import Ticket
from tests.factories import (
    NOW,
    AccessLinkFactory,
    ContributorFactory,
    EditionFactory,
    EnrolmentFactory,
    RoomFactory,
    SessionFactory,
)
from tests.recovery.acts import ACTS, World
from tests.recovery.readers import Reader, texts_of, told_events, visible
from tests.visitors import participant_browser, staff_browser

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NAMES = ("Aynura Birinchi", "Botagoz Ekinshi", "Colpon Ucuncu")
LANGUAGES = ("ru", "en", "en")
# A history takes a second: where one fails it is shown as it is.
WITHOUT_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
ACT = st.tuples(st.sampled_from(sorted(ACTS)), st.integers(0, 9))
FOLLOWING = st.tuples(st.sampled_from(["hear", "lose", "come back"]), st.integers(0, 5))
STEPS = st.lists(st.one_of(ACT, ACT, FOLLOWING), max_size=30)
# Most classes begin.
HISTORIES = st.one_of(STEPS, STEPS.map(lambda steps: [("begin", 0), *steps]))


@dataclass
class Class:
    """What happens, and who follows.

    Three participants, an interpreter, a guest speaker, a room's screen, a projector, a trainer's console.
    """

    world: World
    readers: list[Reader]

    @property
    def people(self) -> list[Reader]:
        return self.readers[: len(NAMES)]

    @property
    def interpreter(self) -> Reader:
        return self.readers[len(NAMES)]

    @property
    def console(self) -> Reader:
        return self.readers[-1]

    def go_through(self, history: list[tuple[str, int]]) -> None:
        for name, number in history:
            with clock.frozen(self.world.at):
                self.step(name, number)
        with clock.frozen(self.world.at):
            self.world.tell_counts()
        with clock.frozen(self.world.at):
            for reader in self.readers:
                reader.come_back()
                reader.hear()
            # Who is here changes without an event: the console asks with every beat.
            self.console.refresh()

    def step(self, name: str, number: int) -> None:
        reader = self.readers[number % len(self.readers)]
        if name == "hear":
            reader.hear()
        elif name == "lose":
            reader.lose()
        elif name == "come back":
            reader.come_back()
        else:
            self.world.do(name, number)
            # Whoever acts sees at once what came of it.
            for one in self.people:
                if one.ticket.enrolment_id in self.world.acted:
                    one.refresh()
            self.world.acted.clear()


@pytest.fixture
def new_class(pack_version) -> Iterator[Callable[[], Class]]:
    """Give what opens the class anew: everything that happened in it before must have been rolled back."""
    edition = EditionFactory(version=pack_version)
    session = SessionFactory(edition=edition)
    enrolments = enrolled(edition)
    staff = staff_browser(edition, Role.TRAINER)
    pages = [
        *(
            (participant_browser(one), "classroom:now", {"enrolment_id": one.pk})
            for one in enrolments
        ),
        (staff_browser(edition, Role.INTERPRETER), "classroom:now", {}),
        (guest_of(session), "classroom:now", {}),
        (hall_of(edition), "classroom:hall_now", {}),
        (staff, "trainer:screen_now", {}),
        (staff, "trainer:desk", {"is_staff": True}),
    ]
    polls = pack_of(edition.version).topic(session.topic).polls

    def opened() -> Class:
        world = World(session, deck_of(session), polls, enrolments)
        readers = [
            Reader(
                client,
                Ticket(session.pk, session.uuid, **ticket),
                reverse(page, args=[session.uuid]),
                sends_have=page == "classroom:now",
            )
            for client, page, ticket in pages
        ]
        return Class(world, readers)

    with clock.frozen(NOW):
        yield opened


def enrolled(edition: Edition) -> list[Enrolment]:
    return [
        EnrolmentFactory(
            edition=edition,
            person__native_name=name,
            person__latin_name=f"Latin {name}",
            person__language=language,
        )
        for name, language in zip(NAMES, LANGUAGES, strict=True)
    ]


def guest_of(session: Session) -> Client:
    """Give the browser of a guest speaker of the session."""
    link = AccessLinkFactory(enrolment=None, session=session, guest=ContributorFactory())
    client = Client()
    client.cookies["sabaq_p"] = cookie_for(link, at=NOW)
    return client


def hall_of(edition: Edition) -> Client:
    """Give the screen of a room of the edition."""
    link = AccessLinkFactory(enrolment=None, room=RoomFactory(edition=edition))
    client = Client()
    client.cookies["sabaq_p"] = cookie_for(link, at=NOW)
    return client


# Everything that happens rarely by chance.
ALL_AT_ONCE = [
    ("move the session", 5),
    ("hear", 4),
    ("move the session", 3),
    ("begin", 0),
    *(("write a poll", number) for number in range(4)),
    ("translate a poll", 1),
    ("hear", 7),
    ("discard a poll", 0),
    ("open a poll made on the spot", 2),
    ("vote", 0),
    ("vote", 1),
    ("hear", 0),
    ("close the poll", 0),
    ("show results", 0),
    ("remove a poll", 2),
    ("open a poll made on the spot", 0),
    ("vote", 1),
    ("remove a poll", 0),
    ("speak another language", 1),
    ("five minutes", 0),
    ("five minutes seen", 0),
]


@example(history=ALL_AT_ONCE)
@settings(max_examples=15, phases=WITHOUT_SHRINKING)
@given(history=HISTORIES)
def check_every_reader(new_class: Callable[[], Class], history: list[tuple[str, int]]) -> None:
    with transaction.atomic():
        klass = new_class()
        klass.go_through(history)

        with clock.frozen(klass.world.at):
            for reader in klass.readers:
                assert reader.shows() == reader.fresh()
                see_only_what_is_theirs(klass, reader)
        transaction.set_rollback(True)


def see_only_what_is_theirs(klass: Class, reader: Reader) -> None:
    """Nothing doubled, nothing out of order, nothing for others; and the rest of the chain is unbroken."""
    ticket = reader.ticket
    seqs = [event["seq"] for event in reader.events]
    hers = visible(ticket.session_id, ticket.sees)
    assert seqs == sorted(set(seqs))
    assert set(seqs) <= set(hers)
    assert reader.last == (hers[-1] if hers else 0)
    if not ticket.is_staff:
        learns_nothing_of_others(klass, reader)


def learns_nothing_of_others(klass: Class, reader: Reader) -> None:
    """Look through every byte that reached her: events of streams and of polls, and the parts of her page."""
    own = reader.ticket.enrolment_id
    for event in told_events(reader.heard):
        assert event["kind"] not in {"FiveMinutesSent", "VoteCast"}
        assert event.get("enrolment", own) in {own, None}
        assert not {"choices", "present", "name", "text", "actor_key"} & event.keys()
        assert ("counts" in event) == (event["kind"] == "ResultsShown")
    heard = texts_of(reader.heard)
    released = Question.objects.filter(session=klass.world.session, released_at__isnull=False)
    with_name = set(released.values_list("asker_id", flat=True))
    for enrolment in klass.world.people:
        if enrolment.pk != own and enrolment.pk not in with_name:
            assert enrolment.person.native_name not in heard
            assert enrolment.person.latin_name not in heard
            assert str(enrolment.person.agency) not in heard
    was_shown = PollRun.objects.filter(
        session=klass.world.session, results_shown_at__isnull=False
    ).exists()
    assert was_shown or "data-votes" not in heard
    assert not re.search(r"data-(present|absent)", heard)
    for word, whose in klass.world.words.items():
        assert whose == own or word in klass.world.shown_words or word not in heard
    mine = {} if own is None else klass.world.written_by.get(own, set())
    # Who interprets translates what is not public yet.
    if reader is not klass.interpreter:
        for secret in klass.world.secrets - set(mine):
            assert secret not in heard
    assert "Secret 130" not in heard


def test_any_interleaving_ends_with_what_a_fresh_reader_sees_and_tells_nobody_of_others(new_class):
    check_every_reader(new_class)
