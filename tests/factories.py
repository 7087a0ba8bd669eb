"""Small, honest objects for tests. Names are invented."""

from datetime import UTC, date, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from sabaq.assessment.models import Attempt
from sabaq.classroom.enums import ClassState
from sabaq.classroom.models import Announcement, LiveClass, Presence
from sabaq.courses.enums import ContributorKind, SessionKind
from sabaq.courses.models import (
    Appointment,
    Contributor,
    CountrySeats,
    Course,
    CourseVersion,
    Edition,
    Session,
)
from sabaq.courses.ports import BlobStore
from sabaq.credentials.models import Certificate, CertificateDesign, DesignLogo
from sabaq.credentials.queries.designs import imprint_of
from sabaq.enrolment.links import code_digest, link_code
from sabaq.enrolment.models import AccessLink, Call, Enrolment, Nomination, Room
from sabaq.kernel import ports
from sabaq.kernel.ids import new_uuid
from sabaq.people.enums import AgencyKind, Country, Role, Sex
from sabaq.people.models import Account, Agency, Person
from sabaq.people.rules import name_key
from sabaq.programmes.models import Donor, Programme, Project

NOW = datetime(2027, 2, 4, 8, 20, tzinfo=UTC)


class AccountFactory(DjangoModelFactory):
    class Meta:
        model = Account

    email = factory.Sequence(lambda n: f"staff{n}@office.example")
    name = factory.Sequence(lambda n: f"Staff {n}")
    created_at = NOW


class AgencyFactory(DjangoModelFactory):
    class Meta:
        model = Agency

    key = factory.Sequence(lambda n: f"agency-{n}")
    name = factory.Sequence(
        lambda n: {"en": f"Border service {n}", "ru": f"Пограничная служба {n}"}
    )
    country = Country.KAZAKHSTAN
    kind = AgencyKind.BORDER


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    native_name = factory.Sequence(
        lambda n: (
            f"Айгүл Үлгі {'абвгдежзик'[n % 10]}{'лмнопрсту'[n // 10 % 9]}{'фхцчшщэюя'[n // 90 % 9]}"
        )
    )
    latin_name = "Aigul Ulgi"
    display_name = "Aigul U."
    sex = Sex.FEMALE
    language = "ru"
    agency = factory.SubFactory(AgencyFactory)
    country = factory.LazyAttribute(lambda person: person.agency.country)
    rank_band = "middle"


class DonorFactory(DjangoModelFactory):
    class Meta:
        model = Donor

    key = factory.Sequence(lambda n: f"donor-{n}")
    name = {"en": "Government of a donor country", "ru": "Правительство страны-донора"}


class ProgrammeFactory(DjangoModelFactory):
    class Meta:
        model = Programme

    key = factory.Sequence(lambda n: f"programme-{n}")
    name = {"en": "Regional programme", "ru": "Региональная программа"}


class ProjectFactory(DjangoModelFactory):
    class Meta:
        model = Project

    code = factory.Sequence(lambda n: f"project-{n}")
    name = {"en": "Interagency Mobile Teams", "ru": "Межведомственные мобильные группы"}
    programme = factory.SubFactory(ProgrammeFactory)
    donor = factory.SubFactory(DonorFactory)


class CourseFactory(DjangoModelFactory):
    class Meta:
        model = Course

    slug = factory.Sequence(lambda n: f"course-{n}")


class CourseVersionFactory(DjangoModelFactory):
    """A version without files; use the real pack (fixture `pack_version`) where content is read."""

    class Meta:
        model = CourseVersion

    course = factory.SubFactory(CourseFactory)
    version = "1"
    digest = factory.Sequence(lambda n: f"{n:064x}")
    imported_at = NOW


class EditionFactory(DjangoModelFactory):
    class Meta:
        model = Edition

    slug = factory.Sequence(lambda n: f"edition-{n}")
    version = factory.SubFactory(CourseVersionFactory)
    title = {
        "en": "Gender mainstreaming in law enforcement",
        "ru": "Гендерное равенство в правоохранительных органах",
    }
    starts_on = date(2027, 2, 4)
    ends_on = date(2027, 2, 5)
    zone = "Asia/Tashkent"
    languages = ["en", "ru"]
    seats = 64
    overbooking = 0
    women_aim = 50
    hours = 8
    contact_name = "N. A."
    contact_function = {"en": "Programme officer", "ru": "Сотрудник по программам"}
    contact_office = {"en": "Regional office", "ru": "Региональное представительство"}
    contact_email = "course@office.example"
    notice = {"en": "We keep little, and say what.", "ru": "Мы храним мало и говорим, что именно."}


class CountrySeatsFactory(DjangoModelFactory):
    class Meta:
        model = CountrySeats

    edition = factory.SubFactory(EditionFactory)
    country = Country.KAZAKHSTAN
    seats = 14


class ContributorFactory(DjangoModelFactory):
    class Meta:
        model = Contributor

    edition = factory.SubFactory(EditionFactory)
    key = factory.Sequence(lambda n: f"contributor-{n}")
    kind = ContributorKind.TRAINER
    name = {"en": "Dilnoza Example", "ru": "Дильноза Пример"}
    function = {"en": "Gender expert", "ru": "Эксперт по гендерным вопросам"}


