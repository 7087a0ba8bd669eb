"""The rehearsal bears witness against the house, so it may know nothing of it: the contract must name all of the house."""

import tomllib
from pkgutil import iter_modules
from typing import Any

import grimp
import pytest

import sabaq
from sabaq import ops
from tests.architecture.tree import ROOT

REHEARSAL = "sabaq.ops.rehearsal"
LEDGER = f"{REHEARSAL}.ledger"


def contract() -> dict[str, Any]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    [found] = [one for one in settings["contracts"] if one.get("source_modules") == [REHEARSAL]]
    return found


def test_the_rehearsals_contract_names_every_part_of_the_house_and_every_other_command_module():
    house = {f"sabaq.{module.name}" for module in iter_modules(sabaq.__path__)} - {"sabaq.ops"}
    others = {f"sabaq.ops.{module.name}" for module in iter_modules(ops.__path__)} - {REHEARSAL}

    assert contract()["type"] == "forbidden"
    assert sorted(contract()["forbidden_modules"]) == sorted(house | others)


@pytest.fixture(scope="module")
def imports() -> grimp.ImportGraph:
    return grimp.build_graph("sabaq", cache_dir=None)


def test_the_ledger_imports_nothing_of_sabaq_at_all(imports):
    assert imports.find_modules_that_directly_import(LEDGER)
    assert imports.find_modules_directly_imported_by(LEDGER) == set()
