"""What a commitment must say, and until when it may be put better. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from sabaq.feedback.errors import DayIsPast, DeedMissing, TextTooLong
from sabaq.feedback.rules.texts import one_kind_of_line_end
from sabaq.kernel.errors import DomainError

DEED_LIMIT, SUPPORT_LIMIT = 500, 200
# After the last day of the course a commitment may still be put better, but not for ever.
COMMITMENT_STAYS_OPEN = timedelta(days=14)


@dataclass(frozen=True)
class Promised:
    """What a participant wrote on her commitment; `by_when` and `support` may be left out."""

    deed: str
    by_when: date | None = None
    support: str = ""

    @classmethod
    def tidied(cls, deed: str, by_when: date | None, support: str) -> "Promised":
        return cls(one_kind_of_line_end(deed), by_when, one_kind_of_line_end(support))


def problems_with_promise(
    promised: Promised, *, before: date | None, today: date
) -> dict[str, DomainError]:
    """Give what keeps it from being taken, by field; a day that was written `before` may pass meanwhile."""
    found: dict[str, DomainError] = {}
    if not promised.deed:
        found["deed"] = DeedMissing()
    for name, text, limit in (
        ("deed", promised.deed, DEED_LIMIT),
        ("support", promised.support, SUPPORT_LIMIT),
    ):
        if len(text) > limit:
            found[name] = TextTooLong(length=len(text), limit=limit)
    if promised.by_when and promised.by_when != before and promised.by_when < today:
        found["by_when"] = DayIsPast()
    return found
