from django.utils.translation import gettext_lazy as _

from sabaq.kernel.errors import DomainError


class UnknownTest(DomainError):
    message = _("This course has no such test.")
    status = 404


class UnknownItem(DomainError):
    message = _(
        "This question does not belong to the test. Reload the page; your answers are safe."
    )


class UnknownOption(DomainError):
    message = _("This answer is not among those on offer. Reload the page; your answers are safe.")


class AttemptHandedIn(DomainError):
    message = _("This test is handed in already. What was saved before counts.")
    status = 409
