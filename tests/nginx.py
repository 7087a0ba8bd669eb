"""The real nginx before a server, configured as `sabaq deploy` says."""

import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from typing import Any

from sabaq.ops.deployment import Site, deployment_files
from tests.servers import ROOT

MAIN = """
daemon off;
{modules}
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
# Where Debian's libnginx-mod-stream puts it.
STREAM_MODULE = Path("/usr/lib/nginx/modules/ngx_stream_module.so")


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


def certificate(folder: Path, *names: str) -> None:
    """Make a certificate for these names that its own key has signed."""
    subprocess.run(
        [
            tool("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
            "-subj", f"/CN={names[0]}", "-addext", f"subjectAltName={','.join(f'DNS:{name}' for name in names)}",
            "-keyout", folder / "key.pem", "-out", folder / "certificate.pem",
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip


@contextmanager
def nginx_before(port: int, folder: Path, *, turn_port: int = 0) -> Iterator[Site]:
    """Run nginx on free ports, configured as `sabaq deploy` says but for its log; give the site.

    With `turn_port` voice takes its detour to there, by the name turn.localhost.
    """
    site = Site(
        host="localhost",
        code=ROOT,
        port=port,
        http_port=free_port(),
        https_port=free_port(),
        certificate=folder / "certificate.pem",
        key=folder / "key.pem",
        **detour(turn_port, "turn.localhost") if turn_port else {},
    )
    with nginx_of(site, folder):
        wait_for(site.https_port)
        yield site


def detour(turn_port: int, host: str) -> dict[str, Any]:
    return {
        "turn_host": host,
        "turn_port": turn_port,
        "inner_port": free_port(),
        "turn_inner_port": free_port(),
    }


@contextmanager
def nginx_of(site: Site, folder: Path, inside: Sequence[str] = ()) -> Iterator[None]:
    """Run nginx for a site, with a certificate of its own in `folder`; `inside` is a command that becomes nginx."""
    names = (site.host, site.turn_host) if site.turn_host else (site.host,)
    certificate(folder, *names)
    files = deployment_files(site)
    modules = ""
    for name in ("sabaq.nginx.conf", "sabaq.stream.conf"):
        if name not in files:
            continue
        text = files[name].replace("/var/log/nginx", str(folder))
        if not has_ipv6():
            text = "\n".join(line for line in text.splitlines() if "listen [::]" not in line)
        (folder / name).write_text(text)
    if site.turn_host:
        modules = f"load_module {stream_module()};\ninclude {folder}/sabaq.stream.conf;"
    main = folder / "nginx.conf"
    main.write_text(MAIN.format(folder=folder, modules=modules))
    process = subprocess.Popen(
        [*inside, tool("nginx"), "-p", folder, "-c", main], stdin=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def stream_module() -> Path:
    if not STREAM_MODULE.exists():
        from tests.conftest import missing

        missing("the stream module of nginx (Debian package libnginx-mod-stream)")
    return STREAM_MODULE


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
