from django.utils.translation import gettext_lazy as _

from sabaq.kernel.errors import DomainError


class NoLatinName(DomainError):
    message = _("The certificate needs the name in Latin letters, as in the passport.")


class CannotBePrinted(DomainError):
    """Raised with the signs and their code points: an invisible one can be found only by that."""

    message = _("The certificate cannot print these signs of the name: %(signs)s")


class TextCannotBePrinted(DomainError):
    message = _("These signs cannot be printed: %(signs)s. Please write the text without them.")


class DesignCannotBePrinted(DomainError):
    """Raised of the texts that the edition and its design put on every certificate."""

    message = _(
        "No certificate was issued. What all of them say holds signs that cannot be printed: %(signs)s."
        " Look at “Set up”; title and office of the course stand in the edition’s file."
    )


class ReasonMissing(DomainError):
    message = _("Say why: the reason stands in the audit trail.")


class WasWithdrawn(DomainError):
    message = _(
        "The certificate of this officer was withdrawn. It is issued again only by an act of its own."
    )


class AlreadyReplaced(DomainError):
    message = _("This certificate was replaced already. Nothing was issued twice.")
    status = 409


class PictureRefused(DomainError):
    """The file that was sent cannot be put on a certificate."""

    message = _("This file is no picture in PNG or SVG.")


class PictureTooLarge(PictureRefused):
    message = _("The picture weighs %(size)s KB; at most %(most)s KB can be used.")


class PictureTooManyDots(PictureRefused):
    message = _("The picture measures %(width)s × %(height)s dots; at most %(most)s on a side.")


class PictureTooFewDots(PictureRefused):
    message = _(
        "The picture measures %(width)s × %(height)s dots. Printed it would be blurred: its longer side"
        " needs %(least)s."
    )


class PictureDamaged(PictureRefused):
    message = _(
        "The picture is damaged or not complete. Please save it again and send the new file."
    )


class PictureMoves(PictureRefused):
    message = _("The picture moves. Please send one that stands still.")


class PictureActs(PictureRefused):
    message = _(
        "“%(what)s” has no place in the drawing: it may only draw. Save it as a plain SVG, with letters"
        " turned into outlines and pictures left out, or as PNG."
    )


class PictureWithoutMeasures(PictureRefused):
    message = _("The drawing does not say how wide and high it is (viewBox, or width and height).")


class NoRoomForLogo(DomainError):
    message = _("A certificate holds at most %(most)s logos. Remove one first.")
