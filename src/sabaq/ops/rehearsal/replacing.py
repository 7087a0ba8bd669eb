"""Act three, the morning: some are called away, others of the reserve list take their seats, one comes late."""

import re
from collections.abc import Sequence
from datetime import timedelta

from sabaq.ops.rehearsal import letters, nominating, opening
from sabaq.ops.rehearsal.ledger import Officer
from sabaq.ops.rehearsal.pages import Form
from sabaq.ops.rehearsal.play import Play, must
from sabaq.ops.rehearsal.wire import Answer, Unexpected

BEFORE_THE_CLASS = timedelta(minutes=45)
CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b")


def replace_on_the_morning(
    play: Play, called_off: Sequence[Officer], reserve: Sequence[Officer], first_class: str
) -> None:
    """Free the seats of those called away, and confirm as many of the reserve list."""
    play.clock.set(play.moment(first_class, after=-BEFORE_THE_CLASS))
    for officer in called_off:
        link = officer.link
        nominating.withdraw_participant(play, officer)
        officer.confirmed = False
        letters.refuse_link(play, "the link of who has no seat any more", link)
    nominating.confirm(play, reserve, "reserve")
    letters.collect_letters(play, reserve)
    for officer in reserve:
        opening.open_the_course(play, officer, by_code=False, correct_sex=False)


def admit_latecomer(play: Play, officer: Officer, session: str) -> None:
    """The host lets an officer in whom nobody nominated; the organiser gives her the seat that is left."""
    host = play.staff(play.stage.staff_as("host"))
    path = f"{play.office}latecomers/"
    page = host.go(path)
    form = _form_with(page, "native_name")
    said = {
        "native_name": officer.native_name,
        "latin_name": officer.latin_name,
        "agency": officer.agency,
        "sex": officer.sex,
        "language": officer.language,
    }
    own = host.submit(page, form, said)
    found = CODE.search(own.page.text)
    if found is None:
        raise Unexpected("the host is not shown the code of a latecomer")
    officer.code = found[0]
    opening.open_the_course(play, officer, by_code=True, correct_sex=False)
    row = next(row for row in play.organiser.go(path).page.all("tr") if officer.native_name in row.names())  # fmt: skip
    chosen = row.all("input", name="enrolment")[0].get("value")
    must(play.organiser.post(f"{path}decide/", {"act": "confirm", "enrolment": [chosen]}), 302)
    officer.nominated = officer.confirmed = True
    again = play.organiser.go(f"{play.office}participants/").page
    if officer.native_name not in again.names():
        raise Unexpected(f"a latecomer of {session} was not given the last seat")


def _form_with(page: Answer, name: str) -> Form:
    return next(form for form in page.page.forms() if name in form.fields)
