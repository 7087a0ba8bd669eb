from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from django.db.models import Model, QuerySet

from sabaq.kernel.models import AuditRecord


class Signatory(Protocol):
    """Whoever stands behind an act: an id and a label, no foreign key."""

    @property
    def audit_id(self) -> int | None: ...
    @property
    def label(self) -> str: ...


def record(
    about: Model,
    verb: str,
    *,
    by: Signatory | None,
    at: datetime,
    changed: Iterable[str] = (),
    reason: str = "",
) -> AuditRecord:
    """Write one line of the audit trail; `by=None` means the system itself."""
    return AuditRecord.objects.create(
        object_type=about._meta.label,
        object_id=str(about.pk),
        verb=verb,
        actor_id=by.audit_id if by else None,
        actor_label=by.label if by else "",
        changed=list(changed),
        reason=reason,
        at=at,
    )


def trail_of(about: Model) -> QuerySet[AuditRecord]:
    """Give the audit trail of one object, oldest first."""
    return AuditRecord.objects.filter(
        object_type=about._meta.label, object_id=str(about.pk)
    ).order_by("id")
