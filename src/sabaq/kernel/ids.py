"""Identifiers: bigint inside the database, UUIDv7 (RFC 9562) in URLs."""

import hashlib
import uuid

from uuid_utils.compat import uuid7 as _uuid7


def new_uuid() -> uuid.UUID:
    """Give a fresh, time-ordered UUIDv7."""
    return uuid.UUID(bytes=_uuid7().bytes)


def digest(data: bytes) -> str:
    """Give the SHA-256 of `data` as 64 hexadecimal characters."""
    return hashlib.sha256(data).hexdigest()
