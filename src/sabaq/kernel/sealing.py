"""Keeping bytes so that whoever holds the database alone cannot read them.

What is sealed is as long as before plus 64 bytes, and differs each time. The key follows from the server's secret,
which is not in the database. Built of the standard library: SHAKE-256 of key and nonce is the key stream
(FIPS 202), HMAC-SHA-256 over nonce and text says that nobody has changed it, with keys of their own.
"""

import hashlib
import hmac
import secrets

from django.conf import settings
from django.utils.encoding import force_bytes
from django.utils.translation import gettext_lazy as _

from sabaq.kernel.errors import DomainError

NONCE, TAG = 32, 32


class SealBroken(DomainError):
    """Nothing is lost by it: what is sealed stays as it is, until the secret it was sealed with is back."""

    message = _("This was sealed with another secret of the server, or was changed since.")
    status = 500


def seal(plain: bytes, *, purpose: str) -> bytes:
    """Give `plain` so that only this server's `unseal` with the same `purpose` gives it back."""
    nonce = secrets.token_bytes(NONCE)
    hidden = _with_stream(plain, nonce, secret=settings.SECRET_KEY, purpose=purpose)
    return nonce + hidden + _tag(nonce + hidden, secret=settings.SECRET_KEY, purpose=purpose)


def unseal(sealed: bytes, *, purpose: str) -> bytes:
    """Give back what was sealed, or raise `SealBroken`. Earlier secrets (SECRET_KEY_FALLBACKS) are tried too."""
    body, tag = sealed[:-TAG], sealed[-TAG:]
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        if hmac.compare_digest(tag, _tag(body, secret=secret, purpose=purpose)):
            return _with_stream(body[NONCE:], body[:NONCE], secret=secret, purpose=purpose)
    raise SealBroken


def _key(use: str, *, secret: str | bytes, purpose: str) -> bytes:
    return hmac.digest(force_bytes(secret), f"sabaq.seal.{purpose}.{use}".encode(), "sha256")


def _with_stream(text: bytes, nonce: bytes, *, secret: str | bytes, purpose: str) -> bytes:
    key = _key("stream", secret=secret, purpose=purpose)
    stream = hashlib.shake_256(key + nonce).digest(len(text))
    return (int.from_bytes(text) ^ int.from_bytes(stream)).to_bytes(len(text))


def _tag(body: bytes, *, secret: str | bytes, purpose: str) -> bytes:
    return hmac.digest(_key("tag", secret=secret, purpose=purpose), body, "sha256")
