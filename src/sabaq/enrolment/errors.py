from django.utils.translation import gettext_noop

from sabaq.kernel.errors import DomainError


class NotEnrolled(DomainError):
    message = gettext_noop("This person is no longer enrolled, so there is no link to give.")
    status = 409
