import re

import pytest
from django.apps import apps

from tests.architecture.tree import SRC, files, name, python_files, templates

OURS = [model for model in apps.get_models() if model.__module__.startswith("sabaq.")]
# The words of the field: see docs/glossary.md. A name is never split into parts that not everybody has.
BANNED = {
    "anonymous", "contaminated", "first_name", "game", "gender", "last_name", "loser",
    "middle_name", "rejected", "surname", "victim", "winner",
}  # fmt: skip
SPOKEN = re.compile(r"\b(anonymous|contaminated|game|rejected|victims?|vpn)\b", re.IGNORECASE)
MIGRATION = re.compile(r"^\d{4}_[a-z][a-z0-9_]*$")
CLOCKS = re.compile(
    r"\b(timezone\.now|datetime\.now|datetime\.today|date\.today|localdate|time\.time)\("
)
MAY_READ_A_CLOCK = {
    "src/sabaq/kernel/clock.py",
    "src/sabaq/ops/demo/moment.py",
    "src/sabaq/ops/rehearsal/course_clock.py",
}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_fields_and_choices_are_named_in_the_words_of_the_field(model):
    names = {field.name for field in model._meta.get_fields()}
    values = {
        str(value) for field in model._meta.concrete_fields for value, _ in field.flatchoices or []
    }

    assert sorted((names | values) & BANNED) == []


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_no_field_reads_the_clock_by_itself(model):
    automatic = [
        field.name
        for field in model._meta.concrete_fields
        if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    ]

    assert automatic == []


@pytest.mark.parametrize("path", templates(), ids=name)
def test_no_page_uses_a_word_that_the_field_avoids(path):
    assert SPOKEN.findall(path.read_text("utf-8")) == []


def test_only_the_clock_asks_for_the_time():
    readers = [
        name(path)
        for path in python_files()
        if path.is_relative_to(SRC) and CLOCKS.search(path.read_text("utf-8"))
    ]

    assert sorted(set(readers) - MAY_READ_A_CLOCK) == []


def test_migrations_have_names():
    migrations = [path for path in files(SRC, ".py") if path.parent.name == "migrations"]
    unnamed = [
        name(path)
        for path in migrations
        if path.stem != "__init__" and (not MIGRATION.match(path.stem) or "_auto_" in path.stem)
    ]

    assert len(migrations) > 5
    assert unnamed == []


def test_our_apps_send_each_other_no_signals():
    senders = [
        name(path)
        for path in python_files()
        if path.is_relative_to(SRC)
        and re.search(
            r"from django\.(dispatch|db\.models\.signals) import", path.read_text("utf-8")
        )
    ]

    assert senders == []
