"""Certificates, as personnel departments accept them. The public check confirms, it never names.

A *design* says what the certificates of an edition will say and show; it may change at any time. What was
issued keeps what it was printed with: the same file can be given for years.
"""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField

from sabaq.courses.models import Edition
from sabaq.credentials.enums import (
    CertificateKind,
    CertificateState,
    PictureKind,
    SecondLanguage,
)
from sabaq.enrolment.models import Enrolment
from sabaq.kernel.ids import new_uuid

MOST_LOGOS, MOST_SIGNATORIES = 4, 2


class Certificate(models.Model):
    """At most one of a participant is valid; names and texts stand as they were printed."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="certificates")
    number = models.CharField(max_length=40, unique=True)
    kind = models.CharField(
        max_length=14, choices=CertificateKind, default=CertificateKind.PARTICIPATION
    )
    state = models.CharField(
        max_length=10, choices=CertificateState, default=CertificateState.VALID
    )
    replaced_by = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="+"
    )
    native_name = models.CharField(max_length=160)
    latin_name = models.CharField(max_length=160)
    # What was printed beside the names: `credentials.rules.printed.Printed`.
    printed = models.JSONField()
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=models.Q(state=CertificateState.VALID),
                name="one_valid_certificate",
            ),
            models.CheckConstraint(
                condition=models.Q(replaced_by=None) | models.Q(state=CertificateState.REPLACED),
                name="only_a_replaced_certificate_names_another",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class CertificateDesign(models.Model):
    """What the certificates of one edition say. Without one they say what the edition itself knows."""

    edition = models.OneToOneField(Edition, models.CASCADE, related_name="+")
    second_language = models.CharField(
        max_length=10, choices=SecondLanguage, default=SecondLanguage.RUSSIAN
    )
    # The test after the course that completion asks for; without one all certificates are of participation.
    completion_test = models.SlugField(max_length=80, blank=True)
    # Right answers in percent; None: to have handed it in is enough.
    pass_mark = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    place = I18nCharField(max_length=200, blank=True)
    acknowledgement = I18nTextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pass_mark=None)
                | models.Q(pass_mark__gte=1, pass_mark__lte=100) & ~models.Q(completion_test=""),
                name="pass_mark_is_a_percentage_of_a_test",
            ),
        ]


class DesignSignatory(models.Model):
    """Who signs: a name and a title per language, and a picture of the signature if there is one."""

    design = models.ForeignKey(CertificateDesign, models.CASCADE, related_name="signatories")
    position = models.PositiveSmallIntegerField()
    name = I18nCharField(max_length=200)
    function = I18nCharField(max_length=300)
    signature = models.CharField(max_length=64, blank=True)
    signature_kind = models.CharField(max_length=3, choices=PictureKind, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["design", "position"], name="one_signatory_in_each_place"
            ),
            models.CheckConstraint(
                condition=models.Q(position__gte=1, position__lte=MOST_SIGNATORIES),
                name="one_or_two_signatories",
            ),
        ]


class DesignLogo(models.Model):
    """An emblem at the head of the certificate; `name` says whose it is, and is read aloud for it."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    design = models.ForeignKey(CertificateDesign, models.CASCADE, related_name="logos")
    position = models.PositiveSmallIntegerField()
    name = I18nCharField(max_length=200, verbose_name=_("whose logo it is"))
    digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=3, choices=PictureKind)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["design", "position"], name="one_logo_in_each_place"),
            models.CheckConstraint(
                condition=models.Q(position__gte=1, position__lte=MOST_LOGOS),
                name="up_to_four_logos",
            ),
        ]


class DesignWording(models.Model):
    """The texts in a national language; printed once a named person has checked them."""

    design = models.ForeignKey(CertificateDesign, models.CASCADE, related_name="wordings")
    language = models.CharField(max_length=2)
    texts = models.JSONField(default=dict)
    # Empty again as soon as what it translates has changed.
    checked_by = models.CharField(max_length=200, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(fields=["design", "language"], name="one_wording_per_language"),
        ]
