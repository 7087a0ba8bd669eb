from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class CertificateState(TextChoices):
    VALID = "valid", pgettext_lazy("certificate", "Valid")
    REPLACED = "replaced", pgettext_lazy("certificate", "Replaced")
    WITHDRAWN = "withdrawn", pgettext_lazy("certificate", "Withdrawn")


class CertificateKind(TextChoices):
    PARTICIPATION = "participation", pgettext_lazy("certificate", "Participation")
