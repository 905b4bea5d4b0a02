"""The record store: each trial as it was parsed, under the digest of its content file.

Rendering takes trials from here, in any process, so that none stays in memory and none is read from
YAML twice. A record that is lost or damaged is parsed again.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path

import msgspec

from trialpages.pages.digests import DIGEST_SIZE, digest
from trialpages.publish.disk import explained
from trialpages.records.model import Trial, decode_scalar

_FOLDER = "records"
_DECODER = msgspec.msgpack.Decoder(Trial, strict=False, dec_hook=decode_scalar)


def store_record(state: Path, name: bytes, trial: Trial) -> None:
    """Keep a trial under the digest of its file. Raises MachineFailure."""
    content = msgspec.msgpack.encode(trial, enc_hook=str)
    path = _path(state, name)
    with explained("write", path):
        try:
            path.write_bytes(digest(content) + content)  # half a record doesn't match its digest
        except FileNotFoundError:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(digest(content) + content)


def stored_record(state: Path, name: bytes) -> Trial | None:
    """The trial kept under the digest of its file, if it is there and undamaged."""
    try:
        content = _path(state, name).read_bytes()
    except OSError:
        return None
    if content[:DIGEST_SIZE] != digest(content[DIGEST_SIZE:]):
        return None
    return _DECODER.decode(memoryview(content)[DIGEST_SIZE:])


def forget_records(state: Path, live: Iterable[bytes]) -> None:
    """Delete the records of files that are gone or have changed."""
    wanted = {name.hex() for name in live}
    with contextlib.suppress(OSError):
        for path in (state / _FOLDER).iterdir():
            if path.name not in wanted:
                path.unlink()


def _path(state: Path, name: bytes) -> Path:
    return state / _FOLDER / name.hex()
