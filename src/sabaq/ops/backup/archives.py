"""What lies in a backup: a database, the secret, uploaded files, and a list of them with their digests."""

import re
from dataclasses import asdict, dataclass
from hashlib import file_digest
from pathlib import Path

MANIFEST = "manifest.json"
SECRET = "secret_key"  # noqa: S105 - the name of a file
# Folders of DATA_DIR that nothing else can make again.
FOLDERS = ("blobs", "media")
FORMAT = 1
# Nothing else is taken out of an archive: no absolute name, no way up, no link.
NAMES = re.compile(
    rf"(?:{MANIFEST}|{SECRET}|database\.(?:sqlite3|pgdump)|(?:{'|'.join(FOLDERS)})(?:/[\w-][\w.-]*)+)"
)


@dataclass(frozen=True)
class Manifest:
    """Of a backup: when it was made (UTC, ISO 8601), of which database, and each file's SHA-256.

    `migrations` are the names of the steps that its tables have behind them, `app.0001_initial`.
    """

    made_at: str
    database: str
    migrations: list[str]
    files: dict[str, str]
    format: int = FORMAT

    def as_data(self) -> dict[str, object]:
        return asdict(self)


def digest_of_file(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
