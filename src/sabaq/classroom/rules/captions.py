"""Captions as a file that players of video and sound read; pure."""

from collections.abc import Sequence
from datetime import timedelta

# A line is read until the next one, if that leaves time to read it.
SHOWN_FOR_AT_LEAST = timedelta(seconds=2)
SHOWN_FOR_AT_MOST = timedelta(seconds=7)


def webvtt(lines: Sequence[tuple[timedelta, str]]) -> str:
    """Give a WebVTT file (https://www.w3.org/TR/webvtt1/): one cue for each line, in the order of time.

    `lines` are texts of one line, each with the time since the beginning. A cue lasts until the next one begins,
    from two to seven seconds; where lines come faster, players show two at once.
    """
    ordered = sorted(((max(at, timedelta()), text) for at, text in lines), key=lambda line: line[0])
    cues = ["WEBVTT\n"]
    for number, (begins, text) in enumerate(ordered):
        ends = begins + SHOWN_FOR_AT_MOST
        if number + 1 < len(ordered):
            ends = min(ends, max(ordered[number + 1][0], begins + SHOWN_FOR_AT_LEAST))
        cues.append(f"{_timestamp(begins)} --> {_timestamp(ends)}\n{_escaped(text)}\n")
    return "\n".join(cues)


def _timestamp(at: timedelta) -> str:
    milliseconds = at // timedelta(milliseconds=1)
    minutes, milliseconds = divmod(milliseconds, 60_000)
    hours, minutes = divmod(minutes, 60)
    seconds, milliseconds = divmod(milliseconds, 1000)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{milliseconds:03}"


def _escaped(text: str) -> str:
    # With ">" gone no text holds the arrow that would begin a cue.
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
