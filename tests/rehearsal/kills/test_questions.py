"""A question, and all that is done with it, outlives a kill; one that was removed stays away."""

from pathlib import Path

import pytest

from sabaq.ops.rehearsal import opening
from sabaq.ops.rehearsal.play import must
from sabaq.ops.rehearsal.wire import Browser
from tests.rehearsal.kills.stage import Fragile, enrol, fragile_play
from tests.rehearsal.kills.test_classes import arrive

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


def test_a_question_and_what_is_done_with_it_are_there_after_a_kill(tmp_path: Path):
    with fragile_play("questions", tmp_path) as fragile:
        play = fragile.play
        officers = play.ledger.officers[:2]
        enrol(fragile, officers)
        for officer in officers:
            opening.open_the_course(play, officer, by_code=False, correct_sex=False)
        asker, colleague = (play.of(officer) for officer in officers)
        trainer = play.staff(play.stage.staff_as("trainer"))
        session = arrive(play, trainer, "interviewing-screening")
        must(trainer.post(f"/teach/{session}/begin/", quick=True), 204)
        a_question_survives(fragile, session, trainer, asker, colleague)
        what_is_removed_stays_away(fragile, session, trainer, asker)


def a_question_survives(
    fragile: Fragile, session: str, trainer: Browser, asker: Browser, colleague: Browser
) -> None:
    room = f"/class/{session}/"
    question = ask(fragile, session, trainer, asker, "Who stays?")
    assert "Who stays?" not in colleague.go(room).text
    treat(fragile, session, trainer, question, "release")
    assert "Who stays?" in colleague.go(room).text

    page = colleague.go(room)
    fragile.submit(colleague, page, page.form("/me-too/"), {"wanted": "1"})
    assert dict(colleague.go(room).form("/me-too/").buttons) == {"wanted": ""}
    said = {"language": "ru", "text": "Кто остаётся?", "seen": ""}
    fragile.post(trainer, f"{room}questions/{question}/translate/", said)
    assert "Кто остаётся?" in trainer.go(f"{room}questions/{question}/translate/?language=ru").text

    treat(fragile, session, trainer, question, "answer")
    assert shows(trainer, session, question, "reopen")
    treat(fragile, session, trainer, question, "reopen")
    assert shows(trainer, session, question, "answer")


def what_is_removed_stays_away(
    fragile: Fragile, session: str, trainer: Browser, asker: Browser
) -> None:
    room = f"/class/{session}/"
    (first,) = questions_at(trainer, session)
    second = ask(fragile, session, trainer, asker, "Who else stays?")
    treat(fragile, session, trainer, second, "merge", into=first)
    assert questions_at(trainer, session) == [first]
    treat(fragile, session, trainer, first, "remove")
    assert "Who stays?" not in asker.go(room).text
    assert questions_at(trainer, session) == [second]

    page = asker.go(room)
    fragile.submit(asker, page, page.form("/back/"))
    assert questions_at(trainer, session) == []


def ask(fragile: Fragile, session: str, trainer: Browser, asker: Browser, text: str) -> str:
    """Ask without a name, and give the id of the question."""
    before = questions_at(trainer, session)
    page = asker.go(f"/class/{session}/")
    form = page.form("/questions/")
    fragile.submit(asker, page, form, {"text": text, "language": "en", "named": ""})
    assert text in asker.go(f"/class/{session}/").text
    (question,) = set(questions_at(trainer, session)) - set(before)
    return question


def treat(
    fragile: Fragile, session: str, trainer: Browser, question: str, act: str, **more: str
) -> None:
    path = f"/teach/{session}/questions/{question}/"
    fragile.post(trainer, path, {"act": act, **more})


def questions_at(trainer: Browser, session: str) -> list[str]:
    page = trainer.go(f"/teach/{session}/").page
    return [str(node.get("data-question")) for node in page.having("data-question")]


def shows(trainer: Browser, session: str, question: str, act: str) -> bool:
    """Tell whether the console has a button for this act on this question."""
    form = trainer.go(f"/teach/{session}/").form(f"/questions/{question}/")
    return ("act", act) in form.buttons
