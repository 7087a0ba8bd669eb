from django.utils.translation import gettext_lazy as _

from sabaq.kernel.errors import DomainError


class UnknownPoll(DomainError):
    message = _("There is no such poll in this session.")
    status = 404


class AnotherPollIsOpen(DomainError):
    message = _("Another poll is still open. Close it first.")
    status = 409


class PollIsOpen(DomainError):
    message = _("This poll is still open. Close it first; then its results can be shown.")
    status = 409


class PollIsClosed(DomainError):
    message = _("The poll is closed. What was sent before counts.")
    status = 409


class UnknownOption(DomainError):
    message = _("This answer is not one of those on offer.")
    status = 422
