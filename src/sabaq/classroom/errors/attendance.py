from django.utils.translation import gettext_lazy as _

from sabaq.kernel.errors import DomainError


class NotCounted(DomainError):
    message = _("Breaks and trial runs enter no attendance: there is nothing to correct.")
    status = 409


class SessionNotOver(DomainError):
    message = _("Attendance is corrected after the session, once everything is measured.")
    status = 409


class OutsideTheSession(DomainError):
    message = _(
        "This session was from %(start)s to %(end)s. Give a time within it, or choose the whole session."
    )


class UndoneAlready(DomainError):
    message = _("This correction is undone already.")
    status = 409


class ReasonMissing(DomainError):
    message = _("Say why: the reason stands in the register.")


class NotInTheCourse(DomainError):
    message = _("Somebody you marked is no longer enrolled in this course. Nothing was saved.")
    status = 409
