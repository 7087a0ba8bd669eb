from django.utils.translation import gettext_lazy as _

from sabaq.kernel.errors import DomainError


class AnnexNamesNobody(DomainError):
    message = _(
        "Exact counts leave the office only for a named recipient of a named organisation, with a reason."
    )
    status = 422
