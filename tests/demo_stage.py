"""Brings a running demo into a state in which every page has something to show, and says how to get in.

Run as `python -m tests.demo_stage` in the demo's environment; prints what a test needs as JSON. What the
demo's class has not come to yet (tests handed in, certificates, drafts) is done by the same services.
"""

import json
import os
from datetime import datetime, timedelta
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sabaq.config.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.urls import reverse  # noqa: E402

from sabaq.assessment.enums import Phase  # noqa: E402
from sabaq.assessment.models import Attempt  # noqa: E402
from sabaq.assessment.queries.windows import window_of  # noqa: E402
from sabaq.assessment.services import begin_attempt, hand_in, save_answers  # noqa: E402
from sabaq.classroom.models import Caption, PollRun, Question  # noqa: E402
from sabaq.classroom.services.attendance import mark_room  # noqa: E402
from sabaq.classroom.services.captions import say_caption  # noqa: E402
from sabaq.classroom.services.latecomers import admit_to_class  # noqa: E402
from sabaq.classroom.services.moving import Move, move_session  # noqa: E402
from sabaq.classroom.services.polls import open_poll  # noqa: E402
from sabaq.classroom.services.questions import Asker, ask_question, release_question  # noqa: E402
from sabaq.courses.enums import ContributorKind  # noqa: E402
from sabaq.courses.models import Edition, Session  # noqa: E402
from sabaq.courses.packs import Pack  # noqa: E402
from sabaq.courses.packs.paging import pages_of  # noqa: E402
from sabaq.courses.packs.parts import QuestionKind  # noqa: E402
from sabaq.courses.queries import pack_of  # noqa: E402
from sabaq.credentials.services import issue_certificate  # noqa: E402
from sabaq.enrolment.access import actor_of_link  # noqa: E402
from sabaq.enrolment.enums import NominationState  # noqa: E402
from sabaq.enrolment.links import link_token  # noqa: E402
from sabaq.enrolment.models import AccessLink, Enrolment, Nomination  # noqa: E402
from sabaq.enrolment.rules import Officer  # noqa: E402
from sabaq.enrolment.services import (  # noqa: E402
    confirm_profile,
    issue_guest_link,
    make_room,
    read_notice,
    set_consents,
)
from sabaq.enrolment.services.latecomers import Admission  # noqa: E402
from sabaq.feedback.rules import Promised  # noqa: E402
from sabaq.feedback.services import answer_survey, commit  # noqa: E402
from sabaq.kernel import clock  # noqa: E402
from sabaq.newsroom.enums import Step, Way  # noqa: E402
from sabaq.newsroom.models import Article  # noqa: E402
from sabaq.newsroom.services import (  # noqa: E402
    approve_quote,
    draft_article,
    give_step,
    publish_article,
)
from sabaq.newsroom.services.quotes import Agreement  # noqa: E402
from sabaq.ops.demo.courses import NOW, OPEN_FOR_NOMINATION, PAST  # noqa: E402
from sabaq.ops.demo.today import TAUGHT_NOW  # noqa: E402
from sabaq.people.enums import Role  # noqa: E402
from sabaq.people.models import Agency  # noqa: E402

ROLES = {
    "organiser": Role.ORGANISER,
    "focal point": Role.FOCAL_POINT,
    "trainer": Role.TRAINER,
    "interpreter": Role.INTERPRETER,
    "evaluator": Role.EVALUATOR,
    "observer": Role.OBSERVER,
    "host": Role.HOST,
    "communication officer": Role.COMMUNICATION,
    "UN representative": Role.REPRESENTATIVE,
}


def main() -> None:
    edition = Edition.objects.get(slug=NOW.slug)
    session = edition.sessions.get(key=TAUGHT_NOW)
    opened = not_tested_yet(edition)
    sitting = next(enrolment for enrolment in opened if enrolment.person.language == "ru")
    done = next(enrolment for enrolment in reversed(opened) if enrolment.pk != sitting.pk)
    undecided = Nomination.objects.filter(edition=edition, state=NominationState.PROPOSED)
    number = finish_the_course(done)
    visitors, of_visitors = visitors_of(edition, session)
    print(
        json.dumps(
            {
                "links": {
                    "sitting": way_in(sitting),
                    "done": way_in(done),
                    **newcomers(edition),
                    "room": a_room(edition, session, done),
                    **visitors,
                },
                "staff": {name: email_of(edition, role) for name, role in ROLES.items()}
                | {"focal point of an agency": focal_point_of_an_agency(edition)},
                "administrator": "admin@demo.example",
                "password": settings.DEMO_PASSWORD,
                "edition": edition.slug,
                "pack": reverse("office:pack", args=[edition.version.uuid]),
                "session": str(session.uuid),
                **said_in(session, done),
                "reading": reading(pack_of(edition.version)),
                "last_year": PAST.slug,
                **of_visitors,
                **articles(edition),
                "number": number,
                "enrolment": str(done.uuid),
                "nomination": str(undecided.latest("id").uuid),
                "topics": [t.key for t in pack_of(edition.version).topics if t.lesson is not None],
            }
        )
    )


