from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Step(TextChoices):
    """The steps of an article on its way out, in their order; the donor's only where it is asked for."""

    HANDED_ON = "handed-on", pgettext_lazy("step of an article", "Drafted and handed on")
    COMMUNICATION = "communication", pgettext_lazy("step of an article", "Communication officer")
    REPRESENTATIVE = "representative", pgettext_lazy("step of an article", "Representative")
    DONOR = "donor", pgettext_lazy("step of an article", "Donor")


class Way(TextChoices):
    """How somebody outside the office gave her word."""

    SIGNED = "signed", pgettext_lazy("way of agreeing", "Signed on paper")
    EMAIL = "e-mail", pgettext_lazy("way of agreeing", "By e-mail")
    TELEPHONE = "telephone", pgettext_lazy("way of agreeing", "By telephone")
    IN_PERSON = "in-person", pgettext_lazy("way of agreeing", "In person")