class SessionFactory(DjangoModelFactory):
    class Meta:
        model = Session

    edition = factory.SubFactory(EditionFactory)
    key = factory.Sequence(lambda n: f"session-{n}")
    kind = SessionKind.TEACHING
    title = {"en": "Interviewing and screening women", "ru": "Беседа и досмотр: женщины"}
    topic = "interviewing-screening"
    starts_at = NOW - timedelta(minutes=10)
    ends_at = NOW + timedelta(minutes=40)


class AnnouncementFactory(DjangoModelFactory):
    class Meta:
        model = Announcement

    session = factory.SubFactory(SessionFactory)
    text = {"en": "Back at 11:30"}
    posted_at = NOW
    changed_at = NOW


class AppointmentFactory(DjangoModelFactory):
    class Meta:
        model = Appointment

    edition = factory.SubFactory(EditionFactory)
    account = factory.SubFactory(AccountFactory)
    role = Role.ORGANISER


class CallFactory(DjangoModelFactory):
    class Meta:
        model = Call

    edition = factory.SubFactory(EditionFactory)
    opens_at = NOW - timedelta(days=60)
    closes_at = NOW + timedelta(days=1)


class NominationFactory(DjangoModelFactory):
    class Meta:
        model = Nomination

    edition = factory.SubFactory(EditionFactory)
    nominee = factory.SubFactory(PersonFactory)
    agency = factory.LazyAttribute(lambda nomination: nomination.nominee.agency)
    name_key = factory.LazyAttribute(lambda nomination: name_key(nomination.nominee.native_name))
    nominated_at = NOW - timedelta(days=20)


class EnrolmentFactory(DjangoModelFactory):
    class Meta:
        model = Enrolment

    edition = factory.SubFactory(EditionFactory)
    person = factory.SubFactory(PersonFactory)
    enrolled_at = NOW - timedelta(days=10)
    # By default her first opening is behind her; `fresh=True` gives somebody who has never come in.
    profile_confirmed_at = NOW - timedelta(days=9)
    notice_version = 1
    notice_read_at = NOW - timedelta(days=9)
    photo_agreed = False
    voice_agreed = True
    listing_agreed = True

    class Params:
        fresh = factory.Trait(
            profile_confirmed_at=None,
            notice_version=None,
            notice_read_at=None,
            photo_agreed=None,
            voice_agreed=None,
            listing_agreed=None,
        )


class AccessLinkFactory(DjangoModelFactory):
    class Meta:
        model = AccessLink

    uuid = factory.LazyFunction(new_uuid)
    enrolment = factory.SubFactory(EnrolmentFactory)
    code_digest = factory.LazyAttribute(lambda link: code_digest(link_code(link.uuid)))
    created_at = NOW - timedelta(days=10)
    expires_at = NOW + timedelta(days=100)


class PresenceFactory(DjangoModelFactory):
    class Meta:
        model = Presence
        skip_postgeneration_save = True

    session = factory.SubFactory(SessionFactory)
    enrolment = factory.LazyAttribute(
        lambda presence: EnrolmentFactory(edition=presence.session.edition)
    )
    from_at = NOW
    until_at = factory.LazyAttribute(lambda presence: presence.from_at + timedelta(minutes=30))

    @factory.post_generation
    def in_a_class(self, create: bool, extracted: object, **kwargs: object) -> None:
        """Presence counts in a class that was begun: begin one where there is none."""
        begun = {"state": ClassState.LIVE, "started_at": min(self.session.starts_at, self.from_at)}
        LiveClass.objects.get_or_create(session=self.session, defaults=begun)


class RoomFactory(DjangoModelFactory):
    class Meta:
        model = Room

    edition = factory.SubFactory(EditionFactory)
    name = factory.Sequence(lambda n: f"Hall {n}")
    place = "Second floor"
    made_at = NOW - timedelta(days=3)


class CertificateFactory(DjangoModelFactory):
    """A certificate as it was issued, without looking whether it was earned."""

    class Meta:
        model = Certificate

    enrolment = factory.SubFactory(EnrolmentFactory)
    number = factory.Sequence(lambda n: f"2027-TEST-{n:04}")
    native_name = factory.SelfAttribute("enrolment.person.native_name")
    latin_name = factory.SelfAttribute("enrolment.person.latin_name")
    printed = factory.LazyAttribute(
        lambda certificate: (
            imprint_of(certificate.enrolment.edition)
            .printed("participation", "ru", at=certificate.issued_at)
            .as_data()
        )
    )
    issued_at = NOW


LOGO = (
    b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M0 0h40v20z"/></svg>"""
)


class CertificateDesignFactory(DjangoModelFactory):
    class Meta:
        model = CertificateDesign
        django_get_or_create = ("edition",)

    edition = factory.SubFactory(EditionFactory)


class DesignLogoFactory(DjangoModelFactory):
    class Meta:
        model = DesignLogo

    design = factory.SubFactory(CertificateDesignFactory)
    position = 1
    name = {"en": "Emblem of an office", "ru": "Эмблема представительства"}
    digest = factory.LazyFunction(lambda: ports.get(BlobStore).put(LOGO))
    kind = "svg"


class AttemptFactory(DjangoModelFactory):
    class Meta:
        model = Attempt

    enrolment = factory.SubFactory(EnrolmentFactory)
    version = factory.SelfAttribute("enrolment.edition.version")
    test = "knowledge"
    seed = 1
    begun_at = NOW
    total = 2
