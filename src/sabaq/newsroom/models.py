"""The article about an edition, drafted from its facts in each language."""

from django.db import models

from sabaq.courses.models import Edition
from sabaq.kernel.ids import new_uuid


class Article(models.Model):
    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="articles")
    language = models.CharField(max_length=2)
    title = models.CharField(max_length=300)
    body = models.TextField()
    drafted_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "language"], name="one_article_per_language")
        ]
