from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class By(TextChoices):
    """The dimension that a table's rows follow. There are never two beside sex."""

    SEX = "sex", _("By sex")
    COUNTRY = "country", _("By country")
    AGENCY_KIND = "agency-kind", _("By kind of agency")
    RANK_BAND = "rank-band", _("By rank")


class Reader(StrEnum):
    """Whom a table is made for: exact head counts, or counts that may leave the office."""

    EXACT = "exact"
    PUBLISHED = "published"
