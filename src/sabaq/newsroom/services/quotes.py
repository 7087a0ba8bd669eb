from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from sabaq.kernel.audit import Signatory, record
from sabaq.kernel.i18n import values_of
from sabaq.newsroom.enums import Way
from sabaq.newsroom.errors import DayAhead, QuoteInUse
from sabaq.newsroom.models import Article, Quote
from sabaq.newsroom.queries import quotes_used
from sabaq.newsroom.services.changes import locked, reopen
from sabaq.newsroom.services.publishing import take_off

_APPROVAL = ["approved_by", "approved_on", "approved_way", "recorded_by", "recorded_at"]


@dataclass(frozen=True)
class Words:
    """Who is quoted, and what she said, per language."""

    name: Mapping[str, str]
    function: Mapping[str, str]
    text: Mapping[str, str]


@dataclass(frozen=True)
class Agreement:
    """Who agreed to something outside this system, on which day, and how."""

    name: str
    on: date
    way: Way | str = ""


@transaction.atomic
def save_quote(
    article: Article, quote: Quote | None, words: Words, *, by: Signatory, at: datetime
) -> Quote:
    """Add a quote, or give one other words: what was approved before is then not approved any more."""
    article = locked(article)
    if quote is None:
        number = article.quotes.count() + 1
        while article.quotes.filter(key=f"quote-{number}").exists():
            number += 1
        quote = Quote(article=article, key=f"quote-{number}", position=100 + number)
    else:
        quote = article.quotes.get(pk=quote.pk)
        if _said(quote) == (dict(words.name), dict(words.function), dict(words.text)):
            return quote
    quote.name, quote.function, quote.text = (
        dict(words.name),
        dict(words.function),
        dict(words.text),
    )
    is_new = quote.pk is None
    _forget_approval(quote)
    quote.save()
    verb = "quote added" if is_new else "quote changed"
    record(article, verb, by=by, at=at, reason=quote.key)
    _reopen_if_used(article, quote, by=by, at=at)
    return quote


def _said(quote: Quote) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    return values_of(quote.name), values_of(quote.function), values_of(quote.text)


@transaction.atomic
def approve_quote(quote: Quote, agreement: Agreement, *, by: Signatory, at: datetime) -> Quote:
    """Record that the speaker has approved these very words; raise `DayAhead` for a day to come."""
    article = locked(quote.article)
    quote = article.quotes.get(pk=quote.pk)
    if agreement.on > article.edition.day_of(at):
        raise DayAhead
    quote.approved_by, quote.approved_on = agreement.name, agreement.on
    quote.approved_way = agreement.way
    quote.recorded_by, quote.recorded_at = by.label[:200], at
    quote.save(update_fields=_APPROVAL)
    record(article, "quote approved", by=by, at=at, changed=_APPROVAL, reason=quote.key)
    return quote


@transaction.atomic
def take_back_approval(quote: Quote, *, by: Signatory, at: datetime) -> Quote:
    """Record that the speaker does not want to be quoted so: an article that quotes her goes from the public at once."""
    article = locked(quote.article)
    quote = article.quotes.get(pk=quote.pk)
    if not quote.is_approved:
        return quote
    _forget_approval(quote)
    quote.save(update_fields=_APPROVAL)
    verb = "quote not approved any more"
    record(article, verb, by=by, at=at, changed=_APPROVAL, reason=quote.key)
    _reopen_if_used(article, quote, by=by, at=at)
    if _is_in_public(article, quote):
        take_off(article, by=by, at=at)
    return quote


@transaction.atomic
def remove_quote(quote: Quote, *, by: Signatory, at: datetime) -> None:
    """Erase a quote that nothing names any more; raise `QuoteInUse` where a text or the public still has it."""
    article = locked(quote.article)
    quote = article.quotes.get(pk=quote.pk)
    if quote in quotes_used(article) or _is_in_public(article, quote):
        raise QuoteInUse
    quote.delete()
    record(article, "quote removed", by=by, at=at, reason=quote.key)


def _forget_approval(quote: Quote) -> None:
    quote.approved_by, quote.approved_on, quote.approved_way = "", None, ""
    quote.recorded_by, quote.recorded_at = "", None


def _reopen_if_used(article: Article, quote: Quote, *, by: Signatory, at: datetime) -> None:
    if quote in quotes_used(article):
        reopen(article, by=by, at=at)


def _is_in_public(article: Article, quote: Quote) -> bool:
    return any(
        block.get("key") == quote.key for text in article.published.all() for block in text.blocks
    )
