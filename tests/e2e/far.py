"""A listener's network that reaches the server's by one cable, on which a filter can stand, and whose bytes are counted."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.conftest import missing
from tests.e2e.hearing import Network

# The server's end of the cable, and the listener's.
NEAR, FAR = "10.78.0.1", "10.78.0.2"
# The bytes of its header.
ETHERNET = 14


@dataclass(frozen=True)
class FarNetwork(Network):
    @contextmanager
    def filtered(self, *rules: str) -> Iterator[None]:
        """Drop on the cable what these rules of nft name, both ways; {port} is the server's end of a connection."""
        self._nft("add table inet filter")
        for hook in ("input", "output"):
            self._nft(f"add chain inet filter {hook} {{ type filter hook {hook} priority 0 ; }}")
            card, port = ("iifname", "sport") if hook == "input" else ("oifname", "dport")
            for rule in rules:
                what = rule.format(port=port)
                self._nft(f"add rule inet filter {hook} {card} far1 {what} drop")
        try:
            yield
        finally:
            self._nft("delete table inet filter")

    def kilobits(self, seconds: float) -> tuple[float, float]:
        """Give how much crosses the cable now, to the listener and from her, in kbit/s with the headers of IP."""
        begun = time.monotonic()
        before = self._bytes_passed()
        time.sleep(seconds)
        passed, took = self._bytes_passed(), time.monotonic() - begun
        to_her, from_her = ((b - a) * 8 / 1000 / took for a, b in zip(before, passed, strict=True))
        return to_her, from_her

    def _bytes_passed(self) -> tuple[int, int]:
        found = self._run("cat", "/proc/net/dev")
        fields = next(line for line in found.splitlines() if "far1:" in line).split()
        taken, taken_packets, sent, sent_packets = (int(fields[at]) for at in (1, 2, 9, 10))
        return taken - ETHERNET * taken_packets, sent - ETHERNET * sent_packets

    def _nft(self, rule: str) -> None:
        self._run("nft", rule)

    def _run(self, *command: str) -> str:
        done = subprocess.run([*self.inside, *command], check=True, capture_output=True, text=True)
        return done.stdout


@contextmanager
def far_from(near: Network) -> Iterator[FarNetwork]:
    """Make a second network, joined with the server's."""
    if shutil.which("nft") is None:
        missing("nft (Debian package nftables)")
    holder = subprocess.Popen(
        [*near.inside, "unshare", "--net", "sh", "-c", "echo $$; read line"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        there = holder.stdout.readline().strip()
        user = [one for one in near.inside if one in {"--user", "--preserve-credentials"}]
        far = FarNetwork(("nsenter", "--target", there, "--net", *user))
        for inside, command in (
            (near, f"ip link add far0 type veth peer name far1 netns {there}"),
            (near, f"ip address add {NEAR}/24 dev far0"),
            (near, "ip link set far0 up"),
            (far, "ip link set lo up"),
            (far, f"ip address add {FAR}/24 dev far1"),
            (far, "ip link set far1 up"),
            (far, f"ip route add default via {NEAR}"),
        ):
            subprocess.run([*inside.inside, *command.split()], check=True)
        yield far
    finally:
        holder.stdin.close()
        holder.wait(timeout=10)
        holder.stdout.close()
