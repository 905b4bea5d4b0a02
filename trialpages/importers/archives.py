"""Archives that anybody may have made: their members one by one, or why one can't be read.

Names of members are only shown, never used as paths.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import os
import re
import struct
import tempfile
import zipfile
from collections.abc import Iterator
from typing import IO, BinaryIO, Protocol, cast
from zipfile import BadZipFile

from trialpages.importers.damage import UNPACK, TooLarge, readable
from trialpages.problems import MachineFailure, Problem, Where, quoted

MAX_MEMBER = 64_000_000
"""Bytes of a record, or of a file with some of them; the registry's largest is 1.1 MB."""

MAX_COPIED = 1_000_000_000
"""Bytes of an archive that is no file itself, and so has to be copied to the disk to be read."""

_MAX_TABLE = 100_000_000
"""Bytes of a zip's table of contents; that of the registry's whole download has 35 million."""

_CHUNK = 1 << 20
_SMALL = 1_000_000
_MOST_SQUEEZED = 100
"""Times that a large member may be larger than what it takes in the archive; JSON reaches 20."""


class Readable(Protocol):
    """What a member is read from."""

    def read(self, size: int = -1, /) -> bytes: ...


class Unzipped:
    """What a gzip holds, read as long as it is no bomb."""

    def __init__(self, packed: Readable) -> None:
        self._packed = _Counted(packed)
        self._gzip = gzip.GzipFile(fileobj=cast(IO[bytes], self._packed))
        self._size = 0

    def read(self, size: int = -1, /) -> bytes:
        return self._bounded(self._gzip.read(size))

    def readline(self, size: int = -1, /) -> bytes:
        return self._bounded(self._gzip.readline(size))

    def _bounded(self, read: bytes) -> bytes:
        self._size += len(read)
        if self._size > max(MAX_MEMBER, self._packed.size * _MOST_SQUEEZED):
            raise TooLarge(f"{self._size:,} bytes from {self._packed.size:,} are too many")
        return read


class _Counted:
    def __init__(self, stream: Readable) -> None:
        self._stream, self.size = stream, 0

    def read(self, size: int = -1, /) -> bytes:
        read = self._stream.read(size)
        self.size += len(read)
        return read


# --- zip ----------------------------------------------------------------------------------------


def members(
    stream: Readable, where: str, endings: tuple[str, ...]
) -> Iterator[tuple[str, BinaryIO | Problem]]:
    """The members of a zip whose names end so, each open or as the problem that it has.

    `stream` is at its beginning. Raises what `readable` keeps, and MachineFailure where there is
    no room to copy it.
    """
    with contextlib.ExitStack() as stack:
        file = _whole(stream, stack)
        archive = _opened(file, stack)
        size = file.seek(0, os.SEEK_END)
        found = [one for one in archive.infolist() if not one.filename.endswith("/")]
        if sum(one.compress_size for one in found) > size:
            raise BadZipFile("its members lie over one another")
        wanted = [one for one in found if _is_given(one.filename, endings)]
        if not wanted:
            yield where, _nothing(where)
        elif others := _others(found, wanted):
            yield where, _not_read(where, others)
        for one in wanted:
            yield from _member(archive, one, f"{where}/{one.filename}")


def _is_given(name: str, endings: tuple[str, ...]) -> bool:
    """Whether a member is meant: not what is hidden, or what a Mac puts beside each file."""
    hidden = any(part == "__MACOSX" or _HIDDEN.match(part) for part in _parts(name))
    return name.lower().endswith(endings) and not hidden


def _parts(name: str) -> list[str]:
    return name.replace("\\", "/").split("/")


_HIDDEN = re.compile(r"\.[^.]")
_OF_SYSTEMS = re.compile(r"__MACOSX|\._.*|\.DS_Store|Thumbs\.db|desktop\.ini", re.IGNORECASE)
_MOST_NAMED = 5


def _others(found: list[zipfile.ZipInfo], wanted: list[zipfile.ZipInfo]) -> list[str]:
    """The names of members that aren't read, but for what systems put into every folder."""
    read = set(map(id, wanted))
    names = (one.filename for one in found if id(one) not in read)
    return [name for name in names if not any(map(_OF_SYSTEMS.fullmatch, _parts(name)))]


def _not_read(where: str, names: list[str]) -> Problem:
    """Whoever packed a record under an odd name has to learn that it stayed behind."""
    more = f" and {len(names) - _MOST_NAMED:,} more" if len(names) > _MOST_NAMED else ""
    message = f"not read: {', '.join(map(quoted, names[:_MOST_NAMED]))}{more}"
    hint = "if they hold records, unpack them and end their names with .json, .ndjson, .xml or .txt"
    return Problem("not-read", "warning", message, Where(where), hint)


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, inside: str
) -> Iterator[tuple[str, BinaryIO | Problem]]:
    if member.file_size > MAX_MEMBER or _is_squeezed(member):
        message = f"{member.file_size:,} bytes from {member.compress_size:,} are too many"
        yield inside, Problem("too-large", "error", message, Where(inside), UNPACK)
        return
    with readable(inside) as reading, archive.open(member) as opened:
        yield inside, cast(BinaryIO, opened)
    if reading.problem:
        yield inside, reading.problem


