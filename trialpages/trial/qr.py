"""A page's address as a QR code, which a phone reads off the paper."""

from __future__ import annotations

import zlib
from base64 import b64encode
from collections.abc import Iterable

_QUIET = 4
"""Modules of white on each side, as the standard wants (ISO/IEC 18004)."""

_MASK = 7
"""Readers take any of the eight; to weigh all of them would take four times as long as the rest."""


def qr_code(text: str) -> str:
    """The code of a text as a picture (PNG, a module a pixel) in a `data:` address: a fifth of the
    drawing of the same as SVG."""
    import segno  # a site without an address needs none

    rows = segno.make(text, error="m", micro=False, mask=_MASK).matrix
    size = len(rows) + 2 * _QUIET
    white = [bytes(size)] * _QUIET
    side = bytes(_QUIET)
    picture = _png([*white, *(side + bytes(row) + side for row in rows), *white], size)
    return f"data:image/png;base64,{b64encode(picture).decode()}"


_SIGNS = bytes.maketrans(b"\0\1", b"10")
"""A dark module is 0, black."""


def _png(rows: Iterable[bytes], size: int) -> bytes:
    """A square picture in black and white, a bit a pixel (PNG 3, 11.2.1)."""
    wide = -(-size // 8)
    lines = (int(row.translate(_SIGNS).ljust(8 * wide, b"1"), 2) for row in rows)
    pixels = zlib.compress(b"".join(b"\0" + line.to_bytes(wide) for line in lines), 9)
    header = size.to_bytes(4) + size.to_bytes(4) + b"\1\0\0\0\0"
    chunks = ((b"IHDR", header), (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4) + kind + content + zlib.crc32(kind + content).to_bytes(4)
