"""Act one: agencies nominate, singly and by table; the organiser confirms, while another does the same."""

import csv
import io
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import groupby

import xlsxwriter

from sabaq.ops.rehearsal.ledger import Officer
from sabaq.ops.rehearsal.pages import Form, Node
from sabaq.ops.rehearsal.play import Play, must
from sabaq.ops.rehearsal.wire import Answer, Browser, File, Unexpected

HEADER = ("Full name", "Latin name", "Sex", "Language", "Rank", "E-mail")
OVERSIZED = 5_500_000


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
    """A foreign agency, another's nomination, too large a file, and a call that is over."""
    agencies = play.stage.agencies
    foreign = next(a for a in agencies if a.country != stranger.country)
    browser = focal_point(play, stranger)
    path = f"{play.office}nominate/"
    given = {**fields_of(stranger), "native_name": "Foreign Agency", "write_id": play.write_id()}
    answer = browser.post(path, {**given, "agency": foreign.key})
    play.refuses("a nomination for a foreign agency", answer, 200, 403, 422)
    _refuse_a_foreign_focal_point(play, stranger)
    big = File("officers.csv", b"Full name\n" + b"x" * OVERSIZED, "text/csv")
    answer = browser.upload(f"{path}file/", {"agency": stranger.agency}, "table", big)
    play.refuses("a table of 5.5 MB", answer, 413)
    play.clock.set(play.stage.closes_at + timedelta(days=1))
    given |= {"native_name": "Late Comer", "write_id": play.write_id()}
    answer = browser.post(path, given)
    play.refuses("a nomination after the call", answer, 200, 403, 409, 422)


def _refuse_a_foreign_focal_point(play: Play, officer: Officer) -> None:
    """The focal point of another country neither withdraws an officer nor decides on her."""
    page = focal_point(play, officer).go(f"{play.office}nominations/")
    action = form_beside(page.page, officer, "/withdraw/").action
    other = next(one for one in play.stage.agencies if one.country != officer.country)
    stranger = play.staff(play.stage.focal_point_of(other))
    play.refuses("a foreign focal point's withdrawal", stranger.post(action), 403, 404)
    fields = {
        "act": "confirm",
        "nomination": [nominations_in(play, "proposed")[officer.native_name]],
    }
    answer = stranger.post(f"{play.office}nominations/decide/", fields)
    play.refuses("a focal point's decision", answer, 403, 404)


def decide(
    play: Play, chosen: Sequence[Officer], reserve: Sequence[Officer], declined: Sequence[Officer]
) -> None:
    """Try to confirm one too many; confirm in bulk; let two confirm at once for the last seat; then the others."""
    play.clock.set(play.stage.closes_at + timedelta(days=3))
    proposed = nominations_in(play, "proposed")
    ids = {o.number: proposed[o.native_name] for o in [*chosen, *reserve, *declined]}
    too_many = [ids[officer.number] for officer in [*chosen, reserve[0]]]
    must(_decide(play, "confirm", too_many), 302, 200, 409)
    play.refusal("more confirmed than seats and margin", accepted=bool(confirmed_names(play)))
    must(_decide(play, "confirm", [ids[officer.number] for officer in chosen[:-1]]), 302)
    _race_for_the_last_seat(play, chosen[-1], reserve[0], ids)
    for act, officers in (("reserve", reserve), ("decline", declined)):
        if officers:
            must(_decide(play, act, [ids[officer.number] for officer in officers]), 302)
    for officer in chosen:
        officer.confirmed = True


def _decide(play: Play, act: str, ids: Sequence[str], *, device: str = "") -> Answer:
    browser = play.staff(play.stage.staff_as("organiser"), device=device)
    path = f"{play.office}nominations/decide/"
    return browser.post(path, {"act": act, "nomination": list(ids)})


def _race_for_the_last_seat(
    play: Play, wanted: Officer, other: Officer, ids: dict[int, str]
) -> None:
    """Two devices confirm two officers at the same moment: one has the seat. If it is the wrong one, put it right."""
    devices = ("", " second")
    for device in devices:
        play.staff(play.stage.staff_as("organiser"), device=device).go(f"{play.office}nominations/")
    with ThreadPoolExecutor(2) as pool:
        pairs = zip((wanted, other), devices, strict=True)
        racing = [
            pool.submit(_decide, play, "confirm", [ids[one.number]], device=device)
            for one, device in pairs
        ]
        for race in racing:
            must(race.result(), 302, 200, 409)
    seated = confirmed_names(play) & {wanted.native_name, other.native_name}
    play.refusal(
        "one confirmation over seats and margin under concurrency", accepted=len(seated) > 1
    )
    if other.native_name in seated:
        withdraw_participant(play, other)
        must(_decide(play, "confirm", [ids[wanted.number]]), 302)


def confirm(play: Play, officers: Sequence[Officer], state: str) -> None:
    """Confirm officers whose nominations are in this state."""
    found = nominations_in(play, state)
    must(_decide(play, "confirm", [found[officer.native_name] for officer in officers]), 302)
    for officer in officers:
        officer.confirmed = True


def withdraw_participant(play: Play, officer: Officer) -> None:
    """The organiser frees a seat; its link opens nothing any more."""
    page = play.organiser.go(f"{play.office}participants/")
    play.organiser.submit(page, form_beside(page.page, officer, "/withdraw/"))


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


def form_beside(page: Node, officer: Officer, action: str) -> Form:
    """Give the form with this action that stands with the officer's name."""

    def forms(node: Node) -> list[Form]:
        return [form for form in node.forms() if form.action.endswith(action)]

    beside = page.smallest(lambda node: officer.native_name in node.names() and forms(node))
    if beside is None:
        raise Unexpected(f"no form for {action} stands with an officer's name")
    return forms(beside)[0]
