"""A change of a record in words, as the page would say it, for reports and the terminal."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import msgspec

from trialpages.changes.compare import WITHIN, apart, joined_changes
from trialpages.changes.differing_words import cut_to, from_difference
from trialpages.changes.entry_names import names_of
from trialpages.changes.identities import IDENTITIES
from trialpages.changes.renamings import NAMED_IN, followers, is_of_name
from trialpages.changes.summary import in_short
from trialpages.content.reading import read_templates, shipped
from trialpages.importers.conflict import Conflict, Double, Lost, called_as_before, place_of
from trialpages.language.site_language import Language, read_language
from trialpages.problems import ContentFailure
from trialpages.records.model import Change
from trialpages.records.own_vocabulary import ChangeKind
from trialpages.trial.history import ShownChange, field_label, is_told, shown_change

GONE = "no longer in the record"
"""The registry took it away, or a record was cut so that nobody can tell."""

UNKNOWN = "What the registry said before isn't known, only that it was something else."

MOST_SIGNS = 300
"""Of a value."""

_MOST_ENTRIES = 3
"""Places, outcomes … that changed alike."""

THEIRS = "The registry's change: "
LEFT_OUT = "left out by this site"
AS_BEFORE = "as before"
KEPT = "kept"
"""Of what the registry alone took away, where the editor has changed something of such."""
COPIES = "Between two copies of this version: "
YOURS = "Your change: "
OF_GONE = "Your change of what is gone: "
BETWEEN = "Yours → registry's: "
UNSURE = ", unless one of your new lines says it"
"""Of a text from which more is gone than can be paired with what is new in it."""
_MOST_CHANGES = 6


@cache
def english() -> Language:
    """The words in which editors are spoken to."""
    return read_language("en", read_templates(shipped("templates")))


def told(change: Change) -> ShownChange | None:
    """A change in words; None for what is of the copy and not of the trial."""
    return shown_change(change, english()) if is_told(change) else None


def told_once(changes: Iterable[Change]) -> list[tuple[Change, ShownChange]]:
    """Changes in words; a group or an intervention that is called otherwise stands there once."""
    every = list(changes)
    follow = {one: followers(one, every) for one in every}
    repeated = [one for found in follow.values() for one in found]
    shown = [(one, words) for one in every if one not in repeated and (words := told(one))]
    return [
        (one, replace(words, part=f"{words.part}, {also_in(one)}"))
        if follow.get(one)
        else (one, words)
        for one, words in shown
    ]


def also_in(renamed: Change) -> str:
    """Where its name is said once more."""
    name = NAMED_IN[renamed.field].partition(".")[0]
    return f"also in {(field_label(name, english()) or name).lower()}"


def named_field(field: str) -> str:
    """What the page calls a field, beside its name in the file: Places (`locations`)."""
    label = field_label(field, english())
    return f"{label} (`{field}`)" if label else f"`{field}`"


@dataclass(frozen=True, slots=True)
class Side:
    """A change on one side of a conflict, and what the other side made of the very same words."""

    start: str
    """What it is between."""
    change: Change
    words: ShownChange
    yours: ShownChange | None = None
    """Of a change of the registry's."""
    unsure: str = ""
    """What to say behind it where nobody can tell."""
    is_left_out: bool = False
    """Of a change of the registry's, whether it is of an entry that this site leaves out."""

    def of(self, entries: Sequence[str]) -> Side:
        """The same of some of its entries alone."""
        if len(entries) == len(self.change.entries):
            return self
        change = msgspec.structs.replace(self.change, entries=tuple(entries))
        return replace(self, change=change, words=replace(self.words, entries=tuple(entries)))

    @property
    def gone(self) -> str:
        """What to say of an entry that is gone."""
        return "left out" if self.is_mine else GONE

    @property
    def is_mine(self) -> bool:
        """Whether it is the editor's change."""
        return self.start in (YOURS, OF_GONE)

    @property
    def other(self) -> str | None:
        """What this site says in its place; '' for nothing, None where nobody changed it here."""
        if self.yours is None:
            return None
        new = self.yours.new
        return cut(from_difference(self.yours.old, new, MOST_SIGNS)[1] or "") if new else ""


