"""How a tree is prepared: by its web server, before it serves. Starting Django takes a second; so it is started once.

Loads nothing: the parent of the tree imports it.
"""

import json
import os
import resource
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sabaq.ops.supervisor import Child

# What the first web child is to do before it serves, and how it says that it is done.
TOLD = "SABAQ_PREPARATION"
# Memory in KB that a long preparation, as of a demo's people, may leave behind in the server.
LITTER = 20_000
INTERRUPTED = 130


def start_preparing(web: Child, words: Sequence[str]) -> int:
    """Start the web child, which runs the `sabaq` command `words` first; give its status when that is done.

    Until then what it says of errors goes to our own standard error, and to its log afterwards.
    """
    reading, writing = os.pipe()
    log = str(web.log) if web.log else ""
    os.environ[TOLD] = json.dumps({"words": list(words), "done": writing, "log": log})
    first = replace(web, log=None, pass_fds=(*web.pass_fds, writing))
    first.start()
    del os.environ[TOLD]
    os.close(writing)
    web.process, web.started_at = first.process, first.started_at
    assert web.process is not None  # noqa: S101 - `start` made it
    with os.fdopen(reading, "rb") as answer:
        try:
            if answer.read():
                return 0
        except KeyboardInterrupt:
            web.process.terminate()
            web.process.wait()
            return INTERRUPTED
    return web.process.wait() or 1


def prepare_first() -> None:
    """Do, in a web child, what the parent told it to do before it serves; end this process where that fails."""
    if TOLD not in os.environ:
        return
    told = json.loads(os.environ.pop(TOLD))
    from sabaq.ops.cli import main

    before = _memory()
    if status := main(told["words"]):
        sys.exit(status)
    if told["log"]:
        with Path(told["log"]).open("ab") as log:
            os.dup2(log.fileno(), sys.stderr.fileno())
    with os.fdopen(told["done"], "wb") as done:
        done.write(b"prepared")
    if _memory() - before > LITTER:
        os.execv(sys.executable, [sys.executable, "-P", "-m", "sabaq.ops.web"])  # noqa: S606 - ourselves
    from django.db import connections

    connections.close_all()


def _memory() -> int:
    """Give the most that this process has held, in KB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
