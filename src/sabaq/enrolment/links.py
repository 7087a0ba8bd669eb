"""Personal links and typable codes, derived from a row's id and the server's secret.

Neither is stored: the link is the id with a truncated HMAC-SHA256 (128 bits), the code eight characters
of Crockford's base 32 (40 bits; no I, L, O, U), found again by a keyed digest.
"""

import base64
import binascii
import hmac
import uuid

from django.utils.crypto import salted_hmac

CODE_LENGTH = 8
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# What people type for look-alikes, Cyrillic letters on a national keyboard included.
_LOOKALIKES = str.maketrans("OILАВСЕНКМРТХОЗ", "011ABCEHKMPTX03")


def _mac(purpose: str, value: bytes) -> bytes:
    return salted_hmac(f"sabaq.access.{purpose}", value, algorithm="sha256").digest()


def link_token(link: uuid.UUID) -> str:
    """Give the token of a personal link: 43 URL-safe characters."""
    return (
        base64.urlsafe_b64encode(link.bytes + _mac("link", link.bytes)[:16]).rstrip(b"=").decode()
    )


def read_link_token(token: str) -> uuid.UUID | None:
    """Give the link's id, or None where the token is not one of ours."""
    try:
        data = base64.urlsafe_b64decode(token.encode("ascii") + b"=")
    except (ValueError, binascii.Error, UnicodeEncodeError):
        return None
    if len(data) != 32 or not hmac.compare_digest(data[16:], _mac("link", data[:16])[:16]):
        return None
    return uuid.UUID(bytes=data[:16])


def link_code(link: uuid.UUID) -> str:
    """Give the eight-character code of a link, without its dash."""
    number = int.from_bytes(_mac("code", link.bytes)[:5], "big")
    return "".join(_ALPHABET[(number >> shift) & 31] for shift in range(35, -1, -5))


def show_code(code: str) -> str:
    """Give the code as people read it: ABCD-1234."""
    return f"{code[:4]}-{code[4:]}"


def tidy_code(typed: str) -> str:
    """Give what was typed as a code: capitals, no dashes or spaces, look-alikes mended."""
    letters = "".join(char for char in typed.upper() if char.isalnum())
    return letters.translate(_LOOKALIKES)


def code_digest(code: str) -> str:
    """Give the keyed digest under which a code is found."""
    return _mac("code-digest", code.encode()).hex()
