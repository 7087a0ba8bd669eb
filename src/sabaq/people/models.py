"""People and where they work.

A *person* is anyone the office deals with: little is kept, and each column is there for a reason (name
on the certificate, sex and rank band for the share of women, language for the letter). An *account* is
for staff only; participants never have one: they come by personal link or code.
"""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField

from sabaq.kernel.ids import new_uuid
from sabaq.people.enums import AgencyKind, Country, Language, RankBand, Sex
from sabaq.people.rules import (
    NAME_LENGTH,
    name_key,
    tidy_name,
    validate_latin_name,
    validate_native_name,
)


class Agency(models.Model):
    """A law-enforcement or security agency of one country, which nominates officers."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    key = models.SlugField(max_length=80, unique=True)
    name = I18nCharField(max_length=300, verbose_name=_("agency"))
    country = models.CharField(max_length=2, choices=Country, verbose_name=_("country"))
    kind = models.CharField(max_length=20, choices=AgencyKind, verbose_name=_("kind of agency"))

    class Meta:
        ordering = ["country", "key"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(country__in=Country.values), name="agency_country_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class Person(models.Model):
    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    native_name = models.CharField(
        _("full name in your own script"), max_length=NAME_LENGTH, validators=[validate_native_name]
    )
    latin_name = models.CharField(
        _("name in Latin letters, as in the passport"),
        max_length=NAME_LENGTH,
        blank=True,
        validators=[validate_latin_name],
    )
    display_name = models.CharField(_("name shown in class"), max_length=NAME_LENGTH, blank=True)
    patronymic = models.CharField(
        _("patronymic"), max_length=NAME_LENGTH, blank=True, validators=[validate_native_name]
    )
    name_key = models.CharField(max_length=NAME_LENGTH * 2, editable=False, db_index=True)
    sex = models.CharField(_("sex"), max_length=12, choices=Sex, default=Sex.UNDISCLOSED)
    language = models.CharField(
        _("preferred language"), max_length=2, choices=Language, default=Language.RUSSIAN
    )
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    country = models.CharField(_("country"), max_length=2, choices=Country, blank=True)
    rank_band = models.CharField(_("rank"), max_length=10, choices=RankBand, blank=True)
    email = models.EmailField(_("e-mail, if there is one"), blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(sex__in=Sex.values), name="person_sex_known"),
        ]

    def __str__(self) -> str:
        return self.display_name or self.native_name

    def save(self, **kwargs: Any) -> None:
        self.native_name = tidy_name(self.native_name)
        self.latin_name = tidy_name(self.latin_name)
        self.name_key = name_key(self.native_name)
        if "native_name" in (kwargs.get("update_fields") or ()):
            kwargs["update_fields"] = [*kwargs["update_fields"], "name_key"]
        super().save(**kwargs)


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email__iexact=username or "")


class Account(AbstractBaseUser):
    """A staff member's way in: an e-mail address, with a password or e-mailed codes."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    email = models.EmailField(_("e-mail"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=NAME_LENGTH, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=Language, default=Language.ENGLISH
    )
    person = models.OneToOneField(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    is_active = models.BooleanField(default=True)
    is_administrator = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects: ClassVar[AccountManager] = AccountManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_email")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name
