"""A shipped template, style or script of which a site has a copy, to change it.

The note in its first line says of which, so that `check` can say when that one is another by now.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from trialpages.digests import digest

_REMARKS = {".html": ("{# ", " #}"), ".xml": ("{# ", " #}"), ".css": ("/* ", " */")}
_REMARKS[".js"] = _REMARKS[".css"]
"""How a remark begins and ends, which no page shows, by the ending of a file's name."""


@dataclass(frozen=True, slots=True)
class Note:
    version: str
    """Of the program that the shipped file came with."""
    mark: str
    """Of the shipped file, as `mark_of` makes it."""


def can_be_taken(name: str) -> bool:
    """Whether a file can hold a note: a picture can't, and words need no copy."""
    return PurePosixPath(name).suffix in _REMARKS


def mark_of(shipped: bytes) -> str:
    """What tells one state of a shipped file from another: 12 signs."""
    return digest(shipped).hex()[:12]


def copy_of(name: str, shipped: bytes, version: str) -> bytes:
    """The shipped file `name`, with a note of whence it is in its first line."""
    begins, ends = _REMARKS[PurePosixPath(name).suffix]
    return f"{begins}{_said(version, mark_of(shipped))}{ends}\n".encode() + shipped


def note_in(content: bytes) -> Note | None:
    """The note in the first line of a file, where it has one."""
    first = content.partition(b"\n")[0].decode(errors="replace")
    found = _NOTE.search(first)
    return Note(found[1], found[2]) if found else None


def _said(version: str, mark: str) -> str:
    return f"trialpages {version} ({mark}), to be changed; `check` tells when theirs is another."


_NOTE = re.compile(r"trialpages (\S{1,40}) \(([0-9a-f]{12})\)")
