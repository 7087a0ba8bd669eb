from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sabaq.courses.editions.changes import Change, Verb
from sabaq.courses.editions.problems import EditionFileRefused
from sabaq.courses.models import Appointment, Contributor, CourseVersion, Edition, Session
from sabaq.courses.services.sessions import reschedule
from sabaq.enrolment.models import Call, Enrolment
from sabaq.enrolment.services.editions import Loaded, load_edition
from sabaq.kernel.audit import trail_of
from sabaq.kernel.i18n import values_of
from sabaq.kernel.models import AuditRecord
from sabaq.people.models import Account, Agency
from sabaq.programmes.models import Donor, Programme, Project
from tests.courses.editions.sample import SAMPLE, TESTS, TOPICS, changed, line_of
from tests.factories import (
    NOW,
    AccessLinkFactory,
    AccountFactory,
    AgencyFactory,
    CourseFactory,
    CourseVersionFactory,
    EditionFactory,
    EnrolmentFactory,
    NominationFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def version():
    return CourseVersionFactory(course=CourseFactory(slug="course"))


def find(pack, name):
    return CourseVersion.objects.filter(course__slug=pack, version=name).first()


def load(text: str = SAMPLE, at: datetime = NOW) -> Loaded:
    return load_edition(
        text,
        find_version=find,
        topics_of=lambda _: TOPICS,
        tests_of=lambda _: TESTS,
        by=None,
        at=at,
    )


def refused(text: str) -> list[str]:
    with pytest.raises(EditionFileRefused) as error:
        load(text)
    return [str(problem) for problem in error.value.problems]


def test_loading_makes_the_whole_edition(version):
    edition = load().edition

    assert (edition.slug, edition.version, edition.starts_on) == (
        "pilot",
        version,
        date(2027, 2, 4),
    )
    assert values_of(edition.title) == {"en": "Pilot", "ru": "Пробный курс"}
    assert [project.code for project in edition.projects.all()] == ["imt"]
    assert Project.objects.get().programme.parent == Programme.objects.get(key="region")
    assert Donor.objects.get().key == "donor"
    assert list(edition.country_seats.values_list("country", "seats")) == [("KG", 8), ("KZ", 12)]
    assert edition.support_contacts.count() == 2
    assert Agency.objects.get().key == "kz-border"
    assert values_of(edition.contributors.get().statement) == {
        "en": "Listen first.",
        "ru": "Сначала выслушайте.",
    }
    session = edition.sessions.get(key="screening")
    assert session.starts_at == datetime(2027, 2, 4, 5, 0, tzinfo=UTC)
    assert [contributor.key for contributor in session.contributors.all()] == ["trainer"]
    assert edition.call.closes_at == datetime(2027, 1, 15, 13, 0, tzinfo=UTC)


def test_loading_makes_accounts_and_appointments():
    edition = load().edition

    rows = edition.appointments.order_by("account__email").values_list(
        "account__email", "role", "agency__key", "country", "contributor__key"
    )
    assert list(rows) == [
        ("focal@agency.example", "focal-point", "kz-border", "", None),
        ("organiser@office.example", "organiser", None, "", None),
        ("trainer@expert.example", "trainer", None, "", "trainer"),
    ]
    assert not Account.objects.get(email="organiser@office.example").has_usable_password()


def test_loading_twice_changes_nothing():
    load()
    lines = AuditRecord.objects.count()

    again = load(at=NOW + timedelta(days=1))

    assert again.changes.done == []
    assert AuditRecord.objects.count() == lines
    assert [model.objects.count() for model in (Edition, Session, Appointment, Call)] == [
        1,
        2,
        3,
        1,
    ]


def test_a_changed_file_changes_what_it_names_and_says_so():
    edition = load().edition
    text = changed('en = "Screening"', 'en = "Screening women"')
    text = changed("seats = 12", "seats = 11", text=text)
    text = changed("closes_at = 2027-01-15", "closes_at = 2027-01-16", text=text)

    changes = load(text).changes

    assert changes.done == [
        Change(Verb.CHANGED, "countryseats", "KZ", ("seats",)),
        Change(Verb.CHANGED, "session", "screening", ("title",)),
        Change(Verb.CHANGED, "call", "pilot", ("closes_at",)),
    ]
    session = edition.sessions.get(key="screening")
    assert values_of(session.title) == {"en": "Screening women", "ru": "Проверка"}
    assert [line.changed for line in trail_of(session)] == [[], ["title"]]


def test_what_left_the_file_goes_unless_something_is_recorded_about_it():
    edition = load().edition
    start = SAMPLE.index("[[sessions]]")
    kept = AccessLinkFactory(
        enrolment=None,
        guest=edition.contributors.get(),
        session=edition.sessions.get(key="screening"),
    )
    text = (
        SAMPLE[:start]
        + """[[sessions]]
key = "both-days"
kind = "practice"
title = { en = "One", ru = "Один" }
starts_at = 2027-02-04T10:00:00
ends_at = 2027-02-04T12:00:00

[[staff]]
email = "organiser@office.example"
name = "Anora Organiser"
roles = ["organiser"]
"""
    )

    changes = load(text).changes

    assert changes.done == [
        Change(Verb.ADDED, "session", "both-days"),
        Change(Verb.KEPT, "session", "screening"),
        Change(Verb.REMOVED, "session", "closing"),
        Change(Verb.REMOVED, "appointment", "focal@agency.example · focal-point"),
        Change(Verb.REMOVED, "appointment", "trainer@expert.example · trainer"),
    ]
    assert Account.objects.count() == 3
    kept.refresh_from_db()
    assert sorted(edition.sessions.values_list("key", flat=True)) == ["both-days", "screening"]


def test_enrolments_stay_when_the_edition_changes():
    edition = load().edition
    enrolment = EnrolmentFactory(edition=edition)

    load(changed('en = "Pilot"', 'en = "Second pilot"'))

    assert list(Enrolment.objects.filter(edition=edition)) == [enrolment]


def test_an_account_that_exists_keeps_what_its_holder_chose():
    account = AccountFactory(email="organiser@office.example", name="Her own name", language="ru")

    load()

    account.refresh_from_db()
    assert (account.name, account.language) == ("Her own name", "ru")
    assert Appointment.objects.filter(account=account, role="organiser").count() == 1


def test_nothing_is_half_loaded_when_the_file_has_a_mistake():
    problems = refused(changed('topic = "screening"', 'topic = "none"'))

    assert len(problems) == 1
    for model in (Edition, Donor, Programme, Agency, Account, Contributor, AuditRecord):
        assert model.objects.count() == 0


def test_nothing_is_kept_when_the_database_refuses_late():
    edition = load().edition
    EnrolmentFactory.create_batch(3, edition=edition)
    text = changed("seats = 20", "seats = 2\noverbooking = 0")
    text = changed("seats = 12", "seats = 1", text=text)
    text = changed("seats = 8", "seats = 1", text=text)
    lines = AuditRecord.objects.count()

    assert refused(text) == [
        (
            f"line {line_of(text, 'seats = 2')}, edition.seats: 3 seats are taken already: the edition"
            " cannot have fewer."
        )
    ]
    edition.refresh_from_db()
    assert edition.seats == 20
    assert AuditRecord.objects.count() == lines


def test_a_country_that_has_nominated_cannot_leave():
    edition = load().edition
    agency = AgencyFactory(country="KG")
    NominationFactory(edition=edition, nominee=PersonFactory(agency=agency))
    text = changed('[[countries]]\ncode = "KG"\nseats = 8\n', "")
    text = changed(
        '[[support]]\ncountry = "KG"\n'
        'text = { en = "Ask the office.", ru = "Спросите в представительстве." }\n',
        "",
        text=text,
    )

    assert refused(text) == [
        (
            f"line {line_of(text, '[[countries]]')}, countries: “KG” has nominated officers: keep it,"
            " with 0 seats if need be."
        )
    ]


def test_a_new_wording_of_the_data_notice_needs_a_new_version():
    load()
    text = changed("We keep little.", "We keep next to nothing.")

    assert refused(text) == [
        (
            f"line {line_of(text, '[notice]') + 1}, notice.version: People may have read another wording"
            " as version 1. Raise the version, so that they are shown the new one."
        )
    ]
    assert load(changed("version = 1", "version = 2", text=text)).edition.notice_version == 2


def test_an_edition_cannot_move_to_another_course():
    EditionFactory(slug="pilot")

    assert refused(SAMPLE) == [
        "line 5, edition.pack: This edition exists, and teaches another course.",
        (
            "line 24, notice.version: People may have read another wording as version 1. Raise the"
            " version, so that they are shown the new one."
        ),
    ]


def test_a_version_that_is_not_there_is_said_with_the_other_mistakes():
    text = changed('version = "1"', 'version = "9"')
    text = changed("seats = 12", "seats = -1", text=text)

    assert refused(text) == [
        (
            "line 6, edition.version: Version “9” of the pack “course” is neither imported nor in the"
            " packs folder."
        ),
        (
            f"line {line_of(text, 'seats = -1')}, countries[1].seats: This must be a number from 0 to"
            " 100000."
        ),
    ]


def test_two_editions_may_share_donors_agencies_and_staff():
    load()

    second = load(changed('slug = "pilot"', 'slug = "second"'))

    assert {change.kind for change in second.changes.done} == {
        "edition",
        "countryseats",
        "supportcontact",
        "contributor",
        "session",
        "appointment",
        "call",
    }
    assert Edition.objects.filter(projects__code="imt").count() == 2


def test_a_session_moved_by_hand_is_never_moved_back_by_the_file():
    edition = load().edition
    session = edition.sessions.order_by("starts_at").first()
    begin, end = session.starts_at + timedelta(minutes=5), session.ends_at
    reschedule(session, begin, end, by=None, at=NOW)

    [problem] = refused(SAMPLE)

    clock = begin.astimezone(ZoneInfo(edition.zone))
    assert f"starts_at = {clock:%Y-%m-%dT%H:%M:%S}" in problem
    session.refresh_from_db()
    assert (session.starts_at, session.is_off_file) == (begin, True)


def test_a_file_that_states_the_new_time_is_loaded_and_may_change_it_from_then_on():
    edition = load().edition
    session = edition.sessions.order_by("starts_at").first()
    said = f"{session.starts_at.astimezone(ZoneInfo(edition.zone)):%Y-%m-%dT%H:%M:%S}"
    begin = session.starts_at - timedelta(minutes=5)
    now = f"{begin.astimezone(ZoneInfo(edition.zone)):%Y-%m-%dT%H:%M:%S}"
    reschedule(session, begin, session.ends_at, by=None, at=NOW)

    load(SAMPLE.replace(f"starts_at = {said}", f"starts_at = {now}"))
    session.refresh_from_db()
    caught_up = (session.is_off_file, session.revision)
    load()

    session.refresh_from_db()
    assert caught_up == (False, 1)
    assert (session.starts_at, session.moved_from, session.revision) == (
        begin + timedelta(minutes=5),
        begin,
        2,
    )
