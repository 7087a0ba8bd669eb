from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from sabaq.courses.models import Edition
from sabaq.kernel.audit import Signatory, record
from sabaq.kernel.i18n import values_of
from sabaq.newsroom.drafting import DRAFTERS
from sabaq.newsroom.errors import ArticleWasEdited, TextChangedMeanwhile, UnknownQuote
from sabaq.newsroom.facts import ArticleFacts, facts_of, kept
from sabaq.newsroom.models import Article, ArticleText, Quote
from sabaq.newsroom.rules import quote_keys
from sabaq.newsroom.services.changes import article_for, locked, reopen


def draft_article(
    edition: Edition,
    language: str,
    *,
    by: Signatory,
    at: datetime,
    replace_edits: bool = False,
) -> ArticleText:
    """Draft the article from the edition's facts; raise `ArticleWasEdited` rather than lose a person's work.

    Speakers' statements become quotes, each to be approved; a quote that is there already is left alone.
    """
    # Takes seconds: outside the transaction, which keeps everybody else from writing.
    facts = facts_of(edition, language=language)
    return _write_draft(edition, language, facts, by=by, at=at, replace_edits=replace_edits)


@transaction.atomic
def _write_draft(
    edition: Edition,
    language: str,
    facts: ArticleFacts,
    *,
    by: Signatory,
    at: datetime,
    replace_edits: bool,
) -> ArticleText:
    article = article_for(edition)
    text = article.texts.filter(language=language).first()
    if text and text.edited_at and not replace_edits:
        raise ArticleWasEdited
    _quote_speakers(article, edition)
    title, body = DRAFTERS[language](facts)
    text = text or ArticleText(article=article, language=language, revision=0)
    is_new = (text.title, text.body) != (title[:300], body)
    text.title, text.body, text.facts = title[:300], body, kept(facts)
    text.drafted_at, text.edited_at = at, None
    text.revision += is_new
    text.save()
    changed = ["title", "body"]
    record(article, "drafted", by=by, at=at, changed=changed, reason=language)
    if is_new:
        reopen(article, by=by, at=at)
    return text


def _quote_speakers(article: Article, edition: Edition) -> None:
    known = set(article.quotes.values_list("key", flat=True))
    for position, contributor in enumerate(edition.contributors.all()):
        if contributor.key not in known and values_of(contributor.statement):
            Quote.objects.create(
                article=article,
                key=contributor.key,
                contributor=contributor,
                name=contributor.name,
                function=contributor.function,
                text=contributor.statement,
                position=position,
            )


@dataclass(frozen=True)
class Wording:
    """What the office writes in one language, and the revision of the text it began from."""

    title: str
    body: str
    revision: int


@transaction.atomic
def edit_article(
    text: ArticleText, wording: Wording, *, by: Signatory, at: datetime
) -> ArticleText:
    """Keep a person's own wording.

    Raises `TextChangedMeanwhile` where somebody else's would be overwritten, `UnknownQuote` where the text
    names a quote that is not there. The same wording again changes nothing.
    """
    article = locked(text.article)
    text = ArticleText.objects.get(pk=text.pk)
    body = wording.body.replace("\r\n", "\n").strip()
    if (text.title, text.body) == (wording.title, body):
        return text
    if text.revision != wording.revision:
        raise TextChangedMeanwhile
    known = set(article.quotes.values_list("key", flat=True))
    for key in quote_keys(body):
        if key not in known:
            raise UnknownQuote(key=key)
    text.title, text.body, text.edited_at = wording.title, body, at
    text.revision += 1
    text.save(update_fields=["title", "body", "edited_at", "revision"])
    changed = ["title", "body"]
    record(article, "edited", by=by, at=at, changed=changed, reason=text.language)
    reopen(article, by=by, at=at)
    return text
