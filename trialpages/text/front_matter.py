"""YAML front matter, read as text only; `written_yaml` writes it.

Every scalar is text: `NO`, `012` and `12:30` mean what they say, and the model gives each its
type. Anchors, aliases, tags, merge keys, duplicate keys and depth are refused from libyaml's
event stream, before anything is built from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

from trialpages.text.yaml_words import Stop, complaint

MAX_DEPTH = 24
"""Levels of nesting; the model needs six."""

Tree = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a value stands in the YAML text: line and column from 0, and its length on the line."""

    line: int
    column: int
    length: int = 1


class YamlError(Exception):
    """The text is not YAML of the plain kind we read. A problem with its mark, and others."""

    def __init__(
        self, code: str, message: str, mark: Mark, hint: str = "", first: Mark | None = None
    ) -> None:
        super().__init__(message)
        self.code, self.message, self.mark, self.hint = code, message, mark, hint
        self.first = first
        """Where the same thing stands before, if it stands twice."""
        self.others: tuple[YamlError, ...] = ()
        """Further problems of the same text."""


class LostTextError(YamlError):
    """A `#` behind a value without quotes and a single blank: is it the value's own?"""

    def __init__(self, value: str, lost: str, mark: Mark) -> None:
        message = f"`{lost}` would be left out: behind one blank, # begins a remark"
        super().__init__("unquoted-sign", message, mark, f"{IN_QUOTES}; {AS_REMARK}")
        self.value = value


IN_QUOTES = "if it belongs to the value, put the whole value in quotes"
AS_REMARK = "if it is a remark, write two blanks before the #, or put it on a line of its own"

Path = tuple[str | int, ...]
Marks = dict[Path, tuple[Mark | None, Mark]]
"""Where each key and each value stands, by its path in the tree: (key, value)."""


def read_yaml(text: str, first: str = "brief_title") -> tuple[Tree, Marks]:
    """The mapping in `text` as texts, lists and dicts, and where each of them stands.

    `first` is a field to begin with, named where there is none. Raises YamlError.
    """
    reader = _Reader(text, first)
    try:
        tree = reader.document()
    except YamlError as error:
        raise _together([*reader.lost, error]) from None
    except yaml.MarkedYAMLError as error:
        raise _together([*reader.lost, _explained(error, text)]) from None
    except yaml.reader.ReaderError as error:
        sign = error.character  # a number or a character, as it is libyaml or PyYAML that stops
        code = sign if isinstance(sign, int) else ord(sign)
        raise YamlError(
            "control-character",
            f"the character U+{code:04X} can't stand in YAML",
            _mark_at(text, error.position),
            "remove it",
        ) from None
    if reader.lost:
        raise _together(reader.lost)
    return tree, reader.marks


def _together(errors: list[YamlError]) -> YamlError:
    first, *others = errors
    first.others = tuple(others)
    return first


_ABSENT = object()
"""A field with nothing behind its colon says nothing; `""` says that the text is empty."""


_HIDE = {0x2028: 0x10FFFC, 0x2029: 0x10FFFD}
"""libyaml takes these separators for line ends; they are characters of a text."""
_PLACEHOLDER = re.compile("[\U0010fffc\U0010fffd]")


def _show_again(text: str) -> str:
    return text.translate({hidden: shown for shown, hidden in _HIDE.items()})


