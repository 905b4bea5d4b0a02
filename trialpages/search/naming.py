"""Pagefind's files under short names: numbers for the hashes it names them by.

Each hash is 28 random bits, and the page reads all of them before its first answer: from the
index's metadata, and again from the tables, which lead from a trial to its file. A number costs a
fraction of that. No cache can mix two builds up: a part's folder is named by a digest already.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Collection
from pathlib import Path

from trialpages.search.pagefind import unknown_shape


def shorten_names(index: Path) -> dict[str, int]:
    """Rename the index's fragments and chunks to numbers, and say so in its metadata.

    Returns each fragment's number by the name it had. Raises MachineFailure, OSError.
    """
    fragments = {path.stem for path in (index / "fragment").iterdir()}
    chunks = {path.stem for path in (index / "index").iterdir()}
    (metadata,) = index.glob("*.pf_meta")
    text, numbers = _numbered(gzip.decompress(metadata.read_bytes()), fragments | chunks)
    metadata.write_bytes(gzip.compress(text, 9, mtime=0))
    for folder, suffix in ("fragment", "pf_fragment"), ("index", "pf_index"):
        for name in fragments if folder == "fragment" else chunks:
            path = index / folder / f"{name}.{suffix}"
            path.rename(path.with_name(f"{numbers[name]}.{suffix}"))
    return {name: numbers[name] for name in fragments}


def _numbered(metadata: bytes, names: Collection[str]) -> tuple[bytes, dict[str, int]]:
    """The metadata with numbers for these names, counted as they come, and these numbers."""
    numbers: dict[str, int] = {}

    def number(match: re.Match[bytes]) -> bytes:
        name = match[1].decode()
        if name not in names or match[0] != _as_text(name):
            return match[0]
        return _as_text(str(numbers.setdefault(name, len(numbers))))

    languages = b"|".join({re.escape(name.partition("_")[0]).encode() for name in names})
    text = re.sub(rb"[\x60-\x77]((?:%s)_[0-9a-f]{7,})" % languages, number, metadata)
    if missing := set(names) - numbers.keys():
        raise unknown_shape(f"its metadata doesn't name {min(missing)}")
    return text, numbers


def _as_text(name: str) -> bytes:
    """A short text in CBOR: one byte with its length, then its letters."""
    return bytes([0x60 + len(name)]) + name.encode()
