from django.utils.translation import gettext_lazy as _

from sabaq.kernel.errors import DomainError


class AccountExists(DomainError):
    message = _("There is already an account for %(email)s.")
    status = 409