def not_tested_yet(edition: Edition) -> list[Enrolment]:
    """Give those who have come in and have not sat the test: the demo has let most of them do it."""
    inside = Enrolment.objects.filter(edition=edition, profile_confirmed_at__isnull=False)
    untested = inside.exclude(pk__in=Attempt.objects.values("enrolment"))
    return list(untested.select_related("edition__version", "person").order_by("id"))


def articles(edition: Edition) -> dict[str, str]:
    """Draft the article, and publish that of the other edition."""
    by, at = NOW.acting(Role.ORGANISER), clock.now()
    other = Edition.objects.get(slug=OPEN_FOR_NOMINATION)
    for one in (edition, other):
        for language in ("en", "ru"):
            draft_article(one, language, by=by, at=at)
    article = Article.objects.get(edition=other)
    for quote in article.quotes.all():
        approve_quote(quote, Agreement("The speaker", other.day_of(at), Way.EMAIL), by=by, at=at)
    for step in (Step.HANDED_ON, Step.COMMUNICATION, Step.REPRESENTATIVE):
        give_step(article, step, article.revision, by=by, at=at)
    publish_article(article, article.revision, by=by, at=at)
    quote = Article.objects.get(edition=edition).quotes.all()[0]
    return {"published": other.slug, "quote": str(quote.uuid)}


def newcomers(edition: Edition) -> dict[str, str]:
    """Give the ways in of some who have not come in yet."""
    fresh = Enrolment.objects.filter(edition=edition, profile_confirmed_at=None).order_by("id")
    return {
        "fresh": way_in(fresh[0]),
        "fresh, in English": way_in(fresh[1]),
        "fresh, in Russian": way_in(fresh[2]),
        "not come in": way_in(fresh[3]),
    }


def _when_open(enrolment: Enrolment, key: str, at: datetime) -> datetime:
    return max(at, window_of(enrolment, key, Phase.AFTER).opens_at or at)


def finish_the_course(enrolment: Enrolment) -> str:
    """Hand in the test, answer the survey, issue the certificate; give its number."""
    at, officer = clock.now(), enrolment_actor(enrolment)
    edition = enrolment.edition
    read_notice(enrolment, edition.notice_version, by=officer, at=at)
    set_consents(enrolment, photo=True, voice=True, listing=True, by=officer, at=at)
    pack = pack_of(edition.version)
    for key, test in pack.tests.items():
        for phase, moment in ((Phase.BEFORE, at), (Phase.AFTER, _when_open(enrolment, key, at))):
            attempt = begin_attempt(enrolment, key, phase=phase, by=officer, at=moment)
            save_answers(attempt, {i.key: i.correct for i in test.items}, by=officer, at=moment)
            hand_in(attempt, by=officer, at=moment)
    for key, survey in pack.surveys.items():
        closed = [q for q in survey.questions if q.kind is not QuestionKind.OPEN]
        answer_survey(enrolment, key, {q.key: q.options[0].key for q in closed}, by=officer)
    promised = Promised("Ask for a woman officer before every search of a woman.", edition.ends_on)
    commit(enrolment, promised, by=officer, at=at)
    return issue_certificate(enrolment, by=NOW.acting(Role.ORGANISER), at=at).number


def said_in(session: Session, officer: Enrolment) -> dict[str, str]:
    """Let a poll, a question and a caption be seen in the class; give each by name."""
    run, question = ask_a_poll(session), ask_the_class(session, officer)
    said = {"run": run, "question": question, "caption": caption_of(session)}
    return {name: str(one.uuid) for name, one in said.items()}


def ask_a_poll(session: Session) -> PollRun:
    deck = next(t.deck for t in pack_of(session.edition.version).topics if t.key == session.topic)
    polls = next(t.polls for t in pack_of(session.edition.version).topics if t.key == session.topic)
    assert deck is not None
    return open_poll(session, polls[0], by=NOW.acting(Role.TRAINER), at=clock.now())


def caption_of(session: Session) -> Caption:
    """Write a caption as a trainer would."""
    text, by = "Safety comes before the first question.", NOW.acting(Role.TRAINER)
    return say_caption(session, "en", text, by=by, at=clock.now())


