"""The article about an edition: what it says, how far it has come, and its text in each language."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sabaq.courses.models import Edition
from sabaq.kernel import clock
from sabaq.kernel.errors import DomainError
from sabaq.kernel.ports import get
from sabaq.newsroom.documents import document_of
from sabaq.newsroom.enums import Step
from sabaq.newsroom.errors import ArticleWasEdited
from sabaq.newsroom.models import Article, ArticleText
from sabaq.newsroom.ports import ArticleWriter
from sabaq.newsroom.queries import (
    WRITING_ROLES,
    article_of,
    blocks_of,
    current_photo,
    editions_read_about_by,
    editions_written_about_by,
    facts_changed_since,
    may_give,
    texts_of,
    trail_of_article,
    unapproved_in,
    void_approvals,
    way_out,
    whole_article_of,
)
from sabaq.newsroom.rules import LANGUAGES
from sabaq.newsroom.services import draft_article, edit_article
from sabaq.newsroom.services.writing import Wording
from sabaq.web.news import READ_IN, markdown_of, shown_blocks
from sabaq.web.office.article_forms import ReasonForm, TextForm
from sabaq.web.office.article_trail import in_words
from sabaq.web.requests import Request, found, staff_only

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def edition_to_read(request: Request, slug: str, language: str = "en") -> Edition:
    """Give the edition whose article the actor may read, or answer 404."""
    if language not in LANGUAGES:
        raise Http404
    return found(editions_read_about_by(request.actor), slug=slug)


def edition_to_write(request: Request, slug: str, language: str = "en") -> Edition:
    """Give the edition whose article the actor may write, or answer 404."""
    if language not in LANGUAGES:
        raise Http404
    return found(editions_written_about_by(request.actor), slug=slug)


def article_in(edition: Edition) -> Article:
    """Give the edition's article, or answer 404 before it is drafted."""
    article = article_of(edition)
    if article is None:
        raise Http404
    article.edition = edition
    return article


@staff_only
@require_safe
def article(request: Request, slug: str, language: str) -> HttpResponse:
    """Show the article in one language, how far it has come, and what is to be done about it."""
    edition = edition_to_read(request, slug, language)
    written = whole_article_of(edition)
    texts = texts_of(written) if written else {}
    page: dict[str, Any] = {
        "edition": edition,
        "article": written,
        "text": texts.get(language),
        "texts": texts,
        "article_language": language,
        "drafting_languages": LANGUAGES,
        "may_write": request.actor.has_role(*WRITING_ROLES, edition_id=edition.pk),
    }
    if written and texts:
        page |= _standing(request, edition, written)
    if written and language in texts:
        page |= _said(edition, written, texts[language])
    return render(request, "office/article.html", page)


def _standing(request: Request, edition: Edition, article: Article) -> dict[str, Any]:
    steps = way_out(article)
    due = next((taken.step for taken in steps if taken.approval is None), None)
    return {
        "steps": steps,
        "due": due,
        "is_donor_due": due is Step.DONOR,
        "may_give": due is not None and may_give(request.actor, due, edition),
        "not_drafted": [code for code in LANGUAGES if code not in texts_of(article)],
        "unapproved": unapproved_in(article),
        "void": void_approvals(article),
        "reason": ReasonForm(prefix="withdraw"),
    }


def _said(edition: Edition, article: Article, text: ArticleText) -> dict[str, Any]:
    quotes = list(article.quotes.all())
    return {
        "blocks": shown_blocks(blocks_of(text.body, quotes, text.language)),
        "changed": facts_changed_since(text, edition),
        "quotes": quotes,
        "photo": current_photo(article),
        "trail": in_words(trail_of_article(article)[:50]),
    }


@staff_only
@require_POST
def draft(request: Request, slug: str, language: str) -> HttpResponse:
    """Draft the article anew from the facts; edits are replaced only when the box is ticked."""
    edition = edition_to_write(request, slug, language)
    try:
        draft_article(
            edition,
            language,
            by=request.actor,
            at=clock.now(),
            replace_edits=request.POST.get("replace") == "yes",
        )
        messages.success(request, _("The draft is ready. Check each fact and each quotation."))
    except ArticleWasEdited as error:
        messages.error(request, str(error))
    return redirect("office:article", slug, language)


@staff_only
def edit(request: Request, slug: str, language: str) -> HttpResponse:
    """Let the office word the article itself."""
    edition = edition_to_write(request, slug, language)
    written = article_in(edition)
    text = texts_of(written).get(language)
    if text is None:
        raise Http404
    initial = {"title": text.title, "body": text.body, "revision": text.revision}
    form = TextForm(request.POST or None, initial=initial)
    form.fields["body"].widget.attrs["lang"] = form.fields["title"].widget.attrs["lang"] = language
    if request.method == "POST" and form.is_valid():
        try:
            edit_article(text, Wording(**form.cleaned_data), by=request.actor, at=clock.now())
            messages.success(request, _("Your text is saved."))
            return redirect("office:article", slug, language)
        except DomainError as error:
            form.add_error("body", str(error))
            # Sent again, it replaces what it was told of.
            form.data = {**request.POST.dict(), "revision": str(text.revision)}
    page = {"edition": edition, "text": text, "form": form, "article_language": language}
    return render(
        request,
        "office/article_edit.html",
        {**page, "quotes": written.quotes.all()},
        status=422 if form.errors else 200,
    )


@staff_only
@require_safe
def article_markdown(request: Request, slug: str, language: str) -> HttpResponse:
    """Give the article as a Markdown file, a quote as a block of its own."""
    edition = edition_to_read(request, slug, language)
    written = article_in(edition)
    text = found(ArticleText.objects.filter(article=written), language=language)
    name = f"{slug}.{language}.md"
    blocks = blocks_of(text.body, written.quotes.all(), language)
    return HttpResponse(
        markdown_of(text.title, blocks, _("not approved yet")),
        content_type="text/markdown; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@staff_only
@require_safe
def article_docx(request: Request, slug: str, language: str) -> HttpResponse:
    """Give the article as a Word document, with its approvals."""
    edition = edition_to_read(request, slug, language)
    written = article_in(edition)
    text = found(ArticleText.objects.filter(article=written), language=language)
    others = {
        READ_IN[code]: settings.PUBLIC_URL + reverse("public:news_item", args=[code, slug])
        for code in LANGUAGES
        if code != language
    }
    document = document_of(written, text, others, at=clock.now())
    name = f"{slug}.{language}.docx"
    return HttpResponse(
        get(ArticleWriter).article(document),
        content_type=DOCX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
