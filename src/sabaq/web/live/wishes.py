"""What a browser may say on its voice line, read strictly: whatever is not one of these ends the line.

The browser never names a room, a feed or a right: it says what its holder wishes, and the server looks
whether she may.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

LONGEST_MESSAGE = 32_000
_CHANNEL = re.compile(r"[a-z]{2,8}")
_AUDIO, _OTHER = re.compile(r"^m=audio ", re.MULTILINE), re.compile(r"^m=(?!audio )", re.MULTILINE)
_CANDIDATE_FIELDS = {"candidate": str, "sdpMid": str, "sdpMLineIndex": int, "usernameFragment": str}


EAR, MOUTH, FINE = "ear", "mouth", "fine"
# By a connection of its own, over this line itself, or by another answer of ours, of which this line is only told.
OWN, LINE, APART = "own", "line", "apart"


class NotUnderstood(ValueError):
    pass


@dataclass(frozen=True)
class Enter:
    ticket: str


@dataclass(frozen=True)
class Hear:
    """`channel` is a language, "floor", or "" to hear nothing; `with_partner` matters in a booth."""

    channel: str
    with_partner: bool = False


@dataclass(frozen=True)
class Answered:
    sdp: str


@dataclass(frozen=True)
class Speak:
    """`place` is "floor" or "booth"."""

    place: str
    sdp: str


@dataclass(frozen=True)
class SpeakFine:
    """One more stream of the microphone that is on, for interpreters; "" ends it, where the line is too tight."""

    sdp: str


@dataclass(frozen=True)
class Road:
    """How voice is to come to her: `OWN`, `LINE` or `APART`."""

    road: str


@dataclass(frozen=True)
class Hush:
    pass


@dataclass(frozen=True)
class Candidate:
    """`of` tells which of the connections it is of: `EAR`, `MOUTH` or `FINE`; `candidate` is None after the last."""

    candidate: dict[str, Any] | None
    of: str


Wish = Enter | Hear | Answered | Speak | SpeakFine | Road | Hush | Candidate


def read_wish(text: str | None) -> Wish:
    """Give what was said, or raise `NotUnderstood`."""
    if text is None or len(text) > LONGEST_MESSAGE:
        raise NotUnderstood
    try:
        said = json.loads(text)
    except ValueError as error:
        raise NotUnderstood from error
    read = _READ.get(frozenset(said)) if isinstance(said, dict) else None
    wish = read(said) if read else None
    if wish is None:
        raise NotUnderstood
    return wish


def _enter(said: dict[str, Any]) -> Wish | None:
    return Enter(said["ticket"]) if isinstance(said["ticket"], str) else None


def _hear(said: dict[str, Any]) -> Wish | None:
    return Hear(said["hear"]) if said["hear"] == "" or _is_channel(said["hear"]) else None


def _hear_both(said: dict[str, Any]) -> Wish | None:
    hears = _hear(said)
    is_sound = isinstance(hears, Hear) and isinstance(said["partner"], bool)
    return Hear(said["hear"], with_partner=said["partner"]) if is_sound else None


def _answered(said: dict[str, Any]) -> Wish | None:
    return Answered(said["answer"]) if _is_audio(said["answer"]) else None


def _speak(said: dict[str, Any]) -> Wish | None:
    is_sound = _is_channel(said["speak"]) and _is_audio(said["offer"], streams=1)
    return Speak(said["speak"], said["offer"]) if is_sound else None


def _speak_fine(said: dict[str, Any]) -> Wish | None:
    sdp = said["fine"]
    return SpeakFine(sdp) if sdp == "" or _is_audio(sdp, streams=1) else None


def _road(said: dict[str, Any]) -> Wish | None:
    return Road(said["road"]) if said["road"] in (OWN, LINE, APART) else None


def _hush(said: dict[str, Any]) -> Wish | None:
    return Hush() if said["hush"] is True else None


def _candidate(said: dict[str, Any]) -> Wish | None:
    ice, of = said["ice"], said["of"]
    is_sound = (
        isinstance(of, str) and of in {EAR, MOUTH, FINE} and (ice is None or _is_candidate(ice))
    )
    return Candidate(ice, of) if is_sound else None


# By the names in it, and no other may be there.
_READ: dict[frozenset[str], Callable[[dict[str, Any]], Wish | None]] = {
    frozenset({"ticket"}): _enter,
    frozenset({"hear"}): _hear,
    frozenset({"hear", "partner"}): _hear_both,
    frozenset({"answer"}): _answered,
    frozenset({"speak", "offer"}): _speak,
    frozenset({"fine"}): _speak_fine,
    frozenset({"road"}): _road,
    frozenset({"hush"}): _hush,
    frozenset({"ice", "of"}): _candidate,
}


def _is_channel(channel: object) -> bool:
    return isinstance(channel, str) and bool(_CHANNEL.fullmatch(channel))


def _is_audio(sdp: object, streams: int | None = None) -> bool:
    """Tell whether it is a description of a session (RFC 8866) of audio alone."""
    if not isinstance(sdp, str) or not sdp.startswith("v=0") or _OTHER.search(sdp):
        return False
    audio = len(_AUDIO.findall(sdp))
    return audio == streams if streams else audio > 0


def _is_candidate(ice: object) -> bool:
    """Tell whether it is an `RTCIceCandidateInit`, of strings and a number."""
    return (
        isinstance(ice, dict)
        and isinstance(ice.get("candidate"), str)
        and all(
            value is None or isinstance(value, _CANDIDATE_FIELDS.get(name, type(None)))
            for name, value in ice.items()
        )
    )
