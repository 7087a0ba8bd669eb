"""What a rehearsal leaves: the figures of `summary.json`, and what each act took."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sabaq.ops.rehearsal.play import Play
from sabaq.ops.rehearsal.server import Server
from sabaq.ops.rehearsal.wire import Traffic


@dataclass
class Costs:
    """What each act took: seconds by the clock on the wall, CPU of server and player, requests."""

    play: Play
    server: Server
    acts: list[dict[str, Any]] = field(default_factory=list)

    @contextmanager
    def act(self, name: str) -> Iterator[None]:
        """Say that an act begins, and what it has taken once it is over."""
        self.play.say(f"{name} ...")
        before, began = self._now(), time.monotonic()
        yield
        after = self._now()
        taken = {key: round(after[key] - before[key], 2) for key in after}
        self.acts.append({"act": name, "seconds": round(time.monotonic() - began, 2), **taken})
        self.play.say(
            f"    {taken['requests']:.0f} requests, CPU of server {taken['server_cpu_seconds']:.1f} s, "
            f"of player {taken['player_cpu_seconds']:.1f} s"
        )

    def _now(self) -> dict[str, float]:
        return {
            "requests": sum(traffic.requests for traffic in _all_traffic(self.play)),
            "server_cpu_seconds": self.server.usage().cpu_seconds,
            "player_cpu_seconds": time.process_time(),
        }


def summary_of(costs: Costs, *, tampered: dict[str, list[str]]) -> dict[str, Any]:
    """Give the summary; `tampered` says what the judge found of each kind of tampering."""
    play, usage = costs.play, costs.server.usage()
    participants = play.ledger.participants
    count = max(1, len(participants))
    on_the_wire = sum(traffic.size for traffic in _traffic_of_officers(play))
    requests = sum(traffic.requests for traffic in _traffic_of_officers(play))
    in_class = sum(act["server_cpu_seconds"] for act in costs.acts)
    return {
        "participants": len(participants),
        "women": sum(officer.is_woman for officer in participants),
        "countries": len({officer.country for officer in participants}),
        "nominated": sum(officer.nominated for officer in play.ledger.officers),
        "expected": play.expected,
        "reported": play.reported,
        "mismatches": play.mismatches,
        "events_posted": play.ledger.events_posted,
        "events_seen_missing": play.followers_missing,
        "bad_inputs_refused": len(play.refused),
        "refused": sorted(set(play.refused)),
        "kills": getattr(play.weather, "kills", 0),
        "tampered": tampered,
        "requests": sum(traffic.requests for traffic in _all_traffic(play)),
        "requests_per_participant": round(requests / count, 1),
        "wire_bytes_per_participant": on_the_wire // count,
        "server_cpu_seconds": round(usage.cpu_seconds, 2),
        "server_cpu_seconds_per_participant": round(in_class / count, 3),
        "player_cpu_seconds": round(time.process_time(), 2),
        "server_peak_mb": round(usage.peak_mb, 1),
        "acts": costs.acts,
    }


def _all_traffic(play: Play) -> list[Traffic]:
    own = [browser.traffic for browser in play.browsers.values()]
    return own + [stream.traffic for stream in play.streams]


def _traffic_of_officers(play: Play) -> list[Traffic]:
    own = [browser for key, browser in play.browsers.items() if key.startswith("officer ")]
    streams = [stream for stream in play.streams if any(stream.browser is one for one in own)]
    return [browser.traffic for browser in own] + [stream.traffic for stream in streams]
