"""What the classroom asks of the world outside: a printer for registers, an engine for voice."""

from sabaq.classroom.ports.registers import RegisterLine, RegisterPrinter, RegisterSheet
from sabaq.classroom.ports.voice import (
    Detour,
    Detours,
    EngineGone,
    EngineRefused,
    Feed,
    Frame,
    Listener,
    MediaEngine,
    Speaker,
    Tap,
    VoiceRoom,
)

__all__ = [
    "Detour",
    "Detours",
    "EngineGone",
    "EngineRefused",
    "Feed",
    "Frame",
    "Listener",
    "MediaEngine",
    "RegisterLine",
    "RegisterPrinter",
    "RegisterSheet",
    "Speaker",
    "Tap",
    "VoiceRoom",
]
