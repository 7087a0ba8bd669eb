"""Fills an edition with many of everything that a page may list or count."""

from datetime import timedelta

from sabaq.assessment.models import Answer, Attempt
from sabaq.classroom.enums import ClassState, CorrectionKind
from sabaq.classroom.models import (
    ClassEvent,
    Hand,
    LiveClass,
    PresenceCorrection,
    RoomMark,
    Vote,
)
from sabaq.courses.models import Edition
from sabaq.enrolment.enums import EnrolmentState, NominationState
from sabaq.enrolment.models import Enrolment, Letter, Nomination
from sabaq.feedback.models import SurveyAnswer, SurveyComment, SurveyMark
from sabaq.kernel.models import AuditRecord
from sabaq.people.enums import Country, Role
from tests.doors.world import World
from tests.factories import (
    NOW,
    AccessLinkFactory,
    AnnouncementFactory,
    AppointmentFactory,
    CertificateFactory,
    ContributorFactory,
    CountrySeatsFactory,
    EditionFactory,
    EnrolmentFactory,
    NominationFactory,
    PresenceFactory,
    ProjectFactory,
    RoomFactory,
    SessionFactory,
)

STATES = (
    NominationState.CONFIRMED,
    NominationState.PROPOSED,
    NominationState.CONFIRMED,
    NominationState.RESERVE,
    NominationState.DECLINED,
)


def crowd(world: World, numbers: range) -> None:
    """Add an officer for each of `numbers`, with all that she leaves behind, and a session for every fifth."""
    edition = world.edition
    for number in numbers:
        nomination = _nomination(world, number)
        if nomination.state == NominationState.CONFIRMED:
            _participant(world, nomination, number)
        if number % 5 == 0:
            AccessLinkFactory(enrolment=None, room=RoomFactory(edition=edition))
            _session(edition, number)
            _edition(world)
    AuditRecord.objects.bulk_create(
        AuditRecord(
            object_type="enrolment.nomination",
            object_id=str(nomination.pk),
            verb="confirmed",
            actor_label="Organiser",
            at=NOW,
        )
        for nomination in Nomination.objects.filter(edition=edition)
    )


def _nomination(world: World, number: int) -> Nomination:
    state = STATES[number % len(STATES)]
    about: dict[str, object] = {"nominee__agency__country": list(Country)[number % len(Country)]}
    if number % 3 == 0:
        about = {"nominee__agency": world.agency}  # within a focal point's reach
    nomination: Nomination = NominationFactory(
        edition=world.edition,
        state=state,
        decided_at=None if state == NominationState.PROPOSED else NOW,
        reserve_rank=number + 1 if state == NominationState.RESERVE else None,
        **about,
    )
    return nomination


def _participant(world: World, nomination: Nomination, number: int) -> None:
    edition = world.edition
    enrolment: Enrolment = EnrolmentFactory(
        edition=edition, person=nomination.nominee, nomination=nomination
    )
    if number % 10 == 7:
        enrolment.state = EnrolmentState.WITHDRAWN
        enrolment.save(update_fields=["state"])
    AccessLinkFactory(enrolment=enrolment)
    Letter.objects.create(enrolment=enrolment, kind="invitation", queued_at=NOW)
    PresenceFactory(session=world.session, enrolment=enrolment, from_at=NOW - timedelta(hours=1))
    PresenceFactory(session=world.session, enrolment=world.enrolment, from_at=NOW)
    RoomMark.objects.create(session=world.session, room=world.room, enrolment=enrolment, at=NOW)
    for one in (enrolment, world.enrolment):
        PresenceCorrection.objects.create(
            session=world.session, enrolment=one, kind=CorrectionKind.ADDED, reason="R", at=NOW
        )
    Vote.objects.create(run=world.run, enrolment=enrolment, choices=["agreed"])
    Hand.objects.create(session=world.session, enrolment=enrolment, raised_at=NOW)
    AnnouncementFactory(session=world.session)
    attempt = Attempt.objects.create(
        enrolment=enrolment,
        version=edition.version,
        test="knowledge",
        seed=1,
        begun_at=NOW,
        handed_in_at=NOW,
        correct=1,
        total=2,
    )
    Answer.objects.create(attempt=attempt, item="one", option="b", answered_at=NOW)
    SurveyMark.objects.create(enrolment=enrolment, survey="closing")
    SurveyAnswer.objects.create(edition=edition, survey="closing", question="relevant", choice="4")
    SurveyComment.objects.create(
        edition=edition, survey="closing", question="comment", original="Longer breaks"
    )
    CertificateFactory(enrolment=enrolment, number=f"TEST-{number:04}-CC")


def _session(edition: Edition, number: int) -> None:
    session = SessionFactory(edition=edition)
    session.contributors.set([ContributorFactory(edition=edition)])
    live = LiveClass.objects.create(session=session, state=ClassState.ENDED, last_seq=1)
    ClassEvent.objects.create(session=session, seq=live.last_seq, kind="class-begun", audience="all", at=NOW)  # fmt: skip
    edition.projects.add(ProjectFactory())
    if number // 5 < len(Country):
        CountrySeatsFactory(edition=edition, country=list(Country)[number // 5])


def _edition(world: World) -> None:
    """Give the organiser one more edition, with staff of its own."""
    more = EditionFactory(version=world.edition.version)
    more.projects.set([ProjectFactory()])
    AppointmentFactory(edition=more, account=world.organiser, role=Role.ORGANISER)
    AppointmentFactory(edition=world.edition, role=Role.TRAINER)
    SessionFactory(edition=more)
    NominationFactory(edition=more)
    EnrolmentFactory(edition=more)
