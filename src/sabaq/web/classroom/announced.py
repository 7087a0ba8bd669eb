"""Announcements as those who write and translate them see them."""

from dataclasses import dataclass

from sabaq.classroom.models import Announcement
from sabaq.classroom.queries.announcements import announcements_of
from sabaq.courses.models import Session
from sabaq.kernel.i18n import Text, text_in, values_of
from sabaq.people.enums import Language


@dataclass(frozen=True)
class Wording:
    """An announcement in one language of the edition; `text` is "" where nobody has written it yet."""

    language: str
    label: str
    text: str


@dataclass(frozen=True)
class StandingAnnouncement:
    announcement: Announcement
    text: Text
    wordings: tuple[Wording, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(one.label for one in self.wordings if not one.text)


@dataclass(frozen=True)
class Announcements:
    standing: tuple[StandingAnnouncement, ...]
    posted: int
    languages: tuple[tuple[str, str], ...]

    @property
    def key(self) -> str:
        """Give how the list looks, so that it is redrawn only when it changes."""
        return " ".join(
            f"{one.announcement.pk}@{one.announcement.changed_at.timestamp()}"
            for one in self.standing
        )


def announcements_on_desk(session: Session, language: str) -> Announcements:
    """Give what stands, with its wordings, and the languages to write in, the reader's first; one query."""
    posted = list(announcements_of(session))
    codes = sorted(session.edition.languages, key=lambda code: code != language)
    labels = dict(Language.choices)
    return Announcements(
        standing=tuple(
            _standing(one, codes, language)
            for one in posted
            if one.withdrawn_at is None and one.removed_at is None
        ),
        posted=len(posted),
        languages=tuple((code, labels.get(code, code)) for code in codes),
    )


def _standing(announcement: Announcement, codes: list[str], language: str) -> StandingAnnouncement:
    texts, labels = values_of(announcement.text), dict(Language.choices)
    return StandingAnnouncement(
        announcement,
        text_in(announcement.text, language),
        tuple(Wording(code, labels.get(code, code), texts.get(code, "")) for code in codes),
    )
