"""Every command, every option and every setting is in the documentation, and nothing there is made up."""

import argparse
import re
from collections.abc import Iterator

from sabaq.ops.cli import build_parser
from tests.servers import ROOT

OPERATE = ROOT / "docs" / "operate"
# Set by our own commands for their children, never by a person.
INTERNAL = {"SABAQ_CLOCK_FILE", "SABAQ_LISTEN_FD", "LANG", "PATH"}


def commands(
    parser: argparse.ArgumentParser, words: tuple[str, ...] = ()
) -> Iterator[tuple[str, set[str]]]:
    """Give each command by its words with the options that it takes."""
    branches = [
        action for action in parser._actions if isinstance(action, argparse._SubParsersAction)
    ]
    for branch in branches:
        for word, below in branch.choices.items():
            yield from commands(below, (*words, word))
    if not branches:
        options = {option for action in parser._actions for option in action.option_strings}
        yield " ".join(words), {one for one in options if one.startswith("--")} - {"--help"}


def documented() -> dict[str, set[str]]:
    text = (OPERATE / "commands.md").read_text("utf-8")
    parts = re.split(r"^### `sabaq ([a-z ]+?)(?: [A-Z ]+)?`$", text, flags=re.MULTILINE)[1:]
    return {
        words: {
            option
            for line in re.findall(r"^- (.*?):", body, re.MULTILINE)
            for option in re.findall(r"`(--[a-z-]+)", line)
        }
        for words, body in zip(parts[::2], parts[1::2], strict=True)
    }


def test_every_command_and_option_is_documented_and_no_other():
    assert documented() == dict(commands(build_parser()))


def read_settings() -> set[str]:
    """Give the names that the sources read from the environment."""
    pattern = re.compile(
        r'environ(?:\.get\(|\[)\s*"([A-Z_]+)"|^(?:LISTEN_FD|\w+_SETTING) = "([A-Z_]+)"',
        re.MULTILINE,
    )
    found = set()
    for path in (ROOT / "src" / "sabaq").rglob("*.py"):
        if path.name != "settings_test.py":
            found |= {a or b for a, b in pattern.findall(path.read_text("utf-8"))}
    return found - INTERNAL


def test_every_setting_is_documented_and_no_other():
    text = (OPERATE / "settings.md").read_text("utf-8")
    rows = set(re.findall(r"^\| `([A-Z_]+)` \|", text, re.MULTILINE))

    assert rows == read_settings()
