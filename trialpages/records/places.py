"""From a path in a YAML tree to a place in the file, for the messages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from trialpages.problems import Problem, Where
from trialpages.records.explain import Fault, name_of
from trialpages.records.lost_text import what_to_do
from trialpages.text.block_yaml import BlockPlaces
from trialpages.text.front_matter import LostTextError, Mark, Marks, Path, YamlError, read_yaml


def yaml_problems(error: YamlError, yaml: str, path: str, first_line: int) -> tuple[Problem, ...]:
    """The parser's complaints as Problems. `first_line` is where the YAML begins in the file."""
    return tuple(_problem(one, yaml, path, first_line) for one in (error, *error.others))


def _problem(error: YamlError, yaml: str, path: str, first_line: int) -> Problem:
    where = _where(error.mark, yaml.split("\n"), path, first_line)
    message = error.message
    if error.first:
        message += f"; the first is in line {error.first.line + first_line}"
    hint = what_to_do(error) if isinstance(error, LostTextError) else error.hint
    return Problem(error.code, "error", message, where, hint)


def fault_problem(
    fault: Fault, marks: Marks, lines: list[str], path: str, first_line: int
) -> Problem:
    """A fault of the tree as a Problem, at the name or the value that is at fault."""
    where = _where(_mark_of(fault, marks), lines, path, first_line)
    message = fault.message
    if fault.path and fault.path not in marks and fault.code != "missing-field":
        written = f"`{name_of(fault.path[:-1])}`"  # the short form has no inner name
        message = message.replace(f"`{name_of(fault.path)}`", written)
    if fault.code == "missing-field" and fault.path in marks:
        message = message.replace("is missing", "has no value")
    return Problem(fault.code, "error", message, where, fault.hint)


def placed(
    found: Iterable[Fault], text: str, path: str, first_line: int = 1
) -> tuple[Problem, ...]:
    """Faults of a text that can be read as YAML and begins in that line of its file, each at its
    line."""
    if not (faults := tuple(found)):
        return ()
    _, marks = read_yaml(text)
    lines = text.split("\n")
    return tuple(fault_problem(fault, marks, lines, path, first_line) for fault in faults)


def _mark_of(fault: Fault, marks: Marks) -> Mark:
    at = fault.path
    while at and at not in marks:  # what was made from a shorthand stands where the shorthand does
        at = at[:-1]
    key, value = marks.get(at, (None, Mark(0, 0)))
    return key if fault.on_key and key else value


class Places:
    """Where the fields of a file stand whose YAML, known to be readable, begins at a line.

    The YAML is read once, however many fields are asked for.
    """

    def __init__(self, path: str, yaml: str, first_line: int) -> None:
        self._path, self._yaml, self._first_line = path, yaml, first_line

    def of(self, field: Path) -> Where:
        quick = self._plain.of(field)
        mark = Mark(*quick) if quick else _mark_of(Fault(field, "", ""), self._marks)
        return replace(_where(mark, self._lines, self._path, self._first_line), field=field)

    @cached_property
    def _plain(self) -> BlockPlaces:
        return BlockPlaces(self._yaml)

    @cached_property
    def _marks(self) -> Marks:
        return read_yaml(self._yaml)[1]

    @cached_property
    def _lines(self) -> list[str]:
        return self._yaml.split("\n")


def _where(mark: Mark, lines: list[str], path: str, first_line: int) -> Where:
    source = lines[mark.line] if mark.line < len(lines) else ""
    return Where(path, mark.line + first_line, mark.column + 1, source, mark.length)
