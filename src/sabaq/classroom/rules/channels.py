"""Which channel a listener hears: she chooses a language, never a feed."""

from collections.abc import Collection

FLOOR = "floor"


def channel_for(wanted: str, floor_language: str, spoken: Collection[str]) -> str:
    """Give the channel to hear, or "" where there is none.

    `wanted` is a language or `FLOOR` (whatever is spoken there); `spoken` are the channels somebody
    speaks on. While the floor speaks the wanted language it is the floor that is heard.
    """
    channel = FLOOR if wanted == floor_language else wanted
    return channel if channel in spoken else ""
