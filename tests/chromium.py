"""Debian's Chromium, as tests and measurements start it."""

CHROMIUM = "/usr/bin/chromium"
# A loaded machine may take its time, and what is sent over a line that is cut arrives late: what is asserted is that
# it happens, not how soon.
PATIENCE_MS = 60_000
# Quiet: a test's browser asks nobody for anything.
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
