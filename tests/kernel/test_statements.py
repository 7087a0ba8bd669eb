"""A statement gives what its queryset would, whatever it was composed with; only the composing is saved."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection, transaction
from django.db.models import BigIntegerField, CharField, DateTimeField, F, QuerySet, UUIDField
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from sabaq.courses.models import Session
from sabaq.enrolment.models import AccessLink
from sabaq.kernel.statements import Given, Statement
from tests.factories import NOW, AccessLinkFactory, SessionFactory

pytestmark = pytest.mark.django_db


def open_links(**which: object) -> QuerySet[AccessLink]:
    links = AccessLink.objects.select_related("enrolment__person__agency", "guest")
    return links.filter(**which)


@contextmanager
def counted_composing(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[type]]:
    """Record the model of every statement that Django composes in the block."""
    composed: list[type] = []
    compose = SQLCompiler.as_sql

    def counting(self: SQLCompiler, *args: object, **kwargs: object) -> object:
        composed.append(self.query.model)
        return compose(self, *args, **kwargs)

    monkeypatch.setattr(SQLCompiler, "as_sql", counting)
    yield composed
    monkeypatch.setattr(SQLCompiler, "as_sql", compose)


def test_a_statement_gives_the_rows_of_its_queryset_for_each_value():
    statement = Statement(
        lambda: open_links(
            uuid=Given("uuid", UUIDField()), expires_at__gt=Given("at", DateTimeField())
        )
    )
    first, second = AccessLinkFactory(), AccessLinkFactory()

    found = [statement.rows(uuid=link.uuid, at=NOW) for link in (first, second)]

    assert found == [[first], [second]]
    assert statement.rows(uuid=first.uuid, at=first.expires_at) == []
    assert statement.first(uuid=uuid.UUID(int=0), at=NOW) is None


def test_a_row_is_what_its_queryset_makes_of_it_related_objects_included():
    statement = Statement(lambda: open_links(uuid=Given("uuid", UUIDField())))
    link = AccessLinkFactory()
    expected = open_links(uuid=link.uuid).get()

    found = statement.first(uuid=link.uuid)

    assert found is not None
    with CaptureQueriesContext(connection) as asked:
        assert columns(found) == columns(expected)
        assert columns(found.enrolment) == columns(expected.enrolment)
        assert columns(found.enrolment.person.agency) == columns(expected.enrolment.person.agency)
        assert found.guest is None
    assert len(asked) == 0


def columns(row: object) -> dict[str, object]:
    return {name: value for name, value in vars(row).items() if name != "_state"}


def test_a_statement_of_values_gives_tuples_flat_values_and_annotations():
    session = SessionFactory()
    rows = Session.objects.filter(edition=Given("edition", BigIntegerField()))
    listed = Statement(lambda: rows.values_list("uuid", "title", "starts_at"))
    flat = Statement(lambda: rows.values_list("uuid", flat=True))
    annotated = Statement(lambda: rows.annotate(state=F("live_class__state")))
    which = {"edition": session.edition_id}

    assert listed.rows(**which) == [(session.uuid, session.title, session.starts_at)]
    assert flat.rows(**which) == [session.uuid]
    assert [row.state for row in annotated.rows(**which)] == [None]


def test_a_statement_is_composed_once_and_asks_the_database_every_time(
    monkeypatch: pytest.MonkeyPatch,
):
    statement = Statement(lambda: open_links(code_digest=Given("digest", CharField())))
    link = AccessLinkFactory()

    with counted_composing(monkeypatch) as composed, CaptureQueriesContext(connection) as asked:
        before = statement.first(digest=link.code_digest)
        connection.cursor().execute("DELETE FROM enrolment_accesslink")
        after = statement.first(digest=link.code_digest)

    assert (before, after) == (link, None)
    assert composed == [AccessLink]
    assert len(asked) == 3


@pytest.mark.django_db(transaction=True)
def test_every_thread_composes_for_its_own_connection():
    statement = Statement(lambda: open_links(uuid=Given("uuid", UUIDField())))
    link, found = AccessLinkFactory(), []

    def ask() -> None:
        found.append(statement.first(uuid=link.uuid))
        connection.close()

    ask()
    thread = Thread(target=ask)
    thread.start()
    thread.join()

    assert found == [link, link]


def test_nothing_is_not_a_value():
    statement = Statement(lambda: open_links(code_digest=Given("digest", CharField())))

    with pytest.raises(ValueError, match="digest is None"):
        statement.rows(digest=None)


def test_a_statement_is_made_of_rows_or_of_value_lists_alone():
    statement = Statement(lambda: open_links().values("uuid"))

    with pytest.raises(TypeError, match="ValuesIterable"):
        statement.rows()


@pytest.mark.django_db(transaction=True)
def test_a_statement_that_locks_needs_a_transaction_each_time():
    statement = Statement(
        lambda: AccessLink.objects.select_for_update().filter(uuid=Given("uuid", UUIDField()))
    )
    link = AccessLinkFactory()
    with transaction.atomic():
        assert statement.rows(uuid=link.uuid) == [link]

    with pytest.raises(TransactionManagementError):
        statement.rows(uuid=link.uuid)


def test_a_row_of_values_is_read_once_and_anew_once_it_has_changed():
    statement = Statement(
        lambda: (
            Session.objects.filter(edition=Given("edition", BigIntegerField()))
            .order_by("id")
            .values_list("uuid", "title", "starts_at")
        )
    )
    session = SessionFactory()
    earlier = session.starts_at - timedelta(hours=1)

    before = statement.rows(edition=session.edition_id)
    Session.objects.filter(pk=session.pk).update(starts_at=earlier)
    after = statement.rows(edition=session.edition_id)

    assert before == [(session.uuid, session.title, session.starts_at)]
    assert after == [(session.uuid, session.title, earlier)]
    assert statement.rows(edition=session.edition_id)[0] is after[0]
