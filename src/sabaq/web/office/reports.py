"""The report of one edition as a page, a workbook, a PDF and a document, and the donor annexes issued from it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from sabaq.courses.models import Edition
from sabaq.courses.queries import editions_for
from sabaq.kernel import clock, ports
from sabaq.kernel.errors import DomainError
from sabaq.kernel.ids import new_uuid
from sabaq.kernel.writes import once
from sabaq.reporting.enums import Reader
from sabaq.reporting.models import Recipient
from sabaq.reporting.models.annexes import NAME_LENGTH
from sabaq.reporting.ports import ReportPrinter, ReportWriter
from sabaq.reporting.queries import (
    EXACT_ROLES,
    REPORT_ROLES,
    annexes_visible_to,
    reader_of,
    releases_of,
)
from sabaq.reporting.reports import Report, course_report, published_report
from sabaq.reporting.services import issue_annex
from sabaq.reporting.sheets import measured, report_sheet, same_as_total
from sabaq.reporting.tables import HIDDEN_NOTE
from sabaq.reporting.workbook import workbook
from sabaq.web.requests import Request, found, staff_only, write_id_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


class AnnexForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Recipient"), max_length=NAME_LENGTH)
    organisation = forms.CharField(label=gettext_lazy("Organisation"), max_length=NAME_LENGTH)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        help_text=gettext_lazy("Why exact counts are needed. It is printed on the annex and kept."),
    )


def _edition(request: Request, slug: str) -> Edition:
    return found(editions_for(request.actor, *REPORT_ROLES).select_related("version"), slug=slug)


def _readable(request: Request, edition: Edition) -> Report | None:
    """Give the report as this actor may read it: as it stands now, or as it was last published, if it was."""
    if reader_of(request.actor, edition) is Reader.EXACT:
        return course_report(edition, at=clock.now())
    return published_report(edition)


def _report(request: Request, slug: str) -> Report:
    made = _readable(request, _edition(request, slug))
    if made is None:
        raise Http404
    return made


@staff_only
@require_safe
def report(request: Request, slug: str) -> HttpResponse:
    """Show the report: exact for organiser and M&E officer, for others as it was last published."""
    edition = _edition(request, slug)
    made = _readable(request, edition)
    if made is None:
        return render(request, "office/report_awaited.html", {"edition": edition})
    return _page(request, made, AnnexForm())


@staff_only
@require_safe
def report_xlsx(request: Request, slug: str) -> HttpResponse:
    """Give the report as a workbook."""
    return as_xlsx(request, _report(request, slug), f"{slug}-report")


@staff_only
@require_safe
def report_pdf(request: Request, slug: str) -> HttpResponse:
    """Give the report as a tagged PDF."""
    return as_pdf(request, _report(request, slug), f"{slug}-report")


@staff_only
@require_safe
def report_docx(request: Request, slug: str) -> HttpResponse:
    """Give the report as a document for the office's own editing."""
    return as_docx(request, _report(request, slug), f"{slug}-report")


@staff_only
@require_POST
def annex_issue(request: Request, slug: str) -> HttpResponse:
    """Issue exact head counts to a named recipient, with a reason."""
    edition, at = _of_the_office(request, slug), clock.now()
    form = AnnexForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data

        def act() -> dict[str, Any]:
            annex = issue_annex(
                edition, Recipient(**said), language=request.LANGUAGE_CODE, by=request.actor, at=at
            )
            return {"uuid": str(annex.uuid)}

        try:
            once(request.actor.key, write_id_of(request), {"annex": slug, **said}, act, at=at)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The annex is issued. Download it below and hand it over."))
            return redirect("office:report", slug)
    return _page(request, course_report(edition, at=at), form)


@staff_only
@require_safe
def annex_pdf(request: Request, slug: str, uuid: UUID) -> HttpResponse:
    """Give an annex as it was issued, byte for byte."""
    annex = found(annexes_visible_to(request.actor, _of_the_office(request, slug)), uuid=uuid)
    return download(bytes(annex.document), PDF, f"{slug}-annex-{annex.issued_at:%Y-%m-%d}.pdf")


def _of_the_office(request: Request, slug: str) -> Edition:
    return found(editions_for(request.actor, *EXACT_ROLES).select_related("version"), slug=slug)


def _page(request: Request, made: Report, form: AnnexForm) -> HttpResponse:
    outcomes = list(made.sections(language=request.LANGUAGE_CODE))
    context = {
        "report": made,
        "edition": made.edition,
        "same_as_total": same_as_total(made),
        "hidden_note": HIDDEN_NOTE,
        "annexes": annexes_visible_to(request.actor, made.edition),
        "outcomes": outcomes,
        "measured": measured(outcomes),
        "release": releases_of(made.edition).last(),
        "form": form,
        "write_id": new_uuid(),
    }
    return render(request, "office/report.html", context, status=422 if form.errors else 200)


def as_xlsx(request: Request, made: Report, name: str) -> HttpResponse:
    return download(workbook(made, language=request.LANGUAGE_CODE), XLSX, f"{name}.xlsx")


def as_pdf(request: Request, made: Report, name: str) -> HttpResponse:
    sheet = report_sheet(made, language=request.LANGUAGE_CODE)
    return download(ports.get(ReportPrinter).report(sheet), PDF, f"{name}.pdf")


def as_docx(request: Request, made: Report, name: str) -> HttpResponse:
    sheet = report_sheet(made, language=request.LANGUAGE_CODE)
    return download(ports.get(ReportWriter).report(sheet), DOCX, f"{name}.docx")


def download(data: bytes, content_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        data,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
