"""Exactly once over a bad link: the server accepts each write id once per actor."""

import json
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import CharField, UUIDField
from django.utils.translation import gettext_lazy as _

from sabaq.kernel.errors import DomainError
from sabaq.kernel.ids import digest
from sabaq.kernel.models import WriteReceipt
from sabaq.kernel.statements import Given, Statement

_RECEIPT = Statement(
    lambda: WriteReceipt.objects.filter(
        actor_key=Given("actor_key", CharField()), write_id=Given("write_id", UUIDField())
    )
)

# A device gives up an unsent write no later than its sign-in, after 30 days (PARTICIPANT_STAYS).
RECEIPTS_KEPT_FOR = timedelta(days=30)


class WriteIdReused(DomainError):
    message = _("This was already sent with other content, and what was sent first was kept.")
    status = 409


def body_digest(body: Mapping[str, Any]) -> str:
    """Give the digest of a write's body, the same for the same content in any key order."""
    return digest(json.dumps(body, sort_keys=True, ensure_ascii=False, default=str).encode())


def once(
    actor_key: str,
    write_id: uuid.UUID,
    body: Mapping[str, Any],
    act: Callable[[], dict[str, Any]],
    *,
    at: datetime,
) -> tuple[dict[str, Any], bool]:
    """Do `act` unless this actor's `write_id` was accepted before; give its answer and whether it is a replay.

    The effect and its receipt commit together. The same id with another body raises `WriteIdReused`.
    `act` must give a JSON-able dict.
    """
    wanted = body_digest(body)
    known = _receipt(actor_key, write_id, wanted)
    if known is not None:
        return known, True
    try:
        with transaction.atomic():
            # The receipt goes first: of two equal writes at once the second waits here, then fails.
            receipt = WriteReceipt.objects.create(
                actor_key=actor_key, write_id=write_id, body_digest=wanted, at=at
            )
            receipt.answer = act()
            if receipt.answer:  # most acts answer nothing, and nothing is what the receipt holds
                receipt.save(update_fields=["answer"])
            return receipt.answer, False
    except IntegrityError:
        known = _receipt(actor_key, write_id, wanted)
        if known is None:
            raise
        return known, True


def forget_receipts(*, at: datetime) -> int:
    """Throw away the receipts that nobody will ask for any more; give their number."""
    return WriteReceipt.objects.filter(at__lt=at - RECEIPTS_KEPT_FOR).delete()[0]


def _receipt(actor_key: str, write_id: uuid.UUID, wanted: str) -> dict[str, Any] | None:
    receipt = _RECEIPT.first(actor_key=actor_key, write_id=write_id)
    if receipt is None:
        return None
    if receipt.body_digest != wanted:
        raise WriteIdReused
    answer: dict[str, Any] = receipt.answer
    return answer
