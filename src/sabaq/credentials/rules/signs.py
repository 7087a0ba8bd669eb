"""How signs that cannot be printed are named to whoever has to correct them."""

from collections.abc import Iterable


def shown_signs(signs: Iterable[str]) -> str:
    """Give each sign with its code point: an invisible one can be found only by that."""
    return ", ".join(
        f"{sign} (U+{ord(sign):04X})" if sign.isprintable() else f"U+{ord(sign):04X}"
        for sign in sorted(signs)
    )
