"""What the certificates of an edition say and show: texts, signatories, logos, wordings; and how it looks."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sabaq.courses.models import Edition
from sabaq.courses.ports import BlobStore
from sabaq.courses.queries import editions_for
from sabaq.credentials.enums import CertificateKind
from sabaq.credentials.models import MOST_LOGOS, MOST_SIGNATORIES, DesignLogo, DesignSignatory
from sabaq.credentials.printing import sample_pdf
from sabaq.credentials.queries.designs import (
    SECOND,
    Imprint,
    imprint_of,
    languages_wanted,
)
from sabaq.credentials.rules.phrases import NATIONAL_LANGUAGE
from sabaq.credentials.services import (
    DesignDraft,
    add_logo,
    remove_logo,
    save_design,
    save_wording,
)
from sabaq.kernel import clock, ports
from sabaq.kernel.errors import DomainError
from sabaq.people.enums import Language, Role
from sabaq.web.learner.certificates import check_address
from sabaq.web.office.certificate_forms import (
    DesignForm,
    LogoForm,
    SignatoryForm,
    WordingForm,
    labels_of_lacking,
)
from sabaq.web.public.pictures import INERT, TYPES
from sabaq.web.requests import Request, found, staff_only


def _edition(request: Request, slug: str) -> Edition:
    return found(editions_for(request.actor, Role.ORGANISER), slug=slug)


@staff_only
def design(request: Request, slug: str) -> HttpResponse:
    """Set up the texts and signatories; logos and wordings have forms of their own on the same page."""
    edition = _edition(request, slug)
    imprint = imprint_of(edition)
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = DesignForm(*data[:1], imprint=imprint, prefix="design")
    signatories = _signatory_forms(imprint, *data)
    if request.method == "POST" and all(one.is_valid() for one in (form, *signatories)):
        try:
            save_design(edition, _draft(form, signatories), by=request.actor, at=clock.now())
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved. Look at a sample before you issue."))
            return redirect("office:certificate_design", slug)
    return render(
        request, "office/certificate_design.html", _page(edition, imprint, form, signatories)
    )


def _signatory_forms(imprint: Imprint, *data: Any) -> list[SignatoryForm]:
    known: list[DesignSignatory | None] = list(imprint.signatories)
    known += [None] * (MOST_SIGNATORIES - len(known))
    return [
        SignatoryForm(*data, signatory=one, is_first=place == 0, prefix=f"signatory-{place + 1}")
        for place, one in enumerate(known[:MOST_SIGNATORIES])
    ]


def _draft(form: DesignForm, signatories: list[SignatoryForm]) -> DesignDraft:
    given = form.cleaned_data
    return DesignDraft(
        second_language=given["second_language"],
        place=form.given("place"),
        acknowledgement=form.given("acknowledgement"),
        signatories=[one.draft for one in signatories if one.draft is not None],
        completion_test=given.get("completion_test", ""),
        pass_mark=given.get("pass_mark"),
    )


def _page(
    edition: Edition,
    imprint: Imprint,
    form: DesignForm,
    signatories: list[SignatoryForm],
    logo_form: LogoForm | None = None,
) -> dict[str, Any]:
    wanted = [
        (
            language,
            Language(language).label,
            imprint.wordings.get(language),
            labels_of_lacking(imprint, language),
        )
        for language in languages_wanted(edition)
    ]
    is_full = len(imprint.logos) >= MOST_LOGOS
    return {
        "edition": edition,
        "form": form,
        "signatories": signatories,
        "logos": imprint.logos,
        "logo_form": None if is_full else logo_form or LogoForm(prefix="logo"),
        "wordings": wanted,
        "is_national": imprint.design.second_language == "national",
        "gives_completion": bool(imprint.design.completion_test),
    }


@staff_only
@require_POST
def logo(request: Request, slug: str) -> HttpResponse:
    """Put a logo on the certificates; say on the same page what is wrong with the file."""
    edition = _edition(request, slug)
    form = LogoForm(request.POST, request.FILES, prefix="logo")
    if form.is_valid():
        try:
            add_logo(
                edition,
                form.cleaned_data["picture"],
                form.given("name"),
                by=request.actor,
                at=clock.now(),
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The logo is on the certificates from now on."))
            return redirect("office:certificate_design", slug)
    imprint = imprint_of(edition)
    page = _page(
        edition,
        imprint,
        DesignForm(imprint=imprint, prefix="design"),
        _signatory_forms(imprint),
        form,
    )
    return render(request, "office/certificate_design.html", page)


@staff_only
@require_POST
def logo_remove(request: Request, slug: str, uuid: UUID) -> HttpResponse:
    """Take a logo off; certificates that were issued keep it."""
    edition = _edition(request, slug)
    remove_logo(
        found(DesignLogo.objects.filter(design__edition=edition), uuid=uuid),
        by=request.actor,
        at=clock.now(),
    )
    messages.success(request, _("The logo is taken off. Certificates issued before keep it."))
    return redirect("office:certificate_design", slug)


@staff_only
@require_safe
def logo_picture(request: Request, slug: str, uuid: UUID) -> HttpResponse:
    """Show a logo to whoever sets the certificates up."""
    logo = found(DesignLogo.objects.filter(design__edition=_edition(request, slug)), uuid=uuid)
    response = HttpResponse(ports.get(BlobStore).get(logo.digest), content_type=TYPES[logo.kind])
    response.headers["Content-Security-Policy"] = INERT
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@staff_only
def wording(request: Request, slug: str, language: str) -> HttpResponse:
    """Set up what the certificates say in a national language."""
    edition = _edition(request, slug)
    if language not in {one.value for one in NATIONAL_LANGUAGE.values()}:
        raise Http404
    imprint = imprint_of(edition)
    form = WordingForm(request.POST or None, imprint=imprint, language=language)
    if request.method == "POST" and form.is_valid():
        checked_by = form.cleaned_data["checked_by"]
        try:
            save_wording(
                edition,
                language,
                form.texts,
                checked_by=checked_by,
                by=request.actor,
                at=clock.now(),
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The wording is saved."))
            return redirect("office:certificate_design", slug)
    page = {
        "edition": edition,
        "form": form,
        "language": language,
        "language_name": Language(language).label,
        "wording": imprint.wordings.get(language),
        "lacking": labels_of_lacking(imprint, language),
    }
    return render(request, "office/certificate_wording.html", page)


@staff_only
@require_safe
def sample(request: Request, slug: str, language: str, kind: str) -> HttpResponse:
    """Give the certificate of an invented officer as a PDF."""
    edition = _edition(request, slug)
    known = {SECOND, *(one.value for one in NATIONAL_LANGUAGE.values())}
    if language not in known or kind not in CertificateKind.values:
        raise Http404
    pdf = sample_pdf(
        edition, kind=kind, language=language, at=clock.now(), check_url=check_address()
    )
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="sample-{language}-{kind}.pdf"'},
    )
