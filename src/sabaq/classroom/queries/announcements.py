"""What was announced in a class."""

from django.db.models import QuerySet

from sabaq.classroom.models import Announcement
from sabaq.courses.models import Session


def announcements_of(session: Session) -> QuerySet[Announcement]:
    """Give all that was announced, the latest first; a removed one is there without its text."""
    return Announcement.objects.filter(session=session)


def standing_announcements(session: Session) -> QuerySet[Announcement]:
    """Give what everybody in the class is shown now, the latest first."""
    return announcements_of(session).filter(withdrawn_at=None, removed_at=None)
