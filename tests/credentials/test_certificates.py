from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabaq.adapters.pdf.memory import RecordingPrinter
from sabaq.credentials.enums import CertificateState
from sabaq.credentials.errors import (
    CannotBePrinted,
    DesignCannotBePrinted,
    NoLatinName,
    ReasonMissing,
)
from sabaq.credentials.models import Certificate
from sabaq.credentials.ports import CertificatePrinter
from sabaq.credentials.printing import sheet_of
from sabaq.credentials.queries import certificate_numbered, claims_of, valid_certificate_of
from sabaq.credentials.rules.earning import earns_participation
from sabaq.credentials.rules.numbers import new_number, tidy_number
from sabaq.credentials.services import (
    issue_certificate,
    issue_earned_certificates,
    withdraw_certificate,
)
from sabaq.kernel import ports
from sabaq.kernel.audit import trail_of
from sabaq.people.actors import acting
from tests.factories import (
    NOW,
    EditionFactory,
    EnrolmentFactory,
    PersonFactory,
    PresenceFactory,
    SessionFactory,
)

BY = acting("N. A.")


@pytest.fixture
def printer():
    with ports.replaced(CertificatePrinter, RecordingPrinter()) as printer:
        yield printer


def attended(edition, *minutes, **person):
    """Enrol somebody who was in class so many minutes on each day of the edition."""
    enrolment = EnrolmentFactory(edition=edition, person=PersonFactory(**person))
    for session, spent in zip(edition.sessions.order_by("starts_at"), minutes, strict=True):
        PresenceFactory(
            session=session,
            enrolment=enrolment,
            from_at=session.starts_at,
            until_at=session.starts_at + timedelta(minutes=spent),
        )
    return enrolment


@pytest.fixture
def edition():
    edition = EditionFactory(attendance_minutes=60)
    SessionFactory(edition=edition)
    SessionFactory(
        edition=edition, starts_at=NOW + timedelta(days=1), ends_at=NOW + timedelta(days=1, hours=2)
    )
    return edition


def test_participation_is_earned_by_enough_minutes_on_each_day():
    days = [date(2027, 2, 4), date(2027, 2, 5)]

    assert earns_participation({days[0]: 60, days[1]: 75.5}, days, threshold=60)
    assert not earns_participation({days[0]: 60, days[1]: 59.9}, days, threshold=60)
    assert not earns_participation({days[0]: 200}, days, threshold=60)
    assert not earns_participation({}, [], threshold=0)


@given(st.integers(2000, 2100))
def test_a_number_survives_being_typed_carelessly(year):
    number = new_number(year)
    careless = f" {number.lower().replace('-', ' ').replace('0', 'o').replace('1', 'l')} "

    assert tidy_number(careless) == number


@pytest.mark.django_db
def test_certificates_go_to_those_who_attended_each_day_and_once_only(edition, printer):
    both = attended(edition, 60, 80)
    attended(edition, 60, 10)

    issued, refused = issue_earned_certificates(edition, by=BY, at=NOW)
    again = issue_earned_certificates(edition, by=BY, at=NOW)

    assert [certificate.enrolment_id for certificate in issued] == [both.pk]
    assert (refused, again) == ([], ([], []))
    assert valid_certificate_of(both) == issued[0]


@pytest.mark.django_db
def test_a_missing_latin_name_is_told_and_holds_up_nobody_else(edition, printer):
    attended(edition, 60, 60)
    nameless = attended(edition, 60, 60, latin_name="")

    issued, refused = issue_earned_certificates(edition, by=BY, at=NOW)

    assert len(issued) == 1
    assert [(refusal.enrolment, type(refusal.reason)) for refusal in refused] == [
        (nameless, NoLatinName)
    ]


@pytest.mark.django_db
def test_a_sign_that_the_font_lacks_is_named_before_printing(edition):
    enrolment = attended(edition, 60, 60, native_name="Айгүл 龍")

    with pytest.raises(CannotBePrinted, match="龍"):
        issue_certificate(enrolment, by=BY, at=NOW)

    assert Certificate.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["title", "contact_office"])
def test_a_sign_that_the_course_itself_cannot_print_leaves_no_number_without_a_paper(
    edition, column
):
    setattr(edition, column, {"en": "Rights ირ", "ru": "Права"})
    edition.save()
    enrolment = attended(edition, 60, 60)

    with pytest.raises(DesignCannotBePrinted, match=r"ი \(U\+10D8\), რ \(U\+10E0\)"):
        issue_earned_certificates(edition, by=BY, at=NOW)
    with pytest.raises(DesignCannotBePrinted):
        issue_certificate(enrolment, by=BY, at=NOW)

    assert Certificate.objects.count() == 0


@pytest.mark.django_db
def test_a_certificate_is_not_withdrawn_without_a_reason(edition, printer):
    certificate = issue_certificate(attended(edition, 60, 60), by=BY, at=NOW)

    with pytest.raises(ReasonMissing):
        withdraw_certificate(certificate, by=BY, at=NOW, reason=" ")

    assert certificate_numbered(certificate.number).state == CertificateState.VALID


@pytest.mark.django_db
def test_a_withdrawn_certificate_is_found_and_says_so(edition, printer):
    certificate = issue_certificate(attended(edition, 60, 60), by=BY, at=NOW)

    for _ in range(2):  # a double click
        withdraw_certificate(certificate, by=BY, at=NOW, reason="issued in error")

    assert certificate_numbered(certificate.number.lower()).state == CertificateState.WITHDRAWN
    assert [line.verb for line in trail_of(certificate)] == ["issued", "withdrawn"]


@pytest.mark.django_db
def test_the_sheet_carries_both_names_and_both_languages(edition, printer):
    certificate = issue_certificate(
        attended(edition, 60, 60, native_name="Гулнора Раҳимзода", latin_name="Gulnora Rahimzoda"),
        by=BY,
        at=NOW,
    )

    sheet = sheet_of(certificate, check_url="https://sabaq.example/check/x/")

    assert (sheet.native_name, sheet.latin_name) == ("Гулнора Раҳимзода", "Gulnora Rahimzoda")
    assert [text.language for text in sheet.texts] == ["en", "ru"]


@pytest.mark.django_db
@pytest.mark.parametrize("more", [0, 20])
def test_standing_is_read_in_a_fixed_number_of_queries(
    edition, printer, more, django_assert_num_queries
):
    attended(edition, 60, 60)
    for _ in range(more):
        attended(edition, 60, 60)

    with django_assert_num_queries(9):
        claims_of(edition)
