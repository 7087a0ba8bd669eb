from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from sabaq.kernel.audit import Signatory, record
from sabaq.newsroom.enums import Way
from sabaq.newsroom.errors import DayAhead
from sabaq.newsroom.models import Article, Photo
from sabaq.newsroom.pictures import Picture
from sabaq.newsroom.services.changes import locked, reopen


@dataclass(frozen=True)
class Caption:
    """What must come with a photo: whose it is, what it shows in each language, and that those shown agreed."""

    credit: str
    alt: Mapping[str, str]
    agreed_on: date
    agreed_way: Way | str


@transaction.atomic
def replace_photo(
    article: Article, picture: Picture | None, caption: Caption, *, by: Signatory, at: datetime
) -> Photo | None:
    """Give the article this photo, or with `picture=None` the one it has another caption; None where it has none.

    What is published keeps its photo until the article is published again.
    """
    article = locked(article)
    if caption.agreed_on > article.edition.day_of(at):
        raise DayAhead
    before = article.photos.filter(is_current=True).first()
    if picture is None:
        if before is None:
            return None
        picture = Picture(bytes(before.data), before.kind, before.width, before.height)
    if before is not None and before.is_published:
        before.is_current = False
        before.save(update_fields=["is_current"])
    elif before is not None:
        before.delete()
    photo = Photo.objects.create(
        article=article,
        data=picture.data,
        kind=picture.kind,
        width=picture.width,
        height=picture.height,
        credit=caption.credit,
        alt=dict(caption.alt),
        agreed_on=caption.agreed_on,
        agreed_way=caption.agreed_way,
        recorded_by=by.label[:200],
        recorded_at=at,
    )
    record(article, "photo given", by=by, at=at)
    reopen(article, by=by, at=at)
    return photo


@transaction.atomic
def remove_photo(article: Article, *, by: Signatory, at: datetime) -> Article:
    """Erase the photo everywhere, the public page included: whoever it shows may take her agreement back."""
    article = locked(article)
    number, _ = article.photos.all().delete()
    if number:
        record(article, "photo removed", by=by, at=at)
        reopen(article, by=by, at=at)
    return article
