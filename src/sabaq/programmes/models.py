"""The tree a course belongs to: donor, programme, sub-programme, project.

An edition may belong to several projects; a total over projects counts it once.
"""

from django.db import models
from i18nfield.fields import I18nCharField

from sabaq.kernel.ids import new_uuid


class Donor(models.Model):
    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    key = models.SlugField(max_length=80, unique=True)
    name = I18nCharField(max_length=300)

    def __str__(self) -> str:
        return str(self.name)


class Programme(models.Model):
    """A programme, or with `parent` a sub-programme of one."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    key = models.SlugField(max_length=80, unique=True)
    name = I18nCharField(max_length=300)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="sub_programmes"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="programme_not_its_own_parent",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class Project(models.Model):
    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    code = models.SlugField(max_length=80, unique=True)
    name = I18nCharField(max_length=300)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="projects")
    donor = models.ForeignKey(Donor, models.PROTECT, related_name="projects")

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return str(self.name)
