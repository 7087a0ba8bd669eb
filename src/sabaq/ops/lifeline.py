"""A child's hold on its parent: standard input is a pipe that closes when the parent is gone, however it went."""

import os
import signal
import sys
import threading
import time

# Longer than the web server's own grace for open requests, shorter than anyone's patience.
LAST_RESORT_SECONDS = 6


def watch() -> None:
    """End this process soon after its standard input closes."""
    threading.Thread(target=_wait_and_end, name="lifeline", daemon=True).start()


def _wait_and_end() -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(LAST_RESORT_SECONDS)
    os._exit(1)
