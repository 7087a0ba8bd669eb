"""Correcting, withdrawing, and issuing again."""

import pytest
from django.core.exceptions import ValidationError

from sabaq.adapters.pdf.memory import RecordingPrinter
from sabaq.credentials.enums import CertificateKind, CertificateState
from sabaq.credentials.errors import AlreadyReplaced, CannotBePrinted, WasWithdrawn
from sabaq.credentials.models import Certificate, CertificateDesign
from sabaq.credentials.ports import CertificatePrinter
from sabaq.credentials.printing import preview_pdf, sheet_of
from sabaq.credentials.queries import claims_of, valid_certificate_of
from sabaq.credentials.services import (
    issue_certificate,
    issue_earned_certificates,
    reissue_certificate,
    withdraw_certificate,
)
from sabaq.kernel import ports
from sabaq.kernel.audit import trail_of
from sabaq.people.actors import acting
from tests.credentials.test_certificates import attended
from tests.factories import NOW, AttemptFactory, EditionFactory, SessionFactory

pytestmark = pytest.mark.django_db
BY = acting("N. A.")
NAMES = {"native_name": "Әсел Үлгі", "latin_name": "Assel Ulgi"}


@pytest.fixture(autouse=True)
def printer():
    with ports.replaced(CertificatePrinter, RecordingPrinter()) as printer:
        yield printer


@pytest.fixture
def edition():
    edition = EditionFactory(attendance_minutes=60)
    SessionFactory(edition=edition)
    return edition


def reissue(certificate, names=NAMES, reason="A letter was missing"):
    return reissue_certificate(certificate, names, by=BY, at=NOW, reason=reason)


def test_a_corrected_certificate_has_a_new_number_and_the_old_one_names_it(edition):
    old = issue_certificate(attended(edition, 60, native_name="Асел Үлгі"), by=BY, at=NOW)

    new = reissue(old)

    old.refresh_from_db()
    assert (old.state, old.replaced_by, old.native_name) == ("replaced", new, "Асел Үлгі")
    assert (new.state, new.native_name, new.latin_name) == ("valid", *NAMES.values())
    assert new.number != old.number
    assert valid_certificate_of(old.enrolment) == new


def test_a_correction_reaches_the_person_and_the_trail_names_columns_and_reason_alone(edition):
    old = issue_certificate(attended(edition, 60, native_name="Асел Үлгі"), by=BY, at=NOW)

    new = reissue(old)

    new.enrolment.person.refresh_from_db()
    assert new.enrolment.person.native_name == "Әсел Үлгі"
    lines = [(line.verb, line.changed, line.reason) for line in trail_of(new)]
    assert lines == [("issued again", ["native_name", "latin_name"], "A letter was missing")]
    assert [line.verb for line in trail_of(old)] == ["issued", "replaced"]


def test_a_certificate_is_replaced_once_however_often_it_is_asked_for(edition):
    old = issue_certificate(attended(edition, 60), by=BY, at=NOW)
    reissue(old)

    with pytest.raises(AlreadyReplaced):
        reissue(old)

    assert Certificate.objects.count() == 2


@pytest.mark.parametrize(
    ("names", "error"),
    [
        ({"native_name": "Әсел 7"}, ValidationError),
        ({"native_name": "Әсел 龍"}, CannotBePrinted),
    ],
)
def test_a_name_that_cannot_stand_leaves_the_old_certificate_valid(edition, names, error):
    old = issue_certificate(attended(edition, 60), by=BY, at=NOW)

    with pytest.raises(error):
        reissue(old, names)

    old.refresh_from_db()
    assert (old.state, Certificate.objects.count()) == ("valid", 1)


def test_what_was_withdrawn_is_not_ready_and_not_issued_with_the_rest(edition):
    enrolment = attended(edition, 60)
    certificate = issue_certificate(enrolment, by=BY, at=NOW)
    withdraw_certificate(certificate, by=BY, at=NOW, reason="Issued in error")

    (claim,) = claims_of(edition)
    issued = issue_earned_certificates(edition, by=BY, at=NOW)

    assert (claim.withdrawn, claim.is_owed, claim.is_ready) == (certificate, False, False)
    assert issued == ([], [])
    with pytest.raises(WasWithdrawn):
        issue_certificate(enrolment, by=BY, at=NOW)


