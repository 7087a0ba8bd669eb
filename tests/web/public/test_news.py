"""What the public reads of an article, and what search engines and messengers are told."""

import re
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.test import Client

from sabaq.newsroom.services import take_back_approval, withdraw_article
from tests.factories import NOW, EditionFactory
from tests.newsroom.articles import BY, SAID, drafted_article, published_article, the_quote

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def edition():
    return EditionFactory(slug="regional-2027")


def html_of(path):
    response = Client().get(path)
    assert response.status_code == 200
    return response.content.decode()


def meta(html):
    return dict(re.findall(r'<meta property="([^"]+)" content="([^"]*)">', html))


def test_an_article_is_read_in_each_language_and_each_links_to_the_other(edition):
    published_article(edition)

    english, russian = (html_of(f"/news/{code}/regional-2027/") for code in ("en", "ru"))

    assert '<html lang="en">' in english
    assert '<html lang="ru">' in russian
    for html in (english, russian):
        for code in ("en", "ru"):
            address = f"{settings.PUBLIC_URL}/news/{code}/regional-2027/"
            assert f'<link rel="alternate" hreflang="{code}" href="{address}">' in html
    assert 'href="/news/ru/regional-2027/" hreflang="ru"' in english
    assert 'href="/news/en/regional-2027/" hreflang="en"' in russian


def test_a_quote_stands_word_for_word_above_name_and_function(edition):
    published_article(edition)

    assert (
        f'<figure class="quote"><blockquote><p>“{SAID["en"]}”</p></blockquote>'
        "<figcaption><bdi>Marta Example</bdi>, Regional Representative</figcaption></figure>"
    ) in html_of("/news/en/regional-2027/")
    assert f"«{SAID['ru']}»" in html_of("/news/ru/regional-2027/")


@pytest.mark.parametrize("path", ["/news/en/regional-2027/", "/news/regional-2027/"])
def test_nobody_finds_what_is_not_published_or_not_any_more(edition, path):
    article = drafted_article(edition)
    assert Client().get(path).status_code == 404
    article.delete()
    edition.contributors.all().delete()

    article = published_article(edition)
    photo = f"/news/photo/{article.photos.get().uuid}.jpeg"
    assert Client().get(photo).status_code == 200
    withdraw_article(article, reason="R", by=BY, at=NOW)

    assert Client().get(path).status_code == 404
    assert Client().get(photo).status_code == 404


def test_the_page_goes_when_a_speaker_takes_her_approval_back(edition):
    article = published_article(edition)

    take_back_approval(the_quote(article), by=BY, at=NOW)

    assert Client().get("/news/en/regional-2027/").status_code == 404
    assert SAID["en"] not in html_of("/news/en/feed.xml")
    assert "regional-2027" not in html_of("/news/en/")


def test_a_shared_link_shows_title_summary_and_photo_from_our_own_address(edition):
    article = published_article(edition)
    photo = article.photos.get()

    told = meta(html_of("/news/en/regional-2027/"))

    assert told["og:type"] == "article"
    assert told["og:title"] == (
        "Law-enforcement officers of two countries take part in the course "
        "“Gender mainstreaming in law enforcement”"
    )
    assert told["og:description"].startswith("On 4 and 5 February 2027, 61 law-enforcement")
    assert told["og:image"] == f"{settings.PUBLIC_URL}/news/photo/{photo.uuid}.jpeg"
    assert told["og:image:alt"] == "A screen with officers"
    assert (told["og:locale"], told["og:locale:alternate"]) == ("en_GB", "ru_RU")


def test_without_a_photo_a_picture_of_our_own_is_shown(edition):
    published_article(edition).photos.all().delete()

    told = meta(html_of("/news/ru/regional-2027/"))

    assert told["og:image"] == f"{settings.PUBLIC_URL}/static/sabaq/share.png"


def test_search_engines_may_keep_the_news_and_nothing_else(edition):
    published_article(edition)
    told = {
        path: Client().get(path)["X-Robots-Tag"]
        for path in ("/news/en/", "/news/en/regional-2027/", "/news/en/feed.xml", "/", "/check/")
    }

    assert told == {
        "/news/en/": "all",
        "/news/en/regional-2027/": "all",
        "/news/en/feed.xml": "all",
        "/": "noindex",
        "/check/": "noindex",
    }


def test_the_photo_comes_with_credit_and_words_and_can_do_nothing(edition):
    photo = published_article(edition).photos.get()

    html = html_of("/news/ru/regional-2027/")
    response = Client().get(f"/news/photo/{photo.uuid}.jpeg")

    assert 'alt="Экран с участниками"' in html
    assert "<bdi>Office</bdi></figcaption>" in html
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Security-Policy"] == (
        "default-src 'none'; sandbox; frame-ancestors 'none'"
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert Client().get(f"/news/photo/{photo.uuid}.png").status_code == 404


def test_the_feed_is_atom_and_tells_of_each_article_in_its_language(edition):
    article = published_article(edition)

    feed = ET.fromstring(Client().get("/news/ru/feed.xml").content)

    [entry] = feed.findall(f"{ATOM}entry")
    assert feed.tag == f"{ATOM}feed"
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "ru"
    assert entry.findtext(f"{ATOM}title", "").startswith("Сотрудники правоохранительных органов")
    assert entry.findtext(f"{ATOM}id") == f"urn:uuid:{article.uuid}#ru"
    assert entry.findtext(f"{ATOM}published") == NOW.isoformat()
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == f"{settings.PUBLIC_URL}/news/ru/regional-2027/"


def test_an_address_without_a_language_leads_to_the_reader_s(edition):
    published_article(edition)
    reader = Client(headers={"accept-language": "uz"})

    assert reader.get("/news/")["Location"] == "/news/ru/"
    assert reader.get("/news/regional-2027/")["Location"] == "/news/ru/regional-2027/"


def test_the_list_asks_little_however_many_there_are(django_assert_max_num_queries):
    for _ in range(4):
        published_article(EditionFactory())

    with django_assert_max_num_queries(2):
        Client().get("/news/en/")
