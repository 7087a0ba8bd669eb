"""The files of `sabaq deploy`, with the real nginx and the real systemd's own checker."""

import socket
import ssl
import subprocess
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from sabaq.adapters.coturn.detours import CoturnDetours
from sabaq.ops.deployment import Site, deployment_files
from tests.nginx import free_port, nginx_before, tool
from tests.scenes import People, set_scene
from tests.servers import ROOT, environment, fresh_database, running, sabaq
from tests.turn import TurnClient, coturn, turn_server

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


def trusting(folder: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=folder / "certificate.pem")


@pytest.mark.parametrize("turn_port", [0, 9], ids=["alone", "beside the detour"])
def test_behind_nginx_every_page_comes_by_tls_and_cookies_never_without(tmp_path, turn_port):
    port = free_port()
    with nginx_before(port, tmp_path, turn_port=turn_port) as site, fresh_database() as url:
        origin = f"https://localhost:{site.https_port}"
        more = {"DATABASE_URL": url} if url else {}
        env = environment(tmp_path / "data", SABAQ_URL=origin, **more)
        with running("serve", "--port", str(port), env=env, log=tmp_path / "log"):
            plain = httpx.get(f"http://localhost:{site.http_port}/code/?a=b")
            with httpx.Client(verify=trusting(tmp_path), base_url=origin) as browser:
                page = browser.get("/code/")
                token = page.text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
                answer = browser.post(
                    "/code/",
                    data={"csrfmiddlewaretoken": token, "code": "ABCD2345"},
                    headers={"Origin": origin},
                )

    assert (plain.status_code, plain.headers["location"]) == (301, f"{origin}/code/?a=b")
    assert page.status_code == 200
    assert page.headers["strict-transport-security"].startswith("max-age=31536000")
    assert all("Secure" in cookie for cookie in page.headers.get_list("set-cookie"))
    assert page.headers.get_list("set-cookie")
    # Refused for its content, and not because the proxy's headers were not believed.
    assert answer.status_code in {200, 404, 422}
    assert "csrf" not in answer.text.lower().replace("csrfmiddlewaretoken", "")
    assert not (tmp_path / "sabaq.error.log").read_text()


def test_a_class_passes_nginx_without_waiting_in_it(sabaq_server, server_environment, tmp_path):
    port = int(sabaq_server.url.rsplit(":", 1)[1])
    people = People(sabaq_server.url, set_scene(server_environment))
    with people.gone, nginx_before(port, tmp_path) as site:
        trainer, ticket = people.trainer(), people.ticket(people.participant())
        line = socket.create_connection(("127.0.0.1", site.https_port), timeout=30)
        with trusting(tmp_path).wrap_socket(line, server_hostname="localhost") as stream:
            stream.sendall(
                f"GET /live/{people.scene.session}/events?ticket={ticket} HTTP/1.1\r\n"
                f"Host: localhost:{site.https_port}\r\nAccept-Encoding: gzip\r\n\r\n".encode()
            )
            hello = heard(stream, b"event: hello")
            people.act(trainer, "begin")
            began = heard(stream, b"ClassBegan")

    assert b"200 OK" in hello.split(b"\r\n")[0]
    assert b"content-encoding" not in hello.lower()
    assert b'"seq":1' in began.replace(b" ", b"")


def test_one_port_takes_pages_and_the_detour_of_voice_apart_by_name(tmp_path):
    server = turn_server()
    detour = CoturnDetours(server, time.time).detour(60)
    with (
        echo() as port,
        coturn(server, tmp_path),
        nginx_before(port, tmp_path, turn_port=server.port) as site,
    ):
        with by_name(site, "turn.localhost", tmp_path) as stream:
            client = TurnClient(stream, detour)
            answers = client.allocate(), client.permit(server.address), client.permit("127.0.0.1")
        pages = {}
        for name in ("localhost", "unheard.of"):
            with by_name(site, name, tmp_path, is_checked=name == "localhost") as stream:
                stream.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                pages[name] = heard(stream, b"X-Forwarded-Proto: https")

    assert answers == (0, 0, 403)
    # The address that has come, and not that of the door between.
    assert all(b"X-Forwarded-For: 127.0.0.2\n" in page for page in pages.values())
    assert not (tmp_path / "sabaq.stream.log").read_text()


@contextmanager
def by_name(site, name, folder, *, is_checked=True):
    """Come from 127.0.0.2 to the port of TLS, asking for a name."""
    address = ("127.0.0.1", site.https_port)
    line = socket.create_connection(address, timeout=30, source_address=("127.0.0.2", 0))
    context = trusting(folder)
    if not is_checked:
        context.check_hostname = False
    with context.wrap_socket(line, server_hostname=name) as stream:
        yield stream


@contextmanager
def echo():
    """Answer each request with its headers; give the port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write("".join(f"{k}: {v}\n" for k, v in self.headers.items()).encode())

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def test_without_the_detour_nginx_needs_no_further_module():
    files = deployment_files(Site(host="course.example", code=ROOT))
    with_detour = deployment_files(Site("course.example", ROOT, turn_host="turn.course.example"))

    assert set(with_detour) - set(files) == {"sabaq.stream.conf"}
    assert "listen 443 ssl http2;" in files["sabaq.nginx.conf"]
    assert "\nSABAQ_TURN_HOST=turn.course.example\n" in with_detour["sabaq.env"]
    assert "turn." not in files["sabaq.nginx.conf"]


def heard(stream: ssl.SSLSocket, what: bytes) -> bytes:
    """Read until something is there; whatever nginx kept to itself would never come."""
    said = b""
    while what not in said:
        more = stream.recv(65536)
        assert more, f"the stream ended: {said!r}"
        said += more
    return said


def test_systemd_finds_nothing_wrong_with_the_units(tmp_path):
    done = sabaq("deploy", str(tmp_path), "--host", "course.example", env=environment(tmp_path))
    units = sorted(path for path in tmp_path.iterdir() if path.suffix in {".service", ".timer"})
    checker = tool("systemd-analyze")

    check = subprocess.run([checker, "verify", *units], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert [path.name for path in units] == [
        "sabaq-backup.service",
        "sabaq-backup.timer",
        "sabaq.service",
    ]
    assert [line for line in check.stderr.splitlines() if "sabaq" in line] == []


def test_what_is_no_host_name_never_reaches_a_configuration(tmp_path):
    done = sabaq("deploy", str(tmp_path / "out"), "--host", "a;b {", env=environment(tmp_path))

    assert done.returncode == 2
    assert "is no host name" in done.stderr
    assert not (tmp_path / "out").exists()


def test_each_setting_of_the_environment_file_is_one_that_sabaq_reads():
    text = deployment_files(Site(host="course.example", code=ROOT))["sabaq.env"]
    names = {line.lstrip("#").split("=")[0] for line in text.splitlines() if "=" in line}
    documented = (ROOT / "docs" / "operate" / "settings.md").read_text("utf-8")

    assert {"DATA_DIR", "SABAQ_URL", "EMAIL_URL", "DATABASE_URL"} <= names
    assert [name for name in names if f"| `{name}` |" not in documented] == []
