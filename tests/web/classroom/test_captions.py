"""Captions on pages: chosen by a link, kept, fetched line by line, written by those who may, removed for good."""

import re
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from sabaq.classroom.models import Caption, ClassEvent
from sabaq.classroom.services.announcements import announce
from sabaq.classroom.services.booths import enter_booth
from sabaq.classroom.services.captions import remove_caption, say_caption
from sabaq.classroom.services.running import begin_class, end_class
from sabaq.courses.models import Edition
from sabaq.enrolment.access import cookie_for
from sabaq.kernel import clock
from sabaq.kernel.ids import new_uuid
from sabaq.people.actors import acting
from sabaq.people.enums import Role
from sabaq.people.models import Account
from sabaq.web.classroom.stage import deck_of
from tests.factories import (
    NOW,
    AccessLinkFactory,
    EditionFactory,
    EnrolmentFactory,
    RoomFactory,
    SessionFactory,
)
from tests.visitors import participant_browser, staff_browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]
HOST = acting("Host", account_id=8)
AS_SCRIPT = {"headers": {"X-Requested-With": "fetch"}}


@pytest.fixture
def session(pack_version):
    session = SessionFactory(edition=EditionFactory(version=pack_version))
    begin_class(session, deck_of(session), by=HOST, at=NOW)
    return session


@pytest.fixture
def participant(session):
    return participant_browser(EnrolmentFactory(edition=session.edition))


@pytest.fixture
def interpreter(session):
    return staff_browser(session.edition, Role.INTERPRETER)


@pytest.fixture
def trainer(session):
    return staff_browser(session.edition, Role.TRAINER)


def at(name, session, *more):
    return reverse(name, args=[session.uuid, *more])


def page(client, session, query=""):
    return client.get(at("classroom:room", session) + query).content.decode()


def say(session, text, language="ru", seconds=0):
    moment = NOW + timedelta(seconds=seconds)
    return say_caption(session, language, text, by=HOST, at=moment)


def send(client, session, text="Сначала безопасность.", **more):
    body = {"write_id": str(new_uuid()), "language": "ru", "text": text, **more}
    return client.post(at("classroom:say_caption", session), body)


def lines_in(text):
    return re.findall(
        r'<p data-caption="\d+" lang="(\w+)">(?:<span[^>]*>\w+</span> )?([^<]*)', text
    )


def test_captions_are_off_until_she_asks_for_a_language_and_then_stay_on(session, participant):
    say(session, "Сначала безопасность.")
    say(session, "Safety first.", "en")

    off = page(participant, session)
    asked = page(participant, session, "?captions=ru")
    kept = page(participant, session)
    other = page(participant, session, "?captions=en")
    no_more = page(participant, session, "?captions=off"), page(participant, session)

    assert [lines_in(one) for one in (off, *no_more)] == [[], [], []]
    assert 'captions=ru#captions" lang="ru"' in off
    assert "captions.js" not in off
    assert lines_in(asked) == lines_in(kept) == [("ru", "Сначала безопасность.")]
    assert lines_in(other) == [("en", "Safety first.")]
    assert 'role="log" aria-live="polite" tabindex="0" aria-label="Captions: Русский"' in asked


def test_a_language_that_the_course_does_not_have_shows_and_keeps_nothing(session, participant):
    assert "<sabaq-captions" not in page(participant, session, "?captions=xx")
    assert "sabaq_c" not in participant.cookies
    assert participant.get(at("classroom:captions", session, "xx")).status_code == 404


def test_somebody_who_leaves_leaves_no_choice_behind(session, participant):
    page(participant, session, "?captions=ru")
    assert participant.cookies["sabaq_c"].value == "ru"

    participant.post(reverse("public:leave"))

    assert participant.cookies["sabaq_c"].value == ""


def test_captions_stay_on_after_an_act_without_script(session, participant):
    say(session, "Сначала безопасность.")
    page(participant, session, "?captions=ru")

    hand = {"write_id": str(new_uuid()), "hand": "up"}
    answer = participant.post(at("classroom:hand", session), hand, follow=True)

    assert lines_in(answer.content.decode()) == [("ru", "Сначала безопасность.")]


