"""What the courses app asks of the world: a place for bytes that are named by their digest."""

from typing import Protocol


class BlobStore(Protocol):
    """Keeps bytes under their SHA-256; what is kept never changes, and keeping it again is free."""

    def put(self, data: bytes) -> str:
        """Keep `data` durably and give its digest."""

    def get(self, digest: str) -> bytes:
        """Give the bytes kept under `digest`, or raise `BlobMissing` or `BlobDamaged`."""