def ask_the_class(session: Session, officer: Enrolment) -> Question:
    """Ask a question in the class and let everybody see it."""
    at, asker = clock.now(), Asker(officer.pk, is_named=True)
    text, by = "Who may be present at a search?", enrolment_actor(officer)
    asked = ask_question(session, text, language="en", asker=asker, by=by, at=at)
    return release_question(asked, by=NOW.acting(Role.TRAINER), at=at)


def reading(pack: Pack) -> dict[str, Any]:
    """Give what there is to read: pages of every lesson, exercises, job aids, and the words of the glossary."""
    topics = [topic for topic in pack.topics if topic.lesson is not None]
    return {
        "pages": {topic.key: max(len(pages_of(pack, topic)), 1) for topic in topics},
        "slides": [topic.key for topic in pack.topics if topic.deck is not None],
        "exercises": [topic.key for topic in pack.topics if topic.exercise is not None],
        "aids": list(pack.aids),
        "tests": list(pack.tests),
        "surveys": list(pack.surveys),
        "words": [term.term["ru"] for term in pack.glossary.values()],
    }


def a_room(edition: Edition, session: Session, officer: Enrolment) -> str:
    """Make a room with an officer marked in it; give the way in of its screen."""
    at, by = clock.now(), NOW.acting(Role.ORGANISER)
    room = make_room(edition, "Conference hall", "Second floor", None, by=by, at=at)
    mark_room(session, room, [officer.pk], of=[officer.pk], by=by, at=at)
    return reverse("public:link", args=[link_token(room.links.get().uuid)])


def visitors_of(edition: Edition, session: Session) -> tuple[dict[str, str], dict[str, str]]:
    """Admit latecomers, invite a guest, move a session; give the ways in and the ids."""
    coming = moved(edition, session)
    hers, his = latecomers(edition, session)
    guest = a_guest(edition, session)
    links = {
        "latecomer": reverse("public:link", args=[link_token(his.link.uuid)]),
        "guest": reverse("public:link", args=[link_token(guest.uuid)]),
    }
    return links, {
        "coming": str(coming.uuid),
        "admitted": str(hers.enrolment.uuid),
        "guest_link": str(guest.uuid),
    }


def moved(edition: Edition, session: Session) -> Session:
    """Move the next session that is to come by five minutes, and all that follow it on its day."""
    coming = edition.sessions.filter(starts_at__gt=session.starts_at, topic__gt="").first()
    assert coming is not None
    later = timedelta(minutes=5)
    move = Move(coming.starts_at + later, coming.ends_at + later, with_later=True)
    move_session(coming, move, by=NOW.acting(Role.ORGANISER), at=clock.now())
    return coming


def latecomers(edition: Edition, session: Session) -> list[Admission]:
    """Admit two officers provisionally; the second comes in."""
    at, by = clock.now(), NOW.acting(Role.ORGANISER)
    agency = Agency.objects.get(pk=Nomination.objects.filter(edition=edition)[0].agency_id)
    admitted = [
        admit_to_class(session, agency, Officer(name), by=by, at=at)
        for name in ("Мерей Үлгі", "Дана Үлгі")
    ]
    officer = actor_of_link(admitted[1].link)
    enrolment = admitted[1].enrolment
    confirm_profile(enrolment, {}, by=officer, at=at)
    read_notice(enrolment, edition.notice_version, by=officer, at=at)
    set_consents(enrolment, photo=True, voice=True, listing=True, by=officer, at=at)
    return admitted


def a_guest(edition: Edition, session: Session) -> AccessLink:
    speaker = edition.contributors.filter(kind=ContributorKind.SPEAKER).first()
    assert speaker is not None
    return issue_guest_link(speaker, session, by=NOW.acting(Role.ORGANISER), at=clock.now())


def enrolment_actor(enrolment: Enrolment):
    return actor_of_link(link_of(enrolment))


def link_of(enrolment: Enrolment) -> AccessLink:
    return AccessLink.objects.get(enrolment=enrolment, revoked_at=None)


def way_in(enrolment: Enrolment) -> str:
    return reverse("public:link", args=[link_token(link_of(enrolment).uuid)])


def focal_point_of_an_agency(edition: Edition) -> str:
    """Give the address of a focal point who answers for agencies; the others answer for a country."""
    held = edition.appointments.filter(role=Role.FOCAL_POINT, agency__isnull=False)
    return held.order_by("id")[0].account.email


def email_of(edition: Edition, role: Role) -> str:
    return edition.appointments.filter(role=role).order_by("id")[0].account.email


if __name__ == "__main__":
    main()