def test_what_is_typed_is_shown_as_text(session, participant):
    say(session, "<b>&amp; --> all</b>", "en")

    shown = participant.get(at("classroom:captions", session, "en")).content.decode()

    assert "&lt;b&gt;&amp;amp; --&gt; all&lt;/b&gt;" in shown


def test_before_the_first_line_it_says_that_they_come_here(session, participant):
    assert "They appear here line by line." in page(participant, session, "?captions=en")


ACTS = st.lists(
    st.tuples(st.sampled_from(["ru", "en", "remove", "announce", "look"]), st.integers(0, 9)),
    max_size=25,
)


@settings(max_examples=20)
@given(ACTS)
def check_what_is_kept(edition: Edition, client: Client, acts: list[tuple[str, int]]) -> None:
    with transaction.atomic():
        session = SessionFactory(edition=edition, topic="")
        begin_class(session, None, by=HOST, at=NOW)
        where, moment = at("classroom:captions", session, "ru"), NOW
        shown = client.get(where).content.decode()
        for name, number in acts:
            moment += timedelta(seconds=1)
            if name in {"ru", "en"}:
                say_caption(session, name, f"Line at {moment}", by=HOST, at=moment)
            elif name == "announce":
                announce(session, {"en": "Back soon"}, by=HOST, at=moment)
            elif name == "remove" and (lines := list(Caption.objects.filter(session=session))):
                remove_caption(lines[number % len(lines)], by=HOST, at=moment)
            if name == "look":
                shown = looked(client, where, shown)
        shown = looked(client, where, shown)

        assert shown == client.get(where).content.decode()
        gone = Caption.objects.filter(session=session, removed_at__isnull=False)
        named = {int(pk) for pk in re.findall(r'data-caption="(\d+)"', shown)}
        assert not set(gone.values_list("pk", flat=True)) & named
        transaction.set_rollback(True)


def looked(client, where, shown):
    """Ask as the page does, with what it has; give what it shows then."""
    key = re.search(r'data-key="(\d+)"', shown)[1]
    answer = client.get(where, {"have": key})
    return shown if answer.status_code == 204 else answer.content.decode()


def test_a_page_that_asks_by_what_it_has_ends_with_what_a_fresh_one_shows(session, participant):
    check_what_is_kept(session.edition, participant)


def test_an_interpreter_writes_in_her_booths_languages_once_each_line(session, interpreter):
    account = Account.objects.get(pk=interpreter.session["_auth_user_id"])
    by = acting("Interpreter", account_id=account.pk)
    enter_booth(session, "en", "ru", by=by, at=NOW)

    form = page(interpreter, session)
    body = {"write_id": str(new_uuid())}
    answers = [send(interpreter, session, **body) for _ in range(2)]

    # The floor's language is the edition's first; the one she interprets into is chosen.
    assert re.findall(r'id="caption-\w+" name="language" value="(\w+)"( checked)?', form) == [
        ("ru", " checked"),
        ("en", ""),
    ]
    way = f"{at('classroom:room', session)}?captioner=ru#captions-desk"
    assert [one.url for one in answers] == [way, way]
    assert [one.text for one in Caption.objects.all()] == ["Сначала безопасность."]
    said = ClassEvent.objects.filter(kind="CaptionSaid").get()
    assert said.actor_key == f"account:{account.pk}"


def test_without_script_the_form_comes_back_in_the_language_written_last(session, trainer):
    answer = send(trainer, session, "Erst", language="ru")

    assert answer.url == f"{at('trainer:console', session)}?captioner=ru#captions-desk"
    console = trainer.get(answer.url).content.decode()
    assert re.findall(r'id="caption-(\w+)"[^>]* checked', console) == ["ru"]
    assert ("ru", "Erst") in [(code, text.strip()) for code, text in lines_in(console)]


def test_a_line_that_is_refused_is_told_in_a_line(session, trainer):
    body = {"write_id": str(new_uuid()), "language": "ru", "text": "x" * 201}
    answer = trainer.post(at("classroom:say_caption", session), body, **AS_SCRIPT)

    assert (answer.status_code, answer.content.decode()) == (
        422,
        "A line has at most 200 letters. Send it in two.",
    )
    end_class(session, by=HOST, at=NOW)
    assert "has ended" in page(staff_browser(session.edition, Role.INTERPRETER), session)


