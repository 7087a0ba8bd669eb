"""What the two commonest requests of a participant must not do again at each: compose the statements they ask."""

import re
import uuid
from datetime import datetime

import pytest
from django.db.models.sql.compiler import SQLCompiler
from django.test import Client

from tests.doors.world import two_worlds

pytestmark = pytest.mark.django_db


@pytest.fixture
def composed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Record the table of every SELECT that Django composes; `clear()` it when the process is warm."""
    tables: list[str] = []
    compose = SQLCompiler.as_sql

    def recording(self: SQLCompiler, *args: object, **kwargs: object) -> object:
        tables.append(self.query.model._meta.db_table)
        return compose(self, *args, **kwargs)

    monkeypatch.setattr(SQLCompiler, "as_sql", recording)
    return tables


def save(browser: Client, item: str, option: str) -> int:
    form = {"item": item, "option": option, "write_id": str(uuid.uuid4())}
    return browser.post("/test/knowledge/answer/", form).status_code


def test_today_composes_no_statement_once_it_is_warm(
    still_clock: datetime, composed: list[str]
) -> None:
    browser = two_worlds().client("participant")
    browser.get("/today/")
    composed.clear()

    answer = browser.get("/today/")

    assert (answer.status_code, composed) == (200, [])


def test_saving_an_answer_composes_no_question_once_it_is_warm(
    still_clock: datetime, composed: list[str]
) -> None:
    browser = two_worlds().client("participant")
    page = browser.get("/test/knowledge/").content.decode()
    options = re.findall(r'name="a-([\w-]+)" value="([\w-]+)"', page)
    save(browser, *options[0])
    composed.clear()

    statuses = [save(browser, *option) for option in options[:3]]

    assert (statuses, composed) == ([204, 204, 204], [])
