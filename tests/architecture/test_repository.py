"""The repository must make sense on any machine: it names no place of the one where it was written."""

import re
from importlib.metadata import PackageNotFoundError, requires

from tests.architecture.tree import ROOT, files, name

TEXT = {
    ".css",
    ".html",
    ".in",
    ".js",
    ".json",
    ".lock",
    ".md",
    ".po",
    ".py",
    ".sh",
    ".svg",
    ".toml",
    ".txt",
    "",
}
# Spelt apart, so that this file does not speak of them either.
PLACES = re.compile(
    r"(?<![\w./}-])/("
    + "|".join(["wo" + "rk", "ro" + "ot", "ho" + r"me/\w+", "Us" + "ers"])
    + r")/"
)
REGISTRIES = re.compile(
    "|".join(["py" + r"pi\.org", "python" + r"hosted\.org", "npm" + r"js\.(org|com)"])
)


def mentions(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name(path)}: {found[0]}"
        for path in files(ROOT)
        if path.suffix in TEXT and path.name not in {".git", ".coverage"} and path.is_file()
        if (found := pattern.search(path.read_text("utf-8", errors="ignore")))
    ]


def test_no_file_names_a_place_on_the_machine_where_it_was_written():
    assert mentions(PLACES) == []


def test_no_file_names_a_registry():
    assert mentions(REGISTRIES) == []


def test_every_locked_package_carries_its_hash():
    for lock in sorted((ROOT / "requirements").glob("*.lock")):
        text = re.sub(r"\\\n", " ", lock.read_text("utf-8"))
        pinned = [line for line in text.splitlines() if re.match(r"[\w.-]+(\[[\w,]+\])?==", line)]

        assert len(pinned) > 20
        assert [line.split()[0] for line in pinned if "--hash=sha256:" not in line] == []


def test_the_lock_of_the_tests_runs_what_the_server_runs():
    versions = {
        lock: dict(
            re.findall(
                r"^([\w.\[\],-]+)==(\S+)",
                (ROOT / "requirements" / f"{lock}.lock").read_text("utf-8"),
                re.MULTILINE,
            )
        )
        for lock in ("base", "dev")
    }

    assert versions["base"].items() <= versions["dev"].items()


def test_whatever_is_required_with_an_extra_is_locked_with_it():
    # Older pips ask for the newest `coverage[toml]` where the lock says `coverage==…`, and then miss its hash.
    text = (ROOT / "requirements" / "dev.lock").read_text("utf-8")
    locked = {
        name.lower(): set(filter(None, extras.split(",")))
        for name, extras in re.findall(r"^([\w.-]+)(?:\[([\w,-]+)\])?==", text, re.MULTILINE)
    }
    lacking = []
    for package in locked:
        try:
            wanted = requires(package) or []
        except PackageNotFoundError:
            continue
        for line in wanted:
            asked = re.match(r"([\w.-]+)\[([\w,-]+)\]", line)
            if asked and "extra ==" not in line:
                missing = set(asked[2].split(",")) - locked.get(asked[1].lower(), set())
                lacking += [f"{package}: {asked[1]}[{extra}]" for extra in sorted(missing)]

    assert lacking == []
