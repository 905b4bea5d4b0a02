"""Records out of files: JSON, NDJSON, XML, gzip, the registry's zip, folders, standard input.

One record at a time is in memory. What can't be read is a Problem in the place of a record, so
that the rest goes on.
"""

from __future__ import annotations

import codecs
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

from trialpages.importers.answer_pages import AnswerPage, missing_pages
from trialpages.importers.archives import Readable, Unzipped, members
from trialpages.importers.damage import DEEPEST, TooDeep, readable
from trialpages.importers.found import MAX_RECORD, Found, bad, too_large
from trialpages.importers.json_records import from_json
from trialpages.importers.known_sources import LOOKED_AT, endings, source_of
from trialpages.importers.other_kinds import other_text, unread_form
from trialpages.importers.peeked import Peeked
from trialpages.machine.file_kinds import kind_of
from trialpages.problems import ContentFailure, Problem, Where


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
                yield from _from_folder(inner)
            return
        if path.is_char_device() or path.is_block_device():  # some have no end
            yield bad(str(path), "unreadable", "can't be read: it is a device", "name a file")
            return
        with path.open("rb") as stream:
            yield from _from_stream(stream, str(path))
    except OSError as error:
        hint = "check the path" if isinstance(error, FileNotFoundError) else ""
        yield bad(str(path), "unreadable", f"can't be read: {error.strerror or error}", hint)


def _from_folder(path: Path) -> Iterator[Found]:
    """What lies in a folder: no link is followed there, and no pipe read that nobody writes into;
    both are named. What is hidden isn't meant."""
    if path.name.startswith("."):
        return
    mode = path.lstat().st_mode
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        yield from _from_path(path)
        return
    message = f"not read: this is {kind_of(mode)}"
    hint = "if it leads to records, give their own path to import"
    yield Found(str(path), Problem("not-read", "warning", message, Where(str(path)), hint))


def _from_stream(stream: Readable, where: str, level: int = 0) -> Iterator[Found]:
    """The records in a stream, by what its first bytes say it is."""
    problems: tuple[Problem, ...] = ()
    try:
        with readable(where) as reading:
            if level > DEEPEST:
                raise TooDeep
            yield from _by_its_start(Peeked(stream), where, level)
        if reading.problem:
            problems = (reading.problem,)
    except ContentFailure as failure:  # a form that can't say whether this is of it
        problems = failure.problems
    yield from (Found(where, problem) for problem in problems)


def _by_its_start(stream: Peeked, where: str, level: int) -> Iterator[Found]:
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


def _as_utf_8(stream: Peeked, encoding: str) -> Peeked:
    recoded = codecs.EncodedFile(cast(Any, stream), "utf-8", encoding)
    return Peeked(cast(Readable, recoded))


def _from_text(stream: Peeked, where: str) -> Iterator[Found]:
    """A file of another form as a whole; JSON is JSON though its name ends in .txt."""
    start = stream.peek(LOOKED_AT)
    is_text = where.endswith(".txt")
    is_json = is_text and _JSON_START.match(start)
    problem = unread_form(start, where) or (other_text(_shown(start), where) if is_text else None)
    source = None if is_json or (is_text and problem) else source_of(start, where)
    if source:
        yield from source.apart(stream, where) if source.apart else [_whole(stream, where)]
    elif problem:
        yield Found(where, problem)
    else:
        yield from from_json(stream, where)


def _shown(start: bytes) -> str:
    return start.decode("utf-8-sig", "replace")


_JSON_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\{|\[\s*\{)")
"""A title may begin with a bracket."""

_ENDINGS = (".json", ".ndjson", ".jsonl", ".zip", ".gz")
"""Of members of an archive, beside those of the forms of records that there are."""


def _whole(stream: Peeked, where: str) -> Found:
    content = stream.read(MAX_RECORD + 1)
    return Found(where, content) if len(content) <= MAX_RECORD else too_large(where)
