import json
import time
from datetime import UTC, datetime, timedelta

from sabaq.kernel import clock
from tests.factories import NOW


def test_the_clock_stands_still_when_frozen():
    with clock.frozen(NOW):
        assert clock.now() == NOW


def test_a_clock_file_bends_offset_and_rate(tmp_path, monkeypatch):
    file = tmp_path / "clock.json"
    since = time.time() - 100
    file.write_text(json.dumps({"offset": 3600, "rate": 60, "since": since}))
    monkeypatch.setenv("SABAQ_CLOCK_FILE", str(file))

    bent = clock.now()

    ahead = bent - datetime.fromtimestamp(since + 100, tz=UTC)
    assert timedelta(seconds=3600 + 100 * 59) <= ahead < timedelta(seconds=3600 + 105 * 60)


def test_a_broken_clock_file_keeps_the_last_good_reading(tmp_path, monkeypatch):
    file = tmp_path / "clock.json"
    file.write_text("{")
    monkeypatch.setenv("SABAQ_CLOCK_FILE", str(file))

    assert clock.now().tzinfo is UTC
