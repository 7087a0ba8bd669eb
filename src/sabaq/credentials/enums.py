from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CertificateState(TextChoices):
    VALID = "valid", pgettext_lazy("certificate", "Valid")
    REPLACED = "replaced", pgettext_lazy("certificate", "Replaced")
    WITHDRAWN = "withdrawn", pgettext_lazy("certificate", "Withdrawn")


class CertificateKind(TextChoices):
    """Participation is earned by attendance; completion by attendance and the test after the course."""

    PARTICIPATION = "participation", pgettext_lazy("certificate", "Participation")
    COMPLETION = "completion", pgettext_lazy("certificate", "Completion")


class SecondLanguage(TextChoices):
    """What stands beside English."""

    RUSSIAN = "russian", _("Russian, for everybody")
    NATIONAL = "national", _("The national language of the holder’s country")


class PictureKind(TextChoices):
    PNG = "png", "PNG"
    SVG = "svg", "SVG"
