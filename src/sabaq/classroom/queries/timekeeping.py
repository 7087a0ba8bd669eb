"""What the log says of time: which slide was shown when and by whom, and who was told to come to an end."""

from django.db.models import QuerySet

from sabaq.classroom.events.running import ClassBegan, ClassEnded, SlideShown
from sabaq.classroom.events.timekeeping import FiveMinutesSeen, FiveMinutesSent
from sabaq.classroom.models import ClassEvent
from sabaq.courses.models import Session

KINDS_OF_TIME = tuple(
    kind.__name__ for kind in (ClassBegan, SlideShown, ClassEnded, FiveMinutesSent, FiveMinutesSeen)
)


def timekeeping_of(session: Session) -> QuerySet[ClassEvent]:
    """Give the events of a class that tell of time, in order."""
    return ClassEvent.objects.filter(session=session, kind__in=KINDS_OF_TIME).order_by("seq")
