"""Which channel a listener hears: she chooses a language, never a feed."""

from collections.abc import Collection, Mapping

# Where microphones are: on the floor, or in a booth, heard in the language of whoever is on air.
FLOOR, BOOTH = "floor", "booth"


def channel_for(wanted: str, floor_language: str, spoken: Collection[str]) -> str:
    """Give the channel to hear, or "" where there is none.

    `wanted` is a language or `FLOOR` (whatever is spoken there); `spoken` are the channels somebody
    speaks on. While the floor speaks the wanted language it is the floor that is heard.
    """
    channel = FLOOR if wanted == floor_language else wanted
    return channel if channel in spoken else ""


def heard_on(place: str, speaker: str, on_air: Mapping[str, str]) -> str:
    """Give the channel on which a microphone is heard, or "" for one that nobody is to hear.

    `on_air` is, by speaker, the language she interprets into.
    """
    return on_air.get(speaker, "") if place == BOOTH else place
