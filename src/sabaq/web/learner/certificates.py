"""The participant's certificate."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sabaq.classroom.queries.attendance import attended_minutes
from sabaq.classroom.rules.attendance import full_minutes
from sabaq.courses.queries import course_days
from sabaq.credentials.models import Certificate
from sabaq.credentials.printing import certificate_pdf
from sabaq.credentials.queries import valid_certificate_of
from sabaq.kernel import clock
from sabaq.web.requests import Request, enrolment_of, found, participants_only


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
    return render(
        request,
        "learner/certificate.html",
        {
            "edition": enrolment.edition,
            "certificate": standing,
            "address": check_url(standing) if standing else "",
            "days": [(day, full_minutes(minutes.get(day, 0))) for day in days],
        },
    )


@participants_only
@require_safe
def certificate_file(request: Request) -> HttpResponse:
    """Give the certificate as a PDF."""
    enrolment = enrolment_of(request)
    standing = found(Certificate.objects.filter(enrolment=enrolment, state="valid"))
    return HttpResponse(
        certificate_pdf(standing, check_url=check_url(standing)),
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="certificate-{standing.number}.pdf"'
        },
    )
