"""A correction of somebody's attendance in words, for the office and for herself."""

from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sabaq.classroom.enums import CorrectionKind
from sabaq.classroom.models import PresenceCorrection
from sabaq.classroom.rules.attendance import Interval
from sabaq.courses.models import Edition


def span_of(interval: Interval, zone: str) -> str:
    """Say a stretch by the clock of `zone`: "10:00–10:45"."""
    here = ZoneInfo(zone)
    return "–".join(date_format(moment.astimezone(here), "H:i") for moment in interval)


def change_in_words(correction: PresenceCorrection, edition: Edition) -> str:
    """Say what a correction changes: "minutes added, 10:00–10:45"."""
    if correction.kind == CorrectionKind.UNDONE:
        return _("an earlier correction undone")
    whole = not (correction.from_at and correction.until_at)
    if correction.kind == CorrectionKind.ADDED:
        words = _("the whole session added") if whole else _("minutes added, %(span)s")
    else:
        words = _("the whole session taken away") if whole else _("minutes taken away, %(span)s")
    if whole:
        return words
    assert correction.from_at and correction.until_at  # noqa: S101, PT018 - as `whole` says
    return words % {"span": span_of((correction.from_at, correction.until_at), edition.zone)}
