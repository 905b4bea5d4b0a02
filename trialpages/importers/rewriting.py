"""A trial's file made anew after an update, with the `# remarks` that its editor wrote into it.

A remark moves along with the value it stands above or behind. At a value that is another now it
would be untrue, so it stands above, with what it stood at. Where that value is gone, the update is
refused and names the line: nobody's remark is lost unsaid.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from trialpages.changes.entries import matched
from trialpages.changes.entry_names import names_of
from trialpages.changes.identities import IDENTITIES, Identity
from trialpages.problems import ContentFailure, Problem, Where
from trialpages.records.model import Trial
from trialpages.records.trial_file import read_trial, write_trial, write_yaml_trial
from trialpages.text.file_text import split_file
from trialpages.text.front_matter import Marks, Path, Tree, read_yaml
from trialpages.text.remarks import Remark, remarks


def file_text(trial: Trial, path: str) -> str:
    """The trial's file in the one stable form, as its name asks for it."""
    return write_yaml_trial(trial) if path.endswith(".yaml") else write_trial(trial)


def rewritten(present: str, after: Trial, path: str) -> str:
    """The file's text `present`, which could be read, so that it says `after`.

    Raises ContentFailure where a remark belongs to what is gone.
    """
    plain = file_text(after, path)
    old = _front(present, path)
    kept = remarks(old)
    if not kept:
        return plain
    new = _front(plain, path)
    text = plain.replace(new, _with_remarks(old, new, kept, path), 1)
    if read_trial(text.encode(), path).trial != after:
        raise ContentFailure(_lost(kept[0], old, path))
    return text


def of_what_was(present: str, text: str, path: str) -> Iterator[tuple[str, str]]:
    """The remarks of a file's new text that stood at what is another now, and didn't before; each
    with the name of the place, or other entry of a list, that it stands in."""
    there = {line.strip() for line in present.split("\n")}
    if f"# {_STOOD}" in text:
        places = _of_one(text, path)
        for remark in remarks(_front(text, path)):
            if remark.text.startswith(f"# {_STOOD}") and remark.text not in there:
                yield remark.text, places.named(remark)


def at_what_changed(present: str, text: str, path: str) -> Iterator[tuple[str, str]]:
    """The remarks above a place, or other entry of a list, that has its name still and of which
    something else is another now; each with that name."""
    if kept := remarks(_front(present, path)):
        places = _Places(*read_yaml(_front(present, path)), *read_yaml(_front(text, path)))
        yield from ((one.text, name) for one in kept if (name := places.changed(one)))


def _of_one(text: str, path: str) -> _Places:
    both = read_yaml(_front(text, path))
    return _Places(*both, *both)


_STOOD = "stood "


def _front(text: str, path: str) -> str:
    split = split_file(text, path)
    if isinstance(split, Problem):
        raise ContentFailure(split)
    return split[0]


def _with_remarks(old: str, new: str, kept: tuple[Remark, ...], path: str) -> str:
    tree, marks = read_yaml(old)
    new_tree, new_marks = read_yaml(new)
    places = _Places(tree, marks, new_tree, new_marks)
    lines = new.removesuffix("\n").split("\n")
    above: defaultdict[int, list[str]] = defaultdict(list)
    sources = old.split("\n")
    for remark in kept:
        line = places.line_of(remark, end=len(lines))
        if line is None:
            raise ContentFailure(_lost(remark, old, path))
        if remark.own_line:
            above[line].append(places.above(remark, sources))
        elif (stood := _said(sources[remark.line], remark)) == lines[line].strip():
            lines[line] += f"  {remark.text}"
        else:  # behind another value it would speak of that
            indent = lines[line][: len(lines[line]) - len(lines[line].lstrip(" "))]
            above[line].append(f"{indent}# {_STOOD}behind `{stood}`: {remark.text.lstrip('# ')}")
    found = [text for at, line in enumerate(lines) for text in (*above[at], line)]
    return "".join(f"{line}\n" for line in (*found, *above[len(lines)]))


def _said(line: str, remark: Remark) -> str:
    """What a line says before its remark."""
    return line.rstrip().removesuffix(remark.text).strip()


def _lost(remark: Remark, front: str, path: str) -> Problem:
    source = front.split("\n")[remark.line]
    line = remark.line + (1 if path.endswith(".yaml") else 2)
    column = len(source.rstrip()) - len(remark.text) + 1
    where = Where(path, line, column, source, len(remark.text))
    message = "the update takes away what this remark stands at; nothing was changed"
    return Problem("remark", "error", message, where, "move the remark or remove it, then again")


