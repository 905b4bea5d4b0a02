"""A stream that nobody knows the size of: looked at without being taken, and not for ever."""

from __future__ import annotations

from typing import BinaryIO, cast

from trialpages.importers.archives import MAX_MEMBER, Readable, is_file

_MOST_BYTES = 4 * MAX_MEMBER
_MOST_PIECES = 10_000


class Peeked:
    """A binary stream whose first bytes can be looked at without being taken."""

    def __init__(self, stream: Readable) -> None:
        self._stream, self._ahead = cast(BinaryIO, stream), b""

    def unread(self) -> Readable:
        """The stream as if nothing was taken: the file itself, where there is one."""
        return self._stream if is_file(self._stream) else self

    def peek(self, size: int) -> bytes:
        while len(self._ahead) < size and (more := self._stream.read(size - len(self._ahead))):
            self._ahead += more
        return self._ahead[:size]

    def read(self, size: int = -1) -> bytes:
        ahead, self._ahead = self._ahead, b""
        if 0 <= size <= len(ahead):
            self._ahead = ahead[size:]
            return ahead[:size]
        return ahead + self._stream.read(size - len(ahead) if size >= 0 else -1)

    def readline(self, size: int) -> bytes:
        ahead, self._ahead = self._ahead, b""
        line, newline, rest = ahead.partition(b"\n")
        if newline:
            self._ahead = rest
            return line + newline
        return ahead + self._stream.readline(max(0, size - len(ahead)))


class Patience:
    """How long a stream that may have no end is read while no record comes.

    As long as records come it may be of any size: a register's whole download has gigabytes.
    """

    def __init__(self) -> None:
        self._bytes, self._pieces = 0, 0

    def spent(self, size: int, records: int) -> str:
        """Why no more is read after a piece of so many bytes with so many records; '' to go on."""
        self._bytes = 0 if records else self._bytes + size
        self._pieces = 0 if records else self._pieces + 1
        if self._bytes > _MOST_BYTES:
            return f"{self._bytes:,} bytes in a row hold no record"
        if self._pieces > _MOST_PIECES:
            return f"{self._pieces:,} lines or items in a row are no records"
        return ""
