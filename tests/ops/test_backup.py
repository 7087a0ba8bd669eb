"""`sabaq backup` and `sabaq restore` as an administrator meets them: real commands, a running server, real archives."""

import io
import json
import re
import sqlite3
import tarfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import httpx
import psycopg
import pytest

from sabaq.ops.backup import back_up_into
from tests.servers import ROOT, environment, fresh_database, running, sabaq

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
PACK = ROOT / "packs" / "gender-human-rights"
EMAIL, PASSWORD = "head@office.example", "a long enough phrase"


@pytest.fixture
def env(tmp_path):
    with fresh_database() as url:
        yield server_environment(tmp_path / "first", url)


@pytest.fixture
def elsewhere(tmp_path):
    with fresh_database() as url:
        yield server_environment(tmp_path / "second", url)


def server_environment(data_dir: Path, url: str) -> dict[str, str]:
    more = {"DATABASE_URL": url} if url else {}
    return environment(data_dir, SABAQ_MODE="rehearsal", **more)


def did(*arguments, env, stdin=""):
    done = sabaq(*(str(one) for one in arguments), env=env, stdin=stdin)
    assert done.returncode == 0, done.stderr
    return done.stdout


def refused(*arguments, env):
    done = sabaq(*(str(one) for one in arguments), env=env)
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stderr.strip()


def fill(env):
    did("prepare", env=env)
    did("pack", "import", PACK, env=env)
    did("account", "create", EMAIL, "--administrator", env=env, stdin=f"{PASSWORD}\n")
    did("edition", "load", PACK / "editions" / "regional-2027.toml", env=env)


def rows(env):
    """Give every row of every table, as text, in an order of its own."""
    if url := env.get("DATABASE_URL"):
        with psycopg.connect(url) as connection:
            tables = connection.execute(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
            ).fetchall()
            return {
                name: sorted(str(row) for row in connection.execute(f'SELECT * FROM "{name}"'))
                for (name,) in tables
            }
    with closing(sqlite3.connect(Path(env["DATA_DIR"]) / "sabaq.sqlite3")) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        ).fetchall()
        return {
            name: sorted(str(row) for row in connection.execute(f'SELECT * FROM "{name}"'))
            for (name,) in tables
        }


def files(env):
    folder = Path(env["DATA_DIR"])
    kept = [folder / "secret_key", *(folder / "blobs").rglob("*")]
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in kept if path.is_file()
    }


def sign_in(url):
    with httpx.Client(base_url=url, follow_redirects=True) as browser:
        page = browser.get("/staff/sign-in/").text
        [token] = set(re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page))
        fields = {"login": EMAIL, "password": PASSWORD, "csrfmiddlewaretoken": token}
        return browser.post("/staff/sign-in/", data=fields).url.path


def test_what_was_backed_up_from_a_running_server_is_whole_elsewhere(env, elsewhere, tmp_path):
    fill(env)
    archive = tmp_path / "backup.tar.gz"
    with running("serve", "--port", "0", env=env, log=tmp_path / "log"):
        said = did("backup", archive, env=env)
    before = rows(env)

    left = Path(elsewhere["DATA_DIR"]) / next(name for name in files(env) if "blobs" in name)
    left.parent.mkdir(parents=True)
    left.write_bytes(b"of another server")
    assert "already holds data" in refused("restore", archive, env=elsewhere)
    # What a killed restoring has left is no obstacle: the same file.
    left.write_bytes(files(env)[left.relative_to(elsewhere["DATA_DIR"]).as_posix()])
    again = did("restore", archive, env=elsewhere)

    assert re.fullmatch(
        r"Copying the (SQLite|PostgreSQL) database \.\.\.\n"
        rf"Packing the database and {len(files(env))} files \.\.\.\n"
        r"Writing \d+\.\d MB to the disk \.\.\.\n"
        r".*/backup\.tar\.gz: .* keep it as safe as the server\.\n",
        said,
    )
    assert archive.stat().st_mode & 0o777 == 0o600
    assert re.match(
        r"Unpacking .*/backup\.tar\.gz \.\.\.\n"
        rf"Checking {len(files(env)) + 1} files of 20\S+ \.\.\.\n"
        rf"Putting {len(files(env))} files and the database in their places \.\.\.\n",
        again,
    )
    assert "Restored, as it was on" in again.splitlines()[-1]
    assert rows(elsewhere) == before
    assert files(elsewhere) == files(env)
    assert len(before["courses_session"]) > 5
    with running("serve", "--port", "0", env=elsewhere, log=tmp_path / "log2") as server:
        assert sign_in(server.url) == "/office/"


