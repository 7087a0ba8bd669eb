"""Writing a commitment. It is signed, so it says when."""

from datetime import datetime

from django.db import transaction

from sabaq.enrolment.models import Enrolment
from sabaq.feedback.errors import AnswersRefused, CommitmentsClosed
from sabaq.feedback.models import Commitment
from sabaq.feedback.queries import commitments_close_on, promise_of
from sabaq.feedback.rules import Promised, problems_with_promise
from sabaq.kernel.audit import Signatory, record


@transaction.atomic
def commit(
    enrolment: Enrolment, promised: Promised, *, by: Signatory | None, at: datetime
) -> Commitment:
    """Write, or put better, what the participant means to do; the same again changes nothing.

    Raises `AnswersRefused` with every problem, `CommitmentsClosed` two weeks after the course, or
    `NoCommitmentAsked`.
    """
    edition = enrolment.edition
    promise_of(edition)
    today = edition.day_of(at)
    closes = commitments_close_on(edition)
    if today >= closes:
        raise CommitmentsClosed(date=closes)
    # Lock first: two browsers of hers at once must not make two.
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    known = Commitment.objects.filter(enrolment=enrolment).first()
    problems = problems_with_promise(promised, before=known.by_when if known else None, today=today)
    if problems:
        raise AnswersRefused(problems)
    if known is None:
        made = Commitment.objects.create(
            enrolment=enrolment, made_at=at, changed_at=at, **vars(promised)
        )
        record(made, "made", by=by, at=at)
        return made
    changed = [name for name, value in vars(promised).items() if getattr(known, name) != value]
    if changed:
        for name in changed:
            setattr(known, name, getattr(promised, name))
        known.changed_at = at
        known.save(update_fields=[*changed, "changed_at"])
        record(known, "changed", by=by, at=at, changed=changed)
    return known
