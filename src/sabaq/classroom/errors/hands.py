from django.utils.translation import gettext_lazy as _

from sabaq.kernel.errors import DomainError


class HandIsDown(DomainError):
    message = _("This hand is no longer up.")
    status = 409
