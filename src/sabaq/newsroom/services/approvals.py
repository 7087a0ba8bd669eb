from datetime import datetime

from django.db import transaction

from sabaq.kernel.audit import Signatory, record
from sabaq.newsroom.enums import Step
from sabaq.newsroom.errors import DayAhead, StepNotDue, TextMissing
from sabaq.newsroom.models import Approval, Article
from sabaq.newsroom.queries import way_out
from sabaq.newsroom.rules import LANGUAGES, next_step
from sabaq.newsroom.services.changes import locked, refuse_stale
from sabaq.newsroom.services.quotes import Agreement


@transaction.atomic
def give_step(
    article: Article, step: Step, revision: int, *, by: Signatory, at: datetime
) -> Approval:
    """Take a step of the way out in one's own name, for the revision that one has read.

    Raises `ArticleChangedMeanwhile`, `StepNotDue`, or `TextMissing` while a language has no text. A step that
    is taken already stays as it is.
    """
    article = locked(article)
    refuse_stale(article, revision)
    given = _held(article, step)
    return given or _give(
        article, step, Agreement(by.label, article.edition.day_of(at)), by=by, at=at
    )


@transaction.atomic
def record_donor_approval(
    article: Article, agreement: Agreement, revision: int, *, by: Signatory, at: datetime
) -> Approval:
    """Record that the donor's person approved the article: she has no way in here herself."""
    article = locked(article)
    refuse_stale(article, revision)
    if agreement.on > article.edition.day_of(at):
        raise DayAhead
    return _held(article, Step.DONOR) or _give(article, Step.DONOR, agreement, by=by, at=at)


def _held(article: Article, step: Step) -> Approval | None:
    return article.approvals.filter(step=step, void_since__isnull=True).first()


def _give(
    article: Article, step: Step, agreement: Agreement, *, by: Signatory, at: datetime
) -> Approval:
    written = set(article.texts.values_list("language", flat=True))
    if missing := [language for language in LANGUAGES if language not in written]:
        raise TextMissing(languages=", ".join(missing))
    given = [taken.step for taken in way_out(article) if taken.approval is not None]
    if next_step(given, needs_donor=article.needs_donor) is not step:
        raise StepNotDue
    approval = Approval.objects.create(
        article=article,
        step=step,
        revision=article.revision,
        name=agreement.name,
        given_on=agreement.on,
        way=agreement.way,
        recorded_by=by.label[:200],
        recorded_at=at,
    )
    record(article, "step taken", by=by, at=at, reason=step)
    return approval


@transaction.atomic
def ask_for_donor(article: Article, *, needed: bool, by: Signatory, at: datetime) -> Article:
    """Say whether the donor approves this article before it is published."""
    article = locked(article)
    if article.needs_donor != needed:
        article.needs_donor = needed
        article.save(update_fields=["needs_donor"])
        verb = "donor asked for" if needed else "donor not asked for"
        record(article, verb, by=by, at=at, changed=["needs_donor"])
    return article