def sides(conflict: Conflict) -> Iterator[Side]:
    """What the registry changed, and what this site's editor did: first what both did, then what
    one of them did. What both say alike needs no decision."""
    lead = THEIRS if conflict.from_registry else BETWEEN
    lead = COPIES if conflict.is_of_copies else lead
    conflict = called_as_before(conflict)
    of_both = conflict.of_both
    known = {(place_of(one), one.new) for one in apart(conflict.changes)}
    known |= {(place_of(one), one.new) for one in of_both.values()}
    alone = [one for one in apart(conflict.mine) if (place_of(one), one.new) not in known]
    came = {(one.field, one.entries, None) for one in alone if not (one.old or one.kind)}
    for change, own in _alike(of_both.items()):
        unsure = UNSURE if (own.field, own.entries, own.new) in came else ""
        if words := told(change):
            yield Side(lead, change, words, told(own), unsure)
    rest = [one for one in conflict.differing if one not in of_both]
    here = [one for one in rest if _is_of_these(one, _left_out(alone, conflict.field))]
    there = [one for one in rest if one not in here]
    alone = [one for one in alone if one not in _said_with(here, alone, conflict.field)]
    lost = _left_out(rest, conflict.field)
    of_gone = [one for one in alone if one.field != conflict.field and _is_of_these(one, lost)]
    alone = [one for one in alone if one not in of_gone]
    starts = ((lead, here), (lead, there), (OF_GONE, of_gone), (YOURS, alone))
    for start, found in starts:
        for change in joined_changes(found):
            if words := told(change):
                yield Side(start, change, words, is_left_out=found is here)


def _left_out(found: Iterable[Change], field: str) -> set[str]:
    gone = (one for one in found if one.field == field and one.kind is ChangeKind.REMOVED)
    return {entry for one in gone for entry in one.entries}


def _is_of_these(change: Change, entries: Collection[str]) -> bool:
    """Of one of them, or of a contact there."""
    of = {entry.partition(WITHIN)[0] for entry in change.entries}
    return bool(of) and of <= {*entries}


def _said_with(theirs: Iterable[Change], mine: Iterable[Change], field: str) -> list[Change]:
    """What an editor left out that is said with what the registry changed of it."""
    said = {entry.partition(WITHIN)[0] for one in theirs for entry in one.entries}
    return [one for one in mine if _left_out([one], field) and _is_of_these(one, said)]


def _alike(both: Iterable[tuple[Change, Change]]) -> Iterator[tuple[Change, Change]]:
    """What both sides changed, each in the same way in several entries, as one."""
    found: dict[object, list[tuple[Change, Change]]] = {}
    for one, own in both:
        key = (one.field, one.kind, one.old, one.new, one.date, one.after, own.kind, own.new)
        found.setdefault(key, []).append((one, own))
    for pairs in found.values():
        theirs, mine = zip(*pairs, strict=True)
        yield joined_changes(theirs)[0], joined_changes(mine)[0]


def asked(conflict: Conflict, written: Callable[[str], str] = str) -> list[str]:
    """What only a person can tell: of entries that both sides may have renamed, and of what both
    added and may be the same."""
    found = list[str]()
    if lost := conflict.lost:
        identity = IDENTITIES[conflict.field]
        gone, mine = (written(named(names_of(one, identity))) for one in (lost.gone, lost.mine))
        came = f" New there: {written(named(lost.came))}." if lost.came else ""
        found.append(
            f"{GONE.capitalize()}: {gone}.{came} Only yours: {mine}. {_ONE}{_way_out(lost)}"
        )
    for one in conflict.doubles:
        said = (words.new for words in map(told, _added(conflict, one)) if words and words.new)
        status = "".join(f" ({written(word)})" for word in said)
        lead = f"New at the registry: {written(one.theirs)}{status}. Only yours: "
        found.append(f"{lead}{written(one.mine)}. {_ONE} {_HOW}")
    return found


_ONE = "Are they one and the same?"
_HOW = (
    "If so, take the note out, and yours alone stands; if not, take the registry's side: it comes "
    "beside yours."
)


def _way_out(lost: Lost) -> str:
    """Said where there is one of each: of several nobody can tell which is which."""
    is_one = len(lost.gone) == len(lost.mine) == 1
    return f" {_HOW_OF_THREE if lost.came else _HOW_OF_GONE}" if is_one else ""


_HOW_OF_THREE = (
    "If so, take the registry's side: yours goes, and what is new there stays; if not, take the "
    "note out: yours stays beside it."
)
_HOW_OF_GONE = "Take the note out, and yours stays; take the registry's side, and yours goes."


def _added(conflict: Conflict, double: Double) -> list[Change]:
    found = (one for one in apart(conflict.changes) if one.kind is ChangeKind.ADDED)
    return [one for one in found if one.entries == (double.theirs,)][:1]


