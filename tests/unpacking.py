"""The texts of a search index, unpacked as the search page does it."""

from __future__ import annotations

import base64
import gzip
import json
import zlib

from trialpages.search.packing import beginning

_HEADERS = len(beginning(b""))


def unpacked(rest: bytes, dictionary: bytes) -> bytes:
    """The text of which `packed` keeps this. Raises zlib.error."""
    return zlib.decompress(beginning(dictionary) + rest)[len(dictionary) :]


def dictionary_in(entry: bytes) -> bytes:
    """The dictionary in the bytes of an entry, `index.js`, whose last column it is."""
    table = gzip.decompress(base64.b64decode(entry.split(b'"')[3]))
    last = json.loads(table.partition(b"\n")[0])["columns"][-1]
    return table[-last["bytes"] :][_HEADERS:]
