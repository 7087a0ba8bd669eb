"""What the certificates of an edition will say and show."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sabaq.courses.enums import ContributorKind
from sabaq.courses.models import Edition
from sabaq.credentials.enums import SecondLanguage
from sabaq.credentials.models import (
    CertificateDesign,
    DesignLogo,
    DesignSignatory,
    DesignWording,
)
from sabaq.credentials.ports import CertificateText, Signatory
from sabaq.credentials.rules.dates import printed_day, printed_days, printed_hours
from sabaq.credentials.rules.phrases import NATIONAL_LANGUAGE, Phrases, phrases_of
from sabaq.credentials.rules.printed import KeptPicture, Printed
from sabaq.kernel.i18n import text_in
from sabaq.people.enums import Country, Language
from sabaq.people.models import Person

FIRST, SECOND = "en", "ru"
# The texts of a wording beside its phrases.
OWN_TEXTS = ("course_title", "place", "office", "acknowledgement")


def design_of(edition: Edition) -> CertificateDesign:
    """Give the edition's design, or one not saved that leaves all to the edition."""
    found = CertificateDesign.objects.filter(edition=edition).first()
    return found or CertificateDesign(edition=edition)


@dataclass(frozen=True)
class Imprint:
    """A design with all that belongs to it, read once for any number of certificates."""

    edition: Edition
    design: CertificateDesign
    signatories: Sequence[DesignSignatory]
    logos: Sequence[DesignLogo]
    wordings: Mapping[str, DesignWording]
    donors: Mapping[str, str] = field(default_factory=dict)

    def language_of(self, person: Person) -> str:
        """Give the language beside English for this holder: Russian, unless hers is wanted and checked."""
        wanted = national_language_of(person)
        if self.design.second_language == SecondLanguage.NATIONAL and self.is_checked(wanted):
            return wanted
        return SECOND

    def languages_awaited(self, people: Iterable[Person]) -> list[Language]:
        """Give the national languages of these holders that would be printed, were their wording checked."""
        if self.design.second_language != SecondLanguage.NATIONAL:
            return []
        wanted = {national_language_of(person) for person in people}
        return [one for one in Language if one.value in wanted and not self.is_checked(one.value)]

    def is_checked(self, language: str) -> bool:
        """Tell whether this language's wording may be printed."""
        if language in (FIRST, SECOND):
            return True
        wording = self.wordings.get(language)
        return wording is not None and bool(wording.checked_by)

    def printed(self, kind: str, language: str, *, at: datetime) -> Printed:
        """Give what is printed beside the names on a certificate issued at this moment."""
        return Printed(
            texts=tuple(self._text(kind, one, at) for one in (FIRST, language)),
            logos=tuple(
                KeptPicture(logo.digest, logo.kind, text_in(logo.name, FIRST).text)
                for logo in self.logos
            ),
            signatures=tuple(
                KeptPicture(one.signature, one.signature_kind, text_in(one.name, FIRST).text)
                if one.signature
                else None
                for one in self.signatories
            ),
        )

    def texts_in(self, language: str) -> dict[str, Any]:
        """Give phrases, own texts and signatories in a language: what is printed, or what to begin with."""
        begun = self._beginning(language)
        if language in (FIRST, SECOND) or language not in self.wordings:
            return begun
        kept = self.wordings[language].texts
        signatories = [
            *kept.get("signatories", [])[: len(self.signatories)],
            *begun["signatories"][len(kept.get("signatories", [])) :],
        ]
        return {
            **{key: kept.get(key, begun[key]) for key in OWN_TEXTS},
            "phrases": {**begun["phrases"], **kept.get("phrases", {})},
            "signatories": signatories,
        }

    def _beginning(self, language: str) -> dict[str, Any]:
        def said(value: Any) -> str:
            found = text_in(value, language)
            # A national wording is not half in Russian: what it lacks is left for its translator.
            is_foreign = found.is_fallback and language not in (FIRST, SECOND)
            return "" if is_foreign else found.text

        phrases = phrases_of(language)
        return {
            "course_title": said(self.edition.title),
            "place": said(self.design.place) or phrases.online,
            "office": said(self.edition.contact_office),
            "acknowledgement": said(self.design.acknowledgement) or self.donors.get(language, ""),
            "phrases": asdict(phrases),
            "signatories": [
                {"name": said(one.name), "function": said(one.function)} for one in self.signatories
            ],
        }

    def lacking(self, language: str) -> list[str]:
        """Give what is not written yet in a national language: keys of `OWN_TEXTS`, then "signatories"."""
        texts, wanted = self.texts_in(language), self.texts_in(SECOND)
        lacks = [key for key in OWN_TEXTS if wanted[key] and not texts[key]]
        names = zip(texts["signatories"], wanted["signatories"], strict=True)
        is_unnamed = any(there[key] and not here[key] for here, there in names for key in there)
        return [*lacks, "signatories"] if is_unnamed else lacks

    def _drafted(self, language: str) -> dict[str, Any]:
        """Give the texts of a wording that nobody has checked, in Russian where it is not written yet."""
        texts, russian = self.texts_in(language), self.texts_in(SECOND)
        signatories = zip(texts["signatories"], russian["signatories"], strict=True)
        return {
            **{key: texts[key] or russian[key] for key in OWN_TEXTS},
            "phrases": texts["phrases"],
            "signatories": [
                {key: here[key] or there[key] for key in there} for here, there in signatories
            ],
        }

    def _text(self, kind: str, language: str, at: datetime) -> CertificateText:
        is_checked, edition = self.is_checked(language), self.edition
        texts = self.texts_in(language) if is_checked else self._drafted(language)
        phrases = Phrases(**texts["phrases"])
        return CertificateText(
            language=language,
            title=phrases.title(kind),
            issued_to=phrases.issued_to,
            confirms=phrases.confirms(kind),
            course_title=texts["course_title"],
            facts=(
                printed_days(edition.starts_on, edition.ends_on, language),
                texts["place"],
                printed_hours(edition.hours, language),
            ),
            office=texts["office"],
            signatories=tuple(Signatory(**one) for one in texts["signatories"]),
            number_label=phrases.number,
            issued_label=phrases.issued,
            issued=printed_day(edition.day_of(at), language),
            check_label=phrases.check,
            acknowledgement=texts["acknowledgement"],
        )