def test_what_was_withdrawn_comes_back_by_an_act_of_its_own_and_stays_withdrawn(edition):
    old = issue_certificate(attended(edition, 60), by=BY, at=NOW)
    withdraw_certificate(old, by=BY, at=NOW, reason="Issued in error")

    new = reissue(old, {}, reason="It was no error")

    old.refresh_from_db()
    assert (old.state, old.replaced_by) == (CertificateState.WITHDRAWN, None)
    assert (new.state, valid_certificate_of(new.enrolment)) == ("valid", new)


def test_a_replaced_certificate_cannot_be_withdrawn_into_another_answer(edition):
    old = issue_certificate(attended(edition, 60), by=BY, at=NOW)
    reissue(old)

    withdraw_certificate(old, by=BY, at=NOW, reason="R")

    old.refresh_from_db()
    assert old.state == CertificateState.REPLACED


def test_what_was_issued_keeps_its_texts_when_the_edition_changes(edition):
    certificate = issue_certificate(attended(edition, 60), by=BY, at=NOW)
    before = sheet_of(certificate, check_url="https://sabaq.example/check/x/")
    edition.title, edition.hours = {"en": "Another", "ru": "Другой"}, 99
    edition.save()
    CertificateDesign.objects.create(edition=edition, place={"en": "P", "ru": "М"})

    certificate = Certificate.objects.get()

    assert sheet_of(certificate, check_url="https://sabaq.example/check/x/") == before


@pytest.mark.parametrize(
    ("pass_mark", "correct", "phase", "kind"),
    [
        (None, 0, "after", CertificateKind.COMPLETION),
        (70, 7, "after", CertificateKind.COMPLETION),
        (70, 6, "after", CertificateKind.PARTICIPATION),
        (None, 10, "before", CertificateKind.PARTICIPATION),
    ],
)
def test_completion_asks_for_the_test_after_the_course(edition, pass_mark, correct, phase, kind):
    CertificateDesign.objects.create(
        edition=edition, completion_test="knowledge", pass_mark=pass_mark
    )
    enrolment = attended(edition, 60)
    AttemptFactory(enrolment=enrolment, phase=phase, correct=correct, total=10, handed_in_at=NOW)

    issued, _ = issue_earned_certificates(edition, by=BY, at=NOW)

    assert [certificate.kind for certificate in issued] == [kind]


def test_a_test_without_attendance_earns_nothing_and_one_not_handed_in_does_not_count(edition):
    CertificateDesign.objects.create(edition=edition, completion_test="knowledge")
    AttemptFactory(
        enrolment=attended(edition, 10), phase="after", correct=9, total=9, handed_in_at=NOW
    )
    AttemptFactory(enrolment=attended(edition, 60), phase="after", total=9)

    earned = [claim.earned for claim in claims_of(edition)]

    assert sorted(earned, key=str) == [None, CertificateKind.PARTICIPATION]


def test_participation_becomes_completion_only_when_it_is_issued_again(edition):
    CertificateDesign.objects.create(edition=edition, completion_test="knowledge")
    old = issue_certificate(attended(edition, 60), by=BY, at=NOW)
    AttemptFactory(enrolment=old.enrolment, phase="after", correct=1, total=9, handed_in_at=NOW)

    (claim,) = claims_of(edition)
    new = reissue_certificate(old, {}, kind=claim.earned, by=BY, at=NOW, reason="Test done")

    assert (claim.has_earned_more, claim.is_owed) == (True, False)
    assert new.kind == CertificateKind.COMPLETION


def test_a_preview_shows_what_would_be_issued_marked_and_without_a_number(edition, printer):
    enrolment = attended(edition, 60)

    preview_pdf(edition, claims_of(edition), at=NOW, check_url="https://sabaq.example/check/")

    (sheet,) = printer.printed
    assert sheet.native_name == enrolment.person.native_name
    assert sheet.mark == sheet.number == "Preview · Предварительный просмотр"
    assert Certificate.objects.count() == 0
