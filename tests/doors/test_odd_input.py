"""Sends what no browser sends to every URL: an answer in words is fine, a broken page never is."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from sabaq.kernel.ids import new_uuid
from tests.doors.table import TABLE, Row
from tests.doors.test_every_url import path_to

FIELDS = [
    "act",
    "a-one",
    "a-\x00",
    "agency",
    "answer",
    "body",
    "code",
    "confirmed",
    "country",
    "display_name",
    "email",
    "into",
    "item",
    "kind",
    "language",
    "latin_name",
    "letter",
    "lines",
    "listing",
    "login",
    "name",
    "native_name",
    "next",
    "nomination",
    "notice_version",
    "option",
    "page",
    "password",
    "patronymic",
    "photo",
    "q-comment",
    "q-relevant",
    "q-useful",
    "question",
    "rank_band",
    "reason",
    "replace",
    "reply",
    "run",
    "seen",
    "sex",
    "since",
    "slide",
    "expected",
    "state",
    "step",
    "table",
    "text",
    "text-en",
    "title",
    "trouble",
    "voice",
    "write_id",
]
# Each breaks something somewhere: a database without NUL, a number without end, a name of a view.
ODD = {
    "NUL": "Гүл\0Үлгі",
    "no end of digits": "9" * 5000,
    "long": "ΐ" * 160,
    "markup": "<script>alert(1)</script>{{ 7 }}%(name)s%s\r\n\u202e",
    "a bare word": "foo",
}


def forms(row: Row, odd: str) -> Iterator[dict[str, Any]]:
    """Give forms whose fields are odd but for what leads on: the write id, a page's step, a table that can be read.

    What leads on in this row is odd too, one field at a time.
    """
    fields = {**dict.fromkeys(FIELDS, odd), **row.data, "write_id": str(new_uuid())}
    yield fields
    for name in row.data:
        yield {**fields, name: odd, "write_id": str(new_uuid())}
    for step in ("profile", "notice", "consents"):
        if row.name in {"learner:welcome", "learner:me"}:
            yield {**fields, "step": step}
    if row.name == "office:nominate_file":
        yield {**fields, "table": SimpleUploadedFile("o.csv", f"Full name\n{odd}\n".encode())}


def broken(client: Client, row: Row, path: str, odd: str) -> list[str]:
    wrong = []
    for body in forms(row, odd):
        with transaction.atomic():
            if client.post(path, body).status_code >= 500:
                wrong.append(f"POST {sorted(body)}")
            transaction.set_rollback(True)
    with transaction.atomic():
        if client.get(path, dict.fromkeys([*FIELDS, "number"], odd)).status_code >= 500:
            wrong.append("GET")
        transaction.set_rollback(True)
    return wrong


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_odd_input_is_answered_and_breaks_nothing(here, row):
    path = path_to(row, here)
    role = next(iter(sorted(row.insiders & {"organiser", "participant"})), "anonymous")

    wrong = []
    for what, odd in ODD.items():
        client = here.client(role)
        client.raise_request_exception = True
        wrong += [f"{what}: {one}" for one in broken(client, row, path, odd)]

    assert wrong == []