def test_a_backup_is_never_restored_over_data_nor_written_over_a_file(env, tmp_path):
    fill(env)
    archive = tmp_path / "backup.tar.gz"
    did("backup", archive, env=env)
    before = rows(env), archive.read_bytes()

    assert "already holds data. Nothing was changed" in refused("restore", archive, env=env)
    assert "is there already. Nothing was written" in refused("backup", archive, env=env)
    assert "There is no folder" in refused("backup", tmp_path / "no" / "where.tar.gz", env=env)
    assert (rows(env), archive.read_bytes()) == before


def repacked(archive: Path, target: Path, change):
    """Write the archive anew, with `change` made to its parts by name."""
    with tarfile.open(archive) as tar:
        parts = {entry.name: tar.extractfile(entry).read() for entry in tar}
    change(parts)
    with tarfile.open(target, "w:gz") as tar:
        for name, data in parts.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    return target


def damage(parts):
    name = next(one for one in parts if one.startswith("blobs/"))
    parts[name] += b"x"


def lose(parts):
    del parts[next(one for one in parts if one.startswith("blobs/"))]


def climb(parts):
    parts["blobs/../../outside"] = b"x"


def from_the_future(parts):
    manifest = json.loads(parts["manifest.json"])
    manifest["migrations"].append("people.0099_later")
    parts["manifest.json"] = json.dumps(manifest).encode()


def of_another_database(parts):
    manifest = json.loads(parts["manifest.json"])
    manifest["database"] = "Oracle"
    parts["manifest.json"] = json.dumps(manifest).encode()


def test_a_damaged_a_foreign_and_a_newer_backup_are_refused_and_nothing_is_changed(
    env, elsewhere, tmp_path
):
    did("prepare", env=env)
    did("pack", "import", PACK, env=env)
    archive = tmp_path / "backup.tar.gz"
    did("backup", archive, env=env)

    for change, why in (
        (damage, "The backup is damaged: blobs/"),
        (lose, "The backup is damaged: blobs/"),
        (climb, "is no backup of Sabaq"),
        (from_the_future, "a newer version of Sabaq (people.0099_later is unknown here)"),
        (of_another_database, "The backup is of a Oracle database"),
    ):
        changed = repacked(archive, tmp_path / f"{change.__name__}.tar.gz", change)
        assert why in refused("restore", changed, env=elsewhere)
    cut = tmp_path / "cut.tar.gz"
    cut.write_bytes(archive.read_bytes()[:-2000])
    assert "is no backup of Sabaq" in refused("restore", cut, env=elsewhere)
    assert "is no backup of Sabaq" in refused("restore", tmp_path / "missing", env=elsewhere)

    assert not (tmp_path / "outside").exists()
    assert {path.name for path in Path(elsewhere["DATA_DIR"]).iterdir()} <= {"secret_key"}
    assert "Restored" in did("restore", archive, env=elsewhere)


def test_of_the_backups_in_a_folder_the_newest_are_kept(db, settings, tmp_path, monkeypatch):
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "sabaq-notes.txt").write_text("ours")
    monkeypatch.setattr("sabaq.ops.backup.saving.keeper", OneLine)
    settings.DATA_DIR = tmp_path / "data"

    for day in (1, 2, 3, 4):
        back_up_into(folder, keep=2, at=datetime(2027, 2, day, 12, tzinfo=UTC), say=str)

    assert sorted(path.name for path in folder.iterdir()) == [
        "sabaq-2027-02-03T120000Z.tar.gz",
        "sabaq-2027-02-04T120000Z.tar.gz",
        "sabaq-notes.txt",
    ]


class OneLine:
    """A database of one line: the test is about the files beside it."""

    kind, file = "SQLite", "database.sqlite3"

    def save(self, target):
        target.write_text("a line")
