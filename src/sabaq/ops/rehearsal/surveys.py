"""The two surveys, one before the course and one at its end; the M&E officer closes both."""

from collections import Counter
from random import Random

from sabaq.ops.rehearsal.ledger import Officer
from sabaq.ops.rehearsal.play import Play

OPENING, CLOSING = "opening", "closing"


def answer_survey(play: Play, officer: Officer, survey: str) -> None:
    """Answer once; what is sent again, from a page that stood open, is thanked and counts nothing."""
    browser, address = play.of(officer), f"/survey/{survey}/"
    page = browser.go(address)
    form = next(form for form in page.page.forms() if form.is_post and form.options)
    choose = Random(f"{survey} {officer.latin_name}").choice  # noqa: S311 - the same opinion in every play
    said = {name: choose(values) for name, values in form.options.items()}
    browser.submit(page, form, said)
    opinions = play.ledger.opinions.setdefault(survey, {})
    for name, value in said.items():
        opinions.setdefault(name.removeprefix("q-"), Counter())[value] += 1
    officer.surveyed.add(survey)
    if sum(survey in one.surveyed for one in play.ledger.participants) == 1:
        other = {name: form.options[name][0] for name in said}
        play.refuses("a second answer to a survey", browser.send(page, form, other), 200, 409)


def close_surveys(play: Play) -> None:
    """The M&E officer closes them, so that all results are shown; nobody can answer any more."""
    evaluator = play.staff(play.stage.staff_as("me-officer"))
    for survey in (OPENING, CLOSING):
        page = evaluator.go(f"{play.office}survey/")
        evaluator.submit(page, page.form(f"/survey/{survey}/close/"))
    here = (one for one in play.ledger.participants if one.registered)
    late = next(one for one in here if CLOSING not in one.surveyed)
    answer = play.of(late).post(f"/survey/{CLOSING}/", {"q-relevance": "5"})
    play.refuses("an answer to a closed survey", answer, 409)
