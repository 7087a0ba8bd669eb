"""How the number of a certificate is written."""

import secrets

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U


def new_number(year: int) -> str:
    """Give a fresh certificate number such as 2027-7K3M-9QTX: 40 random bits, so none can be guessed."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    return f"{year}-{letters[:4]}-{letters[4:]}"


def tidy_number(typed: str) -> str:
    """Give a typed number in the form it was issued in: capitals, dashes in place, look-alikes mended."""
    signs = "".join(c for c in typed.upper() if c.isascii() and c.isalnum())
    mended = signs.translate(str.maketrans("OIL", "011"))
    return f"{mended[:4]}-{mended[4:8]}-{mended[8:]}"
