"""Articles for tests, made as an office makes them."""

from sabaq.adapters.newsroom.memory import GivenFigures
from sabaq.courses.enums import ContributorKind
from sabaq.courses.models import Edition
from sabaq.kernel import ports
from sabaq.newsroom.enums import Step, Way
from sabaq.newsroom.models import Article, Quote
from sabaq.newsroom.pictures import clean_picture
from sabaq.newsroom.ports import Attendance, Figures
from sabaq.newsroom.services import (
    approve_quote,
    draft_article,
    give_step,
    publish_article,
    replace_photo,
)
from sabaq.newsroom.services.photos import Caption
from sabaq.newsroom.services.quotes import Agreement
from sabaq.people.actors import acting
from tests.factories import NOW, ContributorFactory
from tests.newsroom.pictures import jpeg

BY = acting("Anora Example")
SAID = {
    "en": "We hope to see more women among the officers.",
    "ru": "Мы надеемся увидеть больше женщин.",
}
PICTURE = clean_picture(jpeg())
YES = Agreement("Marta Example", NOW.date(), Way.EMAIL)


def drafted_article(edition: Edition) -> Article:
    """Give an article drafted in both languages, with one quote that is not approved."""
    ContributorFactory(
        edition=edition,
        kind=ContributorKind.SPEAKER,
        name={"en": "Marta Example", "ru": "Марта Пример"},
        function={"en": "Regional Representative", "ru": "Региональный представитель"},
        statement=SAID,
    )
    with ports.replaced(Figures, GivenFigures(Attendance(61, 29, ("KG", "KZ")))):
        for language in ("en", "ru"):
            draft_article(edition, language, by=BY, at=NOW)
    return Article.objects.get(edition=edition)


def approved(article: Article, *steps: Step) -> Article:
    """Approve every quote, then take these steps, or all that the article needs without a donor."""
    for quote in article.quotes.all():
        approve_quote(quote, YES, by=BY, at=NOW)
    for step in steps or (Step.HANDED_ON, Step.COMMUNICATION, Step.REPRESENTATIVE):
        give_step(article, step, article.revision, by=BY, at=NOW)
    return article


def with_photo(article: Article) -> Article:
    alt = {"en": "A screen with officers", "ru": "Экран с участниками"}
    replace_photo(article, PICTURE, Caption("Office", alt, NOW.date(), Way.SIGNED), by=BY, at=NOW)
    article.refresh_from_db()
    return article


def published_article(edition: Edition) -> Article:
    """Give an article that the public reads, with an approved quote and a photo."""
    article = approved(with_photo(drafted_article(edition)))
    return publish_article(article, article.revision, by=BY, at=NOW)


def the_quote(article: Article) -> Quote:
    return article.quotes.get()
