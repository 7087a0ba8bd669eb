"""One archive that holds everything a server knows, and the way back from it."""

from sabaq.ops.backup.restoring import restore
from sabaq.ops.backup.saving import back_up, back_up_into

__all__ = ["back_up", "back_up_into", "restore"]
