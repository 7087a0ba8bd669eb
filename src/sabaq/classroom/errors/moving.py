from django.utils.translation import gettext_lazy as _

from sabaq.kernel.errors import DomainError


class ClassIsNoPlan(DomainError):
    message = _("“%(title)s” is live or over, so it can no longer be moved. Nothing was moved.")
    status = 409


class MovedToThePast(DomainError):
    message = _("That moment has passed. Nothing was moved: choose a later beginning.")


class EndsBeforeItBegins(DomainError):
    message = _("A session lasts at least %(least)s and at most %(most)s minutes.")


class OutsideTheEdition(DomainError):
    message = _(
        "“%(title)s” would leave the days of the course, %(first)s to %(last)s. Nothing was moved: "
        "to change the days, load the edition's file."
    )


class SessionsOverlap(DomainError):
    """Two sessions would go on at once; whoever moves may confirm that this is meant."""

    message = _(
        "%(titles)s would go on at the same time. Nothing was moved yet: move the later sessions too, "
        "or confirm that they may overlap."
    )
    status = 409
