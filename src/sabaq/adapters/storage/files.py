"""Blobs as files, `ab/ab12…`, in a folder of their own."""

import os
import tempfile
from pathlib import Path

from sabaq.courses.errors import BlobDamaged, BlobMissing
from sabaq.kernel.ids import digest as digest_of


class FileBlobs:
    """A `BlobStore` in a folder. Several processes may use it at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, data: bytes) -> str:
        name = digest_of(data)
        target = self._path(name)
        if not self._holds(target, data):
            target.parent.mkdir(parents=True, exist_ok=True)
            self._write(target, data)
        return name

    def get(self, digest: str) -> bytes:
        try:
            data = self._path(digest).read_bytes()
        except FileNotFoundError as error:
            raise BlobMissing(digest=digest) from error
        if digest_of(data) != digest:
            raise BlobDamaged(digest=digest)
        return data

    def _path(self, name: str) -> Path:
        return self.folder / name[:2] / name

    def _holds(self, target: Path, data: bytes) -> bool:
        # Compared, not only looked for: importing again is how a damaged blob is mended.
        try:
            return target.read_bytes() == data
        except FileNotFoundError:
            return False

    def _write(self, target: Path, data: bytes) -> None:
        # Written aside, made durable, then moved: a reader meets the whole blob or none.
        handle, aside = tempfile.mkstemp(dir=target.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(aside).replace(target)
        except BaseException:
            Path(aside).unlink(missing_ok=True)
            raise
        for folder in (target.parent, self.folder):
            _make_durable(folder)


def _make_durable(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
