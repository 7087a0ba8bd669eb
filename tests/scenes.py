"""A class in a real server's database, and its people as plain HTTP clients."""

import json
import re
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field

import httpx

from tests.servers import ROOT

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True)
class Scene:
    """What `tests/e2e/scene.py` has put there: a session, its staff, three participants' names and links."""

    edition: str
    session: str
    trainer: str
    interpreter: str
    partner: str
    host: str
    password: str
    links: tuple[str, ...]
    names: tuple[str, ...]


def set_scene(env: dict[str, str]) -> Scene:
    """Put an edition with one class into the database of the server with this environment."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.e2e.scene"],
        env={**env, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    return Scene(**{**said, "links": tuple(said["links"]), "names": tuple(said["names"])})


@dataclass
class People:
    """Whoever comes to the class of `scene` at the server `url`; all leave with `gone`."""

    url: str
    scene: Scene
    gone: ExitStack = field(default_factory=ExitStack)

    def trainer(self) -> httpx.Client:
        """Give a client in which the trainer has signed in."""
        client = self._client()
        token = _TOKEN.search(client.get("/staff/sign-in/").text)[1]
        account = {"login": self.scene.trainer, "password": self.scene.password}
        answer = client.post("/staff/sign-in/", data={"csrfmiddlewaretoken": token, **account})
        assert answer.status_code == 302, answer.text
        return client

    def participant(self, which: int = 0) -> httpx.Client:
        """Give a client in which a participant has opened her personal link."""
        client, link = self._client(), self.scene.links[which]
        token = _TOKEN.search(client.get(link).text)[1]
        answer = client.post(link, data={"csrfmiddlewaretoken": token, "answer": "me"})
        assert answer.status_code == 302, answer.text
        return client

    def ticket(self, client: httpx.Client) -> str:
        return str(client.get(f"/class/{self.scene.session}/ticket/").json()["ticket"])

    def act(self, trainer: httpx.Client, what: str, **fields: str) -> None:
        """Press a button of the console as its script does."""
        data = {"csrfmiddlewaretoken": trainer.cookies["csrftoken"], **fields}
        path = f"/teach/{self.scene.session}/{what}/"
        answer = trainer.post(path, data=data, headers={"X-Requested-With": "fetch"})
        assert answer.status_code == 204, answer.text

    def _client(self) -> httpx.Client:
        return self.gone.enter_context(httpx.Client(base_url=self.url, timeout=30))
