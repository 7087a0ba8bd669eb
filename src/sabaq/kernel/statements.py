"""Statements that a page asks at every request, composed by Django once and then asked again with other values.

Composing takes ten times as long as SQLite takes to answer. Nothing that was answered is kept: every call asks
the database. Only what it says is not read twice: where rows are bare values, one that came before is known by
its columns, and its dates and texts need not be made anew. See docs/adr/0009-composed-statements.md.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, QuerySet, Value, query
from django.db.transaction import TransactionManagementError

Row = TypeVar("Row")
_KEPT = "_sabaq_statements"
_ROWS_KNOWN = 512


class Given(Value):
    """Stands in a filter for a value that each call of the statement gives by `name`; never NULL, never a list."""

    def __init__(self, name: str, field: "Field[Any, Any]") -> None:
        super().__init__(None, output_field=field)
        self.name = name

    def as_sql(self, *_: Any, **__: Any) -> tuple[str, list[Any]]:
        return "%s", [self]

    def prepared(self, values: dict[str, Any], connection: BaseDatabaseWrapper) -> Any:
        value = values[self.name]
        if value is None:
            raise ValueError(f"{self.name} is None: that would need another statement")
        return self.output_field.get_db_prep_value(value, connection)


class Statement(Generic[Row]):
    """A queryset of rows, or of `values_list`, with `Given` in the place of what changes.

    `compose` is called once per database connection, which belongs to one thread: SQL and converters depend on
    the kind of database. Prefetching is not for it; a lock asks for a transaction as everywhere.
    """

    def __init__(self, compose: Callable[[], "QuerySet[Any, Row]"]) -> None:
        self._compose = compose

    def rows(self, **values: Any) -> list[Row]:
        """Ask with these values; give all rows."""
        connection = connections[DEFAULT_DB_ALIAS]
        kept: dict[Statement[Any], _Composed[Any]] = connection.__dict__.setdefault(_KEPT, {})
        if self not in kept:
            kept[self] = _Composed(self._compose(), connection)
        composed: _Composed[Row] = kept[self]
        return composed.rows(values)

    def first(self, **values: Any) -> Row | None:
        """Ask with these values; give the first row or None. Nothing is cut off: at most a few should match."""
        return next(iter(self.rows(**values)), None)


class _Composed(Generic[Row]):
    """What Django's compiler knows once it has composed a queryset."""

    def __init__(self, queryset: "QuerySet[Any, Row]", connection: BaseDatabaseWrapper) -> None:
        self._connection, self._locks = connection, queryset.query.select_for_update
        self._compiler: Any = queryset.query.get_compiler(connection=connection)
        self._sql, self._parameters = self._compiler.as_sql()
        expressions = [column[0] for column in self._compiler.select]
        self._converters = self._compiler.get_converters(expressions)
        self._read = _reader(queryset, self._compiler)
        # Values are never changed by who gets them; a model's row is an object of its own each time.
        is_bare = queryset._iterable_class is not query.ModelIterable  # noqa: SLF001 - nothing else tells
        self._known = lru_cache(_ROWS_KNOWN)(self._made_of) if is_bare else None

    def rows(self, values: dict[str, Any]) -> list[Row]:
        connection = self._connection
        # Django asks this while it composes, which here may have been in another transaction.
        if self._locks and connection.get_autocommit():
            raise TransactionManagementError("a statement that locks needs a transaction")
        parameters = [
            one.prepared(values, connection) if isinstance(one, Given) else one
            for one in self._parameters
        ]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, parameters)
            found = cursor.fetchall()
        if self._known:
            return [self._known(columns) for columns in found]
        return [self._read(row) for row in self._compiler.apply_converters(found, self._converters)]

    def _made_of(self, columns: tuple[Any, ...]) -> Any:
        return self._read(next(self._compiler.apply_converters([columns], self._converters)))


def _reader(queryset: "QuerySet[Any, Any]", compiler: Any) -> Callable[[Sequence[Any]], Any]:
    """Give what makes of a row what the queryset's own iterator would make of it."""
    kind: Any = queryset._iterable_class  # noqa: SLF001 - nothing else tells
    if kind is query.ModelIterable:
        return _model_reader(queryset, compiler)
    width = len(compiler.select)
    if kind is query.ValuesListIterable:
        return lambda row: tuple(row[:width])
    if kind is query.FlatValuesListIterable:
        return lambda row: row[0]
    raise TypeError(f"no statement can be made of {kind.__name__}")


def _model_reader(queryset: "QuerySet[Any, Any]", compiler: Any) -> Callable[[Sequence[Any]], Any]:
    about, select, alias = compiler.klass_info, compiler.select, queryset.db
    model, own = about["model"], about["select_fields"]
    begin, end = own[0], own[-1] + 1
    names = [column[0].target.attname for column in select[begin:end]]
    related = query.get_related_populators(about, select, alias)  # type: ignore[attr-defined]
    annotated = list(compiler.annotation_col_map.items())

    def read(row: Sequence[Any]) -> Any:
        found = model.from_db(alias, names, row[begin:end])
        for populator in related:
            populator.populate(row, found)
        for name, column in annotated:
            setattr(found, name, row[column])
        return found

    return read
