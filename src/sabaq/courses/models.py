"""What is taught, and when.

A *course* is a pack: a folder of Markdown and TOML, content-addressed. Importing it makes an immutable
*course version*; the rows here only index its files, the bytes are blobs. An *edition* is one delivery
of a course version, with dates, a zone, seats, projects and *sessions*; everything a user does hangs on
an edition.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from i18nfield.fields import I18nCharField, I18nTextField

from sabaq.courses.enums import ContributorKind, SessionKind
from sabaq.kernel.ids import new_uuid
from sabaq.people.enums import Country, Role
from sabaq.people.models import Agency
from sabaq.programmes.models import Project


class Course(models.Model):
    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    slug = models.SlugField(max_length=80, unique=True)

    def __str__(self) -> str:
        return self.slug


class CourseVersion(models.Model):
    """One imported state of a pack: never changed, found again by the digest of its files."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    course = models.ForeignKey(Course, models.PROTECT, related_name="versions")
    version = models.CharField(max_length=40)
    digest = models.CharField(max_length=64, unique=True)
    imported_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "version"], name="one_content_per_version")
        ]

    def __str__(self) -> str:
        return f"{self.course_id} {self.version}"


class PackFile(models.Model):
    """One file of a course version; its bytes are the blob named by `digest`."""

    version = models.ForeignKey(CourseVersion, models.CASCADE, related_name="files")
    path = models.CharField(max_length=300)
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()

    class Meta:
        ordering = ["path"]
        constraints = [
            models.UniqueConstraint(fields=["version", "path"], name="one_file_per_path")
        ]


class Edition(models.Model):
    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    version = models.ForeignKey(CourseVersion, models.PROTECT, related_name="+")
    title = I18nCharField(max_length=300)
    starts_on = models.DateField()
    ends_on = models.DateField()
    zone = models.CharField(max_length=60)
    languages = models.JSONField(default=list)
    seats = models.PositiveIntegerField()
    overbooking = models.PositiveIntegerField(default=0)
    women_aim = models.PositiveSmallIntegerField(default=50, validators=[MaxValueValidator(100)])
    hours = models.DecimalField(max_digits=5, decimal_places=1)
    attendance_minutes = models.PositiveSmallIntegerField(default=120)
    is_named = models.BooleanField(default=True)
    # How its tests are asked, as the file says, and until when the office has let them stay open: see
    # `assessment.windows`. Columns and no rows, for most pages of a participant ask for them.
    tests = models.JSONField(default=list, blank=True)
    tests_extended = models.JSONField(default=dict, blank=True)
    projects = models.ManyToManyField(Project, related_name="editions")
    contact_name = I18nCharField(max_length=200)
    contact_function = I18nCharField(max_length=300)
    contact_office = I18nCharField(max_length=300)
    contact_email = models.EmailField()
    notice = I18nTextField(verbose_name="data notice")
    notice_version = models.PositiveSmallIntegerField(default=1)
    source_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-starts_on", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="edition_ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(women_aim__lte=100), name="edition_aim_is_percent"
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def day_of(self, moment: datetime) -> date:
        """Give the day on which `moment` falls by the edition's clock."""
        return moment.astimezone(ZoneInfo(self.zone)).date()


class CountrySeats(models.Model):
    """How many of an edition's seats are meant for one country."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="country_seats")
    country = models.CharField(max_length=2, choices=Country)
    seats = models.PositiveIntegerField()

    class Meta:
        ordering = ["country"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "country"], name="seats_once_per_country")
        ]


class SupportContact(models.Model):
    """Where somebody in this country finds help; named by the office, shown on *step out*."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="support_contacts")
    country = models.CharField(max_length=2, choices=Country)
    text = I18nTextField()


class Contributor(models.Model):
    """A trainer, speaker or interpreter of an edition, named with function as the article quotes them."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="contributors")
    key = models.SlugField(max_length=80)
    kind = models.CharField(max_length=12, choices=ContributorKind)
    name = I18nCharField(max_length=200)
    function = I18nCharField(max_length=300)
    statement = I18nTextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "key"], name="contributor_key_in_edition")
        ]

    def __str__(self) -> str:
        return str(self.name)


class Session(models.Model):
    """One entry of the timetable."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="sessions")
    key = models.SlugField(max_length=80)
    kind = models.CharField(max_length=10, choices=SessionKind)
    title = I18nCharField(max_length=300)
    topic = models.SlugField(max_length=80, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    # Where it stood before it was moved, and when that was done: said until it begins.
    moved_from = models.DateTimeField(null=True, blank=True)
    moved_at = models.DateTimeField(null=True, blank=True)
    # Moved by hand, and the edition's file does not say so yet.
    is_off_file = models.BooleanField(default=False)
    # How often its time has changed: calendars take an entry over only with a higher number.
    revision = models.PositiveIntegerField(default=0)
    contributors = models.ManyToManyField(Contributor, related_name="sessions", blank=True)

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "key"], name="session_key_in_edition"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="session_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)


class Appointment(models.Model):
    """A staff role held by an account in one edition; a focal point's reaches an agency or a country."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="appointments")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="appointments"
    )
    role = models.CharField(max_length=20, choices=Role)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    country = models.CharField(max_length=2, choices=Country, blank=True)
    contributor = models.ForeignKey(
        Contributor, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "account", "role", "country"],
                condition=models.Q(agency__isnull=True),
                name="one_appointment_of_a_kind",
            ),
            models.UniqueConstraint(
                fields=["edition", "account", "role", "agency"],
                condition=models.Q(agency__isnull=False),
                name="one_appointment_per_agency",
            ),
            models.CheckConstraint(
                condition=~models.Q(role=Role.FOCAL_POINT)
                | models.Q(agency__isnull=False)
                | ~models.Q(country=""),
                name="focal_point_has_a_reach",
            ),
            models.CheckConstraint(
                condition=~models.Q(
                    role__in=[Role.PARTICIPANT, Role.GUEST, Role.ROOM, Role.ADMINISTRATOR]
                ),
                name="appointment_is_a_staff_role",
            ),
        ]
