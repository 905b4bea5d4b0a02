"""Texts packed against what they have in common, so that any browser can unpack them.

A small text compresses badly: it must say `Inclusion Criteria` anew. zlib (RFC 1950, 1951) can take
a dictionary of what was said before, but no browser's own decompressor can. It needs none: a stream
that begins with the dictionary as it is, and goes on with what was compressed against it, is an
ordinary one. So each text is kept without that beginning. The page puts both together and drops the
dictionary from what comes out (theme/search/10-load.js).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable

import msgspec

_SAMPLES = 4
_OF_EACH = 4_000
"""Bytes. A longer dictionary would save more on disk, but a first search reads it."""


def samples(count: int) -> Iterable[int]:
    """The numbers of those of so many texts, evenly chosen, that stand for all."""
    return sorted({int((number + 0.5) * count / _SAMPLES) for number in range(_SAMPLES)} - {count})


def in_common(texts: Iterable[bytes | msgspec.Raw]) -> bytes:
    """The dictionary, of the texts that stand for all."""
    return b"".join(bytes(text)[:_OF_EACH] for text in texts)


def packed(text: bytes, dictionary: bytes) -> bytes:
    """What follows the dictionary in the stream: the text, and the sum of both (Adler-32)."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, 9, zdict=dictionary)
    total = zlib.adler32(text, zlib.adler32(dictionary))
    return packer.compress(text) + packer.flush() + total.to_bytes(4, "big")


def beginning(dictionary: bytes) -> bytes:
    """The stream up to there: its header, and the dictionary in a block that isn't compressed."""
    size = len(dictionary)
    sizes = size.to_bytes(2, "little") + (size ^ 0xFFFF).to_bytes(2, "little")
    return b"\x78\xda\x00" + sizes + dictionary
