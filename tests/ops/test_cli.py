import pytest

from sabaq.ops.cli import build_parser, main
from sabaq.people.models import Account
from tests.servers import environment, sabaq


def test_every_command_says_what_it_does():
    text = build_parser().format_help()

    for word in ("serve", "prepare", "doctor", "account", "demo", "pack", "edition", "rehearse"):
        assert f"\n    {word}" in text


@pytest.mark.django_db
def test_account_create_makes_an_administrator_with_a_password(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    monkeypatch.setattr("sys.stdin.readline", lambda: "a long enough phrase\n", raising=False)

    status = main(["account", "create", "Head@Example.org", "--administrator", "--name", "Head"])

    account = Account.objects.get()
    assert status == 0
    assert (account.email, account.name, account.is_administrator) == (
        "head@example.org",
        "Head",
        True,
    )
    assert account.check_password("a long enough phrase")
    assert capsys.readouterr().out == "Created: head@example.org, administrator\n"


@pytest.mark.django_db
def test_account_create_refuses_a_weak_password_and_creates_nothing(monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    monkeypatch.setattr("sys.stdin.readline", lambda: "short\n", raising=False)

    with pytest.raises(SystemExit, match="This password is too short"):
        main(["account", "create", "head@example.org"])

    assert Account.objects.count() == 0


@pytest.mark.django_db
def test_account_create_refuses_what_is_no_address():
    with pytest.raises(SystemExit, match="Enter a valid email address"):
        main(["account", "create", "head", "--no-password"])

    assert Account.objects.count() == 0


@pytest.mark.django_db
def test_an_account_without_password_cannot_be_entered_by_any():
    main(["account", "create", "plain@example.org", "--no-password"])

    assert not Account.objects.get().has_usable_password()


@pytest.mark.django_db
def test_an_account_that_an_edition_file_made_is_given_a_password(monkeypatch, capsys):
    main(["account", "create", "plain@example.org", "--no-password"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    monkeypatch.setattr("sys.stdin.readline", lambda: "a long enough phrase\n", raising=False)

    main(["account", "password", "Plain@example.org"])

    assert Account.objects.get().check_password("a long enough phrase")
    with pytest.raises(SystemExit, match=r"no account for nobody@example\.org"):
        main(["account", "password", "nobody@example.org"])


@pytest.mark.django_db
def test_doctor_names_each_thing_and_finds_nothing_broken(capsys):
    status = main(["doctor"])

    subjects = [
        line[9:25].strip() for line in capsys.readouterr().out.splitlines() if line[0] != " "
    ]
    assert status == 0
    assert subjects == [
        "Python",
        "data folder",
        "disk",
        "database",
        "tables",
        "course packs",
        "secret key",
        "public address",
        "mail",
        "open files",
        "gettext",
        "live voice",
        "voice detour",
        "browser",
    ]


@pytest.mark.django_db
def test_doctor_says_what_a_folder_that_cannot_be_written_costs(settings, tmp_path, capsys):
    (tmp_path / "file").write_text("in the way")
    settings.DATA_DIR = tmp_path / "file" / "data"

    status = main(["doctor"])

    assert status == 1
    assert "broken   data folder" in capsys.readouterr().out


def test_a_command_on_a_database_that_is_not_prepared_says_what_to_run(tmp_path):
    done = sabaq(
        *("account", "create", "a@office.example", "--no-password"), env=environment(tmp_path)
    )

    assert done.returncode == 1
    assert done.stderr == (
        "sabaq: the database is not prepared for this version. Run: sabaq prepare\n"
    )


def test_doctor_says_what_an_unprepared_database_and_missing_packs_cost(tmp_path):
    env = environment(tmp_path / "data", SABAQ_PACKS=str(tmp_path))

    done = sabaq("doctor", env=env)

    assert done.returncode == 0
    assert "limited  tables" in done.stdout
    assert f"limited  course packs    none in {tmp_path}" in done.stdout
