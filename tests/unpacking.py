"""The texts of a search index, unpacked as the search page does it."""

from __future__ import annotations

import gzip
import zlib

from trialpages.search.packing import beginning

_HEADERS = len(beginning(b""))


def unpacked(rest: bytes, dictionary: bytes) -> bytes:
    """The text of which `packed` keeps this. Raises zlib.error."""
    return zlib.decompress(beginning(dictionary) + rest)[len(dictionary) :]


def dictionary_in(common: bytes) -> bytes:
    """The dictionary in the bytes of a file `common`."""
    return gzip.decompress(common).partition(b"\n")[2][_HEADERS:]
