"""Walks every URL x every role x own, foreign and mixed objects, as tests/doors/table.py says."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from sabaq.kernel.ids import new_uuid
from tests.doors.table import (
    ELSEWHERE,
    OF_NO_EDITION,
    PARTICIPANTS,
    REACHED,
    ROLES,
    STAFF,
    TABLE,
    Row,
)
from tests.doors.world import World, neighbour_of

TO_CODE, TO_SIGN_IN = "/code/", "/staff/sign-in/"
# Insiders whose POST as the table has it finds 404 all the same, and why.
FIND_NOTHING = {
    "classroom:vote": (
        {*PARTICIPANTS, "participant-elsewhere"},
        "the poll that runs in these worlds is not in the small pack they are taught from",
    ),
    "office:article_step": (
        {"representative"},
        "handing an article on is not hers to do",
    ),
}


def names_of(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from names_of(entry, inner)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}"


def test_every_url_has_one_line_in_the_table_and_every_line_a_url():
    listed = [row.name for row in TABLE]

    assert sorted(listed) == sorted(set(names_of(get_resolver())))


def asked(client: Client, row: Row, method: str, path: str) -> HttpResponse:
    """Ask, and undo whatever the asking did, so that every role finds the same world."""
    with transaction.atomic():
        if method == "GET":
            response = client.get(path)
        else:
            response = client.post(path, {"write_id": str(new_uuid()), **row.data})
        transaction.set_rollback(True)
    return response


def outcome(response: HttpResponse) -> str:
    """Say in a word what somebody found."""
    target = str(response.headers.get("Location", ""))
    if response.status_code == 302 and target.startswith((TO_CODE, TO_SIGN_IN)):
        return target.split("?", maxsplit=1)[0]
    return str(response.status_code)


def path_to(row: Row, world: World, about: dict[str, Any] | None = None) -> str:
    return reverse(row.name, kwargs=row.about(world) if about is None else about)


def expected_get(row: Row, role: str, *, is_insider: bool) -> set[str]:
    if row.door == "home":
        return {"200" if role == "anonymous" else "302"}
    if row.door == "sign-in":
        # Whoever is signed in as staff already is led on.
        return {"302"} if role in STAFF or role == "organiser-elsewhere" else {"200"}
    if row.door == "account":
        return {"200", "302"} if is_insider else {TO_SIGN_IN, "302"}
    if is_insider:
        return {str(row.gives)} if "GET" in row.methods else {"405"}
    return shut(row, role) if "GET" in row.methods else {*shut(row, role), "405"}


def shut(row: Row, role: str) -> set[str]:
    """Give what an outsider finds: the way in when nobody is signed in, else nothing at all."""
    if role == "anonymous" and row.door != "hidden":
        return {TO_CODE if row.door == "learner" else TO_SIGN_IN}
    return {"404"}


def finds_nothing(row: Row, role: str) -> bool:
    roles, _why = FIND_NOTHING.get(row.name, (set(), ""))
    return role in roles


def is_taken(found: str) -> bool:
    """Tell whether a POST came through the door: done, or answered in its own words."""
    return found in {"200", "204", "302", "303", "400", "409", "422"}


def insiders_of(row: Row, *, foreign: bool) -> set[str]:
    """Give who is let in; about the other edition's object only those elsewhere and the administrator."""
    insiders = set(row.insiders)
    if row.door == "open":
        return insiders
    theirs = {role for role, base in ELSEWHERE.items() if base in row.insiders}
    if not has_foreign(row):
        return insiders | theirs
    return theirs | (insiders & {"administrator"}) if foreign else insiders


def has_foreign(row: Row) -> bool:
    # A participant's pages are told apart by who is signed in, whatever their address names.
    return not row.name.startswith("learner:") and row.about not in OF_NO_EDITION


def check(row: Row, client: Client, role: str, path: str, *, is_insider: bool) -> list[str]:
    """Give what is wrong at this door for this role."""
    wrong = []
    found = outcome(asked(client, row, "GET", path))
    expected = expected_get(row, role, is_insider=is_insider)
    if found not in expected:
        wrong.append(f"GET {path} as {role}: {found}, not {sorted(expected)}")
    found = outcome(asked(client, row, "POST", path))
    if row.door == "account" and not is_insider:
        fine = found in {TO_SIGN_IN, "302"}
    elif is_insider or row.door in {"open", "home", "sign-in"}:
        taken = is_taken(found) or (found == "404" and finds_nothing(row, role))
        fine = taken if "POST" in row.methods else found == "405"
    else:
        fine = found in {*shut(row, role), "405"}
    if not fine:
        wrong.append(f"POST {path} as {role}: {found}")
    return wrong


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_a_door_opens_to_those_in_the_table_and_to_nobody_else(here, row):
    wrong = []
    for role in ROLES:
        client = here.client(role)
        for world in (here, here.other) if has_foreign(row) else (here,):
            is_insider = role in insiders_of(row, foreign=world is not here)
            wrong += check(
                row.about_to_post(world), client, role, path_to(row, world), is_insider=is_insider
            )

    assert wrong == []


def mixed(row: Row, here: World) -> Iterator[str]:
    """Give addresses that name this edition, or session, and an object of the other."""
    own, theirs = row.about(here), row.about(here.other)
    parent, *inner = own
    if any(own[name] != theirs[name] for name in inner):
        yield path_to(row, here, {**theirs, parent: own[parent]})


@pytest.mark.parametrize(
    "row", [row for row in TABLE if has_foreign(row)], ids=lambda row: row.name
)
def test_an_object_of_another_edition_is_not_found_under_this_one(here, row):
    wrong = []
    for path in mixed(row, here):
        for role in ("organiser", "administrator", "participant"):
            client = here.client(role)
            for method in row.methods:
                found = outcome(asked(client, row, method, path))
                if found != "404":
                    wrong.append(f"{method} {path} as {role}: {found}")

    assert wrong == []


@pytest.mark.parametrize(
    "row", [row for row in TABLE if row.about in REACHED], ids=lambda row: row.name
)
def test_a_focal_point_finds_nothing_of_another_agency_and_another_country(here, row):
    path = path_to(row, neighbour_of(here))

    for role in ("agency-focal-point", "country-focal-point"):
        client = here.client(role)
        for method in row.methods:
            assert (role, method, outcome(asked(client, row, method, path))) == (
                role,
                method,
                "404",
            )


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_staff_who_come_by_link_get_exactly_what_a_participant_gets(here, row):
    path = path_to(row, here)
    by_link, participant = here.client("staff-by-link"), here.client("participant")

    for method in ("GET", "POST"):
        assert outcome(asked(by_link, row, method, path)) == outcome(
            asked(participant, row, method, path)
        )
