"""The participant's certificate."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sabaq.classroom.queries.attendance import attended_minutes
from sabaq.classroom.rules.attendance import full_minutes
from sabaq.courses.queries import course_days
from sabaq.credentials.models import Certificate
from sabaq.credentials.printing import certificate_pdf
from sabaq.credentials.queries import (
    design_of,
    latest_certificate_of,
    valid_certificate_of,
)
from sabaq.kernel import clock
from sabaq.web.requests import Request, enrolment_of, participants_only


def check_address() -> str:
    """Give the public address of the check; a number and a slash behind it make it that number's."""
    return settings.PUBLIC_URL + reverse("public:check")


def check_url(certificate: Certificate) -> str:
    """Give the public address under which anybody can check the number."""
    return settings.PUBLIC_URL + reverse("public:check_number", args=[certificate.number])


@participants_only
@require_safe
def certificate(request: Request) -> HttpResponse:
    """Show the certificate, or what is still missing for it."""
    enrolment = enrolment_of(request)
    standing = valid_certificate_of(enrolment)
    attended = (
        {} if standing else attended_minutes(enrolment.edition, at=clock.now(), of=[enrolment.pk])
    )
    minutes = attended.get(enrolment.pk, {})
    days = [] if standing else course_days(enrolment.edition)
    # Without a certificate she is told what it asks for; and if it was taken back, that it was.
    last = None if standing else latest_certificate_of(enrolment)
    design = None if standing else design_of(enrolment.edition)
    return render(
        request,
        "learner/certificate.html",
        {
            "edition": enrolment.edition,
            "certificate": standing,
            "address": check_url(standing) if standing else "",
            "withdrawn": last is not None,
            "asks_for_test": bool(design and design.completion_test),
            "pass_mark": design.pass_mark if design else None,
            "days": [(day, full_minutes(minutes.get(day, 0))) for day in days],
        },
    )


@participants_only
@require_safe
def certificate_file(request: Request) -> HttpResponse:
    """Give the certificate as a PDF."""
    enrolment = enrolment_of(request)
    standing = valid_certificate_of(enrolment)
    if standing is None:
        raise Http404
    return HttpResponse(
        certificate_pdf(standing, check_url=check_url(standing)),
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="certificate-{standing.number}.pdf"'
        },
    )
