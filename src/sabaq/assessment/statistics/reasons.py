"""Why a figure is not given: each is a sentence for its reader."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reason(TextChoices):
    NO_PAIRS = "no-pairs", _("Nobody has taken the test both before and after the course.")
    ONE_PAIR = "one-pair", _("It takes at least two participants with both tests.")
    NOBODY = "nobody", _("Nobody has answered.")
    ONE_PERSON = "one-person", _("It takes at least two participants.")
    ALL_FULL = "all-full", _("Every answer was right before the course: there was no room to gain.")
    SAME_CHANGE = "same-change", _("All scores changed by the same amount: there is no spread.")
    NO_CHANGE = "no-change", _("No score changed.")
    TOO_FEW_FOR_SHAPE = "few-for-shape", _("It takes at least three participants.")
    SAME_ANSWER = "same-answer", _("All answered alike: the item tells nobody apart.")
    SAME_REST = "same-rest", _("All had the same score on the other items.")
    SAME_TOTAL = "same-total", _("All had the same score.")
    ONE_ITEM = "one-item", _("It takes at least two items.")
    NOBODY_SWITCHED = (
        "nobody-switched",
        _("Nobody went from wrong to right or from right to wrong."),
    )
    TWO_FORMS = "two-forms", _("Nobody answered this item twice: the test has two forms.")