def imprint_of(edition: Edition) -> Imprint:
    """Give all that the certificates of an edition say and show."""
    design = design_of(edition)
    is_saved = design.pk is not None
    signatories = list(design.signatories.all()) if is_saved else []
    return Imprint(
        edition=edition,
        design=design,
        signatories=signatories or [_signatory_by_default(edition, design)],
        logos=list(design.logos.all()) if is_saved else [],
        wordings={one.language: one for one in design.wordings.all()} if is_saved else {},
        donors=_donors(edition),
    )


def national_language_of(person: Person) -> str:
    """Give the national language of the holder's country, or Russian where no country is known."""
    country = person.country or (person.agency.country if person.agency else "")
    return NATIONAL_LANGUAGE[Country(country)].value if country in Country.values else SECOND


def languages_wanted(edition: Edition) -> list[str]:
    """Give the national languages of the countries that have somebody in the edition, alphabetically."""
    countries = set(
        edition.enrolments.exclude(person__country="").values_list("person__country", flat=True)
    )
    wanted = {NATIONAL_LANGUAGE[Country(one)] for one in countries if one in Country.values}
    return [language.value for language in Language if language in wanted]


def _signatory_by_default(edition: Edition, design: CertificateDesign) -> DesignSignatory:
    """Until the organiser names somebody: who opens the course, else its contact."""
    speaker = edition.contributors.filter(kind=ContributorKind.SPEAKER).first()
    if speaker is not None:
        return DesignSignatory(
            design=design, position=1, name=speaker.name, function=speaker.function
        )
    return DesignSignatory(
        design=design, position=1, name=edition.contact_name, function=edition.contact_function
    )


def _donors(edition: Edition) -> dict[str, str]:
    """Give the donors' names by language; in a national one nothing where one has no name in it."""
    donors = [project.donor.name for project in edition.projects.select_related("donor")]
    said = {}
    for language in Language.values:
        names = [text_in(name, language) for name in donors]
        is_foreign = language not in (FIRST, SECOND) and any(name.is_fallback for name in names)
        unique = dict.fromkeys(name.text for name in names)
        said[language] = "" if is_foreign else ", ".join(unique)
    return said
