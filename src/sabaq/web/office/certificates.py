"""Certificates of an edition: who has earned one, issuing, correcting, withdrawing, printing."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sabaq.courses.models import Edition
from sabaq.courses.queries import course_days, editions_for
from sabaq.credentials.enums import CertificateKind, CertificateState
from sabaq.credentials.errors import DesignCannotBePrinted, ReasonMissing
from sabaq.credentials.models import Certificate
from sabaq.credentials.printing import (
    certificate_pdf,
    certificates_pdf,
    certificates_zip,
    preview_pdf,
)
from sabaq.credentials.queries import certificates_to_print, claims_of
from sabaq.credentials.queries.designs import imprint_of
from sabaq.credentials.services import (
    issue_earned_certificates,
    reissue_certificate,
    withdraw_certificate,
)
from sabaq.kernel import clock
from sabaq.kernel.errors import DomainError
from sabaq.kernel.i18n import text_in
from sabaq.people.enums import Role
from sabaq.people.models import Agency
from sabaq.web.learner.certificates import check_address, check_url
from sabaq.web.office.certificate_forms import ReissueForm
from sabaq.web.requests import Request, found, staff_only


def _edition(request: Request, slug: str) -> Edition:
    return found(editions_for(request.actor, Role.ORGANISER), slug=slug)


def _certificate(request: Request, slug: str, number: str) -> Certificate:
    edition = _edition(request, slug)
    certificates = Certificate.objects.select_related("enrolment__person", "enrolment__edition")
    return found(certificates.filter(enrolment__edition=edition), number=number)


@staff_only
@require_safe
def certificates(request: Request, slug: str) -> HttpResponse:
    """List everybody enrolled with minutes a day, and what is issued."""
    edition = _edition(request, slug)
    claims, days = claims_of(edition, at=clock.now()), course_days(edition)
    agencies: dict[Agency | None, int] = {}
    for claim in claims:
        if claim.certificate:
            agency = claim.enrolment.person.agency
            agencies[agency] = agencies.get(agency, 0) + 1
    ready = [claim.enrolment.person for claim in claims if claim.is_ready]
    awaited = imprint_of(edition).languages_awaited(ready) if ready else []
    by_country = sorted(
        ((agency, count) for agency, count in agencies.items() if agency is not None),
        key=lambda one: (one[0].country, one[0].key),
    )
    return render(
        request,
        "office/certificates.html",
        {
            "edition": edition,
            "claims": [(claim, list(zip(days, claim.minutes, strict=True))) for claim in claims],
            "days": days,
            "ready": len(ready),
            "awaited": [(one.value, one.label) for one in awaited],
            "held_up": [claim for claim in claims if claim.is_owed and claim.obstacle],
            "issued": sum(claim.certificate is not None for claim in claims),
            "agencies": by_country,
        },
    )


@staff_only
@require_safe
def preview(request: Request, slug: str) -> HttpResponse:
    """Give one PDF of all that would be issued now, each page marked."""
    edition, at = _edition(request, slug), clock.now()
    ready = [claim for claim in claims_of(edition, at=at) if claim.is_ready]
    if not ready:
        messages.info(request, _("Nothing is ready to be issued."))
        return redirect("office:certificates", slug)
    pdf = preview_pdf(edition, ready, at=at, check_url=check_address())
    return _file(pdf, "preview.pdf", "inline")


@staff_only
@require_POST
def issue(request: Request, slug: str) -> HttpResponse:
    """Issue what is earned; say by name what could not be issued and why."""
    edition = _edition(request, slug)
    try:
        issued, refused = issue_earned_certificates(edition, by=request.actor, at=clock.now())
    except DesignCannotBePrinted as reason:
        messages.error(request, str(reason))
        return redirect("office:certificates", slug)
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
    certificate = _certificate(request, slug, number)
    pdf = certificate_pdf(certificate, check_url=check_url(certificate))
    return _file(pdf, f"certificate-{number}.pdf", "inline")


@staff_only
@require_safe
def agency_file(request: Request, slug: str, key: str, kind: str) -> HttpResponse:
    """Give all certificates of an agency for printing: one PDF, or a ZIP with a PDF of each."""
    edition = _edition(request, slug)
    wanted = list(certificates_to_print(edition).filter(enrolment__person__agency__key=key))
    if not wanted:
        raise Http404
    name = f"certificates-{edition.slug}-{key}.{kind}"
    if kind == "zip":
        return _file(certificates_zip(wanted, check_url=check_address()), name, "attachment")
    agency = wanted[0].enrolment.person.agency
    title = text_in(agency.name, get_language() or "en").text if agency else ""
    pdf = certificates_pdf(
        wanted,
        check_url=check_address(),
        title=_("Certificates: %(agency)s") % {"agency": title},
    )
    return _file(pdf, name, "attachment")


def _file(data: bytes, name: str, disposition: str) -> HttpResponse:
    kind = "application/zip" if name.endswith(".zip") else "application/pdf"
    headers = {"Content-Disposition": f'{disposition}; filename="{name}"'}
    return HttpResponse(data, content_type=kind, headers=headers)


@staff_only
@require_POST
def withdraw(request: Request, slug: str, number: str) -> HttpResponse:
    """Withdraw one certificate, with the reason in the audit trail."""
    certificate = _certificate(request, slug, number)
    reason = request.POST.get("reason", "").replace("\0", "").strip()[:300]
    try:
        withdraw_certificate(certificate, by=request.actor, at=clock.now(), reason=reason)
    except ReasonMissing as missing:
        messages.error(request, str(missing))
    else:
        messages.success(
            request, _("The certificate is withdrawn. Whoever checks its number is told so.")
        )
    return redirect("office:certificates", slug)


@staff_only
def reissue(request: Request, slug: str, number: str) -> HttpResponse:
    """Correct the names and issue the certificate again; or issue again what was withdrawn."""
    certificate = _certificate(request, slug, number)
    if certificate.state == CertificateState.REPLACED:
        messages.info(request, _("This certificate was replaced already."))
        return redirect("office:certificates", slug)
    # The form writes into its own copy of the person: the service reads the row again.
    form = ReissueForm(request.POST or None, instance=certificate.enrolment.person)
    at = clock.now()
    earns_more = _earns_more(certificate)
    if request.method == "POST" and form.is_valid():
        try:
            new = reissue_certificate(
                certificate,
                form.names,
                kind=CertificateKind.COMPLETION if earns_more else None,
                by=request.actor,
                at=at,
                reason=form.cleaned_data["reason"],
            )
        except (DomainError, ValidationError) as error:
            form.add_error(None, error if isinstance(error, ValidationError) else str(error))
        else:
            messages.success(
                request,
                _("The certificate is issued again under the number %(number)s.")
                % {"number": new.number},
            )
            return redirect("office:certificates", slug)
    page = {
        "edition": certificate.enrolment.edition,
        "certificate": certificate,
        "form": form,
        "earns_more": earns_more,
    }
    return render(request, "office/certificate_reissue.html", page)


def _earns_more(certificate: Certificate) -> bool:
    claims = claims_of(certificate.enrolment.edition, at=clock.now())
    return any(
        claim.has_earned_more for claim in claims if claim.enrolment.pk == certificate.enrolment_id
    )
