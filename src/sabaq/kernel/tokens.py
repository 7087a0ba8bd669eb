"""Short signed statements with an expiry that follows our clock, not the machine's."""

from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.utils.translation import gettext_lazy as _

from sabaq.kernel.errors import DomainError


class TokenInvalid(DomainError):
    message = _("This link is not valid. Ask the organiser for a new one.")
    status = 404


class TokenExpired(DomainError):
    message = _("This link has expired. Ask the organiser for a new one.")
    status = 410


def sign(payload: dict[str, Any], *, purpose: str, at: datetime, valid_for: timedelta) -> str:
    """Give a URL-safe signed token of `payload` that `read` accepts until `at + valid_for`."""
    body = {**payload, "exp": int((at + valid_for).timestamp())}
    return signing.Signer(salt=f"sabaq.{purpose}").sign_object(body, compress=False)


def read(token: str, *, purpose: str, at: datetime) -> dict[str, Any]:
    """Give the payload, or raise `TokenInvalid` or `TokenExpired`."""
    try:
        body: dict[str, Any] = signing.Signer(salt=f"sabaq.{purpose}").unsign_object(token)
        expires = int(body.pop("exp"))
    except (signing.BadSignature, ValueError, KeyError, TypeError, AttributeError) as error:
        raise TokenInvalid from error
    if at.timestamp() >= expires:
        raise TokenExpired
    return body
