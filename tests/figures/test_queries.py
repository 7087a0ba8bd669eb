"""How often each page asks the database: the whole list, taken from the doors table, so that no page is missed."""

from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.doors.table import STAFF, TABLE, Row
from tests.doors.test_every_url import path_to
from tests.doors.world import World, two_worlds
from tests.figures.crowd import crowd
from tests.figures.limits import OFFICE_PAGE, OTHER_PARTICIPANT_PAGE, TODAY

# Few, and yet enough for the results of a test to be shown.
FEW, MANY = range(30), range(30, 100)
PAGES = [row for row in TABLE if "GET" in row.methods and row.gives == 200]


def most_queries(page: str) -> int:
    if page == "learner:today":
        return TODAY
    if page.startswith(("learner:", "public:", "classroom:")):
        return OTHER_PARTICIPANT_PAGE
    return OFFICE_PAGE


def visitors(row: Row) -> list[str]:
    """Give who is asked to count: everybody with a way of her own to this page."""
    if row.door in {"open", "home", "sign-in"}:
        return ["anonymous"]
    if row.insiders == {"room"}:
        return ["room"]
    staff = sorted((row.insiders & STAFF) - {"country-focal-point", "host", "interpreter"})
    is_for_staff = row.door in {"staff", "account"} or "participant" not in row.insiders
    return staff if is_for_staff else ["participant"]


def queries(client: Client, path: str) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
    assert answer.status_code in {200, 302}, (path, answer.status_code)
    return [query["sql"] for query in asked.captured_queries]


def warm(world: World, browsers: dict[str, Client]) -> list[tuple[Row, str]]:
    """Let each page be made once, so that nothing is asked that a process asks once.

    Gives who is to ask for what: for a page everybody who may; for a file, the same for all and long in the
    making, one of them.
    """
    walk = []
    for row in PAGES:
        first, *others = visitors(row)
        answer = browsers[first].get(path_to(row, world))
        is_page = answer.headers["Content-Type"].startswith("text/html")
        walk += [(row, role) for role in [first, *(others if is_page else ())]]
    return walk


def asked_by_all(
    world: World, browsers: dict[str, Client], walk: list[tuple[Row, str]]
) -> dict[tuple[str, str], list[str]]:
    """Give what every page asks for every visitor, by the page's name and her role."""
    return {(row.name, role): queries(browsers[role], path_to(row, world)) for row, role in walk}


@pytest.mark.django_db
@pytest.mark.timeout(1800)  # every page and file of every role, twice
def test_a_page_asks_little_and_no_more_with_many_rows(still_clock: datetime) -> None:
    here = two_worlds()
    browsers = {role: here.client(role) for row in PAGES for role in visitors(row)}
    crowd(here, FEW)
    walk = warm(here, browsers)
    few = asked_by_all(here, browsers, walk)
    crowd(here, MANY)

    many = asked_by_all(here, browsers, walk)

    over = {key: len(asked) for key, asked in many.items() if len(asked) > most_queries(key[0])}
    grown = {key: asked for key, asked in many.items() if len(asked) > len(few[key])}
    assert over == {}
    assert grown == {}
