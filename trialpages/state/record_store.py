"""The record store: each trial as it was parsed, one after the other in a few files, the packs.

Rendering takes trials from here, in any process, so that none stays in memory and none is read from
YAML twice. A record that is lost or damaged is parsed again.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path

import msgspec

from trialpages.digests import DIGEST_SIZE, digest
from trialpages.machine.disk_words import explained
from trialpages.records.model import Trial
from trialpages.text.files import StoredRecord

_FOLDER = "records"
_ENCODER = msgspec.msgpack.Encoder(enc_hook=str)
_DECODER = msgspec.msgpack.Decoder(
    Trial,
    strict=False,
    dec_hook=str.__new__,  # the dates are a kind of str, and were checked when they were parsed
)


def store_record(state: Path, build: str, name: bytes, trial: Trial) -> StoredRecord:
    """Keep a trial in this process's pack of this build. `name` is the digest of its file.

    `build` is like no other build's: what an earlier one left half written is never added to.
    Raises MachineFailure.
    """
    content = _ENCODER.encode(trial)
    pack = f"{build}-{os.getpid()}"
    path = f"{state}/{_FOLDER}/{pack}"  # no Path: there may be 100,000 trials
    with explained("write", path):
        try:
            start = _append(path, digest(name, content) + content)
        except FileNotFoundError:
            (state / _FOLDER).mkdir(mode=0o700, exist_ok=True)
            start = _append(path, digest(name, content) + content)
    return StoredRecord(name, pack, start, DIGEST_SIZE + len(content))


def _append(path: str, content: bytes) -> int:
    """Add to a file's end; returns where that was."""
    with open(path, "ab", buffering=0) as file:  # noqa: PTH123
        start = file.tell()
        rest = memoryview(content)
        while rest:
            rest = rest[file.write(rest) :]
        return start


def stored_record(state: Path, place: StoredRecord) -> Trial | None:
    """The trial kept there, if it still is, and undamaged."""
    try:
        with open(f"{state}/{_FOLDER}/{place.pack}", "rb", buffering=0) as file:  # noqa: PTH123
            file.seek(place.start)
            found = file.read(place.size)
    except OSError:
        return None
    content = memoryview(found)[DIGEST_SIZE:]
    if found[:DIGEST_SIZE] != digest(place.digest, content):
        return None
    return _DECODER.decode(content)


def forget_records(state: Path, live: Iterable[StoredRecord]) -> None:
    """Delete the packs of which no record is in use any more."""
    wanted = {place.pack for place in live}
    with contextlib.suppress(OSError):
        for path in (state / _FOLDER).iterdir():
            if path.name not in wanted:
                path.unlink()
