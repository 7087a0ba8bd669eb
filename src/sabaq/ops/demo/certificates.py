"""How the demo's certificates look: emblems and signatures drawn for it, of nobody that exists."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from sabaq.courses.enums import ContributorKind
from sabaq.courses.models import Edition
from sabaq.credentials.models import MOST_SIGNATORIES
from sabaq.credentials.queries.designs import FIRST, SECOND, imprint_of
from sabaq.credentials.services import (
    DesignDraft,
    SignatoryDraft,
    accept_picture,
    add_logo,
    save_design,
)
from sabaq.kernel.i18n import values_of
from sabaq.people.actors import Actor

_FOLDER = Path(__file__).parent / "emblems"
_LOGOS = {
    "logo-1-office.svg": {
        "en": "Regional Office for Central Asia",
        "ru": "Региональное представительство в Центральной Азии",
    },
    "logo-2-donor.svg": {
        "en": "Government of a donor country",
        "ru": "Правительство страны-донора",
    },
    "logo-3-teams.svg": {
        "en": "Interagency Mobile Teams",
        "ru": "Межведомственные мобильные группы",
    },
    "logo-4-borders.svg": {"en": "Border Liaison Offices", "ru": "Пограничные бюро по связям"},
}
_ACKNOWLEDGEMENT = {
    "en": "Held within two projects of one regional programme; made possible by the donor government.",
    "ru": "Курс проведён в рамках двух проектов одной региональной программы при поддержке"
    " правительства-донора.",
}


@transaction.atomic
def design_certificates(edition: Edition, *, by: Actor, at: datetime) -> None:
    """Put four emblems and two signatures on the edition's certificates."""
    imprint = imprint_of(edition)
    if imprint.logos:
        return
    speakers = edition.contributors.filter(kind=ContributorKind.SPEAKER)[:MOST_SIGNATORIES]
    save_design(
        edition,
        DesignDraft(
            second_language=imprint.design.second_language,
            place={code: imprint.texts_in(code)["place"] for code in (FIRST, SECOND)},
            acknowledgement=_ACKNOWLEDGEMENT,
            signatories=[
                SignatoryDraft(
                    values_of(speaker.name),
                    values_of(speaker.function),
                    signature=accept_picture(_drawn(f"signature-{place}.svg")),
                )
                for place, speaker in enumerate(speakers, start=1)
            ],
        ),
        by=by,
        at=at,
    )
    for file, name in _LOGOS.items():
        add_logo(edition, accept_picture(_drawn(file)), name, by=by, at=at)


def _drawn(file: str) -> bytes:
    return (_FOLDER / file).read_bytes()
