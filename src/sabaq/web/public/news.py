"""The news: published articles, each in every language, with a feed; the only pages meant for search engines."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.urls.converters import StringConverter
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sabaq.kernel.i18n import text_in
from sabaq.newsroom.models import PublishedText
from sabaq.newsroom.queries import news, photos_in_public, published_photo
from sabaq.newsroom.rules import LANGUAGES
from sabaq.web.news import READ_IN, published_blocks
from sabaq.web.public.pictures import inert
from sabaq.web.requests import Request, found

SHOWN = 50
_LOCALES = {"en": "en_GB", "ru": "ru_RU"}
# An article may be withdrawn and a photo erased: nobody keeps them for long.
_KEPT_FOR = "public, max-age=600"


class NewsLanguage(StringConverter):
    """A language in which articles are written."""

    regex = "|".join(LANGUAGES)


def in_its_language(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Show the whole page in the language of its address, and let search engines keep it."""

    @wraps(view)
    def shown(request: Request, language: str, **which: Any) -> HttpResponse:
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = view(request, language, **which)
        response.headers["Content-Language"] = language
        response.headers["X-Robots-Tag"] = "all"
        return response

    return shown


@require_safe
def home(request: Request) -> HttpResponse:
    """Lead to the news in the reader's language."""
    return redirect("public:news", _read_by(request))


@require_safe
def anywhere(request: Request, slug: str) -> HttpResponse:
    """Lead to an article in the reader's language."""
    found(news(_read_by(request)), article__edition__slug=slug)
    return redirect("public:news_item", _read_by(request), slug)


def _read_by(request: Request) -> str:
    return request.LANGUAGE_CODE if request.LANGUAGE_CODE in LANGUAGES else "en"


@require_safe
@in_its_language
def listing(request: Request, language: str) -> HttpResponse:
    """List the articles, the newest first."""
    page = {
        "texts": news(language)[:SHOWN],
        "alternates": _alternates(lambda code: reverse("public:news", args=[code])),
        "anywhere": settings.PUBLIC_URL + reverse("public:news_home"),
        "preview": _preview(request, language, _("News"), _("Training courses of our office.")),
    }
    return render(request, "public/news.html", page)


@require_safe
@in_its_language
def item(request: Request, language: str, slug: str) -> HttpResponse:
    """Show an article, with links to its other languages."""
    text = found(news(language), article__edition__slug=slug)
    photo = published_photo(text.article)
    alternates = _alternates(lambda code: reverse("public:news_item", args=[code, slug]))
    preview = _preview(request, language, text.title, text.summary)
    if photo is not None:
        alt = text_in(photo.alt, language).text
        path = reverse("public:news_photo", args=[photo.uuid, photo.kind])
        preview |= {"image": settings.PUBLIC_URL + path, "image_alt": alt}
        preview |= {"width": photo.width, "height": photo.height}
    page = {
        "text": text,
        "article_language": language,
        "blocks": published_blocks(text.blocks),
        "photo": photo,
        "alternates": alternates,
        "anywhere": settings.PUBLIC_URL + reverse("public:news_anywhere", args=[slug]),
        "preview": {**preview, "published": text.article.published_at},
    }
    return render(request, "public/news_item.html", page)


@require_safe
def photo(request: HttpRequest, uuid: UUID, kind: str) -> HttpResponse:
    """Give the photo of an article that the public may read."""
    one = found(photos_in_public(), uuid=uuid, kind=kind)
    response = inert(bytes(one.data), one.kind)
    response.headers["Cache-Control"] = _KEPT_FOR
    return response


def _alternates(path_in: Callable[[str], str]) -> list[dict[str, str]]:
    return [
        {
            "language": code,
            "name": dict(settings.LANGUAGES)[code],
            "read": READ_IN[code],
            "path": path_in(code),
            "url": settings.PUBLIC_URL + path_in(code),
        }
        for code in LANGUAGES
    ]


def _preview(request: HttpRequest, language: str, title: str, summary: str) -> dict[str, Any]:
    """Give what a messenger shows of a link that is shared; all of it comes from our own address."""
    return {
        "title": title,
        "summary": summary,
        "url": settings.PUBLIC_URL + request.path,
        "locale": _LOCALES[language],
        "other_locales": [_LOCALES[code] for code in LANGUAGES if code != language],
        "image": settings.PUBLIC_URL + static("sabaq/share.png"),
        "image_alt": "Sabaq",
        "width": 1200,
        "height": 630,
    }


class NewsFeed(Feed[PublishedText, str]):
    """The news of one language as an Atom feed."""

    feed_type = Atom1Feed

    def __call__(self, request: HttpRequest, *args: Any, **which: Any) -> HttpResponse:
        with translation.override(which["language"]):
            response = super().__call__(request, *args, **which)
        response.headers["Cache-Control"] = _KEPT_FOR
        response.headers["Content-Language"] = which["language"]
        response.headers["X-Robots-Tag"] = "all"
        return response

    def get_object(self, request: HttpRequest, language: str) -> str:
        return language

    def title(self, language: str) -> str:
        return _("Sabaq: news")

    def subtitle(self, language: str) -> str:
        return _("Training courses of our office.")

    def link(self, language: str) -> str:
        return settings.PUBLIC_URL + reverse("public:news", args=[language])

    def feed_url(self, language: str) -> str:
        return settings.PUBLIC_URL + reverse("public:news_feed", args=[language])

    def feed_guid(self, language: str) -> str:
        return self.link(language)

    def items(self, language: str) -> list[PublishedText]:
        return list(news(language)[:SHOWN])

    def item_title(self, item: PublishedText) -> str:
        return item.title

    def item_description(self, item: PublishedText) -> str:
        return item.summary

    def item_link(self, item: PublishedText) -> str:
        slug = item.article.edition.slug
        return settings.PUBLIC_URL + reverse("public:news_item", args=[item.language, slug])

    def item_guid(self, item: PublishedText) -> str:
        return f"urn:uuid:{item.article.uuid}#{item.language}"

    def item_author_name(self, item: PublishedText) -> str:
        return text_in(item.article.edition.contact_office, item.language).text

    def item_pubdate(self, item: PublishedText) -> datetime | None:
        return item.article.published_at

    def item_updateddate(self, item: PublishedText) -> datetime | None:
        return item.article.updated_at


feed = require_safe(NewsFeed())
