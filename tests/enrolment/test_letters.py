from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from sabaq.adapters.mail.postman import DjangoPostman, MemoryPostman
from sabaq.enrolment.effects import personal_link, text_of_letter, typed_code
from sabaq.enrolment.enums import LetterState
from sabaq.enrolment.errors import NoLinkToSend
from sabaq.enrolment.models import AccessLink, Letter
from sabaq.enrolment.ports import MailDelayed, MailRefused, Postman
from sabaq.enrolment.rules import LETTER_ATTEMPTS
from sabaq.enrolment.services.letters import (
    INVITATION,
    hand_over_letters,
    queue_letter,
    replace_link,
    send_again,
    send_letter,
)
from sabaq.kernel import ports
from sabaq.kernel.audit import trail_of
from sabaq.kernel.tasks import run_now
from tests.enrolment.actors import organiser_of
from tests.factories import NOW, AccessLinkFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def postman():
    with ports.replaced(Postman, MemoryPostman()) as postman:
        yield postman


@pytest.fixture
def link():
    return AccessLinkFactory(enrolment__person__email="officer@agency.example")


@pytest.fixture
def letter(link):
    return queue_letter(link.enrolment, INVITATION, by=None, at=NOW)


def state(letter):
    letter.refresh_from_db()
    return letter.state


def test_a_letter_is_sent_once_with_link_and_code(letter, link, postman):
    send_letter(letter.pk, at=NOW)
    send_letter(letter.pk, at=NOW)

    [mail] = postman.sent
    assert (mail.to, mail.reply_to) == ("officer@agency.example", "course@office.example")
    assert personal_link(link) in mail.body
    assert typed_code(link) in mail.body
    assert state(letter) == LetterState.SENT


def test_the_queue_holds_ids_only_and_its_task_sends_the_letter(letter, postman, still_clock):
    [queued] = DBTaskResult.objects.all()

    assert queued.args_kwargs["args"] == ["enrolment.send_letter", f'["{letter.pk}"]']
    run_now("enrolment.send_letter", str(letter.pk))
    assert len(postman.sent) == 1


def test_a_letter_waits_for_a_person_without_an_address(postman):
    link = AccessLinkFactory(enrolment__person__email="")
    letter = queue_letter(link.enrolment, INVITATION, by=None, at=NOW)

    send_letter(letter.pk, at=NOW)

    assert (state(letter), postman.sent) == (LetterState.WAITING, [])


def test_a_letter_waits_where_no_mail_server_is_set_up(letter, postman):
    postman.delivers = False

    send_letter(letter.pk, at=NOW)

    assert state(letter) == LetterState.WAITING


def test_a_delayed_letter_is_tried_again_later_and_given_up_in_the_end(letter, postman):
    postman.fault = MailDelayed()
    waits = []

    for _ in range(LETTER_ATTEMPTS):
        before = set(DBTaskResult.objects.values_list("pk", flat=True))
        assert state(letter) == LetterState.QUEUED
        send_letter(letter.pk, at=NOW)
        waits += [
            round((task.run_after - task.enqueued_at) / timedelta(minutes=1))
            for task in DBTaskResult.objects.exclude(pk__in=before)
        ]

    assert waits == [1, 5, 30, 120, 480]
    assert (state(letter), letter.attempts) == (LetterState.FAILED, LETTER_ATTEMPTS)


def test_a_refused_letter_is_not_tried_again(letter, postman):
    postman.fault = MailRefused()

    send_letter(letter.pk, at=NOW)

    assert state(letter) == LetterState.FAILED
    assert DBTaskResult.objects.count() == 1


def test_a_letter_whose_sending_was_cut_short_is_handed_over_and_not_sent_twice(letter, postman):
    Letter.objects.filter(pk=letter.pk).update(state=LetterState.SENDING, attempts=1)

    send_letter(letter.pk, at=NOW)

    assert (state(letter), postman.sent) == (LetterState.WAITING, [])
    assert trail_of(letter).last().verb == "perhaps sent"


def test_a_crash_while_sending_leaves_the_letter_claimed(letter, postman):
    postman.fault = KeyboardInterrupt()

    with pytest.raises(KeyboardInterrupt):
        send_letter(letter.pk, at=NOW)

    assert state(letter) == LetterState.SENDING


def test_no_letter_goes_out_without_a_valid_link(letter, link, postman):
    link.revoked_at = NOW
    link.save()

    send_letter(letter.pk, at=NOW)

    assert (state(letter), postman.sent) == (LetterState.WAITING, [])
    with pytest.raises(NoLinkToSend):
        send_again(letter, by=organiser_of(link.enrolment.edition), at=NOW)


def test_handing_over_is_noted_once(letter, link, postman):
    postman.delivers = False
    send_letter(letter.pk, at=NOW)
    by = organiser_of(link.enrolment.edition)

    assert hand_over_letters([letter], by=by, at=NOW) == [letter]
    assert hand_over_letters([letter], by=by, at=NOW) == []
    assert (state(letter), letter.sent_at) == (LetterState.SENT, NOW)


def test_a_new_link_closes_the_old_one_and_owes_its_letter_anew(letter, link, postman):
    send_letter(letter.pk, at=NOW)
    later = NOW + timedelta(hours=1)

    new = replace_link(link.enrolment, by=organiser_of(link.enrolment.edition), at=later)
    send_letter(letter.pk, at=later)

    assert AccessLink.objects.get(revoked_at=None) == new
    assert personal_link(new) in postman.sent[1].body
    assert personal_link(link) not in postman.sent[1].body
    assert len({mail.key for mail in postman.sent}) == 2


@pytest.mark.parametrize(("spoken", "written"), [("en", "en"), ("ru", "ru"), ("tk", "ru")])
def test_a_letter_is_written_in_its_readers_language_or_in_russian(link, spoken, written):
    person = link.enrolment.person
    person.language = spoken
    person.display_name = "Aigul U."
    letter = Letter(enrolment=link.enrolment, kind=INVITATION, queued_at=NOW)

    text = text_of_letter(letter, link)

    titles = {
        "en": "Gender mainstreaming in law enforcement",
        "ru": "Гендерное равенство в правоохранительных органах",
    }
    assert text.language == written
    assert titles[written] in text.subject
    assert titles[written] in text.body
    assert "Aigul U." in text.body
    assert person.native_name not in text.body
    assert "&" not in text.body


def test_the_post_needs_a_mail_server_and_keeps_the_letters_id(settings, mailoutbox, link, letter):
    assert DjangoPostman().delivers is False
    settings.EMAIL_URL = "smtp://mail.example:25"

    with ports.replaced(Postman, DjangoPostman()):
        send_letter(letter.pk, at=NOW)

    [message] = mailoutbox
    assert message.to == ["officer@agency.example"]
    assert message.extra_headers["Message-ID"].startswith(f"<{letter.uuid}.")
    assert state(letter) == LetterState.SENT
