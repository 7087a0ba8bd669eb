"""Act five: the knowledge test before the course and after it, by a model of ability, over a bad link."""

from math import exp
from random import Random

from sabaq.ops.rehearsal.ledger import Officer
from sabaq.ops.rehearsal.play import Play, must
from sabaq.ops.rehearsal.wire import Answer, Unexpected

BEFORE, AFTER = "/test/knowledge/", "/test/knowledge/after/"
PREFIX = "a-"
SENT_TWICE = 2
ANSWERED_BEFORE_GIVING_UP = 5


def choose(play: Play, officer: Officer, item: str, options: list[str], *, after: bool) -> str:
    """Choose by the Rasch model: she knows the best answer with 1 / (1 + exp(difficulty - ability)), else guesses.

    An item's difficulty (logits, normal with a spread of 0.8) follows from its key alone.
    """
    difficulty = Random(f"item {item}").gauss(0, 0.8)  # noqa: S311 - a play, not a secret
    ability = officer.ability + (officer.gain if after else 0.0)
    knows = play.rng.random() < 1 / (1 + exp(difficulty - ability))
    best = play.stage.correct[item]
    return best if knows else play.rng.choice([one for one in options if one != best])


def sit_the_test_before(play: Play, officer: Officer) -> None:
    """Choose everything on one page and hand in, as somebody does whose browser runs no script."""
    browser = play.of(officer)
    page = browser.go(BEFORE)
    given = {
        item: choose(play, officer, item, options, after=False)
        for item, options in offered(page).items()
    }
    sent = {f"{PREFIX}{item}": option for item, option in given.items()}
    must(browser.post(f"{BEFORE}hand-in/", sent), 302)
    officer.answers_before, officer.handed_in_before = given, True


def sit_the_test(play: Play, officer: Officer, *, leave_one_out: bool, change_mind: bool) -> None:
    """After the course answer item by item, some sent twice as a phone would after a lost answer; hand in."""
    browser = play.of(officer)
    page = browser.go(AFTER)
    asked = {name: found for name, found in offered(page).items() if found}
    skipped = next(iter(asked)) if leave_one_out else ""
    for number, (item, options) in enumerate(asked.items()):
        if item != skipped:
            option = choose(play, officer, item, options, after=True)
            answer(play, officer, item, option, twice=number < SENT_TWICE)
    if change_mind:
        item, options = next(reversed(asked.items()))
        answer(play, officer, item, play.rng.choice(options))
    given = {f"{PREFIX}{item}": option for item, option in officer.answers.items()}
    sent = browser.post(f"{AFTER}hand-in/", given)
    if leave_one_out and not sent.is_redirect:
        # She is asked whether she really wants to leave a question open.
        sent = browser.send(sent, sent.form("/hand-in/", confirmed="1"))
    must(sent, 302)
    officer.handed_in = True


def give_up_the_test(play: Play, officer: Officer) -> None:
    """Answer some and never hand in."""
    asked = list(offered(play.of(officer).go(AFTER)).items())[:ANSWERED_BEFORE_GIVING_UP]
    for item, options in asked:
        answer(play, officer, item, choose(play, officer, item, options, after=True))


def answer_on_two_devices(play: Play, officer: Officer, device: str) -> None:
    """Another device answers the same item: the later one counts, and she is told so."""
    item, options = next(iter(offered(play.of(officer).go(AFTER)).items()))
    sent = {"item": item, "option": options[0], "was": "", "write_id": play.write_id()}
    must(play.of(officer).post(f"{AFTER}answer/", sent), 204)
    later = {**sent, "option": options[1], "write_id": play.write_id()}
    told = must(play.of(officer, device=device).post(f"{AFTER}answer/", later), 200, 204)
    if told.status != 200 or not told.text:
        play.mismatches.append("an answer replaced one of another device, and nobody was told")
    officer.answers[item] = options[1]


def offered(page: Answer) -> dict[str, list[str]]:
    """Give the items of a test page with the options on offer."""
    return {
        name.removeprefix(PREFIX): options
        for form in page.page.forms()
        for name, options in form.options.items()
        if name.startswith(PREFIX)
    }


def answer(play: Play, officer: Officer, item: str, option: str, *, twice: bool = False) -> None:
    """Save one answer, perhaps twice under one write id."""
    sent = {"item": item, "option": option, "write_id": play.write_id()}
    for _ in range(2 if twice else 1):
        must(play.of(officer).post(f"{AFTER}answer/", sent), 204)
    officer.answers[item] = option


def refuse_bad_answers(play: Play, officer: Officer) -> None:
    """Another body under a known write id, an item of no test, an option that is not on offer, a time that is over."""
    browser = play.of(officer)
    item, options = next(iter(offered(browser.go(AFTER)).items()))
    sent = {"item": item, "option": options[0], "write_id": play.write_id()}
    must(browser.post(f"{AFTER}answer/", sent), 204)
    officer.answers[item] = options[0]
    changed = {**sent, "option": options[1]}
    play.refuses("a replay with an altered body", browser.post(f"{AFTER}answer/", changed), 409)
    foreign = {**sent, "item": "of-another-test", "write_id": play.write_id()}
    play.refuses(
        "an answer to a foreign item", browser.post(f"{AFTER}answer/", foreign), 400, 404, 422
    )
    beyond = {**sent, "option": "zz", "write_id": play.write_id()}
    play.refuses("an option out of range", browser.post(f"{AFTER}answer/", beyond), 400, 404, 422)
    late = {**sent, "write_id": play.write_id()}
    play.refuses("a late answer", browser.post(f"{BEFORE}answer/", late), 409)


def hand_in_too_late(play: Play, officer: Officer) -> None:
    """Answer and hand in when the time is over: neither is taken any more."""
    browser, item = play.of(officer), next(iter(officer.answers))
    late = {"item": item, "option": "a", "write_id": play.write_id()}
    play.refuses("a late answer", browser.post(f"{AFTER}answer/", late), 409)
    must(browser.post(f"{AFTER}hand-in/", {f"{PREFIX}{item}": "a", "confirmed": "1"}), 302)
    if browser.go(AFTER).page.having("data-correct"):
        play.mismatches.append(f"{officer.latin_name} handed in a test whose time was over")


def result_of(play: Play, officer: Officer, path: str) -> tuple[int, dict[str, str]]:
    """Give the number of correct answers that her page shows, and what it says she has chosen."""
    page = play.of(officer).go(path).page
    shown = page.having("data-correct")
    if not shown:
        raise Unexpected(f"{path} does not say how many answers were correct")
    chosen = {node.get("data-item"): node.get("data-chosen") for node in page.having("data-chosen")}
    return int(shown[0].get("data-correct")), {i: option for i, option in chosen.items() if option}
