"""Act two: officers come in by link or code, on their own devices and on a shared one, and say who they are."""

from collections.abc import Callable, Sequence
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
    introduce(play, officer, browser, page, correct_sex=correct_sex)


def introduce(
    play: Play, officer: Officer, browser: Browser, page: Answer, *, correct_sex: bool = False
) -> None:
    """Go through the screens of the first opening."""
    if correct_sex:
        officer.sex = "male" if officer.is_woman else "female"
    for _ in range(6):
        forms = [f for f in page.page.forms() if "step" in f.fields and f.is_post]
        if not forms:
            break
        page = browser.submit(page, forms[0], said_on(play, officer, forms[0]))
    if "/today/" not in page.path:
        raise Unexpected(f"the first opening ended at {page.path}")
    officer.registered = True


def enter_by_link(browser: Browser, link: str) -> Answer:
    page = browser.go(link)
    return browser.submit(page, _is_this_you(page), {"answer": "me"})


def enter_by_code(browser: Browser, code: str, *, shared: bool = False) -> Answer:
    page = browser.go("/code/")
    form = next(form for form in page.page.forms() if "code" in form.fields)
    said = {"code": code.lower().replace("-", " "), **({"shared": "on"} if shared else {})}
    page = browser.send(page, form, said)
    return browser.submit(page, _is_this_you(page), {"answer": "me"})


def _is_this_you(page: Answer) -> Form:
    for form in page.page.forms():
        if ("answer", "me") in form.buttons:
            return form
    raise Unexpected(f"{page.path} does not ask whose link this is")


def said_on(play: Play, officer: Officer, form: Form) -> dict[str, str]:
    """Give what she says on one screen."""
    steps = [form.fields[name] for name in ("step", "also") if name in form.fields]
    return {name: value for step in steps for name, value in said(play, officer, step).items()}


def said(play: Play, officer: Officer, step: str) -> dict[str, str]:
    """Give what she says to one step."""
    if step == "profile":
        return {"latin_name": officer.latin_name, "sex": officer.sex, "rank_band": officer.rank}
    if step == "consents":
        return {name: play.rng.choice(["yes", "no"]) for name in ("photo", "voice", "listing")}
    return {}


def share_a_device(play: Play, officers: Sequence[Officer], use: Callable[[Officer], None]) -> None:
    """One after the other comes in on the same telephone, uses it, and leaves it without a trace."""
    browser = play.stranger("officer shared device")
    for officer in officers:
        key = f"officer {officer.number}"
        page = enter_by_code(browser, officer.code, shared=True)
        play.browsers[key] = browser
        introduce(play, officer, browser, page)
        use(officer)
        browser.post("/leave/")
        left = browser.get("/today/")
        play.refuses("a page of who used a shared device before", left, 302, 403, 404)
        browser.post(officer.link, {"answer": "me"})
        opened = browser.get("/today/")
        play.refuses("a personal link on a shared device", opened, 302, 403, 404)
        del play.browsers[key]
        enter_by_link(play.of(officer), officer.link)


def before_the_course(play: Play) -> None:
    play.clock.set(play.stage.closes_at + timedelta(days=5))