@pytest.mark.parametrize("role", [Role.EVALUATOR, Role.OBSERVER])
def test_who_neither_leads_nor_interprets_writes_nothing(session, role):
    assert send(staff_browser(session.edition, role), session).status_code == 404
    assert not Caption.objects.exists()


def test_a_participant_writes_no_captions_and_is_offered_no_form(session, participant):
    assert send(participant, session).status_code == 404
    assert "sabaq-captioner" not in page(participant, session)


def test_only_those_who_lead_are_offered_to_remove_a_line_and_where_they_write(
    session, trainer, interpreter, participant
):
    line = say(session, "A name from a case")
    way = at("trainer:caption", session, line.uuid)

    assert way in trainer.get(at("trainer:console", session)).content.decode()
    everywhere = at("classroom:captions", session, "all")
    assert way in trainer.get(everywhere).content.decode()
    assert way not in page(interpreter, session)
    assert way not in page(participant, session, "?captions=ru")
    assert way not in trainer.get(at("trainer:screen", session) + "?captions=ru").content.decode()


def test_a_line_is_removed_from_every_page_after_a_question(session, trainer, participant):
    line = say(session, "A name from a case")
    say(session, "What stays", seconds=1)
    way = at("trainer:caption", session, line.uuid)
    assert "A name from a case" in trainer.get(way).content.decode()

    answers = [trainer.post(way, follow=True).content.decode() for _ in range(2)]

    assert all("A name from a case" not in one for one in answers)
    assert "A line of the captions was removed." in answers[0]
    assert lines_in(page(participant, session, "?captions=ru")) == [("ru", "What stays")]
    assert "This line has been removed." in trainer.get(way).content.decode()


def test_a_line_of_another_class_is_not_removed_from_here(session, trainer):
    other = SessionFactory(edition=session.edition, topic="")
    line = say(session, "Line")

    assert trainer.post(at("trainer:caption", other, line.uuid)).status_code == 404
    assert Caption.objects.get().text == "Line"


def test_the_projected_screen_and_the_screen_of_a_room_show_captions_if_asked(session, trainer):
    say(session, "Сначала безопасность.")
    link = AccessLinkFactory(enrolment=None, room=RoomFactory(edition=session.edition))
    hall = Client()
    hall.cookies["sabaq_p"] = cookie_for(link, at=NOW)

    for client, way in (
        (trainer, at("trainer:screen", session)),
        (hall, reverse("classroom:hall")),
    ):
        without = client.get(way).content.decode()
        asked = client.get(f"{way}?captions=ru").content.decode()
        assert "<sabaq-captions" not in without
        assert lines_in(asked) == [("ru", "Сначала безопасность.")]
        fragment = client.get(re.search(r'data-from="([^"]+)"', asked)[1]).content.decode()
        assert lines_in(fragment) == [("ru", "Сначала безопасность.")]


def test_minutes_show_captions_by_language_and_give_them_as_a_file(session, trainer):
    with clock.frozen(NOW + timedelta(minutes=1)):
        say(session, "Сначала безопасность.", seconds=3)
        say(session, "Safety & <care>", "en", seconds=4)
        removed = say(session, "Имя", seconds=5)
        remove_caption(removed, by=HOST, at=NOW)
    edition = session.edition

    minutes = trainer.get(reverse("office:minutes", args=[edition.slug, session.uuid]))
    files = {
        code: trainer.get(reverse("office:class_captions", args=[edition.slug, session.uuid, code]))
        for code in ("ru", "en", "kk")
    }

    text = minutes.content.decode()
    assert 'lang="ru">Сначала безопасность.</span>' in text
    assert "Имя" not in text
    assert "A line of the captions was removed." in text
    assert files["ru"].content.decode() == (
        "WEBVTT\n\n00:00:03.000 --> 00:00:10.000\nСначала безопасность.\n"
    )
    assert "Safety &amp; &lt;care&gt;" in files["en"].content.decode()
    assert files["en"]["Content-Type"] == "text/vtt; charset=utf-8"
    assert files["en"]["Content-Disposition"] == (
        f'attachment; filename="{edition.slug}-{session.key}-captions.en.vtt"'
    )
    assert files["kk"].status_code == 404
