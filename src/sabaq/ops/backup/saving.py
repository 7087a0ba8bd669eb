"""Making a backup, while the server runs."""

import io
import json
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from sabaq.ops.backup.archives import FOLDERS, MANIFEST, SECRET, Manifest, digest_of_file
from sabaq.ops.backup.databases import keeper
from sabaq.ops.backup.errors import FileIsThere, FolderIsMissing

PREFIX, SUFFIX = "sabaq-", ".tar.gz"


def back_up_into(
    folder: Path, *, keep: int | None, at: datetime, say: Callable[[str], None]
) -> Path:
    """Write a backup named by its moment into a folder, and keep only the newest `keep` of those."""
    if not folder.is_dir():
        raise FolderIsMissing(path=folder)
    target = folder / f"{PREFIX}{at.astimezone(UTC):%Y-%m-%dT%H%M%SZ}{SUFFIX}"
    back_up(target, at=at, say=say)
    if keep is not None:
        for old in sorted(folder.glob(f"{PREFIX}*{SUFFIX}"))[:-keep]:
            old.unlink()
    return target


def back_up(target: Path, *, at: datetime, say: Callable[[str], None]) -> None:
    """Write everything this server knows into one new file that its owner alone can read.

    `say` is given a line as each stage begins. The file is whole or not there. Raises `FileIsThere`, `FolderIsMissing` or `ToolFailed`.
    """
    if target.exists():
        raise FileIsThere(path=target)
    if not target.parent.is_dir():
        raise FolderIsMissing(path=target.parent)
    # Beside the target: there is room for it there, and moving it is one step.
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".sabaq-backup-") as aside:
        archive = Path(aside) / "archive"
        _write(archive, Path(aside), at=at, say=say)
        say(f"Writing {archive.stat().st_size / 1_000_000:.1f} MB to the disk ...")
        archive.chmod(0o600)
        with archive.open("rb") as file:
            os.fsync(file.fileno())
        archive.replace(target)


def _write(archive: Path, aside: Path, *, at: datetime, say: Callable[[str], None]) -> None:
    database = keeper()
    copy = aside / database.file
    # The database first: whatever file it names is then on disk, and files are never changed.
    say(f"Copying the {database.kind} database ...")
    database.save(copy)
    files = [(database.file, copy), *_files()]
    say(f"Packing the database and {len(files) - 1} files ...")
    digests = {}
    with tarfile.open(archive, "w:gz", compresslevel=6) as tar:
        for name, path in files:
            digests[name] = digest_of_file(path)
            tar.add(path, arcname=name)
        made_at = at.astimezone(UTC).isoformat(timespec="seconds")
        manifest = Manifest(made_at, database.kind, _migrations(), digests)
        _add_text(tar, MANIFEST, json.dumps(manifest.as_data(), indent=1), at=at)


def _files() -> Iterator[tuple[str, Path]]:
    data_dir = Path(settings.DATA_DIR)
    if (data_dir / SECRET).exists():
        yield SECRET, data_dir / SECRET
    for folder in FOLDERS:
        for path in sorted((data_dir / folder).rglob("*")):
            # Files that begin with a dot are being written just now.
            if path.is_file() and not path.name.startswith("."):
                yield path.relative_to(data_dir).as_posix(), path


def _migrations() -> list[str]:
    return sorted(
        f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()
    )


def _add_text(tar: tarfile.TarFile, name: str, text: str, *, at: datetime) -> None:
    entry = tarfile.TarInfo(name)
    data = text.encode()
    entry.size, entry.mtime, entry.mode = len(data), int(at.timestamp()), 0o600
    tar.addfile(entry, io.BytesIO(data))
