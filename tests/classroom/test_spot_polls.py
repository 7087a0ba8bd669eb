"""Polls made on the spot: written in one language, translated by whoever can, also while they are open."""

import pytest

from sabaq.classroom.errors.polls import (
    OptionTooLong,
    OptionTwice,
    PollWasAsked,
    QuestionMissing,
    QuestionTooLong,
    ScaleNeedsItsEnds,
    TranslationIncomplete,
    UnknownLanguage,
    UnknownPoll,
    WordNeedsNoOptions,
    WrongNumberOfOptions,
)
from sabaq.classroom.errors.running import ClassHasEnded
from sabaq.classroom.models import ClassEvent, SpotPoll
from sabaq.classroom.queries.polls import as_poll, poll_of
from sabaq.classroom.services.polls import close_poll, open_poll, vote
from sabaq.classroom.services.running import begin_class, end_class
from sabaq.classroom.services.spot_polls import discard_poll, translate_poll, write_poll
from sabaq.courses.packs import PollKind
from sabaq.people.actors import acting
from tests.factories import NOW, EnrolmentFactory, SessionFactory

pytestmark = pytest.mark.django_db
TRAINER = acting("Trainer", account_id=7)


@pytest.fixture
def live():
    session = SessionFactory(topic="")
    begin_class(session, None, by=TRAINER, at=NOW)
    return session


def write(session, kind=PollKind.SINGLE, question="Who decides?", lines="She\nHe", language="en"):
    return write_poll(
        session, kind=kind, language=language, question=question, lines=lines, by=TRAINER, at=NOW
    )


def translate(session, spot, question="Кто решает?", texts=("Она", "Он"), language="ru"):
    return translate_poll(
        session,
        str(spot.uuid),
        language=language,
        question=question,
        texts=texts,
        by=TRAINER,
        at=NOW,
    )


def kinds(session):
    return list(ClassEvent.objects.filter(session=session).values_list("kind", flat=True))


def test_a_poll_of_each_kind_is_written_in_one_language(live):
    written = [
        write(live),
        write(live, PollKind.MULTIPLE, lines=" She \n\n He\n  Both "),
        write(live, PollKind.SCALE, lines="Not at all\nFully"),
        write(live, PollKind.WORD, lines=" \n"),
    ]

    polls = [as_poll(spot) for spot in written]
    assert [{o.key: o.text.get("en") for o in poll.options} for poll in polls] == [
        {"a": "She", "b": "He"},
        {"a": "She", "b": "He", "c": "Both"},
        {"1": "Not at all", "2": None, "3": None, "4": None, "5": "Fully"},
        {},
    ]
    assert polls[0].question == {"en": "Who decides?"}
    assert kinds(live) == ["ClassBegan", *["PollWritten"] * 4]


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"question": " \n "}, QuestionMissing),
        ({"question": "x" * 301}, QuestionTooLong),
        ({"lines": "Alone"}, WrongNumberOfOptions),
        ({"lines": "\n".join(str(n) for n in range(11))}, WrongNumberOfOptions),
        ({"lines": "She\nShe"}, OptionTwice),
        ({"lines": "She\n" + "x" * 121}, OptionTooLong),
        ({"kind": PollKind.SCALE, "lines": "Not at all"}, ScaleNeedsItsEnds),
        ({"kind": PollKind.WORD}, WordNeedsNoOptions),
        ({"language": "kk"}, UnknownLanguage),
    ],
)
def test_a_poll_that_cannot_be_asked_is_refused_with_what_is_wrong(live, changed, error):
    with pytest.raises(error):
        write(live, **changed)

    assert SpotPoll.objects.count() == 0


def test_a_translation_made_while_it_is_open_reaches_everybody_and_costs_no_vote(live):
    spot = write(live)
    run = open_poll(live, as_poll(spot), by=TRAINER, at=NOW)
    voter = EnrolmentFactory(edition=live.edition)
    vote(run, as_poll(spot), ["b"], enrolment_id=voter.pk, at=NOW)

    translate(live, spot)

    poll = poll_of(live, run.poll)
    assert poll.question == {"en": "Who decides?", "ru": "Кто решает?"}
    assert [option.text["ru"] for option in poll.options] == ["Она", "Он"]
    assert close_poll(run, by=TRAINER, at=NOW).totals == {"b": 1}
    last = ClassEvent.objects.get(session=live, kind="PollTranslated")
    assert (last.audience, last.payload) == ("all", {"run": str(run.uuid), "language": "ru"})


def test_of_a_scale_only_its_ends_are_translated(live):
    spot = write(live, PollKind.SCALE, lines="Not at all\nFully")

    translate(live, spot, texts=["Совсем нет", "Полностью"])

    texts = [option.text for option in poll_of(live, str(spot.uuid)).options]
    assert texts == [
        {"en": "Not at all", "ru": "Совсем нет"},
        {},
        {},
        {},
        {"en": "Fully", "ru": "Полностью"},
    ]


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"question": ""}, QuestionMissing),
        ({"texts": ["Она"]}, TranslationIncomplete),
        ({"texts": ["Она", " "]}, TranslationIncomplete),
        ({"texts": ["Она", "x" * 121]}, OptionTooLong),
        ({"language": "en"}, UnknownLanguage),
        ({"language": "tg"}, UnknownLanguage),
    ],
)
def test_a_translation_is_whole_or_refused(live, changed, error):
    spot = write(live)

    with pytest.raises(error):
        translate(live, spot, **changed)

    spot.refresh_from_db()
    assert (spot.question, spot.revision) == ({"en": "Who decides?"}, 0)


def test_a_draft_may_be_thrown_away_and_what_was_asked_stays(live):
    draft, asked = write(live), write(live)
    open_poll(live, as_poll(asked), by=TRAINER, at=NOW)

    discard_poll(live, str(draft.uuid), by=TRAINER, at=NOW)

    with pytest.raises(PollWasAsked):
        discard_poll(live, str(asked.uuid), by=TRAINER, at=NOW)
    with pytest.raises(UnknownPoll):
        discard_poll(live, "who-stays", by=TRAINER, at=NOW)
    assert list(SpotPoll.objects.all()) == [asked]


def test_a_poll_of_another_session_is_unknown_and_after_the_end_nothing_is_written(live):
    spot, other = write(live), SessionFactory(topic="", edition=live.edition)

    assert poll_of(other, str(spot.uuid)) is None
    with pytest.raises(UnknownPoll):
        translate(other, spot)
    end_class(live, by=TRAINER, at=NOW)
    with pytest.raises(ClassHasEnded):
        write(live)
