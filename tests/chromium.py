"""Debian's Chromium, as tests and measurements start it."""

CHROMIUM = "/usr/bin/chromium"
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
