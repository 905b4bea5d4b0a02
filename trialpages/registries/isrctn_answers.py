"""An answer of ISRCTN taken apart: each record as a document of its own, byte for byte."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.parsers import expat

from trialpages.registries.door import Listed
from trialpages.registries.interface import Interface
from trialpages.registries.troubles import Passing

_HEAD = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<allTrials xmlns="http://www.67bricks.com/isrctn">'
)
_FOOT = b"</allTrials>"
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class Answered:
    listed: Listed
    document: bytes


def answered(body: bytes, interface: Interface) -> tuple[tuple[Answered, ...], int]:
    """The records of an answer, and how many there are in all. Raises Passing for one that is cut
    off, and MachineFailure for one of another shape."""
    reader = _Reader(body)
    try:
        reader.parser.Parse(body, True)
    except expat.ExpatError as error:
        if reader.root == "allTrials" and error.code in _CUT:
            raise Passing("the answer ends in the middle") from None
        raise interface.other_shape("it is no XML of trials") from None
    except _DeclaresError:
        raise interface.other_shape("its XML declares entities") from None
    if reader.root != "allTrials" or not reader.total.isdecimal():
        raise interface.other_shape("it has no `allTrials` with a `totalCount`")
    if any(not _NUMBER.fullmatch(one.listed.id) for one in reader.found):
        raise interface.other_shape("a record in it has no number")
    return tuple(reader.found), int(reader.total)


_NUMBER = re.compile(r"ISRCTN\d{8}", re.ASCII)
_CUT = (
    expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS],
    expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN],
)


class _DeclaresError(Exception):
    """A document type or entities: no record needs one, and they fill memory."""


class _Reader:
    def __init__(self, body: bytes) -> None:
        self._body, self._path = body, list[str]()
        self._start, self._number, self._updated = 0, "", ""
        self.root, self.total = "", ""
        self.found = list[Answered]()
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.parser.StartElementHandler = self._open
        self.parser.EndElementHandler = self._close
        self.parser.CharacterDataHandler = self._text

    def _refuse(self, *_: object) -> None:
        raise _DeclaresError

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        if not self._path:
            self.root, self.total = name, attributes.get("totalCount", "")
        self._path.append(name)
        if self._path[1:] == ["fullTrial"]:
            self._start, self._number, self._updated = self.parser.CurrentByteIndex, "", ""
        elif self._path[1:] == ["fullTrial", "trial"]:
            day = _DAY.match(attributes.get("lastUpdated", ""))
            self._updated = day[0] if day else ""

    def _text(self, text: str) -> None:
        if self._path[1:] == ["fullTrial", "trial", "isrctn"]:
            self._number += text.strip()

    def _close(self, _name: str) -> None:
        if self._path[1:] == ["fullTrial"]:
            end = self._body.index(b">", self.parser.CurrentByteIndex) + 1
            digits = self._number.removeprefix("ISRCTN")
            listed = Listed(f"ISRCTN{digits}", self._updated)
            document = _HEAD + self._body[self._start : end] + _FOOT
            self.found.append(Answered(listed, document))
        self._path.pop()
