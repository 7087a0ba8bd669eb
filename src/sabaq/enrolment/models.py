"""From a call for nominations to a seat, and the way in.

A focal point *nominates* officers while the *call* is open; the organiser confirms, reserves or declines.
Confirming makes an *enrolment*. An *access link* lets its holder in without e-mail or password, by the
signed link or by the eight-character code; both are derived from the row and the server's secret, so the
database holds neither.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nTextField

from sabaq.courses.models import Contributor, Edition, Session
from sabaq.enrolment.enums import EnrolmentState, LetterState, NominationState
from sabaq.enrolment.rules import Opening
from sabaq.kernel.ids import new_uuid
from sabaq.people.models import Agency, Person


class Call(models.Model):
    """The period in which agencies may nominate for an edition."""

    edition = models.OneToOneField(Edition, models.CASCADE, related_name="call")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    text = I18nTextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                name="call_closes_after_opening",
            ),
        ]


class Nomination(models.Model):
    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="nominations")
    nominee = models.ForeignKey(Person, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    name_key = models.CharField(max_length=320, editable=False)
    state = models.CharField(
        max_length=10, choices=NominationState, default=NominationState.PROPOSED
    )
    nominated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    nominated_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    reserve_rank = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "agency", "name_key"],
                name="one_nomination_per_officer",
                violation_error_message=_("This officer is already nominated by this agency."),
            ),
            models.UniqueConstraint(
                fields=["edition", "nominee"], name="one_nomination_per_person"
            ),
        ]


class Enrolment(models.Model):
    """A seat taken, or a latecomer's place until it is decided. Carries what she confirmed, read and agreed to."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="enrolments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    nomination = models.OneToOneField(
        Nomination, models.PROTECT, null=True, blank=True, related_name="enrolment"
    )
    state = models.CharField(max_length=12, choices=EnrolmentState, default=EnrolmentState.ACTIVE)
    enrolled_at = models.DateTimeField()
    profile_confirmed_at = models.DateTimeField(null=True, blank=True)
    notice_version = models.PositiveSmallIntegerField(null=True, blank=True)
    notice_read_at = models.DateTimeField(null=True, blank=True)
    photo_agreed = models.BooleanField(null=True, blank=True)
    voice_agreed = models.BooleanField(null=True, blank=True)
    listing_agreed = models.BooleanField(null=True, blank=True)
    lessons_read = models.JSONField(default=list, blank=True)
    # topic -> the last page she went on from, while she is still reading
    lesson_pages = models.JSONField(default=dict, blank=True)
    # test -> phase -> until when it stays open for her alone; why is in the audit trail
    tests_extended = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "person"], name="one_enrolment_per_person"),
        ]

    @property
    def opening(self) -> Opening:
        """Give how far the participant has come on first opening; reads the edition."""
        return Opening(
            profile_confirmed_at=self.profile_confirmed_at,
            notice_read=self.notice_version,
            notice_now=self.edition.notice_version,
            consents=(self.photo_agreed, self.voice_agreed, self.listing_agreed),
        )


class Room(models.Model):
    """A hall in which several officers follow one screen. It is no participant; it comes by a code of its own."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="rooms")
    name = models.CharField(_("room"), max_length=200)
    place = models.CharField(_("place"), max_length=200, blank=True)
    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("agency"),
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "name"], name="room_name_in_edition"),
        ]

    def __str__(self) -> str:
        return self.name


class AccessLink(models.Model):
    """A revocable way in: for one enrolment, for a guest speaker to one session, or for the screen of a room.

    `code_digest` is a keyed digest of the typable code; link and code follow from `uuid` and the
    server's secret (see `enrolment.links`), so a copy of the database opens no door.
    """

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    enrolment = models.ForeignKey(
        Enrolment, models.CASCADE, null=True, blank=True, related_name="links"
    )
    guest = models.ForeignKey(Contributor, models.CASCADE, null=True, blank=True, related_name="+")
    session = models.ForeignKey(Session, models.CASCADE, null=True, blank=True, related_name="+")
    room = models.ForeignKey(Room, models.CASCADE, null=True, blank=True, related_name="links")
    code_digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    first_used_at = models.DateTimeField(null=True, blank=True)
    # Of guests and rooms, who have no presence: when the class was last open there.
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    enrolment__isnull=False,
                    guest__isnull=True,
                    session__isnull=True,
                    room__isnull=True,
                )
                | models.Q(
                    enrolment__isnull=True,
                    guest__isnull=False,
                    session__isnull=False,
                    room__isnull=True,
                )
                | models.Q(
                    enrolment__isnull=True,
                    guest__isnull=True,
                    session__isnull=True,
                    room__isnull=False,
                ),
                name="link_is_for_one_kind_of_holder",
            ),
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=models.Q(revoked_at__isnull=True),
                name="one_open_link_per_enrolment",
            ),
            models.UniqueConstraint(
                fields=["guest", "session"],
                condition=models.Q(revoked_at__isnull=True, guest__isnull=False),
                name="one_open_link_per_guest",
            ),
            models.UniqueConstraint(
                fields=["room"],
                condition=models.Q(revoked_at__isnull=True),
                name="one_open_link_per_room",
            ),
        ]


class Letter(models.Model):
    """A message owed to a participant. Its text is made when it is sent or shown, never stored."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="letters")
    kind = models.SlugField(max_length=40)
    state = models.CharField(max_length=10, choices=LetterState, default=LetterState.QUEUED)
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "kind"], name="one_letter_of_a_kind"),
        ]
