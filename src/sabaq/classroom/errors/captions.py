from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from sabaq.kernel.errors import DomainError


class CaptionIsEmpty(DomainError):
    message = _("Write the line first.")
    status = 422


class CaptionTooLong(DomainError):
    message = ngettext_lazy(
        "A line has at most %(most)d letter. Send it in two.",
        "A line has at most %(most)d letters. Send it in two.",
        "most",
    )
    status = 422


class CaptionInAnotherLanguage(DomainError):
    """The edition does not have it, or it is none of the two of the writer's booth."""

    message = _("You do not write captions in this language here. Choose one of those shown.")
    status = 422