def _is_squeezed(member: zipfile.ZipInfo) -> bool:
    return member.file_size > max(_SMALL, member.compress_size * _MOST_SQUEEZED)


def _nothing(where: str) -> Problem:
    message = "nothing in it can be a record (.json, .ndjson, .xml, .txt)"
    hint = "give the registry's download of JSON files, not a spreadsheet or a document"
    return Problem("no-records", "error", message, Where(where), hint)


# --- the file of an archive ---------------------------------------------------------------------


def is_file(stream: object) -> bool:
    """Whether a stream can go back to its beginning without reading or unpacking it anew."""
    return isinstance(stream, io.BufferedReader | io.BytesIO) and stream.seekable()


def _whole(stream: Readable, stack: contextlib.ExitStack) -> BinaryIO:
    """A zip's table of contents is at its end: the file itself, or a copy of what is none."""
    if not is_file(stream):
        return _copied(stream, stack)
    file = cast(BinaryIO, stream)
    file.seek(0)
    return file


def _copied(stream: Readable, stack: contextlib.ExitStack) -> BinaryIO:
    with _room():
        copy = stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115
    size = 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if size > MAX_COPIED:
            raise TooLarge(f"more than {MAX_COPIED:,} bytes once unpacked")
        with _room():
            copy.write(chunk)
    with _room():
        copy.flush()
    return cast(BinaryIO, copy)


@contextlib.contextmanager
def _room() -> Iterator[None]:
    """Whatever fails here is the machine's fault, not the archive's."""
    try:
        yield
    except OSError as error:
        message = f"can't keep a copy of an archive: {error.strerror or error}"
        hint = "make room in the folder for temporary files, or set TMPDIR to one with room"
        raise MachineFailure(Problem("no-room", "error", message, hint=hint)) from None


def _opened(file: BinaryIO, stack: contextlib.ExitStack) -> zipfile.ZipFile:
    """The archive; names whose flag says UTF-8 and that aren't are read as what they are then."""
    try:
        return stack.enter_context(_zip(file))
    except UnicodeDecodeError:
        copy = _copied(_from_start(file), stack)
        _clear_wrong_flags(copy)
        return stack.enter_context(_zip(copy))


def _zip(file: BinaryIO) -> zipfile.ZipFile:
    return zipfile.ZipFile(cast(IO[bytes], _Bounded(file)))


class _Bounded:
    """A file that gives no more at once than a table of contents may have."""

    def __init__(self, file: BinaryIO) -> None:
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable
        self._file = file

    def read(self, size: int = -1, /) -> bytes:
        if size > _MAX_TABLE:
            raise TooLarge(f"a table of contents of {size:,} bytes")
        return self._file.read(size if size >= 0 else _MAX_TABLE)


def _from_start(file: BinaryIO) -> BinaryIO:
    file.seek(0)
    return file


_UTF_8 = 0x800
_ENTRY = b"PK\x01\x02"
_END = b"PK\x05\x06"


def _clear_wrong_flags(file: BinaryIO) -> None:
    """Take the sign for UTF-8 from each name that is none, in the table and before the member."""
    start, table = _table(file)
    for at, flags in _wrong_names(table):
        (member,) = struct.unpack_from("<I", table, at + 42)
        for place in (start + at + 8, member + 6):
            with _room():
                file.seek(place)
                file.write(struct.pack("<H", flags & ~_UTF_8))
                file.flush()


def _table(file: BinaryIO) -> tuple[int, bytes]:
    """Where the table of contents begins, and its bytes."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 66_000))
    tail = file.read()
    end = tail.rfind(_END)
    if end < 0:
        raise BadZipFile("no table of contents")
    length, start = struct.unpack_from("<II", tail, end + 12)
    file.seek(start)
    return start, file.read(min(length, _MAX_TABLE))


def _wrong_names(table: bytes) -> Iterator[tuple[int, int]]:
    """The places of entries whose names aren't the UTF-8 that their flags say, and the flags."""
    at = 0
    while table[at : at + 4] == _ENTRY:
        (flags,) = struct.unpack_from("<H", table, at + 8)
        name, extra, comment = struct.unpack_from("<HHH", table, at + 28)
        if flags & _UTF_8 and not _is_utf_8(table[at + 46 : at + 46 + name]):
            yield at, flags
        at += 46 + name + extra + comment


def _is_utf_8(name: bytes) -> bool:
    try:
        name.decode()
    except UnicodeDecodeError:
        return False
    return True
