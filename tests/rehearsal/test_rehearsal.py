"""The whole edition, played through HTTP on a server of its own, on the database that the suite runs on."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from sabaq.ops.rehearsal.tamper import KINDS
from tests.servers import environment, fresh_database, sabaq

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

KEYS = [
    *("participants", "women", "countries", "nominated", "expected", "reported", "mismatches"),
    *("events_posted", "events_seen_missing", "bad_inputs_refused", "refused", "kills", "tampered"),
    *("requests", "requests_per_participant", "wire_bytes_per_participant"),
    *("server_cpu_seconds", "server_cpu_seconds_per_participant", "player_cpu_seconds"),
    *("server_peak_mb", "acts"),
]
MUST_BE_REFUSED = {
    "more confirmed than seats and margin",
    "one confirmation over seats and margin under concurrency",
    "a nomination for a foreign agency",
    "a foreign focal point's withdrawal",
    "a nomination after the call",
    "a revoked link",
    "an expired link",
    "a late answer",
    "an answer to a foreign item",
    "an option out of range",
    "a table of 5.5 MB",
    "a replay with an altered body",
    "a participant's act at the console",
    "a ticket of another session",
}
# What must be named of each kind of tampering, each by at least one mismatch; nothing else may be.
NAMED = {
    "attendance": (
        r"attendance of .*: the minutes of .* should be",
        r"register of .*: the minutes of .* should be",
        r"report (page|\.xlsx): (attended|completed)",
        r"report\.xlsx: (attended|completed)",
    ),
    "answer": (
        r"answers: .*, after, [a-z-]+ should be [a-d], and is [a-d]",
        # Of ten and more the results are shown, and count each option.
        r"test results: [a-z-]+\.[a-d]\.after should be \d+, and is \d+",
    ),
    "sex": (
        r"own data: .*, sex should be",
        r"report page: .*(women|\.sex\.)",
        r"report\.xlsx: .*(women|\.sex\.)",
    ),
    "duplicate-event": (r"log of .*: SlideShown \(line \d+\) should not be there",),
    "lost-event": (
        r"log of .*: event \d+ is missing",
        r"log of .*: SlideShown \(act \d+\) is missing",
    ),
    "survey": (r"survey: relevance\.[1-5] should be",),
}


def rehearsed(folder: Path, *options: str) -> tuple[int, dict[str, Any], str]:
    """Run `sabaq rehearse` on the suite's database; give its status, its summary and what it said."""
    out = folder / "out"
    with fresh_database() as url:
        more = ["--database-url", url] if url else []
        done = sabaq(
            *["rehearse", *options, "--out", str(out), *more],
            env=environment(folder / "unused"),
            seconds=1400,
        )
    said = done.stdout + done.stderr
    assert (out / "summary.json").exists(), said
    return done.returncode, json.loads((out / "summary.json").read_text("utf-8")), said


@pytest.mark.timeout(900)
def test_a_rehearsal_with_eight_participants_ends_without_a_mismatch(tmp_path: Path):
    status, summary, said = rehearsed(tmp_path, "--participants", "8", "--seed", "7")

    assert status == 0, said
    assert list(summary) == KEYS
    assert summary["mismatches"] == []
    assert summary["expected"] == summary["reported"]
    assert summary["participants"] == 8
    assert summary["countries"] == 5
    assert summary["events_seen_missing"] == 0
    assert summary["events_posted"] > 100
    assert set(summary["refused"]) >= MUST_BE_REFUSED
    assert summary["bad_inputs_refused"] >= 40
    report = summary["expected"]["report page"]
    # Eleven of the agencies and the latecomer; one of the eight never opens the link.
    assert report["nominated.total"] == 12
    assert report["registered.total"] == 7
    assert report["certified.total"] == 5
    assert summary["wire_bytes_per_participant"] > 10_000
    assert summary["server_cpu_seconds"] > 0
    assert summary["server_peak_mb"] > 0
    out = tmp_path / "out"
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


@pytest.mark.one_database  # what is judged here is the judge; the rehearsal above is on both
@pytest.mark.timeout(1500)  # a play of minutes, on a machine that may be shared
def test_kills_change_nothing_and_a_row_changed_behind_the_servers_back_is_named(tmp_path: Path):
    """One play for all kinds: the server is killed in it, judged clean, then tampered with in each way."""
    status, summary, said = rehearsed(
        tmp_path, "--participants", "14", "--kill", "2", "--tamper", "all"
    )

    assert summary["mismatches"] == [], said
    assert summary["kills"] == 2
    assert status == 1
    assert list(summary["tampered"]) == list(KINDS) == list(NAMED)
    for kind, patterns in NAMED.items():
        found = summary["tampered"][kind]
        unnamed = [one for one in patterns if not any(re.match(one, line) for line in found)]
        assert unnamed == [], (kind, found)
        others = [line for line in found if not any(re.match(one, line) for one in patterns)]
        assert others == [], kind
        assert f"TAMPERED {kind}: {found[0]}" in said
