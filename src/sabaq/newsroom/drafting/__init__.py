"""Drafts of the article, one module a language, each written as an office of that language writes."""

from collections.abc import Callable

from sabaq.newsroom.drafting import english, russian
from sabaq.newsroom.facts import ArticleFacts

DRAFTERS: dict[str, Callable[[ArticleFacts], tuple[str, str]]] = {
    "en": english.draft,
    "ru": russian.draft,
}
