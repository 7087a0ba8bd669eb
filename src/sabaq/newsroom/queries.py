"""Doors to articles, what they say, and what the public reads."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from sabaq.courses.models import Edition
from sabaq.courses.queries import editions_for
from sabaq.kernel.audit import trail_of
from sabaq.kernel.i18n import text_in, values_of
from sabaq.kernel.models import AuditRecord
from sabaq.newsroom.enums import Step
from sabaq.newsroom.facts import facts_of, kept
from sabaq.newsroom.models import Approval, Article, ArticleText, Photo, PublishedText, Quote
from sabaq.newsroom.ports import Block, ProseBlock, QuoteBlock
from sabaq.newsroom.rules import (
    LANGUAGES,
    ChangedFact,
    changed_facts,
    parts_of,
    quote_keys,
    repeats,
    steps_asked_for,
)
from sabaq.people.actors import Actor
from sabaq.people.enums import Role

WRITING_ROLES = (Role.ORGANISER, Role.COMMUNICATION)
ARTICLE_ROLES = (*WRITING_ROLES, Role.REPRESENTATIVE)
ROLE_OF_STEP = {
    Step.HANDED_ON: WRITING_ROLES,
    Step.COMMUNICATION: (Role.COMMUNICATION,),
    Step.REPRESENTATIVE: (Role.REPRESENTATIVE,),
    Step.DONOR: WRITING_ROLES,
}


def editions_written_about_by(actor: Actor) -> QuerySet[Edition]:
    """Give the editions whose article the actor may write."""
    return editions_for(actor, *WRITING_ROLES)


def editions_read_about_by(actor: Actor) -> QuerySet[Edition]:
    """Give the editions whose unpublished article the actor may read."""
    return editions_for(actor, *ARTICLE_ROLES)


def may_give(actor: Actor, step: Step, edition: Edition) -> bool:
    """Tell whether this step is the actor's to take."""
    return actor.has_role(*ROLE_OF_STEP[step], edition_id=edition.pk)


def article_of(edition: Edition) -> Article | None:
    return Article.objects.filter(edition=edition).first()


def whole_article_of(edition: Edition) -> Article | None:
    """Give the article with its texts, quotes and approvals at hand."""
    whole = Article.objects.prefetch_related("texts", "quotes", "approvals")
    return whole.filter(edition=edition).first()


def texts_of(article: Article) -> dict[str, ArticleText]:
    return {text.language: text for text in article.texts.all()}


def blocks_of(body: str, quotes: Iterable[Quote], language: str) -> tuple[Block, ...]:
    """Give a text in blocks, each quote as its speaker worded it; a quote that is gone is left out."""
    by_key = {quote.key: quote for quote in quotes}
    blocks: list[Block] = []
    for kind, content in parts_of(body):
        if kind == "prose":
            blocks.append(ProseBlock(content))
        elif content in by_key:
            blocks.append(quote_block(by_key[content], language))
    return tuple(blocks)


def quote_block(quote: Quote, language: str) -> QuoteBlock:
    said = [text_in(value, language).text for value in (quote.name, quote.function, quote.text)]
    return QuoteBlock(said[0], said[1], said[2].strip(' “”«»"\n'), quote.is_approved)


def quotes_used(article: Article) -> list[Quote]:
    """Give the quotes that some text of the article names."""
    used = {key for text in article.texts.all() for key in quote_keys(text.body)}
    return [quote for quote in article.quotes.all() if quote.key in used]


def unapproved_in(article: Article) -> Quote | None:
    """Give a quote that may not go out: named in a text, or typed out in it, and not approved; None where all is well."""
    said = "\n".join(f"{text.title}\n{text.body}" for text in article.texts.all())
    used = set(quote_keys(said))
    for quote in article.quotes.all():
        typed_out = any(repeats(said, words) for words in values_of(quote.text).values())
        if not quote.is_approved and (quote.key in used or typed_out):
            return quote
    return None


def untranslated_in(article: Article) -> Quote | None:
    """Give a quote that a text names in a language in which it has no words."""
    return next(
        (quote for quote in quotes_used(article) if set(LANGUAGES) - set(values_of(quote.text))),
        None,
    )


@dataclass(frozen=True)
class StepTaken:
    """One step of the way out, and its approval once it is given."""

    step: Step
    approval: Approval | None


def way_out(article: Article) -> list[StepTaken]:
    """Give the steps that this article needs, with the approvals that hold."""
    held = {a.step: a for a in article.approvals.all() if a.void_since is None}
    return [
        StepTaken(step, held.get(step)) for step in steps_asked_for(needs_donor=article.needs_donor)
    ]


def void_approvals(article: Article) -> list[Approval]:
    """Give the approvals that a later change has made void, the newest first."""
    return [a for a in reversed(article.approvals.all()) if a.void_since is not None]


def facts_changed_since(text: ArticleText, edition: Edition) -> list[ChangedFact]:
    """Give the facts that are no longer what the text was drafted from."""
    return changed_facts(text.facts, kept(facts_of(edition, language=text.language)))


def current_photo(article: Article) -> Photo | None:
    """Give the photo that goes out with the next publication, without its bytes."""
    return article.photos.defer("data").filter(is_current=True).first()


def trail_of_article(article: Article) -> QuerySet[AuditRecord]:
    return trail_of(article).order_by("-id")


def news(language: str) -> QuerySet[PublishedText]:
    """Give what the public may read in a language, the newest first."""
    return (
        PublishedText.objects.filter(
            language=language,
            article__published_at__isnull=False,
            article__withdrawn_at__isnull=True,
        )
        .select_related("article__edition")
        .order_by("-article__published_at", "-id")
    )


def photos_in_public() -> QuerySet[Photo]:
    """Give the photos that stand beside what the public may read."""
    return Photo.objects.filter(
        is_published=True,
        article__published_at__isnull=False,
        article__withdrawn_at__isnull=True,
    )


def published_photo(article: Article) -> Photo | None:
    return photos_in_public().defer("data").filter(article=article).first()
