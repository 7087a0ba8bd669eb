from django.utils.translation import gettext_lazy as _

from sabaq.kernel.errors import DomainError


class NotTimeToAdmit(DomainError):
    message = _(
        "Officers without a seat are admitted during a class and in the hour before it. Nobody was admitted."
    )
    status = 409
