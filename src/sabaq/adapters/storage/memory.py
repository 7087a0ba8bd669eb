from sabaq.courses.errors import BlobMissing
from sabaq.kernel.ids import digest as digest_of


class MemoryBlobs:
    """A `BlobStore` that forgets everything with its process."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def put(self, data: bytes) -> str:
        name = digest_of(data)
        self.kept[name] = data
        return name

    def get(self, digest: str) -> bytes:
        try:
            return self.kept[digest]
        except KeyError as error:
            raise BlobMissing(digest=digest) from error
