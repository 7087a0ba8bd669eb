"""An article as a document to send round: the text, its quotes marked where they are not approved, the approvals."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import translation

from sabaq.kernel.i18n import text_in
from sabaq.newsroom.models import Article, ArticleText, Photo
from sabaq.newsroom.ports import ArticleDocument, PhotoOfDocument, SignedStep
from sabaq.newsroom.queries import blocks_of, way_out


def document_of(
    article: Article, text: ArticleText, others: Mapping[str, str], *, at: datetime
) -> ArticleDocument:
    """Give the document of one text; `others` as in `ArticleDocument`."""
    photo = article.photos.filter(is_current=True).first()
    with translation.override(text.language):
        approvals = tuple(
            SignedStep(str(taken.step.label), taken.approval.name, taken.approval.given_on)
            if taken.approval
            else SignedStep(str(taken.step.label))
            for taken in way_out(article)
        )
    return ArticleDocument(
        language=text.language,
        title=text.title,
        blocks=blocks_of(text.body, article.quotes.all(), text.language),
        others=others,
        approvals=approvals,
        made_at=at,
        photo=None if photo is None else _shown(photo, text.language),
    )


def _shown(photo: Photo, language: str) -> PhotoOfDocument:
    alt = text_in(photo.alt, language).text
    return PhotoOfDocument(bytes(photo.data), photo.kind, alt, photo.credit)
