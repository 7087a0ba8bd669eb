"""Letters: each officer gets her link and code; links are replaced and closed."""

import re
import time
from collections.abc import Sequence

from sabaq.ops.rehearsal.ledger import Officer
from sabaq.ops.rehearsal.nominating import form_beside
from sabaq.ops.rehearsal.play import Play
from sabaq.ops.rehearsal.wire import Unexpected

LETTERS_SECONDS = 90
LINK = re.compile(r"https?://[^/\s]+(/i/[A-Za-z0-9_-]+/)")
CODE = re.compile(r"^([0-9A-Z]{4}-[0-9A-Z]{4})$", re.MULTILINE)


def collect_letters(play: Play, wanted: Sequence[Officer]) -> None:
    """Wait until every letter lies in the outbox, and give each officer her link and code."""
    deadline = time.monotonic() + LETTERS_SECONDS
    while True:
        letters = letters_in_outbox(play)
        if all(officer.native_name in letters for officer in wanted):
            break
        if time.monotonic() > deadline:
            raise Unexpected("the letters did not reach the outbox")
        time.sleep(0.3)
    for officer in wanted:
        link, code = (
            LINK.search(letters[officer.native_name]),
            CODE.search(letters[officer.native_name]),
        )
        if link is None or code is None:
            raise Unexpected("a letter without link or code")
        officer.link, officer.code = link[1], code[1]


def letters_in_outbox(play: Play) -> dict[str, str]:
    """Give the texts of the letters to be handed over, by the officer's name."""
    letters: dict[str, str] = {}
    for number in range(1, 20):
        page = play.organiser.go(f"{play.office}outbox/?page={number}").page
        found = {}
        for text in page.all("textarea"):
            letter = page.smallest(lambda node, text=text: node.names() and text in list(node))  # type: ignore[misc]
            if letter is not None:
                found[letter.names()[0]] = text.text
        if not found.keys() - letters.keys():
            break
        letters |= found
    return letters


def replace_link(play: Play, officer: Officer) -> None:
    """The organiser issues a new link; the old one must open nothing any more."""
    old = officer.link
    _press(play, officer, "/link/")
    deadline = time.monotonic() + LETTERS_SECONDS
    while officer.link == old and time.monotonic() < deadline:
        collect_letters(play, [officer])
    refuse_link(play, "a link that was replaced", old)


def close_link(play: Play, officer: Officer) -> None:
    """The organiser closes a link that went astray, and issues another one."""
    _press(play, officer, "/link/close/")
    refuse_link(play, "a revoked link", officer.link)
    replace_link(play, officer)


def refuse_link(play: Play, what: str, link: str) -> None:
    """A link that must open nothing opens nothing."""
    stranger = play.stranger("stranger")
    stranger.get("/code/")
    play.refuses(what, stranger.post(link, {"answer": "me"}), 404, 410)
    stranger.close()


def _press(play: Play, officer: Officer, action: str) -> None:
    page = play.organiser.go(f"{play.office}participants/")
    play.organiser.submit(page, form_beside(page.page, officer, action))
