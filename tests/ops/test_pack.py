import pytest

from sabaq.courses.models import CourseVersion
from sabaq.courses.packs import translations_of
from sabaq.courses.packs.paths import read_folder, write_folder
from sabaq.courses.packs.translations import LOCK, lock_of
from sabaq.ops.cli import main
from tests.courses.packs.sample import changed, sample_files

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    files = sample_files()
    write_folder(tmp_path / "small", files | {LOCK: lock_of(translations_of(files))})
    return tmp_path / "small"


def test_check_finds_nothing_in_a_sound_pack(folder, still_clock, capsys):
    assert main(["pack", "check", str(folder)]) == 0
    assert capsys.readouterr().out == (
        "0 errors, 0 warnings, 0 notes\n"
        "Topics complete: 1 of 2. Items: 1. Job aids: 0. Terms: 0.\n"
        "en: 42 of 42 texts, older than their source: 0, words in a sentence (median): 4.\n"
        "ru: 42 of 42 texts, older than their source: 0, words in a sentence (median): 3.\n"
    )


def test_check_says_file_line_and_what_to_mend(folder, still_clock, capsys):
    write_folder(folder, changed("tests/knowledge.toml", 'correct = "b"', 'correct = "x"'))

    assert main(["pack", "check", str(folder)]) == 1
    assert capsys.readouterr().out == (
        "error    tests/knowledge.toml:8: items[1].correct: “x” is none of: a, b.\n"
        "1 error, 0 warnings, 0 notes\n"
    )


def test_check_lets_warnings_pass_unless_it_is_strict(folder, still_clock, capsys):
    write_folder(folder, changed("tests/knowledge.toml", 'en = "Right."', 'en = "So it is."'))

    assert main(["pack", "check", str(folder)]) == 0
    assert main(["pack", "check", "--strict", str(folder)]) == 1
    assert "0 errors, 1 warning, 0 notes\n" in capsys.readouterr().out


def test_check_tells_and_counts_a_note_and_lets_it_pass_even_where_it_is_strict(
    folder, still_clock, capsys
):
    write_folder(folder, changed("cards/law.toml", '"found"', '"high"'))

    assert main(["pack", "check", "--strict", str(folder)]) == 0
    told = capsys.readouterr().out.split("\n")
    assert told[0].startswith("note     cards/law.toml:5: cards[1].confidence: ")
    assert told[1] == "0 errors, 0 warnings, 1 note"


def test_accept_writes_that_translations_were_compared_and_names_them(folder, still_clock, capsys):
    write_folder(folder, changed("tests/knowledge.toml", 'en = "Right."', 'en = "So it is."'))

    assert main(["pack", "check", "--accept", "--strict", str(folder)]) == 0
    told = capsys.readouterr().out.split("\n")
    assert told[0] == "accepted tests/knowledge.toml:17: items[1].options[2].explanation.ru"
    assert told[1] == "0 errors, 0 warnings, 0 notes"


def test_accept_touches_nothing_in_a_pack_that_has_errors(folder, still_clock):
    write_folder(folder, changed("tests/knowledge.toml", 'correct = "b"', 'correct = "x"'))
    (folder / LOCK).write_text("")

    assert main(["pack", "check", "--accept", str(folder)]) == 1
    assert (folder / LOCK).read_text() == ""


def test_import_then_export_gives_the_folder_back(folder, tmp_path, capsys):
    assert main(["pack", "import", str(folder)]) == 0
    version = CourseVersion.objects.get()
    assert capsys.readouterr().out == (
        f"Reading {folder} ...\n"
        f"Checking and importing the pack: {len(read_folder(folder))} files ...\n"
        f"small 1  {version.digest}\n"
    )

    assert main(["pack", "export", "small", str(tmp_path / "out"), "--version", "1"]) == 0

    assert read_folder(tmp_path / "out") == read_folder(folder)


def test_import_leaves_editions_and_hidden_files_alone(folder, capsys):
    (folder / "editions").mkdir()
    (folder / "editions" / "first.toml").write_text("")
    (folder / ".hidden").write_text("")

    main(["pack", "import", str(folder)])

    paths = CourseVersion.objects.get().files.values_list("path", flat=True)
    assert set(paths) == {*sample_files(), LOCK}


def test_import_refuses_a_broken_pack_in_one_breath(folder, capsys):
    write_folder(folder, changed("pack.toml", '"small"', '"small'))

    assert main(["pack", "import", str(folder)]) == 1
    assert capsys.readouterr().err == (
        "sabaq: The pack cannot be used. 1 thing needs to be mended:\n"
        "  pack.toml:1: This is not TOML: Illegal character '\\n' (at line 1, column 14)\n"
    )
    assert CourseVersion.objects.count() == 0


def test_export_overwrites_nothing(folder, tmp_path, capsys):
    main(["pack", "import", str(folder)])
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("kept")

    assert main(["pack", "export", "small", str(tmp_path / "out")]) == 1
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]


def test_export_names_the_courses_there_are(capsys, tmp_path):
    assert main(["pack", "export", "none", str(tmp_path / "out")]) == 1
    assert capsys.readouterr().err == "sabaq: There is no course “none” here. There are: —.\n"


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(SystemExit, match="is not a folder"):
        main(["pack", "check", str(tmp_path / "nowhere")])
