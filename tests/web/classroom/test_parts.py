"""Only what has changed is sent again."""

import re

import pytest
from django.urls import reverse

from sabaq.classroom.services.hands import raise_hand
from sabaq.classroom.services.running import begin_class, show_slide
from sabaq.people.actors import acting
from sabaq.web.classroom.parts import fingerprint, unlike
from sabaq.web.classroom.stage import deck_of
from tests.factories import NOW, EditionFactory, EnrolmentFactory, SessionFactory
from tests.visitors import participant_browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]
TRAINER = acting("Trainer", account_id=7)
PART = re.compile(r'data-part="(\w+)" data-key="([^"]*)"')


@pytest.fixture
def live(pack_version):
    session = SessionFactory(edition=EditionFactory(version=pack_version))
    begin_class(session, deck_of(session), by=TRAINER, at=NOW)
    return session


@pytest.fixture
def she(live):
    return EnrolmentFactory(edition=live.edition)


def now(client, session, have="", slides="en"):
    path = reverse("classroom:now", args=[session.uuid])
    return client.get(path, {"have": have, "slides": slides})


def names(response):
    return [name for name, _ in PART.findall(response.content.decode())]


def have_of(response):
    """Give what the page's script would say it has, counted as class-parts.js counts."""
    parts = PART.findall(response.content.decode())
    return ".".join(
        f"{name}-{fingerprint(f'data-key={chr(34)}{key}{chr(34)}')}" for name, key in parts
    )


def test_a_page_that_has_everything_is_sent_nothing(live, she):
    client = participant_browser(she)
    have = have_of(now(client, live))

    answer = now(client, live, have)

    assert (answer.status_code, answer.content) == (204, b"")


def test_only_the_part_that_has_changed_is_sent(live, she):
    client = participant_browser(she)
    have = have_of(now(client, live))
    show_slide(live, deck_of(live), "first-minutes", expected="title", by=TRAINER, at=NOW)
    after_slide = now(client, live, have)
    raise_hand(live, enrolment_id=she.pk, by=acting("She"), at=NOW)
    after_hand = now(client, live, have)

    assert names(after_slide) == ["stage"]
    assert names(after_hand) == ["stage", "hands"]


def test_a_hand_redraws_nobody_elses_page(live, she):
    other = participant_browser(EnrolmentFactory(edition=live.edition))
    have = have_of(now(other, live))
    raise_hand(live, enrolment_id=she.pk, by=acting("She"), at=NOW)

    assert now(other, live, have).status_code == 204


@pytest.mark.parametrize(
    ("key", "number"), [("", "0"), ("a", "61"), ("live.title.ru", "fe5ce45b"), ("ж&", "82b0")]
)
def test_a_key_is_counted_as_the_script_counts_it(key, number):
    assert fingerprint(f'<div data-part="x" data-key="{key.replace("&", "&amp;")}">') == number


def test_what_the_page_claims_to_have_may_be_nonsense():
    parts = {"stage": '<div data-part="stage" data-key="a">'}

    assert [unlike(parts, have) for have in ("", "stage", "-.-.x", "stage-61")] == [
        parts,
        parts,
        parts,
        {},
    ]


def test_the_slides_come_in_the_language_she_chose_and_the_words_around_stay(live, she):
    client = participant_browser(she, headers={"Accept-Language": "en"})

    page = now(client, live, slides="ru").content.decode()

    assert re.search(r'data-slide="title" tabindex="0" lang="ru"><h2>[^<]*[а-я]{4}', page)
    assert "Slide 1 of" in page


def test_a_language_the_edition_does_not_have_changes_nothing(live, she):
    client = participant_browser(she, headers={"Accept-Language": "en"})

    assert 'lang="en"' in now(client, live, slides="xx").content.decode()


def test_the_deck_holds_every_slide_as_its_part_will_look(live, she):
    client = participant_browser(she, headers={"Accept-Language": "en"})
    deck = client.get(reverse("classroom:deck", args=[live.uuid]), {"slides": "ru"})
    show_slide(live, deck_of(live), "first-minutes", expected="title", by=TRAINER, at=NOW)
    shown = PART.findall(now(client, live, slides="ru").content.decode())

    kept = PART.findall(deck.content.decode())
    assert len(kept) == len(deck_of(live).slides)
    assert dict(shown)["stage"] in [key for _, key in kept]
    assert deck.headers["Cache-Control"] == "private, max-age=43200"
    assert she.person.native_name not in deck.content.decode()
