from datetime import datetime

from django.db import transaction

from sabaq.courses.models import Edition
from sabaq.kernel.audit import Signatory, record
from sabaq.newsroom.drafting import DRAFTERS
from sabaq.newsroom.errors import ArticleWasEdited
from sabaq.newsroom.facts import Attendance, facts_of
from sabaq.newsroom.models import Article


@transaction.atomic
def draft_article(
    edition: Edition,
    language: str,
    attendance: Attendance,
    *,
    by: Signatory,
    at: datetime,
    replace_edits: bool = False,
) -> Article:
    """Draft the article from the edition's facts; raise `ArticleWasEdited` rather than lose a person's work."""
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    article = Article.objects.filter(edition=locked, language=language).first()
    if article and article.edited_at and not replace_edits:
        raise ArticleWasEdited
    title, body = DRAFTERS[language](facts_of(locked, attendance, language=language))
    article = article or Article(edition=locked, language=language)
    article.title, article.body, article.drafted_at, article.edited_at = title, body, at, None
    article.save()
    record(article, "drafted", by=by, at=at, changed=["title", "body"])
    return article


@transaction.atomic
def edit_article(
    article: Article, *, title: str, body: str, by: Signatory, at: datetime
) -> Article:
    """Keep a person's own wording."""
    article = Article.objects.select_for_update().get(pk=article.pk)
    article.title, article.body, article.edited_at = title, body, at
    article.save(update_fields=["title", "body", "edited_at"])
    record(article, "edited", by=by, at=at, changed=["title", "body"])
    return article
