"""The way out of an article: its approvals, publishing, withdrawing."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sabaq.kernel import clock
from sabaq.kernel.errors import DomainError
from sabaq.newsroom.enums import Step
from sabaq.newsroom.queries import may_give
from sabaq.newsroom.rules import LANGUAGES
from sabaq.newsroom.services import (
    ask_for_donor,
    give_step,
    publish_article,
    record_donor_approval,
    withdraw_article,
)
from sabaq.web.office.article_forms import DonorForm, ReasonForm
from sabaq.web.office.articles import article_in, edition_to_read, edition_to_write
from sabaq.web.requests import Request, staff_only


def back(request: Request, slug: str) -> HttpResponse:
    """Go back to the article, in the language that was read."""
    return redirect("office:article", slug, language_read(request))


def language_read(request: Request) -> str:
    """Give the language in which the article was read last, else the reader's own."""
    asked = request.POST.get("language", get_language() or "en")
    return asked if asked in LANGUAGES else "en"


def _revision(request: Request) -> int:
    try:
        return int(request.POST.get("revision", ""))
    except ValueError:
        return 0  # no article has it: it has changed since


@staff_only
@require_POST
def step(request: Request, slug: str) -> HttpResponse:
    """Take one step in one's own name, for the article as one has read it."""
    edition = edition_to_read(request, slug)
    article = article_in(edition)
    asked = request.POST.get("step", "")
    if asked not in set(Step) - {Step.DONOR} or not may_give(request.actor, Step(asked), edition):
        raise Http404
    try:
        give_step(article, Step(asked), _revision(request), by=request.actor, at=clock.now())
        messages.success(request, _("Your approval is recorded, with your name and today’s date."))
    except DomainError as error:
        messages.error(request, str(error))
    return back(request, slug)


@staff_only
@require_POST
def donor_needed(request: Request, slug: str) -> HttpResponse:
    """Say whether the donor approves this article before it is published."""
    article = article_in(edition_to_write(request, slug))
    needed = request.POST.get("needed") == "yes"
    ask_for_donor(article, needed=needed, by=request.actor, at=clock.now())
    return back(request, slug)


@staff_only
def donor(request: Request, slug: str) -> HttpResponse:
    """Record the donor's approval: whose it is, of which day, how it was given."""
    edition = edition_to_write(request, slug)
    article = article_in(edition)
    form = DonorForm(request.POST or None, initial={"revision": article.revision})
    if request.method == "POST" and form.is_valid():
        revision = form.cleaned_data["revision"]
        try:
            record_donor_approval(
                article, form.agreement, revision, by=request.actor, at=clock.now()
            )
            messages.success(request, _("The donor’s approval is recorded."))
            return back(request, slug)
        except DomainError as error:
            form.add_error(None, str(error))
    return render(
        request,
        "office/article_donor.html",
        {"edition": edition, "form": form, "article_language": language_read(request)},
        status=422 if form.errors else 200,
    )


@staff_only
@require_POST
def publish(request: Request, slug: str) -> HttpResponse:
    """Let the public read the article, once nothing stands in the way."""
    article = article_in(edition_to_write(request, slug))
    try:
        publish_article(article, _revision(request), by=request.actor, at=clock.now())
        messages.success(request, _("The article is published in both languages."))
    except DomainError as error:
        messages.error(request, str(error))
    return back(request, slug)


@staff_only
@require_POST
def withdraw(request: Request, slug: str) -> HttpResponse:
    """Take the article from the public, with a reason."""
    article = article_in(edition_to_write(request, slug))
    form = ReasonForm(request.POST, prefix="withdraw")
    if form.is_valid():
        withdraw_article(article, **form.cleaned_data, by=request.actor, at=clock.now())
        messages.success(request, _("The public no longer reads the article."))
    else:
        messages.error(request, _("Nothing was changed: say the reason, please."))
    return back(request, slug)
