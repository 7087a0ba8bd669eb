"""The voice child of `sabaq serve`: writes Janus' configuration, and becomes Janus.

Becomes: the supervisor's signals reach Janus itself, and a kill leaves nothing between.
"""

import ctypes
import os
import signal
import sys
from pathlib import Path

from sabaq.adapters.janus.configuration import write_configuration
from sabaq.ops.voice import engine_told

_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38


def main() -> None:
    """Replace this process by Janus."""
    engine = engine_told()
    if engine is None:
        sys.exit("sabaq: this is started by `sabaq serve`, which tells it of the engine.")
    folder = Path(os.environ.get("DATA_DIR", "./data")).resolve() / "voice"
    write_configuration(engine, folder)
    _bind_to_parent()
    # Janus says everything on standard output. Errors alone are kept, of this start alone.
    log = os.open(folder / "janus.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(log, sys.stdout.fileno())
    os.execv(  # noqa: S606 - no shell is wanted
        engine.program,
        [engine.program, "-F", str(folder), "-C", str(folder / "janus.jcfg"), "--disable-colors"],
    )


def _bind_to_parent() -> None:
    """Let Janus end when the parent does, however that went, and never gain a right that we have not."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if os.getppid() == 1:
        sys.exit("sabaq: the parent has gone.")


if __name__ == "__main__":
    main()
