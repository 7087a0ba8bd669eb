"""What is changed in SDP (RFC 8866) so that voice fits a thin line."""

import re

# To listeners: 16 kbit/s in packets of 60 ms, almost nothing in silence, one lost packet mended by the next.
_THIN = {"useinbandfec": "1", "usedtx": "1", "maxaveragebitrate": "16000", "stereo": "0"}
# To interpreters (ISO 20108): fullband, packets of 20 ms, no pauses, at a rate that does not sink in silence.
_FINE = {
    "useinbandfec": "1",
    "usedtx": "0",
    "maxaveragebitrate": "64000",
    "maxplaybackrate": "48000",
    "cbr": "1",
    "stereo": "0",
}
_OPUS = re.compile(r"a=rtpmap:(\d+) opus/48000", re.IGNORECASE)


def thin(answer: str) -> str:
    """Give the engine's answer to a microphone such that the browser sends Opus as listeners can afford it."""
    return _with(answer, _THIN, milliseconds=60)


def fine(answer: str) -> str:
    """Give the engine's answer such that the browser sends Opus as interpreters need it."""
    return _with(answer, _FINE, milliseconds=20)


def _with(answer: str, asked: dict[str, str], *, milliseconds: int) -> str:
    found = _OPUS.search(answer)
    if found is None:
        return answer
    of_opus = f"a=fmtp:{found[1]} "
    given: dict[str, str] = {}
    lines = []
    for line in answer.splitlines():
        if line.startswith(of_opus):
            parts = (part.strip().partition("=") for part in line.removeprefix(of_opus).split(";"))
            given |= {name: value for name, _, value in parts if name}
        elif not line.startswith(("a=ptime:", "a=maxptime:")):
            lines.append(line)
    wanted = ";".join(f"{name}={value}" for name, value in (given | asked).items())
    at = next(index for index, line in enumerate(lines) if line.startswith(found[0])) + 1
    packets = [f"a=ptime:{milliseconds}", f"a=maxptime:{milliseconds}"]
    return "\r\n".join([*lines[:at], of_opus + wanted, *packets, *lines[at:], ""])
