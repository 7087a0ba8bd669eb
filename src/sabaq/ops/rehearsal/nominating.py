"""Scene one: agencies nominate, singly and by table; the organiser confirms; letters wait in the outbox."""

import csv
import io
import re
import time
from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import groupby

import xlsxwriter

from sabaq.ops.rehearsal.ledger import Officer
from sabaq.ops.rehearsal.pages import Form, Node
from sabaq.ops.rehearsal.play import Play, must
from sabaq.ops.rehearsal.wire import Browser, File, Unexpected

HEADER = ("Full name", "Latin name", "Sex", "Language", "Rank", "E-mail")
LETTERS_SECONDS = 90
OVERSIZED = 5_500_000
_LINK = re.compile(r"https?://[^/\s]+(/i/[A-Za-z0-9_-]+/)")
_CODE = re.compile(r"^([0-9A-Z]{4}-[0-9A-Z]{4})$", re.MULTILINE)


def nominate(play: Play, officers: Sequence[Officer]) -> None:
    """Enter everybody: the first of each agency by the form, the others by a table."""
    play.clock.set(play.stage.opens_at + timedelta(days=3))
    ordered = sorted(officers, key=lambda officer: officer.agency)
    for number, (_, group) in enumerate(groupby(ordered, key=lambda officer: officer.agency)):
        first, *others = group
        browser = focal_point(play, first)
        nominate_one(play, browser, first)
        if others:
            send_table(play, browser, others, as_workbook=number % 2 == 0)


def focal_point(play: Play, officer: Officer) -> Browser:
    agency = next(a for a in play.stage.agencies if a.key == officer.agency)
    return play.staff(play.stage.focal_point_of(agency))


def fields_of(officer: Officer) -> dict[str, str]:
    return {
        "agency": officer.agency,
        "native_name": officer.native_name,
        "latin_name": officer.latin_name,
        "sex": officer.sex,
        "language": officer.language,
        "rank_band": officer.rank,
        "email": officer.email,
    }


def nominate_one(play: Play, browser: Browser, officer: Officer) -> None:
    page = browser.go(f"{play.office}nominate/")
    form = next(form for form in page.page.forms() if "native_name" in form.fields)
    browser.submit(page, form, fields_of(officer))
    officer.nominated = True


def send_table(
    play: Play, browser: Browser, officers: Sequence[Officer], *, as_workbook: bool
) -> None:
    """Send officers of one agency as a table, with a row that must be named and left out."""
    rows = [_row(officer) for officer in officers]
    bad = ("Nobody Knows", "Латиница Нет", "female", "ru", "junior", "")
    file = _workbook([*rows, bad]) if as_workbook else _csv([*rows, bad])
    path = f"{play.office}nominate/file/"
    answer = must(browser.upload(path, {"agency": officers[0].agency}, "table", file), 200)
    named = {node.text for table in answer.page.all("table") for node in table.all("bdi")}
    play.refusal("a row with a name that is not Latin", accepted=bad[0] not in named)
    for officer in officers:
        officer.nominated = True


def _row(officer: Officer) -> tuple[str, ...]:
    return tuple(value for name, value in fields_of(officer).items() if name != "agency")


def table_of(officers: Sequence[Officer]) -> File:
    """Give the officers as a CSV table."""
    return _csv(map(_row, officers))


def _workbook(rows: Iterable[Sequence[str]]) -> File:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate([HEADER, *rows]):
            sheet.write_row(line, 0, row)
    return File("officers.xlsx", buffer.getvalue())


def _csv(rows: Iterable[Sequence[str]]) -> File:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([HEADER, *rows])
    return File("officers.csv", text.getvalue().encode("utf-8-sig"), "text/csv")


def take_back(play: Play, officer: Officer) -> None:
    """An agency withdraws one of its officers before anything is decided."""
    browser = focal_point(play, officer)
    page = browser.go(f"{play.office}nominations/")
    browser.submit(page, form_beside(page.page, officer, "/withdraw/"))
    officer.nominated = False


def refuse_bad_nominations(play: Play, stranger: Officer) -> None:
    """A foreign agency, too large a file, and a call that is over."""
    agencies = play.stage.agencies
    foreign = next(a for a in agencies if a.country != stranger.country)
    browser = focal_point(play, stranger)
    path = f"{play.office}nominate/"
    given = {**fields_of(stranger), "native_name": "Foreign Agency", "write_id": play.write_id()}
    answer = browser.post(path, {**given, "agency": foreign.key})
    play.refuses("a nomination for another agency", answer, 200, 403, 422)
    big = File("officers.csv", b"Full name\n" + b"x" * OVERSIZED, "text/csv")
    answer = browser.upload(f"{path}file/", {"agency": stranger.agency}, "table", big)
    play.refuses("a table of 5.5 MB", answer, 413)
    play.clock.set(play.stage.closes_at + timedelta(days=1))
    given |= {"native_name": "Late Comer", "write_id": play.write_id()}
    answer = browser.post(path, given)
    play.refuses("a nomination after the call", answer, 200, 403, 409, 422)


def decide(play: Play, chosen: Sequence[Officer], reserve: Officer, declined: Officer) -> None:
    """Try to confirm one too many; then confirm in bulk, and decide on the others singly."""
    play.clock.set(play.stage.closes_at + timedelta(days=3))
    organiser, path = play.organiser, f"{play.office}nominations/decide/"
    proposed = nominations_in(play, "proposed")
    too_many = [proposed[officer.native_name] for officer in [*chosen, reserve]]
    must(organiser.post(path, {"act": "confirm", "nomination": too_many}), 302, 200, 409)
    play.refusal("more confirmed than there are seats", accepted=bool(confirmed_names(play)))
    for act, officers in (("confirm", chosen), ("reserve", [reserve]), ("decline", [declined])):
        ids = [proposed[officer.native_name] for officer in officers]
        must(organiser.post(path, {"act": act, "nomination": ids}), 302)
    for officer in chosen:
        officer.confirmed = True


def nominations_in(play: Play, state: str) -> dict[str, str]:
    """Give the nominations that the organiser may choose among, by the officer's name."""
    page = play.organiser.go(f"{play.office}nominations/?state={state}").page
    found = {}
    for row in page.all("tr"):
        boxes = row.all("input", name="nomination")
        if boxes:
            found[row.names()[0]] = boxes[0].get("value")
    return found


def confirmed_names(play: Play) -> set[str]:
    page = play.organiser.go(f"{play.office}nominations/?state=confirmed").page
    rows = [row for table in page.all("table") for row in table.all("tr")]
    return {names[0] for row in rows if (names := row.names())}


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
            _LINK.search(letters[officer.native_name]),
            _CODE.search(letters[officer.native_name]),
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
    page = play.organiser.go(f"{play.office}participants/")
    old = officer.link
    play.organiser.submit(page, form_beside(page.page, officer, "/link/"))
    deadline = time.monotonic() + LETTERS_SECONDS
    while officer.link == old and time.monotonic() < deadline:
        collect_letters(play, [officer])
    stranger = Browser(play.address)
    stranger.get("/code/")
    play.refuses("a link that was replaced", stranger.post(old, {"answer": "me"}), 404, 410)
    stranger.close()


def form_beside(page: Node, officer: Officer, action: str) -> Form:
    """Give the form with this action that stands with the officer's name."""

    def forms(node: Node) -> list[Form]:
        return [form for form in node.forms() if form.action.endswith(action)]

    beside = page.smallest(lambda node: officer.native_name in node.names() and forms(node))
    if beside is None:
        raise Unexpected(f"no form for {action} stands with an officer's name")
    return forms(beside)[0]
