"""What keeps an archive from being read, in words for whoever gave it to `import`.

The libraries' own words speak of offsets and magic numbers, and quote names of members whole.
"""

from __future__ import annotations

import lzma
import re
import struct
import zipfile
import zlib
from zipfile import BadZipFile

from trialpages.problems import Problem, Where

DEEPEST = 4
"""Archives within one another."""

UNPACK = "unpack it yourself if you trust where it comes from, and import what is in it"

_UNREADABLE = (
    OSError,
    EOFError,
    ValueError,  # of a name that isn't what its flag says
    OverflowError,
    struct.error,
    zlib.error,
    lzma.LZMAError,
    BadZipFile,
    zipfile.LargeZipFile,
    RuntimeError,  # of a password, and of a way to pack that this Python can't undo
)
"""What reading an archive may raise; MachineFailure is none of them."""


class TooLarge(BadZipFile):
    """What is packed isn't read to its end: it would fill memory or the disk."""


class TooDeep(BadZipFile):
    """An archive lies in more others than are opened."""


class readable:  # noqa: N801  (reads as a word of the with statement)
    """Keeps the problem that ends a file before its time, in place of what is raised."""

    def __init__(self, where: str) -> None:
        self._where = where
        self.problem: Problem | None = None

    def __enter__(self) -> readable:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> bool:
        if not isinstance(error, _UNREADABLE) or isinstance(error, RecursionError):
            return False
        self.problem = _damage(error, self._where)
        return True


def _damage(error: Exception, where: str) -> Problem:
    code, message, hint = _told(error)
    return Problem(code, "error", message, Where(where), hint)


def _told(error: Exception) -> tuple[str, str, str]:
    """Code, message and hint."""
    if isinstance(error, TooLarge):
        return "too-large", f"too large when it is unpacked: {error}", UNPACK
    if isinstance(error, TooDeep):
        message = f"it lies in more than {DEEPEST} archives, one in another, and wasn't opened"
        return "too-deep", message, UNPACK
    if isinstance(error, OSError) and error.errno is not None:
        return "unreadable", f"can't be read: {error.strerror}", "check the disk, then again"
    said = str(error) or type(error).__name__
    if isinstance(error, RuntimeError):
        return "damaged", *_other_way(said)
    why = next((why for form, why in _CAUSES.items() if re.match(form, said)), _UNCLEAR)
    return "damaged", f"damaged: {why}", "fetch it again"


def _other_way(said: str) -> tuple[str, str]:
    """Message and hint of what is in order and yet isn't read."""
    if "encrypt" in said or "password" in said:
        return "it needs a password", "unpack it and import what is in it"
    if "missing" in said:
        return "packed in a way that this Python can't undo", _PACK
    return "packed in a way that isn't read", _PACK


_PACK = "pack it anew, by Deflate"
_TABLE = "the archive's table of contents"
_CAUSES = {
    "File is not a zip|Truncated central|no table of": f"{_TABLE} is missing",
    "its members lie|Overlapped": "its members lie over one another",
    "zipfiles that span": "it is one part of an archive in several",
    "File name in directory": f"a member's name isn't the one in {_TABLE}",
    "Error -?\\d+ while|Invalid |Corrupt input|Unknown compression": "what is packed is spoilt",
    "Bad CRC|CRC|Incorrect length": "what came out isn't what was packed",
    "Bad magic number for file|Truncated file header": f"{_TABLE} leads to no member",
    "Bad |Corrupt |unpack|negative seek": f"{_TABLE} makes no sense",
    "Compressed file ended|EOFError": "it ends too early",
    "Not a gzipped file": "something else follows what was packed",
    "'utf|can't decode": "its text isn't what it says it is",
}
"""By how a library's words begin: behind them may stand names of members."""
_UNCLEAR = "it can't be unpacked"
