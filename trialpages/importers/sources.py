"""Records out of files: JSON, NDJSON, gzip, the registry's zip, folders, standard input.

One record at a time is in memory. What can't be read is a Problem in the place of a record, so
that the rest goes on.
"""

from __future__ import annotations

import codecs
import json
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast
from zipfile import BadZipFile

import msgspec

from trialpages.importers.answer_pages import AnswerPage, answer_page, missing_pages
from trialpages.importers.archives import (
    DEEPEST,
    MAX_MEMBER,
    Readable,
    Unzipped,
    is_file,
    members,
    readable,
)
from trialpages.importers.json_words import array_problem, json_problem, repeated_key, too_deep
from trialpages.importers.known import LOOKED_AT, endings, source_of
from trialpages.importers.other_kinds import other_text, unread_form
from trialpages.problems import ContentFailure, Problem, Where

MAX_RECORD = MAX_MEMBER

_CHUNK = 1 << 20

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """One thing a file holds: an object of JSON, a whole file of another form, or a problem."""

    where: str
    """`records.ndjson:12`, `all.zip/NCT01234567.json`."""
    content: Record | bytes | Problem
    page: AnswerPage | None = None
    """The page that this is the first record of."""


def find_records(paths: Iterable[str], stdin: BinaryIO) -> Iterator[Found]:
    """Everything that the paths hold, in the order given; a folder by its files' names.

    At the end it is said if pages of an answer are missing.
    """
    pages: list[AnswerPage] = []
    for path in paths:
        is_stdin = path == "-"
        found = _from_stream(stdin, "standard input") if is_stdin else _from_path(Path(path))
        for one in found:
            pages += [one.page] if one.page else []
            yield one
    if problem := missing_pages(pages):
        yield Found(pages[-1].where, problem)


def _from_path(path: Path) -> Iterator[Found]:
    try:
        if path.is_dir():
            for inner in sorted(path.iterdir()):
                if _is_given(inner):
                    yield from _from_path(inner)
            return
        if path.is_char_device() or path.is_block_device():  # some have no end
            yield _bad(str(path), "unreadable", "can't be read: it is a device", "name a file")
            return
        with path.open("rb") as stream:
            yield from _from_stream(stream, str(path))
    except OSError as error:
        hint = "check the path" if isinstance(error, FileNotFoundError) else ""
        yield _bad(str(path), "unreadable", f"can't be read: {error.strerror or error}", hint)


