"""What loading an edition did, to be said line by line."""

from collections import Counter
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sabaq.kernel.rows import Put


class Verb(Enum):
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    KEPT = "kept"  # no longer in the file, but something is recorded about it


KINDS: dict[str, str | Promise] = {
    "donor": _("donor"),
    "programme": _("programme"),
    "project": _("project"),
    "agency": _("agency"),
    "account": _("account"),
    "edition": _("edition"),
    "countryseats": _("seats of a country"),
    "supportcontact": _("support contact"),
    "contributor": _("contributor"),
    "session": _("session"),
    "appointment": _("appointment"),
    "call": _("call"),
    "courseversion": _("course version"),
}


@dataclass(frozen=True)
class Change:
    verb: Verb
    kind: str
    key: str
    columns: tuple[str, ...] = ()


@dataclass
class Changes:
    """All that was done, in order. Empty means that nothing was."""

    done: list[Change] = field(default_factory=list)

    def note(self, verb: Verb, row: Model, key: str, columns: tuple[str, ...] = ()) -> None:
        self.done.append(Change(verb, row._meta.model_name or "", key, columns))

    def note_put(self, put: Put[Any], key: str) -> None:
        if put.is_new:
            self.note(Verb.ADDED, put.row, key)
        elif put.changed:
            self.note(Verb.CHANGED, put.row, key, put.changed)

    @property
    def is_empty(self) -> bool:
        return not any(change.verb is not Verb.KEPT for change in self.done)

    def count(self, verb: Verb) -> dict[str, int]:
        """Give how many rows of each kind this was done to."""
        return dict(Counter(change.kind for change in self.done if change.verb is verb))