class _Places:
    """Where what stands in one front matter stands in another."""

    def __init__(self, old: Tree, old_marks: Marks, new: Tree, new_marks: Marks) -> None:
        self._old, self._new, self._new_marks = old, new, new_marks
        self._paths: dict[int, Path] = {}
        """Of what begins on a line of the old text, the outermost; values follow their keys."""
        for path, (key, value) in old_marks.items():
            self._paths.setdefault((key or value).line, path)

    def above(self, remark: Remark, sources: Sequence[str]) -> str:
        """What a remark on a line of its own becomes. Above a list, which as a whole is another one
        soon, and above the number, which begins the file, it is left as it is."""
        said = sources[remark.line].rstrip()
        line = self._line_at(remark)
        path = self._paths.get(line) if line is not None else None
        moved = _moved(path, self._old, self._new) if path else None
        if line is None or not (path and moved) or said.lstrip().startswith(f"# {_STOOD}"):
            return said
        before, now = _value(self._old, path), _value(self._new, moved)
        if before == now or isinstance(before, list) or path == ("nct_id",):
            return said
        if _is_called_alike(path, before, now):
            return said
        is_one_line = not isinstance(before, Mapping) and str(before) in sources[line]
        is_named = _identity(path) is not None
        stood = f"`{sources[line].strip().removeprefix('- ')}`"
        stood = stood if is_one_line or is_named else "what was another then"
        indent = said[: len(said) - len(said.lstrip())]
        return f"{indent}# {_STOOD}above {stood}: {remark.text.lstrip('# ')}"

    def named(self, remark: Remark) -> str:
        """What the entry is called that a remark stands in; '' outside of lists."""
        line = self._line_at(remark)
        path = self._paths.get(line, ()) if line is not None else ()
        if len(path) < 2 or (identity := _identity(path[:2])) is None:
            return ""
        return names_of(self._old[str(path[0])], identity)[int(path[1])]

    def changed(self, remark: Remark) -> str:
        """The same of a remark above an entry of which something but its name is another now."""
        line = self._line_at(remark) if remark.own_line else None
        path = self._paths.get(line) if line is not None else None
        moved = _moved(path, self._old, self._new) if path else None
        if not (path and moved):
            return ""
        before, now = _value(self._old, path), _value(self._new, moved)
        return self.named(remark) if before != now and _is_called_alike(path, before, now) else ""

    def _line_at(self, remark: Remark) -> int | None:
        """The line of the old text that a remark is of; None below all."""
        below = (line for line in sorted(self._paths) if line >= remark.line)
        return next(below, None) if remark.own_line else remark.line

    def line_of(self, remark: Remark, end: int) -> int | None:
        """The line that a remark belongs to; `end` if it stands below all; None if it is gone."""
        line = self._line_at(remark)
        if line is None:
            return end
        path = self._paths.get(line)
        moved = _moved(path, self._old, self._new) if path else None
        mark = self._new_marks.get(moved) if moved else None
        return (mark[0] or mark[1]).line if mark else None


def _identity(path: Path) -> Identity | None:
    """Of an entry of a list."""
    names = ".".join(one for one in path if isinstance(one, str))
    return IDENTITIES.get(names) if isinstance(path[-1], int) else None


def _is_called_alike(path: Path, before: Any, now: Any) -> bool:
    """Whether it is an entry that has the same name still: it is what the remark speaks of."""
    identity = _identity(path)
    return identity is not None and all(before.get(f) == now.get(f) for f in identity.name)


def _moved(path: Path, old: Any, new: Any) -> Path | None:
    """The path in the new tree of the same thing."""
    found: list[str | int] = []
    for step in path:
        place: str | int | None = step
        if isinstance(step, int):
            names = ".".join(one for one in found if isinstance(one, str))
            place = _same_entry(names, step, old, new)
        if place is None or not _has(new, place):
            return None
        found.append(place)
        old, new = old[step], new[place]
    return tuple(found)


def _value(tree: Any, path: Path) -> Any:
    for step in path:
        tree = tree[step]
    return tree


def _has(tree: Any, step: str | int) -> bool:
    if isinstance(tree, Mapping):
        return step in tree
    return isinstance(tree, list) and isinstance(step, int) and step < len(tree)


def _same_entry(names: str, place: int, old: list[Any], new: Any) -> int | None:
    if not isinstance(new, list):
        return None
    if names in IDENTITIES:
        return dict(matched(old, new, IDENTITIES[names]).both).get(place)
    return next(_equal(old[place], new), None)


def _equal(value: Any, values: list[Any]) -> Iterator[int]:
    return (at for at, other in enumerate(values) if other == value)
