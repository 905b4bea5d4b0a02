"""A page's address as a QR code, which a phone reads off the paper."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class QrCode:
    """A square drawing: a module is a unit of it."""

    size: int
    path: str
    """Of the dark modules, a stroke as wide as a module (SVG)."""


def qr_code(text: str) -> QrCode:
    """The code of a text, without its quiet zone (ISO/IEC 18004: four modules on each side)."""
    import segno  # a site without an address needs none

    rows = segno.make(text, error="m", micro=False, mask=_MASK).matrix
    return QrCode(len(rows), "".join(_strokes(y, row) for y, row in enumerate(rows)))


_MASK = 7
"""Readers take any of the eight; to weigh all of them would take four times as long as the rest."""


def _strokes(y: int, row: bytearray) -> str:
    """The dark modules of a row, each run of them one stroke from where the last one ended."""
    path, at, pen = "", 0, None
    for is_dark, run in groupby(row):
        length = len(list(run))
        if is_dark:
            path += f"M{at} {y}.5" if pen is None else f"m{at - pen} 0"
            path += f"h{length}"
            pen = at + length
        at += length
    return path
