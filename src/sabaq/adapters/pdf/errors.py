from django.utils.translation import gettext_lazy as _

from sabaq.kernel.errors import DomainError


class GlyphsMissing(DomainError):
    """A certificate is never printed with a letter left out."""

    message = _("These signs cannot be printed: %(signs)s. Please correct the name or the text.")


class SignatoriesDiffer(DomainError):
    message = _("The certificate names different signatories in its two languages.")
