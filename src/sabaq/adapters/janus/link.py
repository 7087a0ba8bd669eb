"""One WebSocket to Janus, and one session on it, shared by everybody in this process.

A browser holds one handle or two, and neither a socket nor a session of its own. When Janus goes, every
handle is told, and the link looks for it again.
"""

import asyncio
import json
import secrets
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import structlog
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from sabaq.classroom.ports import EngineGone, EngineRefused

log = structlog.get_logger("sabaq.voice")
ANSWERS_WITHIN = 5.0
BEAT_EVERY = 10.0
LOOK_AGAIN_AFTER = 0.2
_LARGEST_MESSAGE = 2**20
_PLUGIN = "janus.plugin.videoroom"


class Handle:
    """One attachment to the plugin. `heard` is given what comes unasked: data and SDP, or the kind of notice."""

    def __init__(self, link: "Link", number: int) -> None:
        self.link, self.number = link, number
        self.heard: Callable[[dict[str, Any], str], None] = lambda _data, _sdp: None
        self.gone: Callable[[], None] = lambda: None

    async def ask(self, body: dict[str, Any], *, jsep: dict[str, str] | None = None) -> Any:
        """Ask the plugin; give its data and the SDP that came with it, or raise `EngineRefused`."""
        message: dict[str, Any] = {"janus": "message", "handle_id": self.number, "body": body}
        if jsep:
            message["jsep"] = jsep
        answer = await self.link.ask(message)
        data = answer.get("plugindata", {}).get("data", {})
        if "error_code" in data:
            raise EngineRefused(data["error_code"], data.get("error", ""))
        return data, answer.get("jsep", {}).get("sdp", "")

    async def trickle(self, candidate: Any) -> None:
        said = {"completed": True} if candidate is None else dict(candidate)
        await self.link.ask(
            {"janus": "trickle", "handle_id": self.number, "candidate": said}, wants="ack"
        )

    async def detach(self) -> None:
        self.link.handles.pop(self.number, None)
        with suppress(EngineGone, EngineRefused):
            await self.link.ask({"janus": "detach", "handle_id": self.number})


class Link:
    """`start` begins to look for Janus; `alive` is set while it is there."""

    def __init__(self, port: int, secret: str) -> None:
        self._address, self._secret = f"ws://127.0.0.1:{port}/", secret
        self.alive = asyncio.Event()
        self.handles: dict[int, Handle] = {}
        self._asked: dict[str, tuple[str, asyncio.Future[dict[str, Any]]]] = {}
        self._socket: ClientConnection | None = None
        self._session = 0
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._keep())

    async def stop(self) -> None:
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def attach(self) -> Handle:
        """Give a new handle; wait for Janus a few seconds where it is not there."""
        try:
            await asyncio.wait_for(self.alive.wait(), ANSWERS_WITHIN)
        except TimeoutError as error:
            raise EngineGone from error
        answer = await self.ask({"janus": "attach", "plugin": _PLUGIN})
        handle = Handle(self, int(answer["data"]["id"]))
        self.handles[handle.number] = handle
        return handle

    async def ask(self, message: dict[str, Any], *, wants: str = "") -> dict[str, Any]:
        """Send a request and wait for its answer; raise `EngineGone` or `EngineRefused`.

        Janus acknowledges some requests first and answers later: `wants="ack"` waits for the first alone.
        """
        if self._socket is None:
            raise EngineGone
        number = secrets.token_hex(8)
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._asked[number] = wants, answer
        whole = {**message, "transaction": number, "apisecret": self._secret}
        if self._session:
            whole["session_id"] = self._session
        try:
            await self._socket.send(json.dumps(whole))
            got = await asyncio.wait_for(answer, ANSWERS_WITHIN)
        except (WebSocketException, TimeoutError) as error:
            raise EngineGone from error
        finally:
            self._asked.pop(number, None)
        if got["janus"] == "error":
            raise EngineRefused(got["error"]["code"], got["error"]["reason"])
        return got

    async def _keep(self) -> None:
        while True:
            with suppress(OSError, WebSocketException, EngineGone, EngineRefused, TimeoutError):
                await self._live_through()
            self._lose()
            await asyncio.sleep(LOOK_AGAIN_AFTER)

    async def _live_through(self) -> None:
        """Connect, and stay until Janus goes."""
        async with connect(
            self._address,
            subprotocols=["janus-protocol"],  # type: ignore[list-item]
            compression=None,
            max_size=_LARGEST_MESSAGE,
            open_timeout=ANSWERS_WITHIN,
            ping_interval=None,
            proxy=None,
        ) as socket:
            self._socket, self._session = socket, 0
            reading = asyncio.create_task(self._read(socket))
            beating = None
            try:
                made = await self.ask({"janus": "create"})
                self._session = int(made["data"]["id"])
                self.alive.set()
                beating = asyncio.create_task(self._beat())
                await asyncio.wait({reading, beating}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for task in (reading, beating):
                    if task:
                        task.cancel()

    async def _read(self, socket: ClientConnection) -> None:
        async for text in socket:
            self._take(json.loads(text))

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(BEAT_EVERY)
            await self.ask({"janus": "keepalive"}, wants="ack")

    def _take(self, message: dict[str, Any]) -> None:
        wants, answer = self._asked.get(message.get("transaction", ""), ("", None))
        if answer is not None and not answer.done():
            if message["janus"] != "ack" or wants == "ack":
                answer.set_result(message)
            return
        if message["janus"] == "timeout" and self._socket:
            asyncio.get_running_loop().create_task(self._socket.close())
        handle = self.handles.get(message.get("sender", 0))
        if handle is None:
            return
        if message["janus"] == "event":
            data = message.get("plugindata", {}).get("data", {})
            handle.heard(data, message.get("jsep", {}).get("sdp", ""))
        elif message["janus"] in {"hangup", "detached"}:
            handle.heard({"notice": message["janus"]}, "")

    def _lose(self) -> None:
        """Tell everybody that Janus is not there."""
        was_alive, self._socket = self.alive.is_set(), None
        self.alive.clear()
        for _, answer in list(self._asked.values()):
            if not answer.done():
                answer.set_exception(EngineGone())
        handles, self.handles = list(self.handles.values()), {}
        for handle in handles:
            handle.gone()
        if was_alive:
            log.warning("voice_engine_lost")
