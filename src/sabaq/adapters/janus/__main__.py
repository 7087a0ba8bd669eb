"""The voice child of `sabaq serve`: writes Janus' configuration, and becomes Janus.

Becomes: the supervisor's signals reach Janus itself, and a kill leaves nothing between.
"""

import os
import sys

from sabaq.adapters.janus.configuration import write_configuration
from sabaq.ops.becoming import bind_to_parent, voice_folder
from sabaq.ops.voice import engine_told


def main() -> None:
    """Replace this process by Janus."""
    engine = engine_told()
    if engine is None:
        sys.exit("sabaq: this is started by `sabaq serve`, which tells it of the engine.")
    folder = voice_folder()
    write_configuration(engine, folder)
    bind_to_parent()
    # Janus says everything on standard output. Errors alone are kept, of this start alone.
    log = os.open(folder / "janus.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(log, sys.stdout.fileno())
    os.execv(  # noqa: S606 - no shell is wanted
        engine.program,
        [engine.program, "-F", str(folder), "-C", str(folder / "janus.jcfg"), "--disable-colors"],
    )


if __name__ == "__main__":
    main()
