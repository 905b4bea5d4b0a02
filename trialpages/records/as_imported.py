"""What a record said when it came last: the file `.imported/NCT…` beside a trial.

A line a field: its name, a digest of its value, and the value as JSON. Files of earlier versions
of this program have no values. The first line may say which trial file holds just that, so that
whoever looks for corrections of an editor need not compare.

    file 5b0e…
    brief_title 70b5e02b4c75 "Rest for migraine"
    brief_title.before 0a1f… "Rest"
    locations.held 77c0… [[{"facility": "A"}, {"facility": "A1"}, [{"facility": "Ours"}], false]]

A line `.before` stands with a field that its editor and its registry have both changed, from then
on until both say the same: what the registry said before it changed. A line `.held` has of a list
the entries that both changed: as the registry said each before, as it says it now, what the editor
had made of it, and whether a person has decided for the file. A line `.after` has the day of the
version that said what stands in those two, a line `.until` that of the version that last changed
what waits, and a line `.steps` what each version changed of it. A line `.decided` says of a
`.before` that a person has decided. A line `.untold` has changes of the registry's that a person
has decided against, and after which came others: no history tells them before a file has what came
of them.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec

from trialpages.records.model import Change, PartialDate, Trial, to_tree, to_trial


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the registry said before it changed what an editor had changed too, while the two say
    something else."""

    before: Mapping[str, Any] = field(default_factory=dict)
    """Of whole fields; None where it said nothing."""
    held: Mapping[str, Any] = field(default_factory=dict)
    """Of lists, entry by entry: before, now, the editor's, and whether it is decided."""
    unknown: Mapping[str, str] = field(default_factory=dict)
    """Of whole fields of which nobody knows what it said, the digest of that."""
    after: Mapping[str, PartialDate] = field(default_factory=dict)
    """The day of the version that said so, the first one of several; none where it isn't
    known."""
    decided: frozenset[str] = frozenset()
    """Whole fields that a person has decided: what of the registry's went into them is told."""
    untold: Mapping[str, tuple[Change, ...]] = field(default_factory=dict)
    """What the registry had changed when a person decided for the file, and has changed again."""
    until: Mapping[str, PartialDate] = field(default_factory=dict)
    """The day of the version that last changed what is another than in `before` and `held`."""
    steps: Mapping[str, tuple[Change, ...]] = field(default_factory=dict)
    """What each version changed of that, from the one that said so on."""


@dataclass(frozen=True, slots=True)
class AsImported:
    digests: Mapping[str, str]
    """Of each field that the record had."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """Of those of them whose value is known, as `to_tree` gives it."""
    earlier: Earlier = Earlier()
    file: str = ""
    """The digest of a trial file in which nothing is an editor's; '' where none is known."""

    def knows(self, name: str) -> bool:
        """Whether it is known what the record said in a field, or that it said nothing."""
        return name in self.values or (bool(self.values) and name not in self.digests)

    def as_trials(self, name: str) -> Iterator[Trial]:
        """All that the record said in a field, as trials that say it and no more."""
        said = (self.values.get(name), self.earlier.before.get(name))
        for value in (*said, _entries(self.earlier.held.get(name, []))):
            with contextlib.suppress(msgspec.ValidationError, RecursionError):
                yield to_trial({**_LEAST, name: value} if value else _LEAST)

    def without(self, name: str) -> AsImported:
        """The same where only the digest of a field is known."""

        def others(known: Mapping[str, Any]) -> dict[str, Any]:
            return {one: value for one, value in known.items() if one != name}

        before, held = others(self.earlier.before), others(self.earlier.held)
        earlier = replace(self.earlier, before=before, held=held)
        return replace(self, values=others(self.values), earlier=earlier)


def value_digest(value: Any) -> str:
    """Of a field's value as `to_tree` gives it."""
    return _short(json.dumps(value, sort_keys=True, ensure_ascii=False).encode())


def may_have_before(content: bytes) -> bool:
    """Whether such a file may have a line `.before` or `.held`: a quick look."""
    return _BEFORE.encode() in content or _HELD.encode() in content


def file_digest(content: bytes) -> str:
    """Of a trial's file, whatever ends its lines."""
    return _short(content.replace(b"\r\n", b"\n"))


