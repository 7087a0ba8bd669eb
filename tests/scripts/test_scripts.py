import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.conftest import missing

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
# Scripts use each other as they do when they are run.
sys.path.append(str(SCRIPTS))
CATALOGUE = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Lesson"
msgstr "{lesson}"
"""


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, SCRIPTS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def catalogue(tmp_path):
    """Write a catalogue, compile it, and give its path."""
    if not shutil.which("msgfmt"):
        missing("msgfmt (Debian package gettext)")

    def write(lesson: str) -> Path:
        source = tmp_path / "django.po"
        source.write_text(CATALOGUE.format(lesson=lesson), "utf-8")
        command = ["msgfmt", "-o", str(source.with_suffix(".mo")), str(source)]
        subprocess.run(command, check=True)
        return source

    return write


def test_setup_names_the_debian_package_where_venv_is_missing(monkeypatch):
    setup = script("setup")
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "ensurepip" else object()
    )

    assert setup.what_is_missing() == (
        "Python's venv module is missing: install the Debian package python3-venv, "
        "then run the same command again."
    )


def test_the_readme_says_how_much_room_the_environment_takes():
    readme = (SCRIPTS.parent / "README.md").read_text("utf-8")
    [said] = re.findall(r"tests and gates bring it to (\d+) MB", readme)
    environment = Path(sys.prefix)
    if not (environment / "sabaq-dev.stamp").exists():
        missing("an environment made by `make setup-dev`")

    files = (path for path in environment.rglob("*") if not path.is_symlink())
    taken = sum(path.stat().st_blocks * 512 for path in files) / 2**20

    # File systems round differently; a package of tens of megabytes more is to be told.
    assert taken == pytest.approx(int(said), rel=0.1)


def test_setup_does_nothing_once_the_stamp_fits(tmp_path):
    setup = script("setup")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").symlink_to(sys.executable)
    before = setup.is_installed(tmp_path, "base")
    setup.stamp_path(tmp_path, "dev").write_text(setup.stamp_text("dev"))

    assert before is False
    assert setup.is_installed(tmp_path, "dev")
    assert setup.is_installed(tmp_path, "base")  # the dev lock holds the base lock


def test_setup_begins_anew_when_the_lock_changed(tmp_path):
    setup = script("setup")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").symlink_to(sys.executable)
    setup.stamp_path(tmp_path, "base").write_text("another lock\n")

    assert setup.is_installed(tmp_path, "base") is False


def test_a_compiled_catalogue_that_fits_is_accepted(catalogue):
    source = catalogue("Урок")

    assert script("check").stale(source, source.with_suffix(".mo")) == ""


def test_a_compiled_catalogue_behind_its_source_is_noticed(catalogue):
    source = catalogue("Урок")
    source.write_text(CATALOGUE.format(lesson="Занятие"), "utf-8")

    complaint = script("check").stale(source, source.with_suffix(".mo"))

    assert complaint == "django.mo is not what the sources say; run: make messages"


def test_an_untranslated_text_is_noticed(catalogue):
    source = catalogue("")

    assert "1 untranslated message" in script("check").stale(source, source.with_suffix(".mo"))


def test_collecting_finds_new_texts_and_forgets_old_ones(tmp_path):
    if not shutil.which("xgettext"):
        missing("xgettext (Debian package gettext)")
    messages = script("messages")
    (tmp_path / "page.html").write_text('{% load i18n %}{% translate "Lesson" %}', "utf-8")
    collected = messages.catalogue(tmp_path, "ru")
    collected.parent.mkdir(parents=True)
    collected.write_text(CATALOGUE.format(lesson="Урок").replace("Lesson", "Class"), "utf-8")

    messages.collect(tmp_path)

    text = collected.read_text("utf-8")
    assert ('msgid "Lesson"' in text, "Class" in text, "POT-Creation-Date" in text) == (
        True,
        False,
        False,
    )


def test_a_cluster_lives_as_long_as_its_command():
    with_postgres = script("with_postgres")
    if with_postgres.find_binaries() is None:
        missing("PostgreSQL (Debian package postgresql)")
    code = "import os, psycopg; psycopg.connect(os.environ['TEST_DATABASE_URL']).close(); print(os.environ['TEST_DATABASE_URL'])"
    env = {"PATH": "/usr/bin:/bin"}

    done = subprocess.run(
        [sys.executable, SCRIPTS / "with_postgres.py", sys.executable, "-c", code],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    port = int(done.stdout.rsplit(":", 1)[1].split("/")[0])
    assert not any(f" -p {port} " in line for line in processes())


def test_without_postgres_the_suite_says_so_and_only_ci_fails(monkeypatch, capsys):
    with_postgres = script("with_postgres")
    monkeypatch.delenv("TEST_DATABASE_URL", raising=False)
    monkeypatch.setattr(with_postgres, "find_binaries", lambda: None)
    monkeypatch.setattr(with_postgres, "install_binaries", lambda: None)
    monkeypatch.delenv("CI", raising=False)
    at_home = with_postgres.main(["true"])
    monkeypatch.setenv("CI", "true")
    in_ci = with_postgres.main(["true"])

    assert (at_home, in_ci) == (77, 1)
    assert (
        capsys.readouterr().out.splitlines()
        == ["PostgreSQL is not here (Debian package postgresql): the suite runs on SQLite only."]
        * 2
    )


def processes() -> list[str]:
    lines = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            lines.append(path.read_bytes().decode(errors="replace").replace("\0", " "))
        except OSError:
            continue  # it ended while we looked
    return lines