def _is_given(path: Path) -> bool:
    """Whether what lies in a folder is meant: no link, and no pipe that nobody writes into."""
    mode = path.lstat().st_mode
    return not path.name.startswith(".") and (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _from_stream(stream: Readable, where: str, level: int = 0) -> Iterator[Found]:
    """The records in a stream, by what its first bytes say it is."""
    problems: tuple[Problem, ...] = ()
    try:
        with readable(where) as reading:
            if level > DEEPEST:
                raise BadZipFile("too many archives within one another")
            yield from _by_its_start(_Peeked(stream), where, level)
        if reading.problem:
            problems = (reading.problem,)
    except ContentFailure as failure:  # a form that can't say whether this is of it
        problems = failure.problems
    yield from (Found(where, problem) for problem in problems)


def _by_its_start(stream: _Peeked, where: str, level: int) -> Iterator[Found]:
    start = stream.peek(8)
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        for inside, opened in members(stream.unread(), where, (*_ENDINGS, *endings())):
            if isinstance(opened, Problem):
                yield Found(inside, opened)
            else:
                yield from _from_stream(opened, inside, level + 1)
    elif start.startswith(b"\x1f\x8b"):
        yield from _from_stream(Unzipped(stream), where, level + 1)
    elif encoding := _wide_encoding(start):
        yield from _from_text(_as_utf_8(stream, encoding), where)
    else:
        yield from _from_text(stream, where)


def _wide_encoding(start: bytes) -> str:
    """Of a text with more than a byte a sign, as a shell of Windows writes; '' for any other.

    Without a mark it is told by the zeros beside its first two signs, which are ASCII.
    """
    for mark, encoding in _MARKS.items():
        if start.startswith(mark):
            return encoding
    zeros = [byte == 0 for byte in start[:4]]
    if zeros == [False, True] * 2:
        return "utf-16-le"
    return "utf-16-be" if zeros == [True, False] * 2 else ""


_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
"""The first that fits counts: one begins like another."""


def _as_utf_8(stream: _Peeked, encoding: str) -> _Peeked:
    recoded = codecs.EncodedFile(cast(Any, stream), "utf-8", encoding)
    return _Peeked(cast(Readable, recoded))


def _from_text(stream: _Peeked, where: str) -> Iterator[Found]:
    """A file of another form as a whole; JSON is JSON though its name ends in .txt."""
    start = stream.peek(LOOKED_AT)
    is_text = where.endswith(".txt")
    is_json = is_text and _JSON_START.match(start)
    problem = unread_form(start, where) or (other_text(_shown(start), where) if is_text else None)
    if not (is_json or (is_text and problem)) and source_of(start, where):
        yield _whole(stream, where)
    elif problem:
        yield Found(where, problem)
    else:
        yield from _from_json(stream, where)


def _shown(start: bytes) -> str:
    return start.decode("utf-8-sig", "replace")


_JSON_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\{|\[\s*\{)")
"""A title may begin with a bracket."""

_ENDINGS = (".json", ".ndjson", ".jsonl", ".zip", ".gz")
"""Of members of an archive, beside those of the forms of records that there are."""


def _whole(stream: _Peeked, where: str) -> Found:
    content = stream.read(MAX_RECORD + 1)
    return Found(where, content) if len(content) <= MAX_RECORD else _too_large(where)


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
        yield Found(where, too_deep(where))
        return
    if twice := repeated_key(content):
        message = f"the key `{twice}` is there twice in one object"
        yield _bad(where, "key-twice", message, "fetch the record again, or mend it there")
        return
    found = value.get("studies", value) if isinstance(value, dict) else value
    studies = found if isinstance(found, list) else [value]
    if not studies:
        yield _bad(where, "no-records", _NONE, "see what was asked for, then fetch it again")
    page = answer_page(value, where)
    for index, study in enumerate(studies):
        inside = where if len(studies) == 1 else f"{where}[{index}]"
        if isinstance(study, dict):
            yield Found(inside, study, page if index == 0 else None)
        else:
            yield _bad(inside, "not-a-record", "not a JSON object", "see the registry's API v2")


def _from_array(stream: _Peeked, where: str) -> Iterator[Found]:
    """The items of an array, however long, decoded one after the other."""
    decode, chunks = json.JSONDecoder(parse_int=str).raw_decode, _text_chunks(stream)
    text = next(chunks, "").lstrip("\ufeff \t\r\n")
    at, index, wrong = 1, 0, 0
    while True:
        gap = _GAP.match(text, at)
        at = gap.end() if gap else at
        if text.startswith("]", at):
            yield from _after_array(text[at + 1 :], chunks, where, index)
            return
        start = at
        try:
            _, at = decode(text, start)
        except RecursionError:
            yield Found(f"{where}[{index}]", too_deep(f"{where}[{index}]"))
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


def _after_array(rest: str, chunks: Iterator[str], where: str, count: int) -> Iterator[Found]:
    if count == 0:
        yield _bad(where, "no-records", _NONE, "see what was asked for, then fetch it again")
    if rest.strip() or any(chunk.strip() for chunk in chunks):
        message = "below the end of the array there is more, which was not read"
        yield _bad(where, "more-below", message, "import it as a file of its own")


_NONE = "there is no record in it"
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
        return ahead + self._stream.readline(size)


def _too_large(where: str) -> Found:
    return _bad(where, "too-large", f"more than {MAX_RECORD:,} bytes", "split it")


def _bad(where: str, code: str, message: str, hint: str) -> Found:
    return Found(where, Problem(code, "error", message, Where(where), hint))
