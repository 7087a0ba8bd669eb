"""Act seven: the article is drafted, its quotes are approved, it goes through its steps, and the public reads it."""

from datetime import date
from pathlib import Path

from sabaq.ops.rehearsal.pages import Form
from sabaq.ops.rehearsal.play import Play, must
from sabaq.ops.rehearsal.wire import Unexpected

LANGUAGES = ("en", "ru")
# Who takes which step, in order; each in her own name.
STEPS = ("organiser", "communication", "representative")


def draft(play: Play) -> None:
    """Draft the article in both languages."""
    for language in LANGUAGES:
        page = play.organiser.go(f"{play.office}article/{language}/")
        play.organiser.submit(page, page.form(f"/article/{language}/draft/"))


def approve(play: Play) -> None:
    """Record every speaker's approval, take every step, publish; before that the public reads nothing."""
    article = f"{play.office}article/"
    _refuse_to_publish(play, "an article that nobody approved")
    quotes = {
        link for link in play.organiser.go(f"{article}en/").page.links() if "/quotes/" in link and not link.endswith("/add/")
    }  # fmt: skip
    for quote in sorted(quotes):
        page = play.organiser.go(quote)
        speaker = page.page.all("h1")[0].text
        given = {"approved_by": speaker, "approved_on": _today(play).isoformat(), "way": "e-mail"}
        play.organiser.submit(page, _form_with(page.page.forms(), "approved_by"), given)
    for role in STEPS:
        browser = play.staff(play.stage.staff_as(role))
        page = browser.go(f"{article}en/")
        browser.submit(page, page.form("/article/step/"))
    page = play.organiser.go(f"{article}en/")
    play.organiser.submit(page, page.form("/article/publish/"))


def collect(play: Play, out: Path) -> None:
    """Take the article away in both languages, and see that the public reads the same headline."""
    public = play.stranger("reader")
    for language in LANGUAGES:
        text = must(play.organiser.get(f"{play.office}article/{language}.md"), 200)
        (out / f"article.{language}.md").write_bytes(text.body)
        page = must(public.get(f"/news/{language}/{play.stage.slug}/"), 200).page
        headline = text.text.splitlines()[0].removeprefix("# ")
        if headline not in [node.text for node in page.all("h1")]:
            play.mismatches.append(f"news in {language}: the headline is not the one approved")


def _refuse_to_publish(play: Play, what: str) -> None:
    sent = play.organiser.post(f"{play.office}article/publish/", {"revision": "1"})
    must(sent, 200, 302, 409)
    public = play.stranger("reader").get(f"/news/en/{play.stage.slug}/")
    play.refuses(what, public, 404)


def _today(play: Play) -> date:
    return play.clock.moment.astimezone(play.stage.zone).date()


def _form_with(forms: list[Form], name: str) -> Form:
    for form in forms:
        if name in form.fields or name in form.options:
            return form
    raise Unexpected(f"no form asks for {name}")
