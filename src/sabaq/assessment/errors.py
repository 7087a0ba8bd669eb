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


class NotYetOpen(DomainError):
    message = _("This test opens on %(opens)s. Nothing is lost: come back then.")
    status = 409


class TimeIsOver(DomainError):
    """The time of the test is over; what came in time counts."""

    message = _(
        "This test closed on %(closed)s. What came later does not count; what was saved in time counts."
    )
    status = 409


class NotLater(DomainError):
    message = _("Choose a time after now and after %(closes)s, when the test closes as it stands.")


class ReasonMissing(DomainError):
    message = _("Say why: the reason stands in the audit trail.")


class NothingToExtend(DomainError):
    message = _("This test has no end: there is nothing to extend.")
