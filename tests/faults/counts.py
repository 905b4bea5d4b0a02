"""How often each row is tried: in the quick set and in the full one. The one place for it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from itertools import cycle, product
from typing import Any

FULL = os.environ.get("FAULTS") == "full"
"""`make faults` asks for the full set; the test command runs the quick one."""

SLACK = 1.0 if FULL else 10.0
"""Limits in seconds are held in the full run, which has the machine to itself."""

_COUNTS: dict[str, tuple[int, int]] = {
    # name: (quick, full)
    "6 documents": (60, 10_000),
    "9 seconds": (2, 30),
    "14 strings": (5_000, 100_000),
    "16 typos": (400, 100_000),
    "17 characters": (6_000, 50_000),
    "17 tries": (1, 5),
    "18 records": (30, 100_000),
    "19 strings": (2_000, 100_000),
    "19 records": (10, 100_000),
    "27 names": (1_000, 10_000),
    "30 errors": (2, 8),
    "31 points": (2, 200),
    "32 calls": (24, 100_000),
    "34 rounds": (2, 50),
    "35 seconds": (2, 60),
    "36 trials": (3, 200),
    "38 damages": (5, 1_000),
    "39 sequences": (4, 500),
    "41 queries": (3, 50),
    "48 changes": (30, 20_000),
    "55 links": (6, 100),
    "58 fields": (0, 1_000),
    "59 settings": (2, 100),
    "60 places": (2, 100),
    "63 opened": (6, 1_000),
    "64 faults": (1, 5),
    "54 megabytes": (100, 2_000),
    "54 records": (40, 735),
    "57 signs": (4, 100),
    "65 limits": (2, 60),
    "66 runs": (20, 200),
    "67 points": (8, 100),
}


def pairs(ones: Iterable[Any], others: Sequence[Any]) -> list[tuple[Any, Any]]:
    """Each of the first with one of the others in turn; in the full run with each of them."""
    return list(product(ones, others) if FULL else zip(ones, cycle(others), strict=False))


def count(name: str) -> int:
    """The count of this run; a count above what there is means all there is.

    `FAULTS_39=150` runs row 39 with 150 in place of its own count; the table shows the count.
    """
    quick, full = _COUNTS[name]
    return int(os.environ.get(f"FAULTS_{name.split()[0]}", full if FULL else quick))
