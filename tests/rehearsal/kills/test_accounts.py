"""What commands wrote and how staff sign in outlives a kill."""

import re
import shutil
from pathlib import Path

import pytest

from sabaq.ops.rehearsal.pages import Form
from sabaq.ops.rehearsal.wire import Answer, Browser
from tests.rehearsal.kills.post_office import PostOffice, post_office
from tests.rehearsal.kills.stage import PASSWORD, Fragile, form_with, fragile_play

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

SIGN_IN, OFFICE = "/staff/sign-in/", "/office/"
COLLEAGUE, OBSERVER, NEWCOMER = (
    "colleague@office.example",
    "donor@donor.example",
    "newcomer@office.example",
)
OWN, NEWER = "chosen by herself alone", "and chosen once more"


def test_accounts_and_what_commands_wrote_are_there_after_a_kill(tmp_path: Path):
    with (
        post_office() as mail,
        fragile_play("accounts", tmp_path, {"EMAIL_URL": mail.url}) as fragile,
    ):
        what_commands_wrote_survives(fragile, tmp_path)
        signing_in_by_code_survives(fragile, mail)
        passwords_survive(fragile)
        signing_out_survives(fragile)


def what_commands_wrote_survives(fragile: Fragile, folder: Path) -> None:
    """Nothing else runs meanwhile: each command is killed as soon as it says that it is done."""
    play, server = fragile.play, fragile.server
    server.kill()
    named = ["--name", "A Colleague", "--administrator"]
    said = fragile.command("account", "create", COLLEAGUE, *named, stdin=f"{PASSWORD}\n")
    assert said == f"Created: {COLLEAGUE}, administrator"
    said = fragile.command("account", "password", OBSERVER, stdin=f"{PASSWORD}\n")
    assert said == f"{OBSERVER} can sign in by this password."
    edition = play.stage.file.read_text("utf-8")
    play.stage.file.write_text(edition.replace("women_aim = 50", "women_aim = 61"), "utf-8")
    said = fragile.command("edition", "load", str(play.stage.file), "--language", "en")
    assert said == "regional-2027: loaded."
    newer = newer_pack(play.stage.pack, folder / "newer")
    assert fragile.command("pack", "import", str(newer)).startswith("gender-human-rights 1.1 ")
    newcomer = ["account", "create", NEWCOMER, "--name", "A Newcomer", "--administrator"]
    server.commands([[*newcomer, "--no-password"]])
    fragile.start()

    for email in (COLLEAGUE, OBSERVER):
        assert signed_in(fragile, email, PASSWORD).get(play.office).status == 200
    nominations = fragile.stranger(COLLEAGUE, **play.organiser.cookies).go(f"{play.office}report/")
    assert "61" in nominations.text
    out = folder / "exported"
    server.commands([["pack", "export", "gender-human-rights", str(out), "--version", "1.1"]])
    assert (out / "pack.toml").read_bytes() == (newer / "pack.toml").read_bytes()


def newer_pack(pack: Path, folder: Path) -> Path:
    """Copy a pack and call it the next version."""
    shutil.copytree(pack, folder)
    about = folder / "pack.toml"
    about.write_text(about.read_text("utf-8").replace('"1.0"', '"1.1"', 1), "utf-8")
    return folder


def signing_in_by_code_survives(fragile: Fragile, mail: PostOffice) -> None:
    """A newcomer has no password: she asks for a code, then chooses one."""
    browser = fragile.stranger(NEWCOMER)
    page = browser.go("/staff/code/")
    fragile.submit(browser, page, form_with(page, "email"), {"email": NEWCOMER})
    (message,) = mail.to(NEWCOMER)
    (code,) = re.findall(r"(?m)^\s*([A-Z0-9-]{6,12})\s*$", str(message.get_content()))
    page = browser.go("/staff/code/confirm/")
    fragile.submit(browser, page, form_with(page, "code"), {"code": code})
    assert is_in(browser)
    page = browser.go("/staff/password/first/")
    chosen = {"password1": OWN, "password2": OWN}
    fragile.submit(browser, page, form_with(page, "password1"), chosen)
    assert is_in(signed_in(fragile, NEWCOMER, OWN))
    # The code opens nothing any more, and nobody sent it twice.
    assert len(mail.to(NEWCOMER)) == 1


def passwords_survive(fragile: Fragile) -> None:
    browser = signed_in(fragile, NEWCOMER, OWN)
    page = browser.go("/staff/password/")
    changed = {"oldpassword": OWN, "password1": NEWER, "password2": NEWER}
    fragile.submit(browser, page, form_with(page, "oldpassword"), changed)
    assert is_in(browser)
    assert not is_in(signed_in(fragile, NEWCOMER, OWN, "by the old one"))

    page, form = sign_in_page(browser := fragile.stranger("by the new one"))
    fragile.submit(browser, page, form, {"login": NEWCOMER, "password": NEWER})
    assert is_in(browser)


def signing_out_survives(fragile: Fragile) -> None:
    """Both ways out end the session itself: its cookie, kept by somebody, opens nothing."""
    for path in ("/staff/sign-out/", "/leave/"):
        browser = signed_in(fragile, COLLEAGUE, PASSWORD)
        kept = dict(browser.cookies)
        fragile.post(browser, path)
        assert not is_in(fragile.stranger("with a kept cookie", **kept))


def sign_in_page(browser: Browser) -> tuple[Answer, Form]:
    page = browser.go(SIGN_IN)
    return page, form_with(page, "password")


def signed_in(fragile: Fragile, email: str, password: str, name: str = "") -> Browser:
    """Give a fresh browser that signed in, if this password lets it."""
    page, form = sign_in_page(browser := fragile.stranger(name or email))
    browser.send(page, form, {"login": email, "password": password})
    return browser


def is_in(browser: Browser) -> bool:
    return browser.get(OFFICE).status == 200
