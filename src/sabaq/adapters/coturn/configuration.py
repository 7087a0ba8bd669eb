"""The configuration coturn runs with, written anew at each of its starts. Loads nothing of Django."""

from pathlib import Path

from sabaq.ops.turn import TurnServer

# What one browser may hold at once: ear, microphone and fine feed, by TCP and TLS, on two networks, twice while it
# comes back.
ALLOCATIONS_OF_ONE, ALLOCATIONS_OF_ALL = 24, 4_000
# A fine feed is 8,000 bytes a second; nobody needs more than three voices heard at once and one spoken.
BYTES_A_SECOND = 40_000
# Its own thread for each core is meant for thousands.
THREADS = 1


def configuration(server: TurnServer, folder: Path) -> str:
    """Give the text of turnserver.conf: TURN over TCP, relayed by UDP to Janus' address and nowhere else."""
    lines = [
        "listening-ip=0.0.0.0",
        "listening-ip=::",
        f"listening-port={server.port}",
        # TLS ends in nginx; browsers that have UDP need no detour.
        "no-udp",
        "no-dtls",
        "no-tls",
        f"relay-ip={server.address}",
        f"relay-threads={THREADS}",
        "no-tcp-relay",
        f"allowed-peer-ip={server.address}",
        "denied-peer-ip=0.0.0.0-255.255.255.255",
        "denied-peer-ip=::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "no-multicast-peers",
        "use-auth-secret",
        f"static-auth-secret={server.secret}",
        "realm=sabaq",
        "fingerprint",
        "stale-nonce=600",
        f"user-quota={ALLOCATIONS_OF_ONE}",
        f"total-quota={ALLOCATIONS_OF_ALL}",
        f"max-bps={BYTES_A_SECOND}",
        "no-cli",
        "no-auth-pings",
        "no-dynamic-ip-list",
        "no-dynamic-realms",
        "no-rfc5780",
        "no-stun-backward-compatibility",
        "no-software-attribute",
        "log-file=stdout",
        "simple-log",
        f"pidfile={folder / 'turnserver.pid'}",
        f"userdb={folder / 'turnserver.db'}",
    ]
    return "\n".join(lines) + "\n"
