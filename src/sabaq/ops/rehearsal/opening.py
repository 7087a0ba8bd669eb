"""Scene two: officers come in by link or code, confirm who they are, read the notice, answer three questions."""

from datetime import timedelta

from sabaq.ops.rehearsal.ledger import Officer
from sabaq.ops.rehearsal.pages import Form
from sabaq.ops.rehearsal.play import Play
from sabaq.ops.rehearsal.wire import Answer, Browser, Unexpected

WELCOME = "/welcome/"


def open_the_course(play: Play, officer: Officer, *, by_code: bool, correct_sex: bool) -> None:
    """Come in and go through the first opening; perhaps correct what the agency wrote."""
    browser = play.of(officer)
    page = enter_by_code(browser, officer.code) if by_code else enter_by_link(browser, officer.link)
    if correct_sex:
        officer.sex = "male" if officer.is_woman else "female"
    for _ in range(6):
        forms = [f for f in page.page.forms() if "step" in f.fields and f.is_post]
        if not forms:
            break
        page = browser.submit(page, forms[0], said(play, officer, forms[0].fields["step"]))
    if "/today/" not in page.path:
        raise Unexpected(f"the first opening ended at {page.path}")
    officer.registered = True


def enter_by_link(browser: Browser, link: str) -> Answer:
    page = browser.go(link)
    return browser.submit(page, _is_this_you(page), {"answer": "me"})


def enter_by_code(browser: Browser, code: str) -> Answer:
    page = browser.go("/code/")
    form = next(form for form in page.page.forms() if "code" in form.fields)
    page = browser.send(page, form, {"code": code.lower().replace("-", " ")})
    return browser.submit(page, _is_this_you(page), {"answer": "me"})


def _is_this_you(page: Answer) -> Form:
    for form in page.page.forms():
        if ("answer", "me") in form.buttons:
            return form
    raise Unexpected(f"{page.path} does not ask whose link this is")


def said(play: Play, officer: Officer, step: str) -> dict[str, str]:
    """Give what she says on one of the three screens."""
    if step == "profile":
        return {"latin_name": officer.latin_name, "sex": officer.sex, "rank_band": officer.rank}
    if step == "consents":
        return {name: play.rng.choice(["yes", "no"]) for name in ("photo", "voice", "listing")}
    return {}


def before_the_course(play: Play) -> None:
    play.clock.set(play.stage.closes_at + timedelta(days=5))
