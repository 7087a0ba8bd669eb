from datetime import datetime
from typing import Any

from django.db import transaction

from sabaq.kernel.audit import Signatory, record
from sabaq.newsroom.enums import Step
from sabaq.newsroom.errors import (
    ApprovalMissing,
    QuoteNotApproved,
    QuoteNotTranslated,
    TextMissing,
)
from sabaq.newsroom.models import Article, ArticleText, PublishedText
from sabaq.newsroom.queries import quote_block, texts_of, unapproved_in, untranslated_in, way_out
from sabaq.newsroom.rules import LANGUAGES, parts_of, summary_of
from sabaq.newsroom.services.changes import locked, refuse_stale


@transaction.atomic
def publish_article(article: Article, revision: int, *, by: Signatory, at: datetime) -> Article:
    """Let the public read the article as it is now, in every language.

    Raises what stands in the way: `TextMissing`, `ApprovalMissing`, `QuoteNotApproved`, `QuoteNotTranslated`,
    or `ArticleChangedMeanwhile` where `revision` is not the newest. Publishing the same revision again changes
    nothing.
    """
    article = locked(article)
    refuse_stale(article, revision)
    if article.is_public_as_it_is:
        return article
    texts = texts_of(article)
    _refuse_unready(article, texts)
    article.published.all().delete()
    for language in LANGUAGES:
        _copy(article, texts[language])
    article.photos.exclude(is_current=True).delete()
    article.photos.update(is_published=True)
    article.published_at = article.published_at or at
    article.updated_at, article.withdrawn_at = at, None
    article.published_revision = article.revision
    article.save(update_fields=["published_at", "updated_at", "withdrawn_at", "published_revision"])
    record(article, "published", by=by, at=at)
    return article


def _refuse_unready(article: Article, texts: dict[str, ArticleText]) -> None:
    missing = [language for language in LANGUAGES if language not in texts]
    if missing:
        raise TextMissing(languages=", ".join(missing))
    due = next((taken.step for taken in way_out(article) if taken.approval is None), None)
    if due is not None:
        raise ApprovalMissing(step=Step(due).label)
    unapproved = unapproved_in(article)
    if unapproved is not None:
        raise QuoteNotApproved(name=str(unapproved.name))
    untranslated = untranslated_in(article)
    if untranslated is not None:
        raise QuoteNotTranslated(name=str(untranslated.name))


def _copy(article: Article, text: ArticleText) -> None:
    quotes = {quote.key: quote for quote in article.quotes.all()}
    blocks: list[dict[str, Any]] = []
    for kind, content in parts_of(text.body):
        if kind == "prose":
            blocks.append({"kind": "prose", "markdown": content})
            continue
        quote = quotes[content]
        block = quote_block(quote, text.language)
        blocks.append(
            {
                "kind": "quote",
                "key": content,
                "name": block.name,
                "function": block.function,
                "text": block.text,
                "approved_by": quote.approved_by,
                "approved_on": quote.approved_on and quote.approved_on.isoformat(),
            }
        )
    prose = next((block["markdown"] for block in blocks if block["kind"] == "prose"), "")
    PublishedText.objects.create(
        article=article,
        language=text.language,
        title=text.title,
        blocks=blocks,
        summary=summary_of(prose),
    )


@transaction.atomic
def withdraw_article(article: Article, *, reason: str, by: Signatory, at: datetime) -> Article:
    """Take the article from the public; its text and approvals stay with the office."""
    article = locked(article)
    if article.is_public:
        take_off(article, by=by, at=at, reason=reason)
    return article


def take_off(article: Article, *, by: Signatory, at: datetime, reason: str = "") -> None:
    """Take a locked article from the public, and erase what the public read."""
    article.published.all().delete()
    article.photos.filter(is_current=False).delete()
    article.photos.update(is_published=False)
    article.withdrawn_at = at
    article.save(update_fields=["withdrawn_at"])
    record(article, "withdrawn", by=by, at=at, reason=reason[:300])
