"""A photo goes into an article with credit, words and the agreement of those shown, or not at all."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sabaq.kernel import clock
from sabaq.newsroom.models import Photo
from sabaq.people.enums import Role
from tests.factories import EditionFactory
from tests.newsroom.articles import drafted_article
from tests.newsroom.pictures import jpeg
from tests.web.office.staff import signed_in

pytestmark = pytest.mark.django_db


def whole(edition):
    return {
        "photo": SimpleUploadedFile("class.jpg", jpeg(), "image/jpeg"),
        "credit": "Office",
        "alt_en": "A screen with officers",
        "alt_ru": "Экран с участниками",
        "agreed": "on",
        "agreed_on": edition.day_of(clock.now()).isoformat(),
        "way": "signed",
    }


@pytest.fixture
def edition():
    edition = EditionFactory()
    drafted_article(edition)
    return edition


def send(edition, fields):
    url = reverse("office:article_photo", args=[edition.slug])
    return signed_in(edition, Role.ORGANISER).post(url, fields)


def test_a_photo_with_all_that_belongs_to_it_is_taken(edition):
    assert send(edition, whole(edition)).status_code == 302
    assert Photo.objects.get().credit == "Office"


@pytest.mark.parametrize(
    "missing", ["photo", "credit", "alt_en", "alt_ru", "agreed", "agreed_on", "way"]
)
def test_a_photo_without_any_of_it_is_refused_and_the_field_says_so(edition, missing):
    fields = whole(edition)
    del fields[missing]

    response = send(edition, fields)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [missing]
    assert not Photo.objects.exists()


@pytest.mark.parametrize("blank", ["credit", "alt_en", "alt_ru"])
def test_blanks_are_no_credit_and_no_words(edition, blank):
    response = send(edition, {**whole(edition), blank: "  "})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [blank]
    assert not Photo.objects.exists()
