"""Polls of a class: what is asked, who has answered while it is open, and what it came to.

Only `Vote` names a person, only while its poll is open, and no page but her own reads it. What stays is
`PollRun.totals` and `PollWord`, apart from persons. See docs/invariants/votes.md.
"""

from django.db import models

from sabaq.classroom.enums import POLL_KINDS
from sabaq.courses.models import Session
from sabaq.courses.packs import PollKind
from sabaq.enrolment.models import Enrolment
from sabaq.kernel.ids import new_uuid


class SpotPoll(models.Model):
    """A poll made on the spot; `queries.polls.poll_of` gives it the form of a prepared one.

    `question` is a text per language, `options` a list of `{"key": …, "text": {language: …}}`. Removing it
    erases both and leaves the row.
    """

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=POLL_KINDS)
    language = models.CharField(max_length=2)
    question = models.JSONField(default=dict, blank=True)
    options = models.JSONField(default=list, blank=True)
    written_by = models.CharField(max_length=64, blank=True)
    written_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(removed_at__isnull=True) | models.Q(question={}, options=[]),
                name="removed_poll_holds_no_text",
            )
        ]


class PollRun(models.Model):
    """One asking of a poll; `poll` is the key of a prepared one, or the uuid of one made on the spot.

    `counted` people have answered, as was told last. `totals` are votes per option as staff may see them:
    of `totalled` people while it is open, of all once it is closed.
    """

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="polls")
    poll = models.CharField(max_length=80)
    kind = models.CharField(max_length=8, choices=POLL_KINDS, default=PollKind.SINGLE.value)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    results_shown_at = models.DateTimeField(null=True, blank=True)
    counted_at = models.DateTimeField(null=True, blank=True)
    counted = models.PositiveIntegerField(default=0)
    totals = models.JSONField(default=dict, blank=True)
    totalled = models.PositiveIntegerField(default=0)
    # Raised when its words change for those who look at it: a translation, a word removed.
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session"],
                condition=models.Q(closed_at__isnull=True),
                name="one_open_poll_per_session",
            ),
        ]


class Vote(models.Model):
    """What somebody has chosen in an open poll; deleted when it closes. It holds no moment.

    `choices` are keys of options, or one word. `is_new` until it has entered the totals that staff see.
    `taken` are digests of what she has sent: a sending that comes again late, after another, changes nothing.
    """

    run = models.ForeignKey(PollRun, models.CASCADE, related_name="votes")
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="+")
    choices = models.JSONField(default=list)
    is_new = models.BooleanField(default=True)
    taken = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "enrolment"], name="one_vote_per_person")
        ]


class PollWord(models.Model):
    """A word that was answered, and how often; kept from the closing of its poll on, without whose it was.

    Removing it erases the text and leaves the row.
    """

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    run = models.ForeignKey(PollRun, models.CASCADE, related_name="words")
    word = models.CharField(max_length=40, blank=True)
    votes = models.PositiveIntegerField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(removed_at__isnull=True) | models.Q(word=""),
                name="removed_word_holds_no_text",
            )
        ]
