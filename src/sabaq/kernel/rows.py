"""Rows that follow a file: made when new, changed where they differ, left alone otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db.models import ForeignObjectRel, Model, QuerySet
from i18nfield.strings import LazyI18nString

from sabaq.kernel.audit import Signatory, record
from sabaq.kernel.i18n import values_of

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Put(Generic[M]):
    """A row after `put`: whether it is new, and which columns were changed if it is not."""

    row: M
    is_new: bool
    changed: tuple[str, ...]

    @property
    def is_unchanged(self) -> bool:
        return not self.is_new and not self.changed


def put(rows: QuerySet[M], which: Mapping[str, Any], values: Mapping[str, Any]) -> Put[M]:
    """Make the one row `which` with `values`, or save those of its columns that differ from them.

    Call it inside a transaction: the row is locked until the end.
    """
    row = rows.select_for_update().filter(**which).first()
    if row is None:
        return Put(rows.create(**which, **_stored(values)), is_new=True, changed=())
    changed = tuple(name for name, value in values.items() if _differs(getattr(row, name), value))
    for name in changed:
        setattr(row, name, _stored(values)[name])
    if changed:
        row.save(update_fields=list(changed))
    return Put(row, is_new=False, changed=changed)


def recorded(done: Put[M], *, by: Signatory | None, at: datetime) -> Put[M]:
    """Write the audit line of what `put` did, if it did anything."""
    if not done.is_unchanged:
        verb = "created" if done.is_new else "changed"
        record(done.row, verb, by=by, at=at, changed=done.changed)
    return done


def leaned_on_by(row: Model) -> list[str]:
    """Give the labels of the models whose rows point at this one: it cannot go without taking them along.

    Plain lists of pairs (many-to-many) do not count.
    """
    found = set()
    for relation in row._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel) or relation.many_to_many:
            continue
        model = relation.related_model
        if isinstance(model, str) or model._meta.auto_created:
            continue
        if QuerySet(model).filter(**{relation.field.name: row}).exists():
            found.add(model._meta.label)
    return sorted(found)


def _stored(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: LazyI18nString(dict(value)) if isinstance(value, Mapping) else value
        for name, value in values.items()
    }


def _differs(now: Any, wanted: Any) -> bool:
    if isinstance(now, LazyI18nString) or isinstance(wanted, Mapping):
        return values_of(now) != values_of(wanted)
    return bool(now != wanted)
