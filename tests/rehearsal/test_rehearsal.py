"""The whole edition, played through HTTP on a server of its own, on the database that the suite runs on."""

import json
import sqlite3
from pathlib import Path

import psycopg
import pytest
from python_calamine import CalamineWorkbook

from sabaq.ops.rehearsal.conductor import Plan, rehearse
from sabaq.ops.rehearsal.server import Server
from tests.servers import ROOT, environment, fresh_database, sabaq

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

MODEL = ROOT / "packs/gender-human-rights/editions/regional-2027.toml"
KEYS = [
    "participants",
    "women",
    "countries",
    "expected",
    "reported",
    "mismatches",
    "events_posted",
    "events_seen_missing",
    "bad_inputs_refused",
    "requests",
    "wire_bytes_per_participant",
    "server_cpu_seconds",
    "server_peak_mb",
]
ANOTHER_SEX = """
    UPDATE people_person SET sex = CASE WHEN sex = 'female' THEN 'male' ELSE 'female' END
    WHERE id = (SELECT MIN(person_id) FROM enrolment_enrolment)
"""


def test_a_rehearsal_with_eight_participants_ends_without_a_mismatch(tmp_path: Path):
    out = tmp_path / "out"
    with fresh_database() as url:
        more = ["--database-url", url] if url else []
        done = sabaq(
            *["rehearse", "--participants", "8", "--seed", "7", "--out", str(out), *more],
            env=environment(tmp_path / "unused"),
            seconds=400,
        )

    assert done.returncode == 0, done.stdout + done.stderr
    summary = json.loads((out / "summary.json").read_text("utf-8"))
    assert list(summary) == KEYS
    assert summary["mismatches"] == []
    assert summary["expected"] == summary["reported"]
    assert summary["participants"] == 8
    assert summary["countries"] == 5
    assert summary["events_seen_missing"] == 0
    assert summary["events_posted"] > 15
    assert summary["bad_inputs_refused"] >= 15
    assert summary["expected"]["report page"]["nominated.total"] == 10
    assert summary["expected"]["report page"]["registered.total"] == 7
    assert summary["expected"]["report page"]["certified.total"] == 5
    assert summary["wire_bytes_per_participant"] > 10_000
    assert summary["server_cpu_seconds"] > 0
    assert summary["server_peak_mb"] > 0
    names = {path.name for path in out.iterdir()}
    assert names == {
        *("summary.json", "report.pdf", "report.xlsx", "certificate.pdf"),
        *("article.en.md", "article.ru.md"),
    }
    assert (out / "report.pdf").read_bytes().startswith(b"%PDF")
    assert (out / "certificate.pdf").read_bytes().startswith(b"%PDF")
    assert "certified" in CalamineWorkbook.from_path(str(out / "report.xlsx")).sheet_names
    assert (out / "article.en.md").read_text("utf-8").startswith("# ")
    assert "Казахстан" in (out / "article.ru.md").read_text("utf-8")


def test_a_row_changed_behind_the_servers_back_is_named_as_a_mismatch(tmp_path: Path):
    with fresh_database() as url:
        plan = Plan(5, 7, tmp_path, MODEL, url, before_reports=give_one_person_another_sex)
        summary = rehearse(plan, say=print)

    assert any(line.startswith("report page: confirmed.women") for line in summary["mismatches"])
    assert any(line.startswith("report.xlsx: confirmed.women") for line in summary["mismatches"])
    # Nothing else differs: heads are still heads.
    assert not [
        line for line in summary["mismatches"] if "women" not in line and ".sex." not in line
    ]


def give_one_person_another_sex(server: Server) -> None:
    if server.database_url:
        with psycopg.connect(server.database_url, autocommit=True) as connection:
            connection.execute(ANOTHER_SEX)
        return
    with sqlite3.connect(server.data_dir / "sabaq.sqlite3") as connection:
        connection.execute(ANOTHER_SEX)
