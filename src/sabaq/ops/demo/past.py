"""Last year's course, from its first class to what was published of it."""

from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from sabaq.assessment.enums import Phase
from sabaq.courses.models import Session
from sabaq.courses.packs import Asked, Survey
from sabaq.courses.packs.parts import QuestionKind
from sabaq.courses.queries import pack_of
from sabaq.credentials.services import issue_earned_certificates
from sabaq.enrolment.models import Enrolment
from sabaq.feedback.rules import Promised
from sabaq.feedback.services import answer_survey, close_survey, commit
from sabaq.newsroom.enums import Step, Way
from sabaq.newsroom.models import Article
from sabaq.newsroom.services import approve_quote, draft_article, give_step, publish_article
from sabaq.newsroom.services.quotes import Agreement
from sabaq.ops.demo.courses import DemoCourse
from sabaq.ops.demo.sitting import actor_of, sit
from sabaq.ops.demo.teaching import hold, sessions_before
from sabaq.people.enums import Role
from sabaq.reporting.services.releases import publish_figures

# The test after the course stays open for a week; before that its results are not shown.
PUBLISHED_AFTER = timedelta(days=8)
# Of 46: who stayed away altogether, and who came on the first day only.
AWAY, FIRST_DAY_ONLY = {7, 29}, {3, 18, 36}
# What was promised, and what was written at the end of the survey; some wrote nothing.
DEEDS = (
    "Спрашивать каждую женщину, с кем ей легче говорить, и записывать ответ.",
    "Ask for a woman officer before every search of a woman.",
    "Провести занятие для своей смены по памятке о первой беседе.",
    "Повесить в дежурной части список служб, которые помогают пострадавшим.",
    "Keep a room where somebody can speak without being overheard.",
)
COMMENTS = (
    "Больше времени на практику, меньше слайдов.",
    "The interview at the crossing point was the most useful part.",
    "Хотелось бы получить памятки и на языке нашей страны.",
    "Keep the groups small.",
)


def participants(course: DemoCourse) -> list[Enrolment]:
    enrolments = Enrolment.objects.filter(edition__slug=course.slug).order_by("id")
    return list(enrolments.select_related("person", "edition__version"))


def teach_whole_course(course: DemoCourse) -> None:
    """Hold every class of the course, with two who stayed away and three who came on one day."""
    everybody = participants(course)
    for session in sessions_before(course, _end_of(course)):
        hold(course, session, _coming(session, everybody), Random(f"{course.slug} {session.key}"))  # noqa: S311


@transaction.atomic
def sit_all_tests(course: DemoCourse) -> None:
    """Sit the tests before and after the course, and answer both surveys."""
    end, pack = _end_of(course), pack_of(course.edition.version)
    for number, enrolment in enumerate(participants(course)):
        if number in AWAY:
            continue
        sit(enrolment, Phase.BEFORE, at=course.opened_at + timedelta(minutes=number))
        stayed = number not in FIRST_DAY_ONLY
        for survey in pack.surveys.values():
            if stayed or survey.asked is Asked.BEFORE:
                _answer(enrolment, survey, number)
        if stayed:
            sit(enrolment, Phase.AFTER, at=end - timedelta(minutes=15))
            _promise(enrolment, number, at=end)
    organiser = course.acting(Role.ORGANISER)
    for key in pack.surveys:
        close_survey(course.edition, key, by=organiser, at=end + timedelta(days=3))


def publish(course: DemoCourse) -> None:
    """Issue the certificates that were earned, publish the figures, take the article all the way to the public."""
    edition, at = course.edition, _end_of(course) + PUBLISHED_AFTER
    organiser = course.acting(Role.ORGANISER)
    issue_earned_certificates(edition, by=organiser, at=at - timedelta(days=1))
    publish_figures(edition, 1, by=course.acting(Role.EVALUATOR), at=at)
    for language in ("en", "ru"):
        draft_article(edition, language, by=organiser, at=at)
    article = Article.objects.get(edition=edition)
    for quote in article.quotes.all():
        agreed = Agreement(str(quote.name), edition.day_of(at), Way.EMAIL)
        approve_quote(quote, agreed, by=organiser, at=at)
    steps = (
        (Step.HANDED_ON, Role.ORGANISER),
        (Step.COMMUNICATION, Role.COMMUNICATION),
        (Step.REPRESENTATIVE, Role.REPRESENTATIVE),
    )
    for step, role in steps:
        article.refresh_from_db()
        give_step(article, step, article.revision, by=course.acting(role), at=at)
    article.refresh_from_db()
    publish_article(article, article.revision, by=course.acting(Role.COMMUNICATION), at=at)


def _end_of(course: DemoCourse) -> datetime:
    last = course.edition.sessions.order_by("-ends_at").first()
    assert last is not None  # noqa: S101 - the edition's file has a timetable
    return last.ends_at


def _coming(session: Session, everybody: list[Enrolment]) -> list[Enrolment]:
    first_day = session.edition.day_of(session.starts_at) == session.edition.starts_on
    gone = AWAY if first_day else AWAY | FIRST_DAY_ONLY
    return [enrolment for number, enrolment in enumerate(everybody) if number not in gone]


def _answer(enrolment: Enrolment, survey: Survey, number: int) -> None:
    rng = Random(f"{survey.key} {enrolment.person.latin_name}")  # noqa: S311
    answers = {}
    for question in survey.questions:
        options = [option.key for option in question.options]
        if question.kind is QuestionKind.LIKERT:
            weights = range(1, len(options) ** 2, len(options))
            answers[question.key] = rng.choices(options, weights=weights)[0]
        elif question.kind is QuestionKind.CHOICE:
            answers[question.key] = rng.choice(options)
        elif survey.asked is Asked.AFTER and number % 10 == 0:
            answers[question.key] = COMMENTS[number // 10 % len(COMMENTS)]
    answer_survey(enrolment, survey.key, answers, by=actor_of(enrolment))


def _promise(enrolment: Enrolment, number: int, *, at: datetime) -> None:
    if number % 2:
        return
    by_when = enrolment.edition.day_of(at + timedelta(days=60))
    promised = Promised(DEEDS[number // 2 % len(DEEDS)], by_when)
    commit(enrolment, promised, by=actor_of(enrolment), at=at)
