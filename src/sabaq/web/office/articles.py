"""The article about an edition: drafted from its facts, edited by a person, taken away as Markdown."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from sabaq.courses.models import Edition
from sabaq.courses.queries import editions_for
from sabaq.kernel import clock
from sabaq.kernel.markup import safe_html
from sabaq.newsroom.drafting import DRAFTERS
from sabaq.newsroom.errors import ArticleWasEdited
from sabaq.newsroom.facts import Attendance
from sabaq.newsroom.models import Article
from sabaq.newsroom.services import draft_article, edit_article
from sabaq.people.enums import Role
from sabaq.reporting.enums import By, Reader
from sabaq.reporting.indicators import ATTENDED
from sabaq.reporting.queries import heads_of
from sabaq.reporting.tables import tabulate
from sabaq.web.requests import Request, found, staff_only


class ArticleForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Headline"), max_length=300)
    body = forms.CharField(
        label=gettext_lazy("Text"),
        help_text=gettext_lazy("Markdown: an empty line begins a paragraph, a dash a list."),
        widget=forms.Textarea(attrs={"rows": 22}),
    )


def _edition(request: Request, slug: str, language: str) -> Edition:
    if language not in DRAFTERS:
        raise Http404
    return found(editions_for(request.actor, Role.ORGANISER), slug=slug)


@staff_only
def article(request: Request, slug: str, language: str) -> HttpResponse:
    """Show the article in one language, and keep what the organiser edits."""
    edition = _edition(request, slug, language)
    written = Article.objects.filter(edition=edition, language=language).first()
    form = ArticleForm(
        request.POST or None,
        initial={"title": written.title, "body": written.body} if written else None,
    )
    if request.method == "POST" and written and form.is_valid():
        edit_article(written, **form.cleaned_data, by=request.actor, at=clock.now())
        messages.success(request, _("Your text is saved."))
        return redirect("office:article", slug, language)
    return render(
        request,
        "office/article.html",
        {
            "edition": edition,
            "article": written,
            "article_language": language,
            "drafting_languages": list(DRAFTERS),
            "form": form,
            "preview": safe_html(written.body) if written else "",
        },
    )


@staff_only
@require_POST
def draft(request: Request, slug: str, language: str) -> HttpResponse:
    """Draft the article anew from the facts; edits are replaced only when the box is ticked."""
    edition = _edition(request, slug, language)
    try:
        draft_article(
            edition,
            language,
            _attendance(edition),
            by=request.actor,
            at=clock.now(),
            replace_edits=request.POST.get("replace") == "yes",
        )
        messages.success(request, _("The draft is ready. Check each fact and each quotation."))
    except ArticleWasEdited as error:
        messages.error(request, str(error))
    return redirect("office:article", slug, language)


@staff_only
@require_safe
def article_markdown(request: Request, slug: str, language: str) -> HttpResponse:
    """Give the article as a Markdown file."""
    edition = _edition(request, slug, language)
    written = found(Article.objects.filter(edition=edition), language=language)
    name = f"{slug}.{language}.md"
    return HttpResponse(
        f"# {written.title}\n\n{written.body}\n",
        content_type="text/markdown; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _attendance(edition: Edition) -> Attendance:
    """Give the numbers that the article may print: the same suppression as any published table."""
    heads = heads_of([edition])
    table = tabulate(ATTENDED, By.COUNTRY, heads, reader=Reader.PUBLISHED)
    countries = {head.country for head in heads if ATTENDED.counts(head) and head.country}
    return Attendance(table.total.total or 0, table.total.women, tuple(sorted(countries)))
