"""What the M&E officer does to a comment: she masks it, has it translated, sorts it, and lets others read it."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from i18nfield.strings import LazyI18nString

from sabaq.feedback.errors import CommentIsReleased, CommentNotSaved
from sabaq.feedback.models import SurveyComment
from sabaq.feedback.rules.comments import Wording, problems_with_release, problems_with_wording
from sabaq.kernel.audit import Signatory, record
from sabaq.kernel.i18n import values_of


@transaction.atomic
def word_comment(
    comment: SurveyComment, wording: Wording, *, by: Signatory | None, at: datetime
) -> SurveyComment:
    """Save what others will read of it, as far as it is done; the same again changes nothing.

    Raises `CommentIsReleased`, or `CommentNotSaved` with every problem. The original stays as it was written.
    """
    locked = SurveyComment.objects.select_for_update().get(pk=comment.pk)
    if locked.released_on is not None:
        raise CommentIsReleased
    problems = problems_with_wording(wording)
    if problems:
        raise CommentNotSaved(problems)
    wanted = {
        "masked": wording.masked,
        "wording": dict(wording.texts),
        "translator": wording.translator,
        "theme": wording.theme,
    }
    now = {name: getattr(locked, name) for name in wanted} | {"wording": values_of(locked.wording)}
    changed = [name for name, value in wanted.items() if now[name] != value]
    for name in changed:
        value = wanted[name]
        setattr(locked, name, LazyI18nString(value) if name == "wording" else value)
    if changed:
        locked.save(update_fields=changed)
        record(locked, "worded", by=by, at=at, changed=changed)
    return locked


@transaction.atomic
def release_comment(
    comment: SurveyComment, wording: Wording, *, by: Signatory | None, at: datetime
) -> SurveyComment:
    """Save what others will read of it, and let them; twice is as good as once.

    Raises `CommentNotSaved` while something is missing: then nothing is released, and nothing is saved.
    """
    locked = SurveyComment.objects.select_for_update().select_related("edition").get(pk=comment.pk)
    if locked.released_on is not None:
        return locked
    problems = problems_with_release(wording, [code for code, _ in settings.LANGUAGES])
    if problems:
        raise CommentNotSaved(problems)
    worded = word_comment(locked, wording, by=by, at=at)
    worded.released_on = locked.edition.day_of(at)
    worded.save(update_fields=["released_on"])
    record(worded, "released", by=by, at=at, changed=["released_on"])
    return worded


@transaction.atomic
def take_back_comment(
    comment: SurveyComment, *, by: Signatory | None, at: datetime
) -> SurveyComment:
    """Let nobody else read it any more; what was masked and translated is kept."""
    locked = SurveyComment.objects.select_for_update().get(pk=comment.pk)
    if locked.released_on is not None:
        locked.released_on = None
        locked.save(update_fields=["released_on"])
        record(locked, "taken back", by=by, at=at, changed=["released_on"])
    return locked
