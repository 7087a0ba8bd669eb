"""What an article may say: the facts of one edition, already fit to be published."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.formats import date_format

from sabaq.courses.enums import ContributorKind, SessionKind
from sabaq.courses.models import Edition
from sabaq.kernel import ports
from sabaq.kernel.i18n import text_in
from sabaq.newsroom.ports import Attendance, Figures, Opinion


@dataclass(frozen=True)
class Named:
    """A trainer or speaker: name, function, and for a speaker what she or he said, under its key."""

    name: str
    function: str
    statement: str = ""
    key: str = ""

    def __str__(self) -> str:
        return ", ".join(part for part in (self.name, self.function, self.statement) if part)


@dataclass(frozen=True)
class ArticleFacts:
    title: str
    first_day: date
    last_day: date
    attendance: Attendance
    trainers: tuple[Named, ...]
    speakers: tuple[Named, ...]
    topics: tuple[str, ...]
    projects: tuple[str, ...]
    sub_programmes: tuple[str, ...]
    programmes: tuple[str, ...]
    donors: tuple[str, ...]
    contact: tuple[str, ...]
    opinion: Opinion | None = None


def facts_of(edition: Edition, *, language: str) -> ArticleFacts:
    """Gather the facts in `language`; a text that exists in another language alone is left in that."""

    def said(value: object) -> str:
        return text_in(value, language).text

    figures = ports.get(Figures)
    contributors = list(edition.contributors.all())
    projects = list(edition.projects.select_related("programme__parent", "donor"))
    parents = [p.programme.parent for p in projects if p.programme.parent]
    contact = (edition.contact_name, edition.contact_function, edition.contact_office)
    sessions = edition.sessions.filter(kind=SessionKind.TEACHING).order_by("starts_at", "id")
    return ArticleFacts(
        title=said(edition.title),
        first_day=edition.starts_on,
        last_day=edition.ends_on,
        attendance=figures.attendance_of(edition),
        trainers=tuple(
            Named(said(c.name), said(c.function))
            for c in contributors
            if c.kind == ContributorKind.TRAINER
        ),
        speakers=tuple(
            Named(said(c.name), said(c.function), said(c.statement), c.key)
            for c in contributors
            if said(c.statement)
        ),
        topics=_each_once(said(session.title) for session in sessions),
        projects=_each_once(said(project.name) for project in projects),
        sub_programmes=_each_once(said(p.programme.name) for p in projects if p.programme.parent),
        programmes=_each_once(
            said(programme.name)
            for programme in (parents or [project.programme for project in projects])
        ),
        donors=_each_once(said(project.donor.name) for project in projects),
        contact=_each_once(part for part in (*map(said, contact), edition.contact_email) if part),
        opinion=figures.opinion_of(edition, language),
    )


def kept(facts: ArticleFacts) -> dict[str, Any]:
    """Give the facts as they are kept with a text, to be compared with later ones."""
    opinion, who = facts.opinion, facts.attendance
    return {
        "title": facts.title,
        "first_day": facts.first_day.isoformat(),
        "last_day": facts.last_day.isoformat(),
        "officers": who.total,
        "women": who.women,
        "countries": list(who.countries),
        "topics": list(facts.topics),
        "trainers": [str(one) for one in facts.trainers],
        "speakers": [str(one) for one in facts.speakers],
        "survey": opinion and f"{opinion.statement} {opinion.agreed}/{opinion.answered}",
        "projects": list(facts.projects),
        "sub_programmes": list(facts.sub_programmes),
        "programmes": list(facts.programmes),
        "donors": list(facts.donors),
        "contact": list(facts.contact),
    }


def _each_once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def date_words(day: date, form: str, language: str) -> str:
    """Give a date in words of `language`, e.g. form "j E Y"."""
    with translation.override(language):
        return str(date_format(day, form))
