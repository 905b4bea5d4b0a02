"""Digests: by them a build sees what has changed, and never by a time alone."""

from __future__ import annotations

import hashlib

import msgspec

DIGEST_SIZE = 16
"""Bytes."""


def digest(*parts: bytes | memoryview) -> bytes:
    """A digest (BLAKE2b, 16 bytes) that no two sequences of parts share."""
    total = hashlib.blake2b(digest_size=DIGEST_SIZE)
    for part in parts:
        total.update(len(part).to_bytes(8, "little"))
        total.update(part)
    return total.digest()


def digest_of_view(view: object) -> bytes:
    """A digest of all that a view holds: dataclasses, facts and plain values."""
    return digest(type(view).__name__.encode(), _ENCODER.encode(view))


_ENCODER = msgspec.msgpack.Encoder(enc_hook=str)
