"""Quotes of an article: the words of each speaker, and their approval one by one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sabaq.courses.models import Edition
from sabaq.kernel import clock
from sabaq.kernel.errors import DomainError
from sabaq.newsroom.models import Quote
from sabaq.newsroom.queries import quotes_used
from sabaq.newsroom.services import approve_quote, remove_quote, save_quote, take_back_approval
from sabaq.web.office.article_forms import AgreementForm, QuoteForm
from sabaq.web.office.article_steps import back, language_read
from sabaq.web.office.articles import article_in, edition_to_write
from sabaq.web.requests import Request, found, staff_only


@staff_only
def add(request: Request, slug: str) -> HttpResponse:
    """Add the words of somebody whom the edition's file does not quote."""
    edition = edition_to_write(request, slug)
    article = article_in(edition)
    form = QuoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = save_quote(article, None, form.words, by=request.actor, at=clock.now())
        messages.success(request, _("The quote is saved. Now record its approval."))
        return redirect("office:quote", slug, made.uuid)
    page = {"edition": edition, "form": form, "article_language": language_read(request)}
    return render(request, "office/quote.html", page, status=422 if form.errors else 200)


@staff_only
def quote(request: Request, slug: str, uuid: UUID) -> HttpResponse:
    """Show a quote with its approval, and take other words."""
    edition, one = _quote(request, slug, uuid)
    form = QuoteForm(request.POST or None, quote=one)
    if request.method == "POST" and form.is_valid():
        save_quote(one.article, one, form.words, by=request.actor, at=clock.now())
        messages.success(request, _("The words are saved."))
        return redirect("office:quote", slug, uuid)
    return _page(request, edition, one, form=form)


@staff_only
@require_POST
def approve(request: Request, slug: str, uuid: UUID) -> HttpResponse:
    """Record that the speaker has approved these words."""
    edition, one = _quote(request, slug, uuid)
    approval = AgreementForm(request.POST)
    if approval.is_valid():
        try:
            approve_quote(one, approval.agreement, by=request.actor, at=clock.now())
            messages.success(request, _("The approval is recorded."))
            return back(request, slug)
        except DomainError as error:
            approval.add_error("approved_on", str(error))
    return _page(request, edition, one, approval=approval)


@staff_only
@require_POST
def take_back(request: Request, slug: str, uuid: UUID) -> HttpResponse:
    """Record that the speaker no longer approves; what is published with the quote goes from the public."""
    _edition, one = _quote(request, slug, uuid)
    take_back_approval(one, by=request.actor, at=clock.now())
    messages.success(request, _("The quote is not approved any more and will not be published."))
    return redirect("office:quote", slug, uuid)


@staff_only
@require_POST
def remove(request: Request, slug: str, uuid: UUID) -> HttpResponse:
    """Erase a quote that no text names."""
    _edition, one = _quote(request, slug, uuid)
    try:
        remove_quote(one, by=request.actor, at=clock.now())
        messages.success(request, _("The quote is removed."))
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("office:quote", slug, uuid)
    return back(request, slug)


def _quote(request: Request, slug: str, uuid: UUID) -> tuple[Edition, Quote]:
    edition = edition_to_write(request, slug)
    article = article_in(edition)
    one = found(article.quotes.all(), uuid=uuid)
    one.article = article
    return edition, one


def _page(request: Request, edition: Edition, one: Quote, **forms: Any) -> HttpResponse:
    page = {
        "edition": edition,
        "article_language": language_read(request),
        "quote": one,
        "is_used": one in quotes_used(one.article),
        "form": QuoteForm(quote=one),
        "approval": AgreementForm(initial={"approved_by": str(one.name)}),
        **forms,
    }
    status = 422 if any(form.errors for form in forms.values()) else 200
    return render(request, "office/quote.html", page, status=status)
