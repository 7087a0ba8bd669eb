"""From page to page: what stands in the head of every office page, and where links lead in the reader's language."""

import pytest

from sabaq.people.enums import Role
from tests.factories import EditionFactory, SessionFactory
from tests.sample_pack import sample_version
from tests.visitors import staff_browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]


@pytest.mark.parametrize(
    ("role", "is_in_classes"),
    [
        (Role.ORGANISER, True),
        (Role.HOST, True),
        (Role.TRAINER, True),
        (Role.INTERPRETER, True),
        (Role.EVALUATOR, False),
        (Role.OBSERVER, False),
    ],
)
def test_whoever_is_in_classes_finds_her_sessions_from_every_page(role, is_in_classes):
    page = staff_browser(EditionFactory(), role).get("/office/").content.decode()

    assert ('<a href="/teach/"' in page) is is_in_classes


def test_sessions_stand_under_the_edition_they_belong_to():
    session = SessionFactory(edition=EditionFactory(title={"en": "A course of its own"}))

    page = staff_browser(session.edition, Role.TRAINER).get("/teach/").content.decode()

    assert "<h2>A course of its own</h2>" in page


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_article_opens_in_the_language_of_the_reader(language):
    edition = EditionFactory(version=sample_version())
    browser = staff_browser(edition, Role.ORGANISER)

    page = browser.get(f"/office/{edition.slug}/", headers={"accept-language": language})

    assert f'href="/office/{edition.slug}/article/{language}/"' in page.content.decode()
