"""Setting up what the certificates of an edition say and show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from sabaq.courses.models import Edition
from sabaq.courses.ports import BlobStore
from sabaq.credentials.enums import PictureKind
from sabaq.credentials.errors import NoRoomForLogo, PictureDamaged, TextCannotBePrinted
from sabaq.credentials.models import (
    MOST_LOGOS,
    MOST_SIGNATORIES,
    CertificateDesign,
    DesignLogo,
    DesignSignatory,
    DesignWording,
)
from sabaq.credentials.ports import CertificatePrinter, PrintedPicture
from sabaq.credentials.rules.pictures import CheckedPicture, checked_picture
from sabaq.credentials.rules.signs import shown_signs
from sabaq.kernel import ports
from sabaq.kernel.audit import Signatory, record
from sabaq.kernel.i18n import values_of


def accept_picture(data: bytes) -> CheckedPicture:
    """Give a picture that was sent as it may be kept, or raise a `PictureRefused` that says what is wrong."""
    picture = checked_picture(data)
    if not ports.get(CertificatePrinter).can_draw(
        PrintedPicture(picture.data, picture.kind.value, "")
    ):
        raise PictureDamaged
    return picture


@dataclass(frozen=True)
class SignatoryDraft:
    """Name and title by language; `signature` is a new picture, `keeps_signature` lets the old one stand."""

    name: Mapping[str, str]
    function: Mapping[str, str]
    signature: CheckedPicture | None = None
    keeps_signature: bool = True


@dataclass(frozen=True)
class DesignDraft:
    second_language: str
    place: Mapping[str, str]
    acknowledgement: Mapping[str, str]
    signatories: Sequence[SignatoryDraft]
    completion_test: str = ""
    pass_mark: int | None = None


@transaction.atomic
def save_design(
    edition: Edition, draft: DesignDraft, *, by: Signatory, at: datetime
) -> CertificateDesign:
    """Save all texts and signatories; raise `TextCannotBePrinted` where the font lacks a sign of any.

    Where what the national wordings translate has changed, they have to be checked again.
    """
    refuse_unprintable(_texts_of(draft))
    design = _locked_design(edition)
    before = _said(design)
    design.second_language = draft.second_language
    design.completion_test, design.pass_mark = draft.completion_test, draft.pass_mark
    design.place, design.acknowledgement = dict(draft.place), dict(draft.acknowledgement)
    design.full_clean(exclude=["edition"], validate_unique=False)
    design.save(
        update_fields=[
            "second_language", "completion_test", "pass_mark", "place", "acknowledgement",
        ]
    )  # fmt: skip
    _save_signatories(design, draft.signatories[:MOST_SIGNATORIES])
    if _said(design) != before:
        design.wordings.update(checked_by="", checked_at=None)
    record(design, "designed", by=by, at=at)
    return design


@transaction.atomic
def add_logo(
    edition: Edition,
    picture: CheckedPicture,
    name: Mapping[str, str],
    *,
    by: Signatory,
    at: datetime,
) -> DesignLogo:
    """Put a logo in the first free place; raise `NoRoomForLogo` when all are taken."""
    design = _locked_design(edition)
    taken = set(design.logos.values_list("position", flat=True))
    free = [place for place in range(1, MOST_LOGOS + 1) if place not in taken]
    if not free:
        raise NoRoomForLogo(most=MOST_LOGOS)
    logo = DesignLogo.objects.create(
        design=design,
        position=free[0],
        name=dict(name),
        digest=ports.get(BlobStore).put(picture.data),
        kind=picture.kind,
    )
    record(logo, "added", by=by, at=at)
    return logo


@transaction.atomic
def remove_logo(logo: DesignLogo, *, by: Signatory, at: datetime) -> None:
    """Take a logo off what is issued from now on. Removing twice changes nothing."""
    removed = DesignLogo.objects.select_for_update().filter(pk=logo.pk).first()
    if removed is None:
        return
    record(removed, "removed", by=by, at=at)
    removed.delete()


@transaction.atomic
def save_wording(
    edition: Edition,
    language: str,
    texts: Mapping[str, Any],
    *,
    checked_by: str,
    by: Signatory,
    at: datetime,
) -> DesignWording:
    """Save the texts in a national language; they are printed once somebody is named who checked them."""
    refuse_unprintable(_flat(texts))
    design = _locked_design(edition)
    wording, _ = DesignWording.objects.select_for_update().get_or_create(
        design=design, language=language
    )
    wording.texts = dict(texts)
    wording.checked_by, wording.checked_at = checked_by, at if checked_by else None
    wording.save(update_fields=["texts", "checked_by", "checked_at"])
    record(wording, "checked" if checked_by else "saved", by=by, at=at, changed=["texts"])
    return wording


def refuse_unprintable(text: str) -> None:
    """Raise `TextCannotBePrinted` naming the signs that the font lacks."""
    signs = ports.get(CertificatePrinter).missing_glyphs(text)
    if signs:
        raise TextCannotBePrinted(signs=shown_signs(signs))


def _locked_design(edition: Edition) -> CertificateDesign:
    # The edition is locked, not the design: of two first savings the second finds what the first made.
    Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    design, _ = CertificateDesign.objects.get_or_create(edition=edition)
    return design


def _save_signatories(design: CertificateDesign, drafts: Sequence[SignatoryDraft]) -> None:
    kept = {one.position: one for one in design.signatories.all()}
    design.signatories.filter(position__gt=len(drafts)).delete()
    for position, draft in enumerate(drafts, start=1):
        one = kept.get(position) or DesignSignatory(design=design, position=position)
        one.name, one.function = dict(draft.name), dict(draft.function)
        if draft.signature is not None:
            one.signature = ports.get(BlobStore).put(draft.signature.data)
            one.signature_kind = draft.signature.kind
        elif not draft.keeps_signature:
            one.signature, one.signature_kind = "", ""
        one.signature_kind = PictureKind(one.signature_kind) if one.signature else ""
        one.save()


def _said(design: CertificateDesign) -> list[object]:
    """Give what a wording translates."""
    return [
        values_of(design.place),
        values_of(design.acknowledgement),
        *((values_of(one.name), values_of(one.function)) for one in design.signatories.all()),
    ]


def _texts_of(draft: DesignDraft) -> str:
    values = [draft.place, draft.acknowledgement]
    values += [value for one in draft.signatories for value in (one.name, one.function)]
    return "".join(text for value in values for text in value.values())


def _flat(texts: Any) -> str:
    if isinstance(texts, Mapping):
        return "".join(map(_flat, texts.values()))
    if isinstance(texts, (list, tuple)):
        return "".join(map(_flat, texts))
    return str(texts)
