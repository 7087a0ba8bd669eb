"""Certificates of an edition: who has earned one, issuing, withdrawing."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from sabaq.courses.queries import course_days, editions_for
from sabaq.credentials.models import Certificate
from sabaq.credentials.printing import certificate_pdf
from sabaq.credentials.queries import claims_of
from sabaq.credentials.services import issue_earned_certificates, withdraw_certificate
from sabaq.kernel import clock
from sabaq.people.enums import Role
from sabaq.web.learner.certificates import check_url
from sabaq.web.requests import Request, found, staff_only


@staff_only
@require_safe
def certificates(request: Request, slug: str) -> HttpResponse:
    """List everybody enrolled with minutes a day, and what is issued."""
    edition = found(editions_for(request.actor, Role.ORGANISER), slug=slug)
    claims, days = claims_of(edition, at=clock.now()), course_days(edition)
    ready = [claim for claim in claims if claim.is_ready]
    return render(
        request,
        "office/certificates.html",
        {
            "edition": edition,
            "claims": [(claim, list(zip(days, claim.minutes, strict=True))) for claim in claims],
            "days": days,
            "ready": len(ready),
            "issued": sum(claim.certificate is not None for claim in claims),
        },
    )


@staff_only
@require_POST
def issue(request: Request, slug: str) -> HttpResponse:
    """Issue what is earned; say by name what could not be issued and why."""
    edition = found(editions_for(request.actor, Role.ORGANISER), slug=slug)
    issued, refused = issue_earned_certificates(edition, by=request.actor, at=clock.now())
    messages.success(
        request,
        ngettext("%(count)s certificate issued.", "%(count)s certificates issued.", len(issued))
        % {"count": len(issued)},
    )
    for refusal in refused[:20]:
        messages.error(
            request,
            _("%(name)s: not issued. %(reason)s")
            % {"name": refusal.enrolment.person, "reason": refusal.reason},
        )
    return redirect("office:certificates", slug)


@staff_only
@require_safe
def certificate_file(request: Request, slug: str, number: str) -> HttpResponse:
    """Give one certificate of the edition as a PDF."""
    edition = found(editions_for(request.actor, Role.ORGANISER), slug=slug)
    certificate = found(Certificate.objects.filter(enrolment__edition=edition), number=number)
    return HttpResponse(
        certificate_pdf(certificate, check_url=check_url(certificate)),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="certificate-{number}.pdf"'},
    )


@staff_only
@require_POST
def withdraw(request: Request, slug: str, number: str) -> HttpResponse:
    """Withdraw one certificate, with the reason in the audit trail."""
    edition = found(editions_for(request.actor, Role.ORGANISER), slug=slug)
    certificate = found(Certificate.objects.filter(enrolment__edition=edition), number=number)
    reason = request.POST.get("reason", "").replace("\0", "").strip()[:300]
    withdraw_certificate(certificate, by=request.actor, at=clock.now(), reason=reason)
    messages.success(
        request, _("The certificate is withdrawn. Whoever checks its number is told so.")
    )
    return redirect("office:certificates", slug)
