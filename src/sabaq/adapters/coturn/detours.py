"""The classroom's `Detours`, by coturn: names and words that lapse, without anybody being written down.

As `use-auth-secret` of coturn has it (draft-uberti-behave-turn-rest): the name is "expiry:user", expiry in Unix seconds,
the word is base64(HMAC-SHA1(secret, name)).
"""

import base64
import hmac
import secrets
from collections.abc import Callable

from sabaq.classroom.ports import Detour
from sabaq.ops.turn import TurnServer


class CoturnDetours:
    """See `sabaq.classroom.ports.Detours`. `now` gives real Unix seconds: coturn knows no other clock than the machine's."""

    def __init__(self, server: TurnServer, now: Callable[[], float]) -> None:
        self._server, self._now = server, now

    def detour(self, good_for: float) -> Detour:
        # A user of its own for every line: it says nothing about who that is.
        name = f"{int(self._now() + good_for)}:{secrets.token_hex(6)}"
        signature = hmac.digest(self._server.secret.encode(), name.encode(), "sha1")
        return Detour(self._server.urls, name, base64.b64encode(signature).decode())
