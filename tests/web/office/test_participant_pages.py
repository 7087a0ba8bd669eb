import re

import pytest
from django.urls import reverse

from sabaq.enrolment.enums import LetterState
from sabaq.enrolment.models import AccessLink, Enrolment, Letter
from sabaq.enrolment.services.decisions import confirm_nominations
from sabaq.enrolment.services.letters import send_letter
from sabaq.people.enums import Role
from tests.factories import (
    NOW,
    AgencyFactory,
    CallFactory,
    NominationFactory,
)
from tests.web.office.staff import confirmed, page, post, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]


def test_participants_are_found_by_name_agency_and_state(organiser, edition):
    uzbek = AgencyFactory(country="UZ")
    confirmed(edition, native_name="Oʻgʻiloy Namuna", agency=uzbek, country="UZ")
    ready = confirmed(edition, native_name="Тимур Үлгі")
    ready.profile_confirmed_at = NOW
    ready.save()

    for query, expected in (
        ({"name": "o'g'iloy"}, [True, False]),
        ({"name": "O‘G‘ILOY"}, [True, False]),
        ({"country": "UZ"}, [True, False]),
        ({"agency": uzbek.key}, [True, False]),
        ({"state": "ready"}, [False, True]),
        ({"state": "invited"}, [True, False]),
        ({"state": "nonsense"}, [True, True]),
        ({}, [True, True]),
    ):
        shown = page(organiser, "participants", edition, **query)
        assert ["Oʻgʻiloy" in shown, "Тимур" in shown] == expected, query


def test_the_organiser_sees_who_agreed_to_photographs_recording_and_list(organiser, edition):
    for name, answers in (
        ("Айсулу", (True, False, True)),
        ("Бахыт", (False, True, False)),
        ("Вали", (None, None, None)),
    ):
        enrolment = confirmed(edition, native_name=name)
        fields = ("photo_agreed", "voice_agreed", "listing_agreed")
        Enrolment.objects.filter(pk=enrolment.pk).update(**dict(zip(fields, answers, strict=True)))

    shown = page(organiser, "participants", edition)

    cells = shown.split('<td class="full" data-l="Photograph, recording, list">')[1:]
    words = [" ".join(re.sub(r"<[^>]+>", " ", cell.split("</td>")[0]).split()) for cell in cells]
    assert words == [
        "Photograph: yes Recording: no List: yes",
        "Photograph: no Recording: yes List: no",
        "not answered yet",
    ]


def test_participants_are_found_by_what_they_agreed_to(organiser, edition):
    for name, answer in (("Айсулу", True), ("Бахыт", False), ("Вали", None)):
        enrolment = confirmed(edition, native_name=name)
        Enrolment.objects.filter(pk=enrolment.pk).update(
            photo_agreed=answer, voice_agreed=answer, listing_agreed=answer
        )

    def names(consent):
        shown = page(organiser, "participants", edition, consent=consent)
        return [name for name in ("Айсулу", "Бахыт", "Вали") if name in shown]

    for asked in ("photo", "voice", "listing"):
        assert names(asked) == ["Айсулу"], asked
        assert names(f"no-{asked}") == ["Бахыт", "Вали"], asked
    assert names("nonsense") == ["Айсулу", "Бахыт", "Вали"]


def test_the_organiser_replaces_and_closes_a_link(organiser, edition):
    enrolment = confirmed(edition)
    [first] = AccessLink.objects.all()

    post(organiser, "link_reissue", edition, enrolment.uuid)
    [second] = AccessLink.objects.filter(revoked_at=None)
    assert second != first

    post(organiser, "link_revoke", edition, enrolment.uuid)
    assert not AccessLink.objects.filter(revoked_at=None).exists()
    assert "Without a link" in page(organiser, "participants", edition, state="closed")


def test_the_outbox_shows_what_to_hand_over_and_notes_it(organiser, edition):
    enrolment = confirmed(edition, email="")
    letter = Letter.objects.get()
    assert "being prepared" in page(organiser, "outbox", edition)
    send_letter(letter.pk, at=NOW)

    shown = page(organiser, "outbox", edition)
    assert "/i/" in shown
    assert str(enrolment.person) in shown
    post(organiser, "letters_handed_over", edition, letter=letter.uuid)

    letter.refresh_from_db()
    assert letter.state == LetterState.SENT
    assert "Nothing is left to hand over" in page(organiser, "outbox", edition)


