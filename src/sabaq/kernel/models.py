"""Rows that every app may lean on: the audit trail, receipts of writes, and counters of attempts.

None of them knows a domain word, and none holds personal data: the audit names who acted, on what,
and which columns changed, never their values.
"""

from django.db import models


class AuditRecord(models.Model):
    """Who did what to which object, and when. Kept without foreign keys, so it outlives both."""

    object_type = models.CharField(max_length=80)
    object_id = models.CharField(max_length=64)
    verb = models.CharField(max_length=60)
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=200, blank=True)
    changed = models.JSONField(default=list, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["object_type", "object_id", "id"], name="audit_by_object")]


class WriteReceipt(models.Model):
    """One accepted write: the same id with the same body is answered as before, never done twice."""

    actor_key = models.CharField(max_length=64)
    write_id = models.UUIDField()
    body_digest = models.CharField(max_length=64)
    answer = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["actor_key", "write_id"], name="one_receipt_per_write_id"
            ),
        ]


class AttemptCounter(models.Model):
    """How often a keyed act was tried within one window of time. The key is a digest, never an address."""

    key = models.CharField(max_length=64)
    window_start = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "window_start"], name="one_counter_per_window"),
        ]
