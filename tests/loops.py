"""Event loops of tests: on a thread of their own, for a browser test may have left one standing on ours."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Given = TypeVar("Given")


def run_apart(work: Coroutine[Any, Any, Given]) -> Given:
    """Run `work` to its end and give what it gives."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()
