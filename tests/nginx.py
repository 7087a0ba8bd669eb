"""The real nginx before a server, configured as `sabaq deploy` says."""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which

from sabaq.ops.deployment import Site, deployment_files
from tests.servers import ROOT

MAIN = """
daemon off;
pid {folder}/nginx.pid;
error_log stderr;
worker_processes 1;
events {{ worker_connections 256; }}
http {{
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {folder}/sabaq.nginx.conf;
}}
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def where(name: str) -> str | None:
    """Give the path of a program, which for those of an administrator is often left out of the user's own."""
    return which(name) or which(name, path="/usr/sbin:/sbin")


def tool(name: str) -> str:
    found = where(name)
    if not found:
        from tests.conftest import missing

        missing(f"{name}, a Debian package of that name,")
    return found


def certificate(folder: Path) -> None:
    """Make a certificate for localhost that its own key has signed."""
    subprocess.run(
        [
            tool("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
            "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
            "-keyout", folder / "key.pem", "-out", folder / "certificate.pem",
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip


@contextmanager
def nginx_before(port: int, folder: Path) -> Iterator[Site]:
    """Run nginx on free ports, configured as `sabaq deploy` says but for its log; give the site."""
    certificate(folder)
    site = Site(
        host="localhost",
        code=ROOT,
        port=port,
        http_port=free_port(),
        https_port=free_port(),
        certificate=folder / "certificate.pem",
        key=folder / "key.pem",
    )
    text = deployment_files(site)["sabaq.nginx.conf"].replace("/var/log/nginx", str(folder))
    if not has_ipv6():
        text = "\n".join(line for line in text.splitlines() if "listen [::]" not in line)
    (folder / "sabaq.nginx.conf").write_text(text)
    main = folder / "nginx.conf"
    main.write_text(MAIN.format(folder=folder))
    process = subprocess.Popen([tool("nginx"), "-p", folder, "-c", main], stdin=subprocess.DEVNULL)
    try:
        wait_for(site.https_port)
        yield site
    finally:
        process.terminate()
        process.wait(timeout=30)


def has_ipv6() -> bool:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


def wait_for(port: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("nginx does not answer")
