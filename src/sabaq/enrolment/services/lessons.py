"""Reading lessons."""

from datetime import datetime

from django.db import transaction

from sabaq.courses.queries import pack_of
from sabaq.enrolment.errors import UnknownLesson
from sabaq.enrolment.models import Enrolment
from sabaq.kernel.audit import Signatory, record


@transaction.atomic
def mark_lesson_read(
    enrolment: Enrolment, topic_key: str, *, by: Signatory | None, at: datetime
) -> bool:
    """Note that the participant has read a topic's lesson; tell whether that was new.

    Raises `UnknownLesson` for a topic without a lesson.
    """
    topic = pack_of(enrolment.edition.version).topic(topic_key)
    if topic is None or topic.lesson is None:
        raise UnknownLesson
    # Lock first: two lessons marked at once must both stay in the list.
    locked = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if topic_key in locked.lessons_read:
        return False
    locked.lessons_read = [*locked.lessons_read, topic_key]
    locked.lesson_pages.pop(topic_key, None)
    locked.save(update_fields=["lessons_read", "lesson_pages"])
    record(locked, "lesson read", by=by, at=at, changed=["lessons_read"])
    return True


@transaction.atomic
def note_page_read(enrolment: Enrolment, topic_key: str, page: int) -> None:
    """Note that the participant went on from a page of a topic's lesson, so that she finds her place again.

    It is a bookmark and no proof: it leaves no line in the trail. Raises `UnknownLesson` for a topic without a
    lesson.
    """
    topic = pack_of(enrolment.edition.version).topic(topic_key)
    if topic is None or topic.lesson is None:
        raise UnknownLesson
    locked = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if topic_key not in locked.lessons_read and locked.lesson_pages.get(topic_key, 0) < page:
        locked.lesson_pages[topic_key] = page
        locked.save(update_fields=["lesson_pages"])
