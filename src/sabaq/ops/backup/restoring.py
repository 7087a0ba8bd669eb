"""Bringing a backup back onto a server that holds nothing."""

import json
import shutil
import tarfile
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db.migrations.loader import MigrationLoader

from sabaq.ops.backup.archives import (
    FOLDERS,
    FORMAT,
    MANIFEST,
    NAMES,
    Manifest,
    digest_of_file,
)
from sabaq.ops.backup.databases import Keeper, keeper
from sabaq.ops.backup.errors import BackupDamaged, BackupIsNewer, NoBackup, NotEmpty, OtherDatabase
from sabaq.ops.prepare import prepare


def restore(archive: Path, *, say: Callable[[str], None]) -> Manifest:
    """Put everything of a backup in its place, bring its tables up to this version, and give its manifest.

    `say` is given a line as each stage begins.
    All of it is checked before anything is touched. Raises an error of `backup.errors` otherwise.
    """
    data_dir, database = Path(settings.DATA_DIR), keeper()
    data_dir.mkdir(parents=True, exist_ok=True)
    database.must_be_empty()
    with tempfile.TemporaryDirectory(dir=data_dir, prefix=".restoring-") as folder:
        aside = Path(folder)
        say(f"Unpacking {archive} ...")
        manifest = _unpacked(archive, aside)
        say(f"Checking {len(manifest.files)} files of {manifest.made_at} ...")
        _check(manifest, aside, database)
        _must_agree(manifest, data_dir)
        say(f"Putting {len(manifest.files) - 1} files and the database in their places ...")
        for name in manifest.files:
            if name != database.file:
                _put(aside / name, data_dir / name)
        # The database last: until it is there, the restoring can be begun anew.
        database.load(aside / database.file)
    prepare(say=say)
    return manifest


def _must_agree(manifest: Manifest, data_dir: Path) -> None:
    """Raise `NotEmpty` where a file would take the place of another one; the secret is made by any command."""
    for name, digest in manifest.files.items():
        there = data_dir / name
        if name.startswith(FOLDERS) and there.exists() and digest_of_file(there) != digest:
            raise NotEmpty(what=there)


def _put(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    source.chmod(0o600)
    source.replace(target)


def _unpacked(archive: Path, aside: Path) -> Manifest:
    """Take the files we know out of the archive, and read its manifest."""
    try:
        with tarfile.open(archive, "r:gz") as tar:
            for entry in tar:
                if not (entry.isfile() and NAMES.fullmatch(entry.name)):
                    raise NoBackup(path=archive)
                target = aside / entry.name
                target.parent.mkdir(parents=True, exist_ok=True)
                source = tar.extractfile(entry)
                if source is None:
                    raise NoBackup(path=archive)
                with target.open("wb") as file:
                    shutil.copyfileobj(source, file)
        data = json.loads((aside / MANIFEST).read_text("utf-8"))
        manifest = Manifest(**data)
    except (OSError, tarfile.TarError, EOFError, zlib.error, ValueError, TypeError) as error:
        raise NoBackup(path=archive) from error
    return manifest


def _check(manifest: Manifest, aside: Path, database: Keeper) -> None:
    if manifest.format != FORMAT:
        raise BackupIsNewer(step=f"format {manifest.format}")
    if manifest.database != database.kind:
        raise OtherDatabase(theirs=manifest.database, ours=database.kind)
    known = {".".join(key) for key in MigrationLoader(None).disk_migrations}
    for step in manifest.migrations:
        if step not in known:
            raise BackupIsNewer(step=step)
    found = {
        path.relative_to(aside).as_posix()
        for path in aside.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }
    for name in sorted(found | set(manifest.files)):
        if name not in found or digest_of_file(aside / name) != manifest.files.get(name):
            raise BackupDamaged(name=name)
    if database.file not in found:
        raise BackupDamaged(name=database.file)
