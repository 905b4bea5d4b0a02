"""Records out of files: JSON, NDJSON, gzip, the registry's zip, folders, standard input.

One record at a time is in memory. What can't be read is a Problem in the place of a record, so
that the rest goes on.
"""

from __future__ import annotations

import codecs
import gzip
import json
import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

import msgspec

from trialpages.importers.json_words import array_problem, json_problem
from trialpages.importers.known import LOOKED_AT, endings, source_of
from trialpages.problems import ContentFailure, Problem, Where

MAX_RECORD = 64_000_000
"""Bytes of one record; the registry's largest is 1.1 MB."""

_CHUNK = 1 << 20

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """One thing a file holds: an object of JSON, a whole file of another form, or a problem."""

    where: str
    """`records.ndjson:12`, `all.zip/NCT01234567.json`."""
    content: Record | bytes | Problem


def find_records(paths: Iterable[str], stdin: BinaryIO) -> Iterator[Found]:
    """Everything that the paths hold, in the order given; a folder by its files' names."""
    for path in paths:
        if path == "-":
            yield from _from_stream(stdin, "standard input")
        else:
            yield from _from_path(Path(path))


def _from_path(path: Path) -> Iterator[Found]:
    if path.is_dir():
        for inner in sorted(path.iterdir()):
            if not inner.name.startswith(".") and not inner.is_symlink():
                yield from _from_path(inner)
        return
    try:
        with path.open("rb") as stream:
            yield from _from_stream(stream, str(path))
    except OSError as error:
        hint = "check the path" if isinstance(error, FileNotFoundError) else ""
        yield _bad(str(path), "unreadable", f"can't be read: {error.strerror or error}", hint)


def _from_stream(stream: BinaryIO, where: str) -> Iterator[Found]:
    """The records in a stream, by what its first bytes say it is."""
    peeked = _Peeked(stream)
    start = peeked.peek(4)
    with _readable(where) as problems:
        if start.startswith(b"PK\x03\x04"):
            yield from _from_zip(peeked, where)
        elif start.startswith(b"\x1f\x8b"):
            unzipped = cast(BinaryIO, gzip.GzipFile(fileobj=cast(IO[bytes], peeked)))
            yield from _from_stream(unzipped, where)
        elif source_of(peeked.peek(LOOKED_AT), where):
            yield _whole(peeked, where)
        else:
            yield from _from_json(peeked, where)
    yield from problems


def _whole(stream: _Peeked, where: str) -> Found:
    content = stream.read(MAX_RECORD + 1)
    return Found(where, content) if len(content) <= MAX_RECORD else _too_large(where)


@contextmanager
def _readable(where: str) -> Iterator[list[Found]]:
    """Collects what ends a stream before its time."""
    problems: list[Found] = []
    try:
        yield problems
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile) as error:
        problems.append(_bad(where, "damaged", f"damaged: {error}", "fetch it again"))
    except ContentFailure as failure:  # a form that can't say whether this is of it
        problems.extend(Found(where, problem) for problem in failure.problems)


def _from_zip(stream: _Peeked, where: str) -> Iterator[Found]:
    """The members of the registry's download; their names are only shown, never used as paths."""
    with tempfile.TemporaryFile() as whole:  # its table of contents is at its end
        while chunk := stream.read(_CHUNK):
            whole.write(chunk)
        archive = zipfile.ZipFile(whole)
        wanted = (".json", ".ndjson", *endings())
        for member in archive.infolist():
            inside = f"{where}/{member.filename}"
            if member.is_dir() or not member.filename.endswith(wanted):
                continue
            if member.file_size > MAX_RECORD:
                yield _bad(inside, "too-large", f"{member.file_size:,} bytes are too many", "")
                continue
            with archive.open(member) as inner:
                yield from _from_stream(cast(BinaryIO, inner), inside)


# --- JSON ---------------------------------------------------------------------------------------


