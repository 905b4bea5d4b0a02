"""From a path in a YAML tree to a place in the file, for the messages."""

from __future__ import annotations

from dataclasses import replace

from trialpages.problems import Problem, Where
from trialpages.records.block_yaml import place_of
from trialpages.records.explain import Fault, name_of
from trialpages.records.front_matter import Mark, Marks, Path, YamlError, read_yaml


def yaml_problem(error: YamlError, yaml: str, path: str, first_line: int) -> Problem:
    """The parser's complaint as a Problem. `first_line` is where the YAML begins in the file."""
    where = _where(error.mark, yaml.split("\n"), path, first_line)
    message = error.message
    if error.first:
        message += f"; the first is in line {error.first.line + first_line}"
    return Problem(error.code, "error", message, where, error.hint)


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


def _mark_of(fault: Fault, marks: Marks) -> Mark:
    at = fault.path
    while at and at not in marks:  # what was made from a shorthand stands where the shorthand does
        at = at[:-1]
    key, value = marks.get(at, (None, Mark(0, 0)))
    return key if fault.on_key and key else value


def field_where(path: str, yaml: str, first_line: int, field: Path) -> Where:
    """Where a field's value stands in a file whose YAML, known to be readable, begins there."""
    quick = place_of(yaml, field)
    mark = Mark(*quick) if quick else _mark_of(Fault(field, "", ""), read_yaml(yaml)[1])
    return replace(_where(mark, yaml.split("\n"), path, first_line), field=field)


def _where(mark: Mark, lines: list[str], path: str, first_line: int) -> Where:
    source = lines[mark.line] if mark.line < len(lines) else ""
    return Where(path, mark.line + first_line, mark.column + 1, source, mark.length)
