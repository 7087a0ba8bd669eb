from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from sabaq.kernel.errors import DomainError


class AnnouncementIsEmpty(DomainError):
    message = _("Write the announcement in at least one language.")


class AnnouncementTooLong(DomainError):
    message = ngettext_lazy(
        "An announcement has at most %(most)d letter in each language.",
        "An announcement has at most %(most)d letters in each language.",
        "most",
    )


class UnknownLanguage(DomainError):
    message = _("This language is not one of those on offer.")


class AnnouncementIsGone(DomainError):
    message = _("This announcement has been withdrawn meanwhile. What you wrote was not shown.")
    status = 409


class AnnouncementChanged(DomainError):
    message = _(
        "Somebody else has written this translation meanwhile. The console shows it; yours was not put in its place."
    )
    status = 409
