"""What every change of an article does: a new revision, for which no approval has been given yet."""

from datetime import datetime

from sabaq.courses.models import Edition
from sabaq.kernel.audit import Signatory, record
from sabaq.newsroom.errors import ArticleChangedMeanwhile
from sabaq.newsroom.models import Article


def locked(article: Article) -> Article:
    """Give the article with its row locked: two people never change it at the same moment."""
    return Article.objects.select_for_update().get(pk=article.pk)


def article_for(edition: Edition) -> Article:
    """Give the edition's article, made where there is none; the edition is locked, so that there is one."""
    held = Edition.objects.select_for_update().get(pk=edition.pk)
    Article.objects.get_or_create(edition=held)
    return Article.objects.select_for_update().get(edition=held)


def refuse_stale(article: Article, revision: int) -> None:
    """Raise `ArticleChangedMeanwhile` where the actor has read another revision than this."""
    if article.revision != revision:
        raise ArticleChangedMeanwhile


def reopen(article: Article, *, by: Signatory, at: datetime) -> None:
    """Raise the revision of a locked article and make void what was approved before."""
    article.revision += 1
    article.save(update_fields=["revision"])
    void = article.approvals.filter(void_since__isnull=True).update(
        void_since=at, void_by=by.label[:200]
    )
    if void:
        record(article, "approvals void", by=by, at=at)
