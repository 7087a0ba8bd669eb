"""The trail of an article in words."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import pgettext_lazy

from sabaq.kernel.models import AuditRecord
from sabaq.newsroom.enums import Step

_WORDS: Mapping[str, Any] = {
    "drafted": pgettext_lazy("trail of an article", "Drafted from the facts"),
    "edited": pgettext_lazy("trail of an article", "Edited"),
    "approvals void": pgettext_lazy("trail of an article", "Changed: earlier approvals are void"),
    "quote added": pgettext_lazy("trail of an article", "Quote added"),
    "quote changed": pgettext_lazy("trail of an article", "Quote changed"),
    "quote approved": pgettext_lazy("trail of an article", "Approval of a quote recorded"),
    "quote not approved any more": pgettext_lazy(
        "trail of an article", "Approval of a quote taken back"
    ),
    "quote removed": pgettext_lazy("trail of an article", "Quote removed"),
    "photo given": pgettext_lazy("trail of an article", "Photo or its caption given"),
    "photo removed": pgettext_lazy("trail of an article", "Photo removed"),
    "step taken": pgettext_lazy("trail of an article", "Approved"),
    "donor asked for": pgettext_lazy("trail of an article", "The donor is to approve"),
    "donor not asked for": pgettext_lazy("trail of an article", "The donor need not approve"),
    "published": pgettext_lazy("trail of an article", "Published"),
    "withdrawn": pgettext_lazy("trail of an article", "Withdrawn from the public"),
}


class Line(NamedTuple):
    at: datetime
    who: str
    what: Any
    more: Any


def in_words(records: Iterable[AuditRecord]) -> list[Line]:
    """Give who did what, and what to: a step's name, a language, a quote's key, a reason."""
    steps = dict(Step.choices)
    return [
        Line(
            one.at,
            one.actor_label,
            _WORDS.get(one.verb, one.verb),
            steps.get(one.reason, one.reason),
        )
        for one in records
    ]
