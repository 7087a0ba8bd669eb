import shutil
from pathlib import Path

import pytest
from django.conf import settings

from sabaq.courses.models import CourseVersion, Edition
from sabaq.courses.packs.paths import read_folder
from sabaq.kernel import clock
from sabaq.ops.cli import main
from sabaq.ops.editions import load_edition_file
from tests.factories import NOW

pytestmark = pytest.mark.django_db
MODEL = Path(settings.PACKS_DIR) / "gender-human-rights/editions/regional-2027.toml"
LOADING = "Checking the file against the pack, and loading the edition ..."


@pytest.fixture(autouse=True)
def _english(monkeypatch):
    monkeypatch.setenv("LANG", "C.UTF-8")


def changed_model(tmp_path: Path, old: str, new: str) -> Path:
    text = MODEL.read_text("utf-8")
    assert text.count(old) == 1
    path = tmp_path / "changed.toml"
    path.write_text(text.replace(old, new), "utf-8")
    return path


def test_the_model_edition_loads_with_its_pack_and_again_unchanged(capsys):
    assert main(["edition", "load", str(MODEL)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert main(["edition", "load", str(MODEL)]) == 0

    assert said[:4] == [
        "Reading regional-2027.toml ...",
        f"Checking and importing the pack: {len(read_folder(MODEL.parent.parent))} files ...",
        LOADING,
        "regional-2027: loaded.",
    ]
    assert "  new: session × 16" in said
    assert "  new: agency × 12" in said
    # The pack is there by now.
    assert capsys.readouterr().out == (
        f"Reading regional-2027.toml ...\n{LOADING}\nregional-2027: unchanged.\n"
    )
    edition = Edition.objects.get()
    assert edition.version == CourseVersion.objects.get(course__slug="gender-human-rights")
    assert sum(row.seats for row in edition.country_seats.all()) == edition.seats == 64
    assert sorted(project.code for project in edition.projects.all()) == ["blo", "imt"]


def test_the_stages_are_told_in_the_language_that_was_asked_for(capsys):
    assert main(["edition", "load", "--language", "ru", str(MODEL)]) == 0

    reading, importing, loading = capsys.readouterr().out.splitlines()[:3]
    assert reading == "Читаем regional-2027.toml ..."
    assert importing.startswith("Проверяем и импортируем пакет курса: ")
    assert loading == "Сверяем файл с пакетом и загружаем курс ..."


def test_a_changed_file_says_what_it_changed(tmp_path, capsys):
    main(["edition", "load", str(MODEL)])
    capsys.readouterr()

    main(["edition", "load", str(changed_model(tmp_path, "women_aim = 50", "women_aim = 45"))])

    assert capsys.readouterr().out == (
        f"Reading changed.toml ...\n{LOADING}\n"
        "regional-2027: loaded.\n  changed: edition regional-2027 (women_aim)\n"
    )


def test_a_mistake_is_told_with_line_and_key_and_nothing_is_kept(tmp_path, capsys):
    path = changed_model(tmp_path, 'topic = "gender-competence"', 'topic = "gender-competense"')
    line = path.read_text("utf-8").split("competense")[0].count("\n") + 1

    assert main(["edition", "load", str(path)]) == 1

    said = capsys.readouterr()
    assert said.out.splitlines()[-1] == LOADING
    assert said.err.startswith(
        "sabaq: Nothing was loaded. 1 thing in the file needs to be mended:\n"
        f"  line {line}, sessions[12].topic: The pack has no topic “gender-competense”. It has: legal-framework,"
    )
    assert (Edition.objects.count(), CourseVersion.objects.count()) == (0, 0)


def test_a_version_that_the_packs_folder_does_not_hold_is_refused(tmp_path, capsys):
    path = changed_model(tmp_path, 'version = "1.0"', 'version = "7.0"')

    assert main(["edition", "load", str(path)]) == 1

    assert (
        "edition.version: Version “7.0” of the pack “gender-human-rights” is neither imported nor in"
        " the packs folder." in capsys.readouterr().err
    )


def test_an_imported_version_is_used_without_the_packs_folder(tmp_path, settings):
    with clock.frozen(NOW):
        first = load_edition_file(MODEL, by=None, at=NOW)
    settings.PACKS_DIR = tmp_path / "no packs here"

    second = load_edition_file(
        changed_model(tmp_path, 'slug = "regional-2027"', 'slug = "second"'), by=None, at=NOW
    )

    assert second.edition.version == first.edition.version


def test_a_file_that_cannot_be_read_is_told_by_name(tmp_path, capsys):
    odd = tmp_path / "odd.toml"
    odd.write_bytes("title = 'Открытие'".encode("cp1251"))

    assert main(["edition", "load", str(tmp_path / "none.toml")]) == 1
    assert main(["edition", "load", str(odd)]) == 1

    assert capsys.readouterr().err == (
        "sabaq: none.toml cannot be read: No such file or directory. Nothing was loaded.\n"
        "sabaq: odd.toml cannot be read: it is not UTF-8 text. Nothing was loaded.\n"
    )


def test_a_pack_with_mistakes_is_not_imported(tmp_path, settings, capsys):
    packs = tmp_path / "packs"
    shutil.copytree(MODEL.parent.parent, packs / "gender-human-rights")
    (packs / "gender-human-rights" / "pack.toml").write_text("slug = 1", "utf-8")
    settings.PACKS_DIR = packs

    assert main(["edition", "load", str(MODEL)]) == 1

    assert "pack.toml" in capsys.readouterr().err
    assert CourseVersion.objects.count() == 0