class _Reader:
    """Turns libyaml's events into a tree, and refuses what a trial file never needs."""

    def __init__(self, text: str, first: str) -> None:
        self._first = first
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # only its events are used
        hides = ("\u2028" in text or "\u2029" in text) and not _PLACEHOLDER.search(text)
        self._next = loader(text.translate(_HIDE) if hides else text).get_event
        self._shown = _show_again if hides else str
        self._lines = text.split("\n")
        self.marks: Marks = {}
        self.lost: list[YamlError] = []
        """Texts that a `#` would take away; one is no reason not to look for others."""

    def document(self) -> Tree:
        self._next()  # stream start
        event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            return {}
        event = self._next()
        if isinstance(event, yaml.ScalarEvent) and event.value == "" and event.implicit[0]:
            return {}
        if not isinstance(event, yaml.MappingStartEvent):
            raise YamlError(
                "not-a-mapping",
                "there must be lines `field: value`",
                _mark(event),
                f"write `{self._first}: …`, one field a line",
            )
        tree: Tree = self._value(event, ())
        self._next()  # document end
        after = self._next()
        if not isinstance(after, yaml.StreamEndEvent):
            raise YamlError(
                "two-documents", "a second YAML document begins here", _mark(after), "remove it"
            )
        return tree

    def _value(self, event: Any, path: Path) -> Any:
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_extras(event)
            self._note_lost_text(event)
            empty = event.value == "" and event.implicit[0]
            absent = empty and path and isinstance(path[-1], str)
            return _ABSENT if absent else self._shown(event.value)
        if isinstance(event, yaml.AliasEvent):
            raise YamlError(
                "alias",
                f"`*{event.anchor}` is a YAML alias, which isn't used here",
                _mark(event),
                "if the text begins with *, put it in quotes; else write the value out",
            )
        self._refuse_extras(event)
        if len(path) >= MAX_DEPTH:
            raise _too_deep(_mark(event))
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return self._mapping(path)

    def _sequence(self, path: Path) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            here = (*path, len(items))
            self.marks[here] = (None, _mark(event))
            items.append(self._value(event, here))
        return items

    def _mapping(self, path: Path) -> Tree:
        tree: Tree = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._key(event)
            here = (*path, key)
            if key in tree:
                first = self.marks[here][0]
                raise YamlError(
                    "duplicate-key",
                    f"`{key}` stands here a second time",
                    _mark(event),
                    "keep one of the two",
                    first,
                )
            mark, event = _mark(event), self._next()
            self.marks[here] = (mark, _mark(event))
            tree[key] = self._value(event, here)
        return {key: value for key, value in tree.items() if value is not _ABSENT}

    def _key(self, event: Any) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            raise YamlError(
                "key-not-text", "a field's name must be plain text", _mark(event), "write a name"
            )
        self._refuse_extras(event)
        if event.value == "<<" and event.implicit[0]:
            raise YamlError(
                "merge-key",
                "`<<` is a YAML merge key, which isn't used here",
                _mark(event),
                "write the fields out",
            )
        return self._shown(event.value)

    def _note_lost_text(self, event: Any) -> None:
        """`Trial #1` is `Trial` to YAML. One blank is taken for a mistake, two for a remark."""
        end = event.end_mark
        if event.style in ("'", '"', "|", ">") or end.line >= len(self._lines):
            return
        line = self._lines[end.line]
        if found := _LOST.match(line, end.column):
            mark = Mark(end.line, found.start(1), len(found[1].rstrip()))
            self.lost.append(LostTextError(event.value, found[1].strip(), mark))

    @staticmethod
    def _refuse_extras(event: Any) -> None:
        if event.anchor is not None:
            raise YamlError(
                "anchor",
                f"`&{event.anchor}` is a YAML anchor, which isn't used here",
                _mark(event),
                "if the text begins with &, put it in quotes; else remove the anchor",
            )
        if event.tag is not None:
            raise YamlError(
                "tag",
                f"`{event.tag}` is a YAML tag, which isn't used here",
                _mark(event),
                "if the text begins with !, put it in quotes; else remove the tag",
            )


_LOST = re.compile(r" (#.*)")


def _mark(event: Any) -> Mark:
    start, end = event.start_mark, event.end_mark
    length = end.column - start.column if end.line == start.line else 1
    return Mark(start.line, start.column, max(1, length))


def _mark_at(text: str, position: int) -> Mark:
    before = text[:position]
    return Mark(before.count("\n"), position - (before.rfind("\n") + 1))


def _too_deep(mark: Mark) -> YamlError:
    return YamlError("too-deep", f"nested more than {MAX_DEPTH} levels deep", mark, "flatten it")


_OWN_LIMIT = "exceeded maximum nesting depth"
"""What libyaml says from 0.2.6 on at 1,000 levels, which it scans before we see the first."""


def _explained(error: yaml.MarkedYAMLError, text: str) -> YamlError:
    """libyaml's complaint in the words of somebody who edits a trial."""
    at, began = error.problem_mark or error.context_mark, error.context_mark
    if at and error.problem == _OWN_LIMIT:
        return _too_deep(Mark(at.line, at.column))
    stop = Stop(
        error.problem or "it can't be read",
        (at.line, at.column) if at else (0, 0),
        (began.line, began.column) if began else None,
    )
    found = complaint(stop, text.split("\n"))
    mark = Mark(found.line, found.column, found.length)
    return YamlError(found.code, found.message, mark, found.hint)
