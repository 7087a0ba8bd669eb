"""Two editions alike, and somebody of every role at the door of the first."""

from dataclasses import dataclass, replace
from functools import cached_property

from django.test import Client

from sabaq.classroom.enums import CorrectionKind, Trouble
from sabaq.classroom.models import (
    Announcement,
    Caption,
    FloorGrant,
    Hand,
    HelpCall,
    PollRun,
    PollWord,
    PresenceCorrection,
    Question,
    SpotPoll,
)
from sabaq.courses.enums import ContributorKind
from sabaq.courses.models import Contributor, Edition, Session
from sabaq.credentials.models import Certificate, DesignLogo
from sabaq.enrolment.access import cookie_for
from sabaq.enrolment.enums import EnrolmentState
from sabaq.enrolment.links import link_token
from sabaq.enrolment.models import AccessLink, Enrolment, Letter, Nomination, Room
from sabaq.feedback.models import SurveyComment, SurveyPool
from sabaq.newsroom.models import Photo, Quote
from sabaq.people.enums import Country, Role
from sabaq.people.models import Account, Agency
from sabaq.reporting.models import Annex, Release
from sabaq.reporting.publishing import PublishedFigures
from tests.factories import (
    NOW,
    AccessLinkFactory,
    AccountFactory,
    AgencyFactory,
    AnnouncementFactory,
    AppointmentFactory,
    CallFactory,
    CertificateFactory,
    ContributorFactory,
    DesignLogoFactory,
    EditionFactory,
    EnrolmentFactory,
    NominationFactory,
    PersonFactory,
    RoomFactory,
    SessionFactory,
)
from tests.newsroom.articles import published_article
from tests.sample_pack import sample_version

_ROLE_OF = {
    "organiser": Role.ORGANISER,
    "host": Role.HOST,
    "trainer": Role.TRAINER,
    "interpreter": Role.INTERPRETER,
    "evaluator": Role.EVALUATOR,
    "observer": Role.OBSERVER,
    "communication": Role.COMMUNICATION,
    "representative": Role.REPRESENTATIVE,
}


@dataclass
class World:
    """One edition with one of everything that a URL can be about."""

    edition: Edition
    agency: Agency
    session: Session
    guest: Contributor
    guest_link: AccessLink
    nomination: Nomination
    enrolment: Enrolment
    latecomer: Enrolment
    link: AccessLink
    letter: Letter
    run: PollRun
    question: Question
    word: PollWord
    spot_poll: SpotPoll
    help_call: HelpCall
    hand: Hand
    floor_grant: FloorGrant
    announcement: Announcement
    caption: Caption
    certificate: Certificate
    correction: PresenceCorrection
    room: Room
    annex: Annex
    comment: SurveyComment
    organiser: Account
    quote: Quote
    photo: Photo
    other: "World | None" = None

    @cached_property
    def logo(self) -> DesignLogo:
        logo: DesignLogo = DesignLogoFactory(design__edition=self.edition)
        return logo

    @cached_property
    def token(self) -> str:
        """Give a link that nobody in this world is signed in by."""
        colleague = EnrolmentFactory(edition=self.edition, person__agency=self.agency)
        return link_token(AccessLinkFactory(enrolment=colleague).uuid)

    def client(self, role: str) -> Client:
        """Give a browser in which `role` of this edition has just signed in."""
        client = Client(raise_request_exception=False)
        if role == "anonymous":
            return client
        if role.endswith("-elsewhere"):
            assert self.other is not None
            return self.other.client(role.removesuffix("-elsewhere"))
        link = self._link(role)
        if link is not None:
            client.cookies["sabaq_p"] = cookie_for(link, at=NOW)
        else:
            client.force_login(self._account(role))
        return client

    def _link(self, role: str) -> AccessLink | None:
        if role == "participant":
            return self.link
        if role == "guest":
            return AccessLinkFactory(enrolment=None, guest=self.guest, session=self.session)
        if role == "room":
            return self.room.links.get()
        if role == "staff-by-link":
            # The same person is the organiser of this edition, and came by her participant's link.
            enrolment = EnrolmentFactory(edition=self.edition, person__agency=self.agency)
            self.organiser.person = enrolment.person
            self.organiser.save(update_fields=["person"])
            _certify(enrolment, self.certificate.number.replace("-AA", "-BB"))
            return AccessLinkFactory(enrolment=enrolment)
        return None

    def _account(self, role: str) -> Account:
        if role == "organiser":
            return self.organiser
        if role == "administrator":
            return AccountFactory(is_administrator=True)
        reach = {}
        if role == "agency-focal-point":
            reach = {"agency": self.agency}
        elif role == "country-focal-point":
            reach = {"country": Country.KAZAKHSTAN}
        appointment = AppointmentFactory(
            edition=self.edition, role=_ROLE_OF.get(role, Role.FOCAL_POINT), **reach
        )
        account: Account = appointment.account
        return account


def _certify(enrolment: Enrolment, number: str) -> Certificate:
    certificate: Certificate = CertificateFactory(enrolment=enrolment, number=number)
    return certificate


def _correct(enrolment: Enrolment, session: Session) -> PresenceCorrection:
    return PresenceCorrection.objects.create(
        session=session, enrolment=enrolment, kind=CorrectionKind.ADDED, reason="R", at=NOW
    )


