"""Write constraints and indexes of the migrations into the tables they belong to, where Django left them behind.

Run after `makemigrations`. To add a constraint SQLite copies the whole table, and Django renders all models anew:
a fresh database is a quarter sooner there without.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src"
sys.path.insert(0, str(SOURCES))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sabaq.config.settings")

import django  # noqa: E402

django.setup()

from django.db.migrations import AddConstraint, AddIndex, CreateModel, Migration  # noqa: E402
from django.db.migrations.loader import MigrationLoader  # noqa: E402
from django.db.migrations.operations.base import Operation  # noqa: E402
from django.db.migrations.writer import MigrationWriter  # noqa: E402


def main() -> None:
    for (app, name), migration in MigrationLoader(None).disk_migrations.items():
        path = SOURCES / "sabaq" / app / "migrations" / f"{name}.py"
        if path.exists() and fold(migration):
            path.write_text(MigrationWriter(migration).as_string(), "utf-8")
            print(f"Folded: {path.relative_to(ROOT)}")


def fold(migration: Migration) -> bool:
    """Fold what is added to a table that the migration itself makes; tell whether there was anything."""
    tables: dict[str, CreateModel] = {}
    left: list[Operation] = []
    for operation in migration.operations:
        if isinstance(operation, CreateModel):
            tables[operation.name_lower] = operation
        if isinstance(operation, AddConstraint) and operation.model_name_lower in tables:
            options = tables[operation.model_name_lower].options
            options.setdefault("constraints", []).append(operation.constraint)  # type: ignore[attr-defined]
        elif isinstance(operation, AddIndex) and operation.model_name_lower in tables:
            tables[operation.model_name_lower].options.setdefault("indexes", []).append(
                operation.index
            )
        else:
            left.append(operation)
    is_folded = len(left) < len(migration.operations)
    migration.operations = left  # type: ignore[misc]
    return is_folded


if __name__ == "__main__":
    main()