def _from_json(stream: _Peeked, where: str) -> Iterator[Found]:
    start = stream.peek(64).removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"["):
        yield from _from_array(stream, where)
        return
    line = stream.readline(MAX_RECORD)
    if _is_value(line) or where.endswith((".ndjson", ".jsonl", ".ndjson.gz", ".jsonl.gz")):
        yield from _from_lines(line, stream, where)
        return
    rest = stream.read(MAX_RECORD - len(line) + 1)
    yield from _from_value(line + rest, where)


def _is_value(line: bytes) -> bool:
    try:
        msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return True


def _from_lines(first: bytes, stream: _Peeked, where: str) -> Iterator[Found]:
    number, line = 1, first
    while line:
        if line.strip():
            yield from _from_value(line, f"{where}:{number}")
        number, line = number + 1, stream.readline(MAX_RECORD)


def _from_value(content: bytes, where: str) -> Iterator[Found]:
    """A study, or the studies of a page of the API or of an array."""
    if len(content) > MAX_RECORD:
        yield _too_large(where)
        return
    try:
        value = msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError):
        yield Found(where, json_problem(content.decode("utf-8-sig", "replace"), where))
        return
    except RecursionError:
        yield _bad(where, "too-deep", "nested too deep to be a record", "fetch it again")
        return
    found = value.get("studies", value) if isinstance(value, dict) else value
    studies = found if isinstance(found, list) else [value]
    for index, study in enumerate(studies):
        inside = where if len(studies) == 1 else f"{where}[{index}]"
        if isinstance(study, dict):
            yield Found(inside, study)
        else:
            yield _bad(inside, "not-a-record", "not a JSON object", "see the registry's API v2")


def _from_array(stream: _Peeked, where: str) -> Iterator[Found]:
    """The items of an array, however long, decoded one after the other."""
    decode, chunks = json.JSONDecoder().raw_decode, _text_chunks(stream)
    text = next(chunks, "").lstrip("\ufeff \t\r\n")
    at, index, wrong = 1, 0, 0
    while True:
        gap = _GAP.match(text, at)
        at = gap.end() if gap else at
        if text.startswith("]", at):
            return
        start = at
        try:
            _, at = decode(text, start)
        except RecursionError:
            yield _bad(f"{where}[{index}]", "too-deep", "nested too deep to be a record", "")
            return
        except ValueError:
            more = next(chunks, "")
            if more and len(text) - at <= MAX_RECORD:
                text, at = text[at:] + more, 0
                continue
            yield Found(where, array_problem(text, where, index))
            return
        # Python's parser finds the end of an item; it lets pass what no JSON may have.
        found = tuple(_from_value(_encoded(text[start:at]), f"{where}[{index}]"))
        yield from found
        wrong += any(isinstance(one.content, Problem) for one in found)
        if wrong == _MOST_WRONG:
            yield _bad(
                where, "not-records", "so many items are no records: the rest isn't read", ""
            )
            return
        index += 1


_GAP = re.compile(r"[ \t\r\n,]*")
_MOST_WRONG = 100
"""Items of an array; where so many are no records, it is an array of something else."""


def _text_chunks(stream: _Peeked) -> Iterator[str]:
    """Chunks that double, so that an item longer than one isn't tried over and over.

    Bytes that are no UTF-8 stay in it, as lone surrogates: `_encoded` gives them back.
    """
    decoder, size = codecs.getincrementaldecoder("utf-8")("surrogateescape"), _CHUNK
    while content := stream.read(size):
        yield decoder.decode(content)
        size = min(size * 2, MAX_RECORD)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


class _Peeked:
    """A binary stream whose first bytes can be looked at without being taken."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._ahead = stream, b""

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
        return ahead + self._stream.readline(size)


def _too_large(where: str) -> Found:
    return _bad(where, "too-large", f"more than {MAX_RECORD:,} bytes", "split it")


def _bad(where: str, code: str, message: str, hint: str) -> Found:
    return Found(where, Problem(code, "error", message, Where(where), hint))
