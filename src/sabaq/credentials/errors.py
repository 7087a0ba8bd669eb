from django.utils.translation import gettext_lazy as _

from sabaq.kernel.errors import DomainError


class NoLatinName(DomainError):
    message = _("The certificate needs the name in Latin letters, as in the passport.")


class CannotBePrinted(DomainError):
    message = _("The certificate cannot print these signs of the name: %(signs)s")
