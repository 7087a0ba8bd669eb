"""Each step of an article to the public and back outlives a kill."""

from pathlib import Path

import pytest

from sabaq.ops.rehearsal.play import must
from sabaq.ops.rehearsal.wire import Browser, File
from tests.newsroom.pictures import plain_png
from tests.rehearsal.kills.stage import Fragile, form_with, fragile_play

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
APPROVAL = {"approved_by": "Marta Example", "approved_on": "2026-12-01", "way": "e-mail"}


def test_an_article_its_quotes_and_its_approvals_are_there_after_a_kill(tmp_path: Path):
    with fragile_play("article", tmp_path) as fragile:
        article = f"{fragile.play.office}article/"
        the_texts_survive(fragile, article)
        the_quotes_survive(fragile, article)
        the_photo_survives(fragile, article)
        the_approvals_survive(fragile, article)
        the_publication_survives(fragile, article)
        the_taking_back_survives(fragile, article)


def the_texts_survive(fragile: Fragile, article: str) -> None:
    organiser = fragile.play.organiser
    for language in ("en", "ru"):
        page = organiser.go(f"{article}{language}/")
        fragile.submit(organiser, page, page.form(f"/article/{language}/draft/"))
        page = organiser.go(f"{article}{language}/edit/")
        edited = {"title": f"A headline {language}", "body": "A text of our own."}
        fragile.submit(organiser, page, form_with(page, "body"), edited)
        text = must(organiser.get(f"{article}{language}.md"), 200).text
        assert text == f"# A headline {language}\n\nA text of our own.\n"


def the_quotes_survive(fragile: Fragile, article: str) -> None:
    organiser = fragile.play.organiser
    page = organiser.go(f"{article}quotes/add/")
    said = {
        f"{name}_{code}": f"{name} {code}"
        for name in ("name", "function", "text")
        for code in ("en", "ru")
    }
    own = fragile.submit(organiser, page, form_with(page, "text_en"), said).location
    page = organiser.go(own)
    assert form_with(page, "text_en").fields["text_en"] == "text en"
    fragile.submit(organiser, page, form_with(page, "text_en"), {"text_en": "Other words."})
    page = organiser.go(own)
    assert form_with(page, "text_en").fields["text_en"] == "Other words."
    fragile.submit(organiser, page, form_with(page, "approved_by"), APPROVAL)
    assert "Marta Example" in organiser.go(own).text


def the_photo_survives(fragile: Fragile, article: str) -> None:
    organiser, path = fragile.play.organiser, f"{article}photo/"
    form = form_with(organiser.go(path), "credit")
    fields = {
        **form.fields,
        "credit": "The office",
        "alt_en": "A screen",
        "alt_ru": "Экран",
        "agreed": "on",
        "agreed_on": "2026-12-01",
        "way": "signed",
    }
    file = File("photo.png", plain_png(4, 3), "image/png")
    fragile.upload(organiser, path, fields, "photo", file, 302)
    assert form_with(organiser.go(path), "credit").fields["credit"] == "The office"


def the_approvals_survive(fragile: Fragile, article: str) -> None:
    organiser = fragile.play.organiser
    page = organiser.go(f"{article}en/")
    fragile.submit(organiser, page, page.form("/donor/needed/"))
    for role, step in (
        ("organiser", "handed-on"),
        ("communication", "communication"),
        ("representative", "representative"),
    ):
        browser = fragile.play.staff(fragile.play.stage.staff_as(role))
        page = browser.go(f"{article}en/")
        form = page.form("/article/step/")
        assert form.fields["step"] == step
        fragile.submit(browser, page, form)
    page = organiser.go(f"{article}donor/")
    fragile.submit(organiser, page, form_with(page, "approved_by"), APPROVAL)
    assert "Marta Example" in organiser.go(f"{article}en/").text


def the_publication_survives(fragile: Fragile, article: str) -> None:
    organiser = fragile.play.organiser
    page = organiser.go(f"{article}en/")
    fragile.submit(organiser, page, page.form("/article/publish/"))
    public = f"/news/en/{fragile.play.stage.slug}/"
    assert "A text of our own." in must(fragile.stranger().get(public), 200).text
    page = organiser.go(f"{article}en/")
    fragile.submit(organiser, page, page.form("/withdraw/"), {"withdraw-reason": "A wrong name"})
    assert fragile.stranger().get(public).status == 404


def the_taking_back_survives(fragile: Fragile, article: str) -> None:
    organiser = fragile.play.organiser
    own = quote_named(organiser, f"{article}en/", "name en")
    page = organiser.go(own)
    fragile.submit(organiser, page, page.form("/take-back/"))
    page = organiser.go(own)
    assert page.form("/approve/")
    fragile.submit(organiser, page, page.form("/remove/"))
    assert "name en" not in organiser.go(f"{article}en/").text
    page = organiser.go(f"{article}photo/")
    fragile.submit(organiser, page, page.form("/photo/remove/"))
    assert organiser.get(f"{article}photo/").text.count("<img") == 0


def quote_named(browser: Browser, path: str, name: str) -> str:
    return next(
        link.get("href") for link in browser.go(path).page.all("a") if link.text.strip() == name
    )