def _annex(edition: Edition) -> Annex:
    """Give an annex, in an edition whose figures are published."""
    _publish(edition)
    return Annex.objects.create(
        edition=edition,
        recipient="R",
        organisation="O",
        reason="W",
        language="en",
        issued_by="Organiser",
        issued_at=NOW,
        document=b"%PDF-1.7",
    )


def _publish(edition: Edition) -> Release:
    """Publish that nobody is counted, so that there is a report for whoever reads published ones alone."""
    nobody = PublishedFigures(edition.pk, (), {}, frozenset(), joined=False)
    return Release.objects.create(
        edition=edition,
        number=1,
        figures=nobody.as_json(),
        released_by="Organiser",
        released_at=NOW,
    )


def _comment(edition: Edition) -> SurveyComment:
    """Give a comment of a survey that ten have answered."""
    SurveyPool.objects.create(edition=edition, survey="closing", counted=10)
    return SurveyComment.objects.create(
        edition=edition, survey="closing", question="comment", original="Longer breaks"
    )


def _ask(session: Session) -> Question:
    return Question.objects.create(
        session=session, text="Why?", language="en", asked_at=NOW, released_at=NOW
    )


def _latecomer(edition: Edition, agency: Agency) -> Enrolment:
    """Give somebody who was admitted a moment ago, and has not come in yet."""
    enrolment: Enrolment = EnrolmentFactory(
        edition=edition, person__agency=agency, state=EnrolmentState.PROVISIONAL
    )
    AccessLinkFactory(enrolment=enrolment, created_at=NOW)
    return enrolment


def _guest_link(session: Session) -> AccessLink:
    guest = ContributorFactory(edition=session.edition)
    link: AccessLink = AccessLinkFactory(enrolment=None, guest=guest, session=session)
    return link


def make_world(edition: Edition, number: str) -> World:
    """Make one edition's world."""
    agency = AgencyFactory()
    person = PersonFactory(agency=agency)
    nomination = NominationFactory(edition=edition, nominee=person)
    enrolment = EnrolmentFactory(edition=edition, person=person, nomination=nomination)
    CallFactory(edition=edition)
    session = SessionFactory(edition=edition)
    article = published_article(edition)
    run = PollRun.objects.create(session=session, poll="who-stays", opened_at=NOW)
    return World(
        edition=edition,
        agency=agency,
        session=session,
        guest=ContributorFactory(edition=edition, kind=ContributorKind.SPEAKER),
        guest_link=_guest_link(session),
        nomination=nomination,
        enrolment=enrolment,
        latecomer=_latecomer(edition, agency),
        link=AccessLinkFactory(enrolment=enrolment),
        letter=Letter.objects.create(enrolment=enrolment, kind="invitation", queued_at=NOW),
        run=run,
        word=PollWord.objects.create(run=run, word="mercy", votes=1),
        spot_poll=_spot_poll(session),
        help_call=_call_for_help(enrolment, session),
        question=_ask(session),
        hand=Hand.objects.create(session=session, enrolment=enrolment, raised_at=NOW),
        floor_grant=_grant(enrolment, session),
        announcement=AnnouncementFactory(session=session),
        caption=_caption(session),
        certificate=_certify(enrolment, number),
        correction=_correct(enrolment, session),
        room=_room(edition),
        annex=_annex(edition),
        comment=_comment(edition),
        organiser=AppointmentFactory(edition=edition, role=Role.ORGANISER).account,
        quote=article.quotes.get(),
        photo=article.photos.get(),
    )


def _room(edition: Edition) -> Room:
    room = RoomFactory(edition=edition)
    AccessLinkFactory(enrolment=None, room=room)
    return room


def _caption(session: Session) -> Caption:
    return Caption.objects.create(session=session, language="en", text="Ask first.", said_at=NOW)


def _call_for_help(enrolment: Enrolment, session: Session) -> HelpCall:
    return HelpCall.objects.create(
        session=session, enrolment=enrolment, trouble=Trouble.STUCK, called_at=NOW
    )


def _grant(enrolment: Enrolment, session: Session) -> FloorGrant:
    return FloorGrant.objects.create(session=session, enrolment=enrolment, granted_at=NOW)


def neighbour_of(world: World) -> World:
    """Give the same edition's world as another agency of another country has it."""
    agency = AgencyFactory(country=Country.UZBEKISTAN)
    nomination = NominationFactory(edition=world.edition, nominee=PersonFactory(agency=agency))
    enrolment = EnrolmentFactory(
        edition=world.edition, person=nomination.nominee, nomination=nomination
    )
    return replace(
        world,
        agency=agency,
        nomination=nomination,
        enrolment=enrolment,
        link=AccessLinkFactory(enrolment=enrolment),
        letter=Letter.objects.create(enrolment=enrolment, kind="invitation", queued_at=NOW),
    )


def two_worlds(**of_edition: object) -> World:
    """Give the world of one edition, with `other` the world of another."""
    of_edition = {"version": sample_version(), **of_edition}
    # Taught right now: without a time of its own the test before the course would be closed.
    of_edition["tests"] = [
        {"key": "knowledge", "forms": False, "before": {"closes_at": "2027-02-05T00:00:00+00:00"}}
    ]
    here = make_world(EditionFactory(**of_edition), "TEST-0001-AA")
    here.other = make_world(EditionFactory(**of_edition), "TEST-0002-AA")
    here.other.other = here
    return here


def _spot_poll(session: Session) -> SpotPoll:
    question = {"en": "Who?"}
    return SpotPoll.objects.create(
        session=session, kind="word", language="en", question=question, written_at=NOW
    )
