"""The participation report as a page, a workbook and a PDF."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sabaq.courses.queries import editions_for
from sabaq.kernel import clock, ports
from sabaq.reporting.ports import ReportPrinter
from sabaq.reporting.queries import REPORT_ROLES, reader_of
from sabaq.reporting.reports import Report, edition_report
from sabaq.reporting.tables import HIDDEN_NOTE
from sabaq.reporting.workbook import workbook
from sabaq.web.office.report_sheet import report_sheet
from sabaq.web.requests import Request, found, staff_only

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _report(request: Request, slug: str) -> Report:
    edition = found(editions_for(request.actor, *REPORT_ROLES), slug=slug)
    return edition_report(edition, reader=reader_of(request.actor, edition), at=clock.now())


@staff_only
@require_safe
def report(request: Request, slug: str) -> HttpResponse:
    """Show the report: exact for organiser and M&E officer, with small counts hidden for others."""
    made = _report(request, slug)
    return render(
        request,
        "office/report.html",
        {"report": made, "edition": made.edition, "hidden_note": HIDDEN_NOTE},
    )


@staff_only
@require_safe
def report_xlsx(request: Request, slug: str) -> HttpResponse:
    """Give the report as a workbook."""
    data = workbook(_report(request, slug), language=request.LANGUAGE_CODE)
    return _download(data, XLSX, f"{slug}-report.xlsx")


@staff_only
@require_safe
def report_pdf(request: Request, slug: str) -> HttpResponse:
    """Give the report as a tagged PDF."""
    sheet = report_sheet(_report(request, slug), language=request.LANGUAGE_CODE)
    data = ports.get(ReportPrinter).report(sheet)
    return _download(data, "application/pdf", f"{slug}-report.pdf")


def _download(data: bytes, content_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        data,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
