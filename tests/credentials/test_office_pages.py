"""The organiser's pages: setting up, correcting, printing."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sabaq.courses.ports import BlobStore
from sabaq.credentials.enums import CertificateState, SecondLanguage
from sabaq.credentials.models import Certificate, CertificateDesign, DesignLogo, DesignWording
from sabaq.credentials.queries.designs import imprint_of
from sabaq.kernel import ports
from sabaq.people.enums import Role
from tests.credentials.images import png, svg
from tests.credentials.test_certificates import attended
from tests.factories import (
    AppointmentFactory,
    CertificateFactory,
    DesignLogoFactory,
    EditionFactory,
    EnrolmentFactory,
    PersonFactory,
    SessionFactory,
)
from tests.sample_pack import sample_version

pytestmark = pytest.mark.django_db
SIGNATORY = {
    "signatory-1-name_en": "Gul Ulgi",
    "signatory-1-name_ru": "Гүл Үлгі",
    "signatory-1-function_en": "Head of office",
    "signatory-1-function_ru": "Глава представительства",
}
TEXTS = {
    "design-second_language": "russian",
    "design-place_en": "Tashkent",
    "design-place_ru": "Ташкент",
    **SIGNATORY,
}


@pytest.fixture
def edition():
    return EditionFactory(version=sample_version())


@pytest.fixture
def organiser(edition):
    client = Client()
    client.force_login(AppointmentFactory(edition=edition, role=Role.ORGANISER).account)
    return client


def url(name, edition, *more):
    return reverse(f"office:{name}", args=[edition.slug, *more])


def sent(data, name="logo.svg"):
    return SimpleUploadedFile(name, data)


def test_texts_signatories_and_the_pass_mark_are_set_up_in_one_form(organiser, edition):
    given = {
        **TEXTS,
        "design-asks_for": "passed",
        "design-completion_test": "knowledge",
        "design-pass_mark": "70",
        "signatory-1-signature": sent(png(), "signature.png"),
    }

    answer = organiser.post(url("certificate_design", edition), given)

    assert answer.status_code == 302
    imprint = imprint_of(edition)
    assert (imprint.design.completion_test, imprint.design.pass_mark) == ("knowledge", 70)
    (signatory,) = imprint.signatories
    assert ports.get(BlobStore).get(signatory.signature) == png()
    assert "Head of office" in organiser.get(url("certificate_design", edition)).content.decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"design-asks_for": "passed"}, "Say how many right answers are needed."),
        ({"design-place_en": "龍"}, "These signs cannot be printed: 龍 (U+9F8D)."),
        ({"signatory-2-name_en": "A B"}, "Name and title are needed in both languages."),
        ({"signatory-1-function_ru": ""}, "Nothing has been saved yet."),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_saved(organiser, edition, changes, said):
    base = {**TEXTS, "design-asks_for": "attendance", "design-completion_test": "knowledge"}

    page = organiser.post(url("certificate_design", edition), {**base, **changes})

    assert page.status_code == 200
    assert said in page.content.decode()
    assert imprint_of(edition).design.pk is None


def test_a_logo_is_shown_inert_to_the_organiser_alone(organiser, edition):
    names = {"logo-name_en": "An office", "logo-name_ru": "Представительство"}
    organiser.post(url("certificate_logo", edition), {**names, "logo-picture": sent(svg())})

    logo = DesignLogo.objects.get()
    picture = organiser.get(url("certificate_logo_picture", edition, logo.uuid))

    assert picture.content == svg().replace(b'"/>', b'" />')
    assert picture.headers["Content-Type"] == "image/svg+xml"
    assert picture.headers["Content-Security-Policy"].startswith("default-src 'none'; sandbox")
    assert Client().get(picture.request["PATH_INFO"]).status_code == 302


def test_a_drawing_with_a_script_is_refused_with_its_reason(organiser, edition):
    names = {"logo-name_en": "An office", "logo-name_ru": "Представительство"}
    picture = sent(svg("<script>alert(1)</script>"))

    page = organiser.post(url("certificate_logo", edition), {**names, "logo-picture": picture})

    assert "“&lt;script&gt;” has no place in the drawing" in page.content.decode()
    assert DesignLogo.objects.count() == 0


def test_a_wording_counts_as_checked_only_when_whole(organiser, edition):
    address = url("certificate_wording", edition, "kk")
    form = organiser.get(address).context["form"]
    given = {name: form.initial.get(name) or "Сөз" for name in form.fields}

    refused = organiser.post(address, {**given, "course_title": "", "checked_by": "A B"})
    taken = organiser.post(address, {**given, "checked_by": "A B"})

    assert "This text is still missing." in refused.content.decode()
    assert taken.status_code == 302
    assert [one.checked_by for one in DesignWording.objects.all()] == ["A B"]
    assert organiser.get(url("certificate_wording", edition, "de")).status_code == 404


def test_what_a_wording_lacks_is_said_where_its_sample_is_opened(organiser, edition):
    edition.title = {"en": "A course", "ru": "Курс"}
    edition.save()
    EnrolmentFactory(edition=edition, person=PersonFactory(country="UZ"))

    design = organiser.get(url("certificate_design", edition)).content.decode()
    wording = organiser.get(url("certificate_wording", edition, "uz")).content.decode()

    assert "still to be written: title of the course" in " ".join(design.split())
    assert "in Russian on the sample until then: title of the course" in wording


def test_languages_not_checked_are_named_before_certificates_are_issued(organiser, edition):
    edition.attendance_minutes = 1
    edition.save()
    SessionFactory(edition=edition)
    attended(edition, 60, country="TJ")
    before = organiser.get(url("certificates", edition)).content.decode()

    CertificateDesign.objects.create(edition=edition, second_language=SecondLanguage.NATIONAL)
    page = organiser.get(url("certificates", edition)).content.decode()

    address = url("certificate_wording", edition, "tg")
    assert (address in before, address in page) == (False, True)


def test_a_certificate_is_corrected_on_its_page(organiser, edition):
    old = CertificateFactory(enrolment=EnrolmentFactory(edition=edition))
    address = url("certificate_reissue", edition, old.number)
    given = {"native_name": "Әсел Үлгі", "latin_name": "Assel Ulgi", "reason": "A letter"}

    first = organiser.post(address, given)
    again = organiser.post(address, given)

    assert (first.status_code, again.status_code) == (302, 302)
    new = Certificate.objects.get(state="valid")
    assert (Certificate.objects.count(), new.latin_name) == (2, "Assel Ulgi")


def test_an_agency_is_given_one_pdf_or_a_folder_of_its_own_officers_alone(organiser, edition):
    person = PersonFactory(latin_name="Assel Ulgi")
    mine = CertificateFactory(enrolment=EnrolmentFactory(edition=edition, person=person))
    CertificateFactory(enrolment=EnrolmentFactory(edition=edition))
    key = person.agency.key

    pdf = organiser.get(url("certificates_of_agency", edition, key))
    packed = organiser.get(url("certificates_zip", edition, key))

    assert pdf.content.startswith(b"%PDF")
    assert packed.headers["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(packed.content)) as folder:
        assert folder.namelist() == [f"assel-ulgi_{mine.number}.pdf"]
        assert folder.read(folder.namelist()[0]).startswith(b"%PDF")


def test_a_name_that_cannot_be_printed_is_told_with_the_person_before_issuing(organiser, edition):
    edition.attendance_minutes = 1
    edition.save()
    SessionFactory(edition=edition)
    attended(edition, 60, native_name="Айгүл Ұзын", latin_name="")
    attended(edition, 60, native_name="Айгүл 龍")

    page = " ".join(organiser.get(url("certificates", edition)).content.decode().split())

    assert "<bdi>Айгүл Ұзын</bdi>: The certificate needs the name in Latin letters" in page
    assert (
        "<bdi>Айгүл 龍</bdi>: The certificate cannot print these signs of the name: 龍 (U+9F8D)"
        in page
    )
    assert "2 certificates are held up by a name" in page


def test_what_all_of_them_cannot_print_is_told_instead_of_issuing(organiser, edition):
    edition.attendance_minutes, edition.title = 1, {"en": "Course 龍"}
    edition.save()
    SessionFactory(edition=edition)
    attended(edition, 60)

    answer = organiser.post(url("certificates_issue", edition), follow=True)

    assert "No certificate was issued." in answer.content.decode()
    assert "龍 (U+9F8D)" in answer.content.decode()
    assert not Certificate.objects.exists()


def test_to_withdraw_asks_for_a_reason_in_words(organiser, edition):
    certificate = CertificateFactory(enrolment__edition=edition)

    answer = organiser.post(
        url("certificate_withdraw", edition, certificate.number), {"reason": " "}, follow=True
    )

    assert "Say why: the reason stands in the audit trail." in answer.content.decode()
    certificate.refresh_from_db()
    assert certificate.state == CertificateState.VALID


def test_a_sample_shows_the_design_in_each_language_and_kind(organiser, edition):
    DesignLogoFactory(design__edition=edition)

    sample = organiser.get(url("certificate_sample", edition, "tg", "completion"))

    assert sample.content.startswith(b"%PDF")
    assert organiser.get(url("certificate_sample", edition, "xx", "completion")).status_code == 404
    assert organiser.get(url("certificate_sample", edition, "tg", "other")).status_code == 404