def test_all_cards_of_a_sheet_are_noted_as_handed_over_at_once(organiser, edition, agency):
    for _ in range(2):
        confirmed(edition, agency=agency)
    other = confirmed(edition)
    for letter in Letter.objects.all():
        send_letter(letter.pk, at=NOW)

    post(organiser, "letters_handed_over", edition, agency=agency.key)

    assert [letter.enrolment for letter in Letter.objects.filter(state=LetterState.WAITING)] == [
        other
    ]


def test_everybody_shown_can_be_chosen_without_javascript(organiser, edition):
    NominationFactory.create_batch(2, edition=edition)

    assert page(organiser, "nominations", edition).count(" checked>") == 0
    assert page(organiser, "nominations", edition, chosen="all").count(" checked>") == 2


def test_a_focal_point_hands_over_letters_of_her_agency_alone(focal_point, edition, agency):
    confirmed(edition, native_name="Своя", display_name="Своя", agency=agency)
    confirmed(edition, native_name="Чужая", display_name="Чужая")
    for letter in Letter.objects.all():
        send_letter(letter.pk, at=NOW)
    foreign = Letter.objects.get(enrolment__person__native_name="Чужая")

    shown = page(focal_point, "outbox", edition)
    post(focal_point, "letters_handed_over", edition, letter=foreign.uuid)

    assert ("Своя" in shown, "Чужая" in shown) == (True, False)
    assert post(focal_point, "letter_send", edition, foreign.uuid).status_code == 404
    foreign.refresh_from_db()
    assert foreign.state == LetterState.WAITING


def test_sheets_are_printed_for_agencies_within_reach(focal_point, organiser, edition, agency):
    confirmed(edition, agency=agency)
    foreign = confirmed(edition).person.agency

    def sheet(client, name, *args):
        return client.get(reverse(f"office:{name}", args=[edition.slug, *args]))

    assert sheet(focal_point, "access_sheet", agency.key).content.startswith(b"%PDF")
    assert sheet(focal_point, "access_sheet", foreign.key).status_code == 404
    assert sheet(organiser, "access_sheet", foreign.key).content.startswith(b"%PDF")
    assert sheet(organiser, "access_sheets").content.startswith(b"%PDF")
    assert sheet(organiser, "access_sheet", AgencyFactory().key).status_code == 404


def test_the_trail_says_in_words_who_did_what_and_no_values(organiser, edition):
    nomination = NominationFactory(edition=edition, nominee__email="secret@agency.example")
    NominationFactory()
    post(organiser, "decide", edition, act="confirm", nomination=nomination.uuid)

    shown = page(organiser, "trail", edition)

    for words in ("Confirmed", "Given a seat", "Personal link issued", "Letter queued"):
        assert words in shown
    assert "secret@agency.example" not in shown


PAGES = (
    ("nominations", Role.ORGANISER, {}),
    ("nominations", Role.ORGANISER, {"state": "confirmed"}),
    ("nominations", Role.FOCAL_POINT, {}),
    ("nominate", Role.ORGANISER, {}),
    ("nominate", Role.FOCAL_POINT, {}),
    ("nominate_file", Role.FOCAL_POINT, {}),
    ("participants", Role.ORGANISER, {}),
    ("participants", Role.ORGANISER, {"state": "invited", "name": "Үлгі"}),
    ("outbox", Role.ORGANISER, {}),
    ("trail", Role.ORGANISER, {}),
)


def fill(edition, number):
    for place in range(number):
        nomination = NominationFactory(
            edition=edition, nominee__agency__country=["KZ", "KG", "TJ", "TM", "UZ"][place % 5]
        )
        if place % 2:
            confirm_nominations([nomination], by=None, at=NOW)
    for letter in Letter.objects.filter(enrolment__edition=edition):
        send_letter(letter.pk, at=NOW)


def queries_of_each_page(edition, browsers, django_assert_max_num_queries):
    asked = []
    for name, role, query in PAGES:
        with django_assert_max_num_queries(25) as captured:
            page(browsers[role], name, edition, **query)
        asked.append((name, role, query, len(captured)))
    return asked


def test_a_page_asks_at_most_25_queries_however_many_rows(django_assert_max_num_queries):
    edition = CallFactory(edition__seats=90).edition
    browsers = {
        Role.ORGANISER: signed_in(edition, Role.ORGANISER),
        Role.FOCAL_POINT: signed_in(edition, Role.FOCAL_POINT, country="KZ"),
    }
    fill(edition, 10)
    few = queries_of_each_page(edition, browsers, django_assert_max_num_queries)
    fill(edition, 80)

    many = queries_of_each_page(edition, browsers, django_assert_max_num_queries)

    assert many == few
