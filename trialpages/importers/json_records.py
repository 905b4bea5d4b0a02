"""Records out of JSON: one of them, a page of the API, an array, a record a line.

What is wrong with one of them is a Problem in its place, and the others are read.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import replace

import msgspec

from trialpages.importers.answer_pages import answer_page
from trialpages.importers.found import MAX_RECORD, Found, bad, too_large
from trialpages.importers.json_words import (
    FETCH_AGAIN,
    array_problem,
    json_problem,
    repeated_key,
    too_deep,
)
from trialpages.importers.known_sources import source_of
from trialpages.importers.peeked import Patience, Peeked
from trialpages.problems import ContentFailure
from trialpages.records.answer_apart import Apart, end_of_item, taken_apart

_CHUNK = 1 << 20


def from_json(stream: Peeked, where: str) -> Iterator[Found]:
    """All records of a stream, however long it is."""
    start = stream.peek(64).removeprefix(_MARK).lstrip()
    if start.startswith(b"["):
        yield from _from_array(stream, where)
        return
    line = stream.readline(MAX_RECORD)
    if _is_value(line) or where.endswith((".ndjson", ".jsonl", ".ndjson.gz", ".jsonl.gz")):
        yield from _from_lines(line, stream, where)
        return
    rest = stream.read(MAX_RECORD - len(line) + 1)
    yield from _from_value(line + rest, where)


def the_record(content: bytes, where: str) -> Found:
    """One record, or why it is none."""
    try:
        value = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return Found(where, json_problem(content.decode("utf-8", "replace"), where))
    except RecursionError:
        return Found(where, too_deep(where))
    if problem := _twice(content, where):
        return problem
    if not isinstance(value, dict):
        return bad(where, "not-a-record", "not a JSON object", "see the registry's API v2")
    return Found(where, value)


_MARK = codecs.BOM_UTF8
_NONE = "there is no record in it"


def _is_value(line: bytes) -> bool:
    try:
        msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return True


def _twice(content: bytes, where: str) -> Found | None:
    if not (twice := repeated_key(content)):
        return None
    message = f"the key `{twice}` is there twice in one object"
    return bad(where, "key-twice", message, FETCH_AGAIN)


# --- one value ----------------------------------------------------------------------------------


def _from_value(content: bytes, where: str) -> Iterator[Found]:
    """A study, or the studies of a page of the API or of an array."""
    content = content.removeprefix(_MARK)
    apart = taken_apart(content) if len(content) <= MAX_RECORD else None
    if len(content) > MAX_RECORD:
        yield too_large(where)
    elif apart is None:
        yield the_record(content, where)
    else:
        yield from _from_page(apart, where)


def _from_page(apart: Apart, where: str) -> Iterator[Found]:
    try:
        around = msgspec.json.decode(apart.rest)
    except (msgspec.DecodeError, UnicodeDecodeError):
        yield Found(where, json_problem(apart.rest.decode("utf-8", "replace"), where))
        return
    if problem := _twice(apart.rest, where):
        yield problem
        return
    if not apart.studies:
        yield bad(where, "no-records", _NONE, "see what was asked for, then fetch it again")
        return
    is_one = len(apart.studies) == 1
    first, *others = (
        the_record(study, where if is_one else f"{where}[{index}]")
        for index, study in enumerate(apart.studies)
    )
    if isinstance(around, dict):
        studies = [one.content for one in (first, *others)]
        first = replace(first, page=answer_page({**around, "studies": studies}, where))
    yield from (first, *others)


# --- streams ------------------------------------------------------------------------------------


def _from_lines(first: bytes, stream: Peeked, where: str) -> Iterator[Found]:
    number, line, patience, goes_on = 1, first, Patience(), False
    while line:
        found: tuple[Found, ...] = ()
        is_whole = len(line) < MAX_RECORD or line.endswith(b"\n")
        if not is_whole and not goes_on:
            found = (too_large(f"{where}:{number}"),)
        elif not goes_on and line.strip():
            found = tuple(_from_value(line, f"{where}:{number}"))
        yield from found
        if end := patience.spent(len(line), _records_in(found)):
            yield _ended(where, end)
            return
        number, goes_on, line = number + is_whole, not is_whole, stream.readline(MAX_RECORD)


def _from_array(stream: Peeked, where: str) -> Iterator[Found]:
    """The items of an array, however long, read one after the other."""
    chunks, patience = _chunks(stream), Patience()
    content = next(chunks, b"").removeprefix(_MARK).lstrip()
    at, index = 1, 0
    while (end := end_of_item(content, at)) is not None or len(content) - at <= MAX_RECORD:
        if end is None:
            if not (more := next(chunks, b"")):
                break
            content, at = content[at:] + more, 0
            continue
        item = content[at:end].strip()
        found = tuple(_from_value(item, f"{where}[{index}]")) if item else ()
        yield from found
        index += bool(item)
        if content[end] not in b",":
            yield from _after_array(content[end + 1 :], chunks, where, index)
            return
        if over := patience.spent(end + 1 - at, _records_in(found)):
            yield _ended(where, over)
            return
        at = end + 1
    yield _unended(content[at:], where, index)


def _chunks(stream: Peeked) -> Iterator[bytes]:
    """Chunks that double, so that an item longer than one isn't tried over and over."""
    size = _CHUNK
    while content := stream.read(size):
        yield content
        size = min(size * 2, MAX_RECORD)


def _unended(rest: bytes, where: str, index: int) -> Found:
    if len(rest) > MAX_RECORD:
        return too_large(f"{where}[{index}]")
    return Found(where, array_problem(rest.decode("utf-8", "replace").lstrip(), where, index))


def _after_array(rest: bytes, chunks: Iterator[bytes], where: str, count: int) -> Iterator[Found]:
    if count == 0:
        yield bad(where, "no-records", _NONE, "see what was asked for, then fetch it again")
    patience = Patience()
    while not rest.strip() and not patience.spent(len(rest), 0):
        if not (rest := next(chunks, b"")):
            return
    message = "below the end of the array there is more, which was not read"
    yield bad(where, "more-below", message, "import it as a file of its own")


def _records_in(found: Iterable[Found]) -> int:
    return sum(map(_is_record, found))


def _is_record(found: Found) -> bool:
    if not isinstance(found.content, dict):
        return False
    try:
        return source_of(found.content, found.where) is not None
    except ContentFailure:  # of a form that fails at it: reading it says so
        return True


def _ended(where: str, why: str) -> Found:
    hint = "give a file of records: the registry's JSON, an array of it, or one a line"
    return bad(where, "not-records", f"{why}: the rest isn't read", hint)
