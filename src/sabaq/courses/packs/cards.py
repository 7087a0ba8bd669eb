"""Legal cards: `cards/*.toml`, several to a file."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from sabaq.courses.editions.reading import Table
from sabaq.courses.packs.parts import Confidence, LegalCard
from sabaq.courses.packs.tables import TomlFile, Tongues

# ISO 3166 codes of the countries, and what binds or guides them all.
JURISDICTIONS = ("international", "KZ", "KG", "TJ", "TM", "UZ")


def read_cards(file: TomlFile, tongues: Tongues, seen: set[str]) -> list[LegalCard]:
    return [_card(file, table, tongues, seen) for table in file.table.tables("cards")]


def _card(file: TomlFile, table: Table, tongues: Tongues, seen: set[str]) -> LegalCard:
    key = table.slug("key")
    confidence = table.choice("confidence", [one.value for one in Confidence])
    card = LegalCard(
        key=key,
        jurisdiction=table.choice("jurisdiction", JURISDICTIONS),
        title=file.texts(table, "title", tongues),
        text=file.texts(table, "text", tongues),
        source=file.texts(table, "source", tongues),
        url=table.string("url", ""),
        verified_on=table.date("verified_on"),
        confidence=Confidence(confidence)
        if confidence in {one.value for one in Confidence}
        else Confidence.LOW,
    )
    if card.url and not card.url.startswith(("https://", "http://")):
        table.wrong("url", _("“%(url)s” is not a web address."), url=card.url)
    file.refuse_double(table, key, seen)
    table.end()
    return card


def check_card(file: TomlFile, table: Table, card: LegalCard, today: date) -> None:
    """Warn of a card that is out of date; note one that says of itself that it is unverified."""
    if card.is_old(today):
        file.warn(
            (*table.path, "verified_on"),
            _("This card was verified on %(date)s, twelve months ago or more. Verify it anew."),
            date=card.verified_on,
        )
    if card.must_be_verified:
        file.note(
            (*table.path, "confidence"),
            _("This card was not found in a source; readers are told to verify it before use."),
        )
