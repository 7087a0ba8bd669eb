"""Run a command with a PostgreSQL of its own: `with_postgres.py COMMAND ...` sets TEST_DATABASE_URL for it.

A TEST_DATABASE_URL that is already set is used as it is. Otherwise a private cluster is made in a temporary
folder, on a free port of the loopback, and removed at the end, also when interrupted. Where PostgreSQL cannot be
had the command is left out with one line and status 77; with CI=true that is a failure.
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DEBIAN_PACKAGE = "postgresql"
LEFT_OUT = 77
# A cluster that lives for one test run owes nobody durability; the mmap line spares small /dev/shm in containers.
QUICK = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "200",
    "dynamic_shared_memory_type": "mmap",
    "listen_addresses": "127.0.0.1",
    "logging_collector": "off",
    "log_min_messages": "fatal",
}


def main(command: list[str]) -> int:
    """Give the command's own status."""
    if os.environ.get("TEST_DATABASE_URL"):
        return run(command, os.environ["TEST_DATABASE_URL"])
    binaries = find_binaries() or install_binaries()
    if binaries is None:
        print(
            f"PostgreSQL is not here (Debian package {DEBIAN_PACKAGE}): the suite runs on SQLite only.",
            flush=True,
        )
        return 1 if os.environ.get("CI") == "true" else LEFT_OUT
    with cluster(binaries) as url:
        return run(command, url)


def run(command: list[str], url: str) -> int:
    """Run the command and let it, not us, answer Ctrl-C; then clean up."""
    previous = signal.signal(signal.SIGINT, signal.SIG_IGN)
    child = subprocess.Popen(
        command,
        env={**os.environ, "TEST_DATABASE_URL": url},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - one thread only
    )
    try:
        return child.wait()
    finally:
        if child.poll() is None:
            child.terminate()
            child.wait()
        signal.signal(signal.SIGINT, previous)


def find_binaries() -> Path | None:
    """Give the folder that holds `initdb` and `postgres`, the newest version first."""
    on_path = shutil.which("initdb")
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda path: int(path.parent.name),
        reverse=True,
    )
    candidates = [*([Path(on_path).parent] if on_path else []), *debian]
    return next(
        (
            path
            for path in candidates
            if (path / "initdb").exists() and (path / "postgres").exists()
        ),
        None,
    )


def install_binaries() -> Path | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    print(f"Installing the Debian package {DEBIAN_PACKAGE} ...", flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (
        ["update", "-qq"],
        ["install", "-y", "-qq", "--no-install-recommends", DEBIAN_PACKAGE],
    ):
        if subprocess.run(
            ["apt-get", *arguments], env=env, stdin=subprocess.DEVNULL, check=False
        ).returncode:
            return None
    return find_binaries()


def unprivileged() -> dict[str, object]:
    """Give the `subprocess` arguments that step down from root, whom PostgreSQL refuses."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@contextmanager
def cluster(binaries: Path) -> Iterator[str]:
    """Make, start and at last remove a cluster; give its URL."""
    # Directly under /tmp: the path of a Unix socket may not exceed 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="sabaq-pg-", dir="/tmp"))
    as_user = unprivileged()
    try:
        if as_user:
            os.chown(folder, int(str(as_user["user"])), int(str(as_user["group"])))
        password = initialise(binaries, folder, as_user)
        port = free_port()
        server = start(binaries, folder, port, as_user)
        try:
            wait_until_ready(server, port, folder)
            yield f"postgres://sabaq:{password}@127.0.0.1:{port}/postgres"
        finally:
            stop(server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def initialise(binaries: Path, folder: Path, as_user: dict[str, object]) -> str:
    password = secrets.token_hex(16)
    password_file = folder / "password"
    password_file.write_text(password, "ascii")
    password_file.chmod(0o600)
    if as_user:
        os.chown(password_file, int(str(as_user["user"])), int(str(as_user["group"])))
    options = [
        "--username=sabaq",
        "--auth=scram-sha-256",
        f"--pwfile={password_file}",
        "--locale=C.UTF-8",
        "--encoding=UTF8",
    ]
    subprocess.run(
        [binaries / "initdb", "-D", folder / "data", "--no-sync", *options],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=folder,
        **as_user,  # type: ignore[call-overload]
    )
    return password


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(
    binaries: Path, folder: Path, port: int, as_user: dict[str, object]
) -> "subprocess.Popen[bytes]":
    settings = [argument for name, value in QUICK.items() for argument in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        # Its own session: Ctrl-C reaches the tests first, and the server ends when they are done.
        return subprocess.Popen(
            [
                binaries / "postgres",
                "-D",
                folder / "data",
                "-p",
                str(port),
                "-k",
                folder,
                *settings,
            ],
            stdout=log,
            stderr=log,
            cwd=folder,
            start_new_session=True,
            **as_user,  # type: ignore[call-overload]
        )


def wait_until_ready(server: "subprocess.Popen[bytes]", port: int, folder: Path) -> None:
    for _ in range(600):
        if server.poll() is not None:
            break
        lines = (
            (folder / "data" / "postmaster.pid").read_text("utf-8").splitlines()
            if (folder / "data" / "postmaster.pid").exists()
            else []
        )
        if lines and lines[-1].strip() == "ready":
            return
        time.sleep(0.1)
    raise SystemExit(
        f"PostgreSQL did not start on port {port}: {(folder / 'log').read_text('utf-8')[-2000:]}"
    )


def stop(server: "subprocess.Popen[bytes]") -> None:
    server.send_signal(signal.SIGINT)  # "fast": ends sessions, then itself
    try:
        server.wait(timeout=20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main(sys.argv[1:]))
