from django.utils.translation import gettext_lazy as _

from sabaq.kernel.errors import DomainError


class ClassNotLive(DomainError):
    message = _("The class is not live at the moment.")
    status = 409


class ClassHasEnded(DomainError):
    message = _("The class has ended.")
    status = 409


class BreakIsNoClass(DomainError):
    message = _("A break is no class: there is nothing to begin.")
    status = 409


class SlideMovedOn(DomainError):
    message = _(
        "Somebody else has just changed the slide. The console shows where the class is now."
    )
    status = 409


class UnknownSlide(DomainError):
    message = _("There is no such slide in this session.")
    status = 404
