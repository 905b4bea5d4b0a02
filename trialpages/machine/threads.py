"""Threads, for waiting on several things at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

_STACK = 1 << 20
"""Bytes of addresses for each: none of these threads calls deep."""
_BEGINNING = 1 << 21
"""Bytes besides, more than what Python takes to begin them."""


def pool(count: int, begin: Callable[[], object] | None = None) -> ThreadPoolExecutor:
    """So many threads, each of which calls `begin` first.

    Raises MemoryError where there is no room for them: Python waits for ever for a thread that
    had no memory left to say that it has begun.
    """
    from concurrent.futures import ThreadPoolExecutor

    bytearray(count * _STACK + _BEGINNING)  # and given back at once
    threading.stack_size(_STACK)
    return ThreadPoolExecutor(count, initializer=begin)
