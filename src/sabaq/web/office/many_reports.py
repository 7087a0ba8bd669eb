"""A report over several editions: of a programme, a project, a period, as far as the actor may see."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from sabaq.courses.models import Edition
from sabaq.courses.queries import editions_for
from sabaq.kernel import clock
from sabaq.kernel.i18n import text_in
from sabaq.programmes.models import Programme, Project
from sabaq.reporting.enums import Reader
from sabaq.reporting.queries import REPORT_ROLES, reader_of_all
from sabaq.reporting.reports import Report, published_over, report_over
from sabaq.reporting.sheets import same_as_total
from sabaq.reporting.tables import HIDDEN_NOTE
from sabaq.web.office.reports import as_docx, as_pdf, as_xlsx
from sabaq.web.requests import Request, staff_only

NAME = "programme-report"


class ScopeForm(forms.Form):
    """Which editions are counted; nothing chosen is all that the actor may see."""

    programme = forms.ChoiceField(label=gettext_lazy("Programme"), required=False)
    project = forms.ChoiceField(label=gettext_lazy("Project"), required=False)
    since = forms.DateField(
        label=gettext_lazy("Begun since"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    until = forms.DateField(
        label=gettext_lazy("Begun until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: Any, *, editions: QuerySet[Edition], language: str) -> None:
        super().__init__(data)
        projects = Project.objects.filter(editions__in=editions).distinct().order_by("code")
        self._projects = list(projects.select_related("programme__parent"))
        programmes: dict[str, Programme] = {}
        for project in self._projects:
            for one in filter(None, (project.programme.parent, project.programme)):
                programmes[one.key] = one
        self._choose(
            "programme",
            [(p.key, p.name) for p in programmes.values()],
            _("All programmes"),
            language,
        )
        self._choose(
            "project", [(p.code, p.name) for p in self._projects], _("All projects"), language
        )

    def _choose(
        self, field: str, pairs: list[tuple[str, Any]], everything: str, language: str
    ) -> None:
        named = sorted(
            ((key, text_in(name, language).text) for key, name in pairs), key=lambda p: p[1]
        )
        self.fields[field].choices = [("", everything), *named]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        since, until = said.get("since"), said.get("until")
        if since and until and since > until:
            self.add_error("until", _("The period ends before it begins."))
        return said

    def chosen(self, editions: QuerySet[Edition]) -> QuerySet[Edition]:
        """Give those of `editions` that the form asks for; none while it has errors."""
        if not self.is_valid():
            return editions.none()
        said, wanted = self.cleaned_data, Q()
        if said["programme"]:
            key = said["programme"]
            wanted &= Q(projects__programme__key=key) | Q(projects__programme__parent__key=key)
        if said["project"]:
            wanted &= Q(projects__code=said["project"])
        if said["since"]:
            wanted &= Q(starts_on__gte=said["since"])
        if said["until"]:
            wanted &= Q(starts_on__lte=said["until"])
        return editions.filter(wanted).distinct()


@dataclass(frozen=True)
class Scope:
    form: ScopeForm
    report: Report

    @property
    def query(self) -> str:
        """Give what was chosen, as it stands in an address."""
        return urlencode(
            {name: value for name in self.form.fields if (value := self.form.data.get(name))}
        )


def _scope(request: Request) -> Scope:
    editions = editions_for(request.actor, *REPORT_ROLES)
    form = ScopeForm(request.GET, editions=editions, language=request.LANGUAGE_CODE)
    chosen = list(form.chosen(editions).order_by("starts_on", "slug"))
    is_exact = reader_of_all(request.actor, chosen) is Reader.EXACT
    made = (report_over if is_exact else published_over)(chosen, at=clock.now())
    return Scope(form, made)


@staff_only
@require_safe
def reports(request: Request) -> HttpResponse:
    """Show the figures over the editions chosen: every project's, and in total each edition once."""
    scope = _scope(request)
    context = {
        "form": scope.form,
        "report": scope.report,
        "query": scope.query,
        "hidden_note": HIDDEN_NOTE,
        "same_as_total": same_as_total(scope.report),
    }
    status = 422 if scope.form.errors else 200
    return render(request, "office/reports.html", context, status=status)


@staff_only
@require_safe
def reports_xlsx(request: Request) -> HttpResponse:
    """Give the same as a workbook."""
    return as_xlsx(request, _scope(request).report, NAME)


@staff_only
@require_safe
def reports_pdf(request: Request) -> HttpResponse:
    """Give the same as a tagged PDF."""
    return as_pdf(request, _scope(request).report, NAME)


@staff_only
@require_safe
def reports_docx(request: Request) -> HttpResponse:
    """Give the same as a document for the office's own editing."""
    return as_docx(request, _scope(request).report, NAME)
