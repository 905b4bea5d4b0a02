"""A registry's XML as records: an element at a time, the elements in it as members of an object.

An attribute is a member that begins with `@`, a text beside attributes is `#text`, and an element
that is there more than once is a list. Entities and document types are refused: a record needs
none, and they fill memory or read other files.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from xml.parsers import expat

from trialpages.importers.archives import Readable
from trialpages.importers.found import MAX_RECORD, Found, too_large
from trialpages.problems import ContentFailure, Problem, Where

_DEEPEST = 40
_CHUNK = 1 << 16


def records_of_xml(stream: Readable, where: str, record: str) -> Iterator[Found]:
    """Each element of that name in the document, under its name, or the problem that ends it; a
    warning where the registry found more trials than it holds."""
    reader, number, since = _Reader(where, record), 0, 0
    try:
        while not reader.ended:
            chunk = stream.read(_CHUNK)
            reader.feed(chunk)
            since += len(chunk)
            for members in reader.done():
                yield Found(f"{where}[{number}]", {record: members})
                number, since = number + 1, 0
            if since > MAX_RECORD:
                yield too_large(f"{where}[{number}]")
                return
    except ContentFailure as failure:
        yield from (Found(where, problem) for problem in failure.problems)
        return
    yield from (Found(where, one) for one in _counted(where, number, reader.total))


def one_of_xml(content: bytes, where: str, record: str) -> dict[str, Any]:
    """The one record of a document. Raises ContentFailure."""
    found = [one.content for one in records_of_xml(BytesIO(content), where, record)]
    problems = [one for one in found if isinstance(one, Problem)]
    records = [one for one in found if isinstance(one, dict)]
    if len(records) != 1:
        message = f"there are {len(records)} records in it, and one was asked for"
        problems = problems or [Problem("several", "error", message, Where(where))]
        raise ContentFailure(*problems)
    return records[0]


def _counted(where: str, number: int, total: str) -> Iterator[Problem]:
    if not number:
        message = "there is no record in it"
        hint = "see what was asked for, then fetch it again"
        yield Problem("no-records", "error", message, Where(where), hint)
    elif total.isascii() and total.isdecimal() and int(total[:9]) > number:
        message = f"the registry found {int(total[:9]):,} trials, and {number:,} are in this file"
        hint = "ask again with `limit=` as many"
        yield Problem("missing-pages", "warning", message, Where(where), hint)


@dataclass(slots=True)
class _Element:
    """One whose end hasn't come yet."""

    name: str
    members: dict[str, Any]
    text: list[str] = field(default_factory=list)

    def value(self) -> Any:
        text = "".join(self.text).strip()
        if not self.members:
            return text
        return {**self.members, "#text": text} if text else self.members

    def add(self, name: str, value: Any) -> None:
        if name not in self.members:
            self.members[name] = value
        elif isinstance(self.members[name], list):
            self.members[name].append(value)
        else:
            self.members[name] = [self.members[name], value]


class _Reader:
    """Takes a document in pieces and hands out the records that are whole."""

    def __init__(self, where: str, record: str) -> None:
        self._where, self._record = where, record
        self.ended, self.total = False, ""
        self._depth, self._open, self._done = 0, list[_Element](), list[Any]()
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.EntityDeclHandler = self._refuse
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def feed(self, chunk: bytes) -> None:
        try:
            self._parser.Parse(chunk, not chunk)
        except (expat.ExpatError, ValueError, LookupError) as error:
            code = getattr(error, "code", 0)
            what = expat.ErrorString(code) if code else "its encoding isn't known"
            raise self._failure("bad-xml", f"not well-formed: {what}", "fetch it again") from None
        self.ended = not chunk

    def done(self) -> list[Any]:
        found, self._done = self._done, []
        return found

    def _failure(self, code: str, message: str, hint: str) -> ContentFailure:
        line, column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1
        where = Where(self._where, line, column)
        return ContentFailure(Problem(code, "error", f"this XML is {message}", where, hint))

    def _refuse(self, *_: object) -> None:
        message = "one that declares a document type or entities, which no record needs"
        raise self._failure("xml-declares", message, "fetch it from the registry itself")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            hint = "fetch it from the registry itself"
            raise self._failure("too-deep", f"deeper than {_DEEPEST} elements", hint)
        local = name.rpartition(":")[2]
        if self._depth == 1:
            self.total = attributes.get("totalCount", "")
        if self._open or local == self._record:
            named = {f"@{key}": value for key, value in attributes.items() if _is_said(key, value)}
            self._open.append(_Element(local, named))

    def _end(self, _name: str) -> None:
        self._depth -= 1
        if not self._open:
            return
        element = self._open.pop()
        if self._open:
            self._open[-1].add(element.name, element.value())
        else:
            self._done.append(element.value())

    def _text(self, text: str) -> None:
        if self._open:
            self._open[-1].text.append(text)


def _is_said(key: str, value: str) -> bool:
    """Names of namespaces say nothing of a trial."""
    return bool(value.strip()) and key != "xmlns" and not key.startswith("xmlns:")
