"""The article about an edition: one, in several languages.

A *text* is what the office works on in one language; a *quote* the words of a person, approved by her one by
one; a *photo* comes with the agreement of those it shows. Every change of any of them raises the article's
`revision`, and an *approval* holds for one revision only. What the public reads is neither: publishing takes
a copy (`PublishedText`), which stands until the next one, or until the article is withdrawn.
"""

from django.db import models
from django.db.models import Q
from i18nfield.fields import I18nCharField, I18nTextField

from sabaq.courses.models import Contributor, Edition
from sabaq.kernel.ids import new_uuid
from sabaq.newsroom.enums import Step, Way
from sabaq.newsroom.rules import quote_line


class Article(models.Model):
    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    edition = models.OneToOneField(Edition, models.CASCADE, related_name="+")
    revision = models.PositiveIntegerField(default=1)
    needs_donor = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(null=True, blank=True)
    published_revision = models.PositiveIntegerField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_revision__isnull=True)
                | Q(published_at__isnull=False, published_revision__isnull=False),
                name="published_article_has_a_revision",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(published_at__isnull=False),
                name="only_published_article_is_withdrawn",
            ),
        ]

    @property
    def is_public(self) -> bool:
        return self.published_at is not None and self.withdrawn_at is None

    @property
    def is_public_as_it_is(self) -> bool:
        """Tell whether what the public reads is the newest text."""
        return self.is_public and self.published_revision == self.revision


class ArticleText(models.Model):
    """The article in one language, with the facts it was drafted from. `[[quote: key]]` stands for a quote."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="texts")
    language = models.CharField(max_length=2)
    title = models.CharField(max_length=300)
    body = models.TextField()
    revision = models.PositiveIntegerField(default=1)
    facts = models.JSONField(default=dict)
    drafted_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(fields=["article", "language"], name="one_text_per_language")
        ]


class PublishedText(models.Model):
    """What the public reads in one language: a title, and blocks in which every quote was approved."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="published")
    language = models.CharField(max_length=2)
    title = models.CharField(max_length=300)
    blocks = models.JSONField()
    summary = models.CharField(max_length=300)

    class Meta:
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "language"], name="one_published_text_per_language"
            )
        ]


class Quote(models.Model):
    """The words of a person, per language. `approved_by` is who gave the approval: the speaker, or whom she asked."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    article = models.ForeignKey(Article, models.CASCADE, related_name="quotes")
    key = models.SlugField(max_length=80)
    contributor = models.ForeignKey(
        Contributor, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name = I18nCharField(max_length=200)
    function = I18nCharField(max_length=300)
    text = I18nTextField()
    position = models.PositiveSmallIntegerField(default=0)
    approved_by = models.CharField(max_length=200, blank=True)
    approved_on = models.DateField(null=True, blank=True)
    approved_way = models.CharField(max_length=12, choices=Way, blank=True)
    recorded_by = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["article", "key"], name="quote_key_in_article"),
            models.CheckConstraint(
                condition=Q(approved_on__isnull=True, approved_by="", approved_way="")
                | (Q(approved_on__isnull=False) & ~Q(approved_by="") & ~Q(approved_way="")),
                name="quote_is_approved_by_whom_when_and_how",
            ),
        ]

    @property
    def is_approved(self) -> bool:
        return self.approved_on is not None

    @property
    def line(self) -> str:
        """Give the line that stands for the quote in a text."""
        return quote_line(self.key)


class Photo(models.Model):
    """A photo without any hidden data, and the agreement of those it shows. It is never changed, only replaced.

    The bytes are here and not among the blobs: when somebody takes her agreement back they must be gone.
    """

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    article = models.ForeignKey(Article, models.CASCADE, related_name="photos")
    data = models.BinaryField()
    kind = models.CharField(max_length=4)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    credit = models.CharField(max_length=200)
    alt = I18nCharField(max_length=300)
    agreed_on = models.DateField()
    agreed_way = models.CharField(max_length=12, choices=Way)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    is_current = models.BooleanField(default=True)
    is_published = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article"], condition=Q(is_current=True), name="one_current_photo"
            ),
            models.UniqueConstraint(
                fields=["article"], condition=Q(is_published=True), name="one_published_photo"
            ),
            models.CheckConstraint(condition=~Q(credit=""), name="photo_has_a_credit"),
        ]


class Approval(models.Model):
    """One step of the way out, given for one revision; void once the article changes."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="approvals")
    step = models.CharField(max_length=14, choices=Step)
    revision = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    given_on = models.DateField()
    way = models.CharField(max_length=12, choices=Way, blank=True)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    void_since = models.DateTimeField(null=True, blank=True)
    void_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "step"],
                condition=Q(void_since__isnull=True),
                name="one_valid_approval_per_step",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="approval_has_a_name"),
        ]
