"""Measure the demo as its users meet it: bytes on the wire and processor time a request.

Starts the demo in a folder of its own. Times depend on the machine, so they are reported beside those of a bare
Django page in the same run and gate nothing; bytes and queries are gated by tests.
"""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.servers import Server, environment, running  # noqa: E402

WARM_UP, REQUESTS = 30, 300
TICKS = os.sysconf("SC_CLK_TCK")
# What a phone's browser sends, so that compression is what people get.
BROWSER = {"Accept-Encoding": "gzip, deflate, br", "Accept-Language": "ru"}


def main() -> int:
    """Print one line per page."""
    print(f"{'page':<34}{'bytes':>8}{'CPU ms':>9}{'wall ms':>9}")
    with tempfile.TemporaryDirectory() as folder:
        with bare(free_port()) as (pid, url), httpx.Client(base_url=url, headers=BROWSER) as client:
            report("a bare Django page", client, "/", pid)
        env = environment(Path(folder) / "data", SABAQ_RATE_LIMIT_FACTOR="100000")
        log = Path(folder) / "log"
        with running("demo", "--port", "0", env=env, log=log) as server:
            measure_demo(server)
    return 0


def measure_demo(server: Server) -> None:
    web = server.children()["web"]
    with httpx.Client(base_url=server.url, headers=BROWSER) as visitor:
        report("home", visitor, "/", web)
        report("staff sign-in", visitor, "/staff/sign-in/", web)
    links = re.findall(r"/i/[\w-]+/", server.output())
    if not links:
        print("(no personal links in this demo: participant pages are not measured)")
        return
    with httpx.Client(base_url=server.url, headers=BROWSER) as participant:
        page = report("personal link", participant, links[0], web)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        form = {"csrfmiddlewaretoken": token[1] if token else ""}
        entered = participant.post(
            links[0], data=form, headers={"Referer": server.url}, follow_redirects=True
        )
        report("today", participant, entered.url.path, web)


def report(name: str, client: httpx.Client, path: str, pid: int) -> httpx.Response:
    """Ask for one page many times; give its last answer."""
    for _ in range(WARM_UP):
        response = client.get(path)
    cpu, wall = cpu_seconds(pid), time.perf_counter()
    for _ in range(REQUESTS):
        response = client.get(path)
    cpu, wall = cpu_seconds(pid) - cpu, time.perf_counter() - wall
    shown = name if response.status_code == 200 else f"{name} ({response.status_code})"
    print(
        f"{shown:<34}{wire_bytes(response):>8}{cpu / REQUESTS * 1000:>9.2f}{wall / REQUESTS * 1000:>9.2f}",
        flush=True,
    )
    return response


def wire_bytes(response: httpx.Response) -> int:
    """Give the bytes of status line, headers and body as they came over the wire."""
    headers = sum(len(name) + len(value) + 4 for name, value in response.headers.raw)
    return (
        len(f"HTTP/1.1 {response.status_code} OK\r\n\r\n") + headers + response.num_bytes_downloaded
    )


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


@contextmanager
def bare(port: int) -> Iterator[tuple[int, str]]:
    """Run the bare page; give its process id and address."""
    url = f"http://127.0.0.1:{port}"
    process = subprocess.Popen([sys.executable, ROOT / "scripts" / "bench_bare.py", str(port)])
    try:
        for _ in range(200):
            try:
                httpx.get(url)
                break
            except httpx.TransportError:
                time.sleep(0.05)
        yield process.pid, url
    finally:
        process.terminate()
        process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
