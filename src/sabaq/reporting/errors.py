from django.utils.translation import gettext_lazy as _

from sabaq.kernel.errors import DomainError


class AnnexNamesNobody(DomainError):
    message = _(
        "Exact counts leave the office only for a named recipient of a named organisation, with a reason."
    )
    status = 422


class FiguresPublishedMeanwhile(DomainError):
    message = _(
        "Figures of this course have been published since you opened this page. Look at it again before you publish more."
    )
    status = 409
