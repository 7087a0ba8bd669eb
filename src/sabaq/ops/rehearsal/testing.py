"""Scene three: the knowledge test before the course and after it, one answer at a time, over a bad link."""

from sabaq.ops.rehearsal.ledger import Officer
from sabaq.ops.rehearsal.play import Play, must
from sabaq.ops.rehearsal.wire import Answer, Unexpected

BEFORE, AFTER = "/test/knowledge/", "/test/knowledge/after/"
PREFIX = "a-"


def sit_the_test_before(play: Play, officer: Officer) -> None:
    """Choose everything on one page and hand in, as somebody does whose browser runs no script."""
    browser = play.of(officer)
    page = browser.go(BEFORE)
    given = {item: play.rng.choice(options) for item, options in offered(page).items()}
    must(
        browser.post(f"{BEFORE}hand-in/", {f"{PREFIX}{i}": option for i, option in given.items()}),
        302,
    )
    officer.answers_before, officer.handed_in_before = given, True


def sit_the_test(play: Play, officer: Officer, *, leave_one_out: bool, change_mind: bool) -> None:
    """After the course answer item by item, each sent twice as a phone would after a lost answer; hand in."""
    browser = play.of(officer)
    page = browser.go(AFTER)
    asked = {name: found for name, found in offered(page).items() if found}
    skipped = next(iter(asked)) if leave_one_out else ""
    for item, options in asked.items():
        if item != skipped:
            answer(play, officer, item, play.rng.choice(options))
    if change_mind:
        item, options = next(reversed(asked.items()))
        answer(play, officer, item, play.rng.choice(options))
    given = {f"{PREFIX}{item}": option for item, option in officer.answers.items()}
    sent = browser.post(f"{AFTER}hand-in/", given)
    if leave_one_out:
        # She is asked whether she really wants to leave a question open.
        sent = browser.send(sent, sent.form("/hand-in/", confirmed="1"))
    must(sent, 302)
    officer.handed_in = True


def offered(page: Answer) -> dict[str, list[str]]:
    """Give the items of a test page with the options on offer."""
    return {
        name.removeprefix(PREFIX): options
        for form in page.page.forms()
        for name, options in form.options.items()
        if name.startswith(PREFIX)
    }


def answer(play: Play, officer: Officer, item: str, option: str) -> None:
    """Save one answer, twice under one write id."""
    sent = {"item": item, "option": option, "write_id": play.write_id()}
    for _ in range(2):
        must(play.of(officer).post(f"{AFTER}answer/", sent), 204)
    officer.answers[item] = option


def refuse_bad_answers(play: Play, officer: Officer) -> None:
    """Another body under a known write id, an item of no test, an option that is not on offer."""
    browser = play.of(officer)
    item, options = next(iter(offered(browser.go(AFTER)).items()))
    sent = {"item": item, "option": options[0], "write_id": play.write_id()}
    must(browser.post(f"{AFTER}answer/", sent), 204)
    officer.answers[item] = options[0]
    changed = {**sent, "option": options[1]}
    play.refuses("a replay with another answer", browser.post(f"{AFTER}answer/", changed), 409)
    foreign = {**sent, "item": "of-another-test", "write_id": play.write_id()}
    play.refuses(
        "an answer to a foreign item", browser.post(f"{AFTER}answer/", foreign), 400, 404, 422
    )
    beyond = {**sent, "option": "zz", "write_id": play.write_id()}
    play.refuses("an option out of range", browser.post(f"{AFTER}answer/", beyond), 400, 404, 422)
    late = {**sent, "write_id": play.write_id()}
    play.refuses("an answer after the time", browser.post(f"{BEFORE}answer/", late), 409)


def compare_scores(play: Play) -> None:
    """Read on each page how many answers were correct."""
    reported = {}
    for number, officer in enumerate(play.ledger.officers):
        if officer.handed_in_before:
            reported[f"{number} before"] = _score_on(play, officer, BEFORE)
        if officer.handed_in:
            reported[f"{number} after"] = _score_on(play, officer, AFTER)
    play.compare("tests", play.ledger.scores(), reported)


def _score_on(play: Play, officer: Officer, path: str) -> int:
    shown = play.of(officer).go(path).page.having("data-correct")
    if not shown:
        raise Unexpected(f"{path} does not say how many answers were correct")
    return int(shown[0].get("data-correct"))
