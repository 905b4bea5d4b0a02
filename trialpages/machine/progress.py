"""How a verb that takes long tells how far it is."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Told the stage's name, how many of its pieces are done, and how many there are (0 where nobody
knows)."""
