"""Exact counts leave the office only on a paper that says to whom and why."""

from datetime import datetime

from django.db import transaction
from django.utils import translation

from sabaq.courses.models import Edition
from sabaq.kernel.audit import record
from sabaq.people.actors import Actor
from sabaq.reporting.effects import print_annex
from sabaq.reporting.errors import AnnexNamesNobody
from sabaq.reporting.models import Annex, Recipient


def issue_annex(
    edition: Edition, recipient: Recipient, *, language: str, by: Actor, at: datetime
) -> Annex:
    """Print the exact head counts for one named recipient and keep the paper; raises `AnnexNamesNobody`."""
    if not recipient.is_whole:
        raise AnnexNamesNobody
    with translation.override(language):
        document = print_annex(edition, recipient, language=language, by=by.label, at=at)
    # Printing is slow: it is done before the database is held.
    with transaction.atomic():
        annex = Annex.objects.create(
            edition=edition,
            recipient=recipient.name.strip(),
            organisation=recipient.organisation.strip(),
            reason=recipient.reason.strip(),
            language=language,
            issued_by=by.label,
            issued_at=at,
            document=document,
        )
        record(annex, "issued", by=by, at=at, reason=annex.reason)
    return annex