def _short(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


def read_as_imported(content: bytes) -> AsImported:
    """What such a file says; lines that say nothing are passed over."""
    found = [_LINE.fullmatch(line) for line in content.decode("utf-8", "replace").split("\n")]
    lines = {one["name"]: one for one in found if one}
    file = lines.pop(_FILE, None)
    earlier = {name: lines.pop(name) for name in tuple(lines) if "." in name}
    digests = {name: one["digest"] for name, one in lines.items()}
    values = {name: _value(one["value"], one["digest"]) for name, one in lines.items()}
    known = {name: value for name, value in values.items() if value is not None}
    return AsImported(
        digests,
        _fitting(known),
        Earlier(
            {name: one for name, one in _earlier(earlier, _BEFORE) if _fits(name, one)},
            {name: one for name, one in _earlier(earlier, _HELD) if _can_be_held(name, one)},
            _unknown(earlier),
            dict(_days(earlier, _AFTER)),
            frozenset(name for name, one in _earlier(earlier, _DECIDED) if one is True),
            dict(_changes(earlier, _UNTOLD)),
            dict(_days(earlier, _UNTIL)),
            dict(_changes(earlier, _STEPS)),
        ),
        file["digest"] if file else "",
    )


def _earlier(lines: Mapping[str, re.Match[str]], ending: str) -> Iterator[tuple[str, Any]]:
    for name, line in lines.items():
        value = _value(line["value"], line["digest"])
        if name.endswith(ending) and (value is not None or line["digest"] == value_digest(None)):
            yield name.removesuffix(ending), value


_LEAST = {
    "nct_id": "NCT00000000",
    "brief_title": "-",
    "overall_status": "UNKNOWN",
    "study_type": "INTERVENTIONAL",
}


def _fitting(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Those that their fields can have."""
    if _is_of_a_trial(values):
        return values  # as nearly always: to ask of each takes long
    return {name: value for name, value in values.items() if _fits(name, value)}


def _fits(name: str, value: Any) -> bool:
    """Whether a field can have a value: whoever had the file before may have written any."""
    values = {} if value is None else {name: value}
    return name in Trial.__struct_fields__ and _is_of_a_trial(values)


def _is_of_a_trial(values: Mapping[str, Any]) -> bool:
    try:
        tree = to_tree(to_trial({**_LEAST, **values}))
    except (msgspec.ValidationError, ValueError, RecursionError):
        return False
    # What is empty the tree leaves out.
    return all(tree.get(name, type(value)()) == value for name, value in values.items())


def _can_be_held(name: str, held: Any) -> bool:
    """Whether these can be entries of a list that both changed."""
    entries = _entries(held)
    if entries is None or not all(isinstance(one, dict) for one in entries):
        return False  # texts have no parts that two sides can have changed
    return _fits(name, entries)


def _entries(held: Any) -> list[Any] | None:
    """All entries of such a line; None for what is none."""
    entries = list[Any]()
    for one in held if isinstance(held, list) else [None]:
        match one:
            case [before, now, [*mine], bool()]:
                entries += [*(each for each in (before, now) if each is not None), *mine]
            case _:
                return None
    return entries


def _unknown(lines: Mapping[str, re.Match[str]]) -> dict[str, str]:
    return {
        name.removesuffix(_BEFORE): line["digest"]
        for name, line in lines.items()
        if name.endswith(_BEFORE) and not line["value"]
    }


def _days(lines: Mapping[str, re.Match[str]], ending: str) -> Iterator[tuple[str, PartialDate]]:
    for name, day in _earlier(lines, ending):
        with contextlib.suppress(ValueError, TypeError):
            yield name, PartialDate(day)


def _changes(
    lines: Mapping[str, re.Match[str]], ending: str
) -> Iterator[tuple[str, tuple[Change, ...]]]:
    for name, said in _earlier(lines, ending):
        with contextlib.suppress(msgspec.ValidationError, ValueError, RecursionError):
            yield name, to_trial({**_LEAST, "history": said}).history


def is_as_imported(content: bytes, beginning: bytes) -> bool:
    """Whether a trial's file is the one that the beginning of such a file names."""
    named = _LINE.fullmatch(beginning.partition(b"\n")[0].decode("ascii", "replace"))
    return named is not None and named["name"] == _FILE and named["digest"] == file_digest(content)


def write_as_imported(imported: AsImported) -> bytes:
    lines = [f"{_FILE} {imported.file}\n"] if imported.file else []
    for name, digest in imported.digests.items():
        value = imported.values.get(name)
        said = "" if value is None else f" {json.dumps(value, ensure_ascii=False)}"
        lines.append(f"{name} {digest}{said}\n")
    earlier = imported.earlier
    for ending, values in (
        (_BEFORE, earlier.before),
        (_HELD, earlier.held),
        (_AFTER, earlier.after),
        (_UNTIL, earlier.until),
        (_DECIDED, dict.fromkeys(sorted(earlier.decided), True)),
        (_UNTOLD, {name: [*map(to_tree, of)] for name, of in earlier.untold.items()}),
        (_STEPS, {name: [*map(to_tree, of)] for name, of in earlier.steps.items()}),
    ):
        for name, value in values.items():
            said = json.dumps(value, ensure_ascii=False)
            lines.append(f"{name}{ending} {value_digest(value)} {said}\n")
    lines += [f"{name}{_BEFORE} {digest}\n" for name, digest in earlier.unknown.items()]
    return "".join(lines).encode()


_FILE = "file"
"""No field of a trial is called so."""
_BEFORE, _HELD, _AFTER, _DECIDED = ".before", ".held", ".after", ".decided"
_UNTOLD, _UNTIL, _STEPS = ".untold", ".until", ".steps"
_LINE = re.compile(
    r"(?P<name>[a-z0-9_]+(?:\.(?:before|held|after|decided|untold|until|steps))?)"
    r" (?P<digest>[0-9a-f]{12})(?: (?P<value>.*?))?\r?"
)


def _value(written: str | None, digest: str) -> Any:
    """The value of a line; None where it has none, or one that its digest is not of."""
    if not written:
        return None
    try:
        value = json.loads(written)
        return value if value_digest(value) == digest else None
    except (ValueError, RecursionError):
        return None