def unasked(every: Iterable[Side], conflict: Conflict) -> list[Side]:
    """Without what that says already."""
    gone, here = list[str](), [name for one in conflict.doubles for name in (one.theirs, one.mine)]
    if lost := conflict.lost:
        identity = IDENTITIES[conflict.field]
        gone += names_of(lost.gone, identity)
        here += names_of(lost.mine, identity)
    found = []
    for side in every:
        kind = side.change.kind
        said = gone if kind is ChangeKind.REMOVED else here if kind else ()
        is_whole = side.change.field == conflict.field
        if conflict.lost and side.is_mine and is_of_name(side.change.field):
            said, is_whole = gone, True  # the question has both names
        left = [entry for entry in side.change.entries if not (is_whole and entry in said)]
        if left or not side.change.entries:
            found.append(side.of(left))
    return found


def conflict_lines(conflict: Conflict) -> tuple[str, ...]:
    """Both sides in plain lines, each bounded."""
    lines, last = list[str](), dict[str, int]()
    every = unasked(sides(conflict), conflict)
    lines += asked(conflict)
    for side in every:
        last[side.start] = last.get(side.start, 0) + 1
        if last[side.start] <= _MOST_CHANGES:
            yours = "" if side.other is None else f"; yours: {_quoted(side.other)}{side.unsure}"
            yours = f"; {LEFT_OUT}" if side.is_left_out else yours
            is_kept = side.start == THEIRS and side.change.kind is ChangeKind.REMOVED
            yours = f"; yours: {kept_told(every)}" if is_kept and not yours else yours
            lines.append(f"{side.start}{in_words(side.change, side.words, side.gone)}{yours}")
    lines += [
        f"{start}… and {number - _MOST_CHANGES:,} more"
        for start, number in last.items()
        if number > _MOST_CHANGES
    ]
    return (*lines, *([] if conflict.from_registry else [UNKNOWN]))


def kept_told(every: Iterable[Side]) -> str:
    """What to say of an entry that the file has still; other lines say what changed of it here."""
    return KEPT if any(one.start == OF_GONE for one in every) else AS_BEFORE


def in_words(change: Change, shown: ShownChange, gone: str) -> str:
    """`Places, status (Charité, Berlin, Germany): “Recruiting” → “Completed”`."""
    label = f"{shown.label}, {shown.part.lower()}" if shown.part else shown.label
    of = whose(change, shown)
    if shown.old is None and not shown.kind:
        return f"{label}{f' ({of})' if of else ''}: new {_quoted(shown.new)}"
    if not shown.kind:
        old, new = from_difference(shown.old, shown.new, MOST_SIGNS)
        return f"{label}{f' ({of})' if of else ''}: {_quoted(old)} → {_quoted(new)}"
    is_new = shown.kind == "added"
    value = shown.new if is_new else shown.old
    what = of or _quoted(value)
    return f"{label}: {what} {'added' if is_new else gone}"


def saying_what_waits(failure: ContentFailure, changes: Sequence[Change]) -> ContentFailure:
    """A failure with what would have come in, where something of the editor's is in the way."""
    said = f"; what waits for that: {', '.join(in_short(changes))}" if changes else ""
    return ContentFailure(
        *(replace(one, message=f"{one.message}{said}") for one in failure.problems)
    )


def _quoted(text: str | None) -> str:
    return f"“{cut(text)}”" if text else "nothing"


def cut(text: str, most: int = MOST_SIGNS) -> str:
    """Whole words; `…` is what both say alike, and isn't said of what is left out."""
    return cut_to(text, most)


def whose(change: Change, shown: ShownChange) -> str:
    """Of which entries a change is; of one that is called otherwise its names are said already."""
    path, _, name = change.field.rpartition(".")
    is_name = path in IDENTITIES and name == IDENTITIES[path].name[0]
    entries = [_without_name(one, change) if is_name else one for one in shown.entries]
    return named([one for one in entries if one])


def _without_name(entry: str, change: Change) -> str:
    # One name may begin as the other does.
    names = (one for one in (change.new, change.old) if one and entry.startswith(one))
    said = max(names, key=len, default="")
    return entry.removeprefix(said).lstrip(", –")


def named(entries: Sequence[str]) -> str:
    """`Charité, Berlin, Germany; UZ Gent, Gent, Belgium; … and 3 more`."""
    # A last one takes no more room than to say that there is one.
    most = _MOST_ENTRIES + 1 if len(entries) == _MOST_ENTRIES + 1 else _MOST_ENTRIES
    found = "; ".join(entries[:most])
    more = len(entries) - most
    return f"{found}; … and {more:,} more" if more > 0 else found
