from django.utils.translation import gettext_lazy as _

from sabaq.kernel.errors import DomainError


class ClassNotLive(DomainError):
    message = _("The class is not live at the moment.")
    status = 409


class ClassHasEnded(DomainError):
    message = _("The class has ended.")
    status = 409


class SlideMovedOn(DomainError):
    message = _(
        "Somebody else has just changed the slide. The console shows where the class is now."
    )
    status = 409


class UnknownSlide(DomainError):
    message = _("There is no such slide in this session.")
    status = 404


class UnknownPoll(DomainError):
    message = _("There is no such poll in this session.")
    status = 404


class AnotherPollIsOpen(DomainError):
    message = _("Another poll is still open. Close it first.")
    status = 409


class PollIsClosed(DomainError):
    message = _("The poll is closed. What was sent before counts.")
    status = 409


class UnknownOption(DomainError):
    message = _("This answer is not one of those on offer.")
    status = 422
