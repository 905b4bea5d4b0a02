"""What a trial's file says otherwise than its registry: its editor's corrections by field."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

import msgspec

from trialpages.changes.compare import apart, changes, joined_changes, own_changes
from trialpages.changes.entries import in_place_but, matched
from trialpages.changes.entry_names import names_of
from trialpages.changes.fields import POSITION, REGISTRY_FIELDS, kind_of
from trialpages.changes.former import Former, former, is_kept, is_own
from trialpages.changes.held_entries import (
    Waiting,
    called_in,
    changed_in,
    doubles_in,
    held_in,
    is_among,
    less_known,
    listed,
    pairing_of,
    parts_open,
    still_here,
)
from trialpages.changes.history import UNDATED, told_date
from trialpages.changes.identities import IDENTITIES, Entry
from trialpages.changes.of_the_model import is_of_the_model
from trialpages.changes.passages import passages, reworded
from trialpages.changes.renamings import names_before
from trialpages.records.as_imported import AsImported
from trialpages.records.conflict_notes import conflict_notes
from trialpages.records.model import (
    Change,
    Markup,
    PartialDate,
    Trial,
    decode_scalar,
    to_tree,
)
from trialpages.records.own_vocabulary import ChangeKind
from trialpages.records.vocabulary import Status


class Correction(msgspec.Struct, frozen=True):
    """A change from what the registry says to what the file says."""

    change: Change
    is_open: bool = False
    """Whether the registry has changed the very same, and nobody has decided yet which is right."""
    is_earlier: bool = False
    """Whether the file has there what the registry said before: nothing of the editor's."""
    is_former: bool = False
    """Whether the registry had said `old` of what it has no more."""


def corrections(trial: Trial, imported: AsImported) -> tuple[Correction, ...]:
    """What isn't told of two versions of a record (`fields.UNTOLD`) is no correction either, but
    for a position that the registry never said: its own follow from the town."""
    found = _corrections(trial, imported)
    return tuple(one for one in found if not (one.change.field == POSITION and one.is_earlier))


def encode(found: Sequence[Correction]) -> bytes:
    """Corrections as bytes; none for none."""
    return msgspec.json.encode(found, enc_hook=str) if found else b""


def decode(encoded: bytes) -> tuple[Correction, ...]:
    if not encoded:
        return ()
    return msgspec.json.decode(encoded, type=tuple[Correction, ...], dec_hook=decode_scalar)


def status_at_registry(found: Sequence[Correction]) -> Status | None:
    """The registry's status, where the file has another."""
    said = {one.change.old for one in found if one.change.field == "overall_status"}
    return next((status for status in Status if status.value in said), None)


def _corrections(trial: Trial, imported: AsImported) -> Iterator[Correction]:
    tree = to_tree(trial)
    date = told_date(trial)
    # The text of a page doesn't hold all that the registry's record does.
    is_whole = trial.source is not None and trial.source.registry is not None
    waiting = {note.field for note in conflict_notes(trial)}
    for name in REGISTRY_FIELDS:
        mine, theirs = tree.get(name), imported.values.get(name)
        if mine == theirs or not imported.knows(name) or not (is_whole or theirs is not None):
            continue
        if is_of_the_model(name, theirs):
            here = still_here(name, imported, mine, theirs, is_open=name in waiting)
            same = [(held[1], one) for held, one in here if not held[0]]
            double = less_known(doubles_in(name, imported, mine, theirs), same)
            yield from _new_there(name, double, theirs, date, is_open=name in waiting)
            known = [one for one in listed(theirs) if one not in double] if double else theirs
            found = own_changes(
                name,
                known,
                mine,
                date,
                in_place_but((held[1], one) for held, one in here),
                (listed(theirs),),
            )
            found = _as_reworded(found, imported.earlier.before.get(name), theirs)
            had = _had(name, imported, mine, theirs, is_open=name in waiting)
            parts = [part for one in found for part in _parted(one, had)]
            told = _told_apart(name, parts, (mine, theirs), imported, is_open=name in waiting)
            told = _less_left_out(name, told, same, mine) if same else told
            before = _before(name, imported, theirs)
            if not (before and is_of_the_model(name, before[0])):
                yield from told
                continue
            was = former(name, theirs, before[0], mine, pairing_of(name, imported))
            yield from (each for one in told for each in _as_it_was(one, was))


def _as_reworded(found: Sequence[Change], before: Any, theirs: Any) -> tuple[Change, ...]:
    """Of a text a passage that the registry has reworded as one change, though beside it stands
    something of the editor's."""
    if not (isinstance(before, str) and isinstance(theirs, str)):
        return (*found,)
    pairs = [
        (one.old.text, one.new.text) for one in reworded(before, theirs) if one.old and one.new
    ]
    gone, came = (
        {one.old for one in found if not one.new},
        {one.new for one in found if not one.old},
    )
    now = {old: new for old, new in pairs if old in came and new in gone}
    left = (one for one in found if one.new or one.old not in now.values())
    return tuple(
        one if one.old else msgspec.structs.replace(one, old=now.get(one.new or "")) for one in left
    )


def _less_left_out(
    name: str, told: Iterable[Correction], same: Sequence[tuple[Entry, Entry]], mine: Any
) -> Iterator[Correction]:
    """Of what an editor added before the registry did (`same`) what the registry says more is new
    there: nobody has left it out."""
    names = names_of([one for _, one in same], IDENTITIES[name], (mine,))
    for one in told:
        change = one.change
        is_less = change.new is None and change.kind is not ChangeKind.ADDED
        is_inside = is_less and change.field != name
        new = tuple(each for each in change.entries if is_inside and is_among(each, names))
        left = tuple(each for each in change.entries if each not in new)
        if new:
            there = msgspec.structs.replace(change, entries=new)
            yield msgspec.structs.replace(one, change=there, is_earlier=True)
        if left or not new:
            yield msgspec.structs.replace(one, change=msgspec.structs.replace(change, entries=left))


def _as_it_was(told: Correction, was: Former) -> Iterator[Correction]:
    """What the registry has no more in its own words, and apart what the editor has made of it."""
    if not is_kept(told.change):
        yield told
        return
    same = []
    for kept in apart((told.change,)):
        if not (own := was.touched(kept)):
            same.append(kept)
        elif any(is_own(one, kept) for one in own):
            yield Correction(msgspec.structs.replace(kept, old=None), told.is_open)
        else:
            yield msgspec.structs.replace(told, change=was.as_it_was(kept, own))
            for one in joined_changes(own):
                yield Correction(one, told.is_open, is_former=one.old is not None)
    yield from (msgspec.structs.replace(told, change=one) for one in joined_changes(same))


def _new_there(
    name: str, found: Sequence[Entry], theirs: Any, date: PartialDate, *, is_open: bool
) -> Iterator[Correction]:
    for change in changes(name, found, [], date, among=(listed(theirs),)):
        yield Correction(change, is_open, is_earlier=True)


def _before(name: str, imported: AsImported, theirs: Any) -> tuple[Any] | None:
    """What the registry said before what waits; None where nothing waits, or nobody knows."""
    if held := held_in(name, imported):
        start = listed(theirs)[:]
        for before, now, *_ in held:
            at = start.index(now) if now in start else len(start)
            start[at : at + 1] = [before] if before else []
        return (start,)
    before = imported.earlier.before
    return (before[name],) if name in before else None


def _told_apart(
    name: str,
    found: Sequence[Change],
    sides: tuple[Any, Any],
    imported: AsImported,
    *,
    is_open: bool,
) -> Iterator[Correction]:
    """Each with whether it waits for a decision, and whether it is the editor's own: of a text by
    its passages, of a list by its entries."""
    before = imported.earlier.before.get(name)
    if isinstance(before, str) and kind_of(name) == Markup:
        had = {one.text for one in passages(before)}
        yield from (_of_text(one, had, is_open=is_open) for one in found)
    elif held := held_in(name, imported):
        alone = [one for one in held if one[1] in doubles_in(name, imported, *sides)]
        undecided = [one for one in held if is_open and not one[3] and one not in alone]
        registrys = [one for one in held if one[0]]  # what both added the registry never had
        waiting = [
            Waiting(called_in(name, [one], *sides), parts_open(name, one), changed_in(name, one))
            for one in undecided
        ]
        names = called_in(name, registrys, *sides)
        own = _own(name, imported, *sides)
        for change in found:
            yield from _of_entries(name, change, waiting, names, own)
    else:
        yield from (Correction(one, is_open=is_open) for one in found)


def _of_text(change: Change, had: Collection[str], *, is_open: bool) -> Correction:
    """`had` is what the registry said before it changed the text."""
    is_earlier = change.new in had if change.new else change.old not in had
    is_own = (change.old in had if change.old else True) and not is_earlier
    return Correction(change, is_open and not is_own, is_earlier)


def _own(name: str, imported: AsImported, mine: Any, theirs: Any) -> frozenset[tuple[str, str]]:
    """What in the entries that wait is the editor's: a path, and an entry's name; what the registry
    has called otherwise since also under its new one."""
    before = _before(name, imported, theirs)
    if not (before and is_of_the_model(name, before[0])):
        return frozenset()
    found = own_changes(name, before[0], mine, UNDATED, pairing_of(name, imported))
    own = frozenset((one.field, entry) for one in found for entry in one.entries)
    names = names_before(apart(changes(name, before[0], theirs, UNDATED)))
    return own | {(path, now) for now, then in names.items() for path, at in own if at == then}


def _of_entries(
    name: str,
    change: Change,
    undecided: Collection[Waiting],
    held: Collection[str],
    own: frozenset[tuple[str, str]],
) -> Iterator[Correction]:
    """A change of several entries, apart by those that wait, and by whose it is."""
    found: dict[tuple[bool, bool], list[str]] = {}
    paths = (
        change.field,
        change.field.rpartition(".")[0],
    )  # what an editor added is so in all parts
    for entry in change.entries:
        # Under which name an editor left out what waits itself, nobody can tell here.
        is_inside = change.kind is not None and change.field != name
        is_kept = is_among(entry, held) and (change.new is not None or is_inside)
        is_earlier = is_kept and own.isdisjoint((path, entry) for path in paths)
        is_open = any(one.has(name, change, entry, own) for one in undecided)
        found.setdefault((is_open, is_earlier), []).append(entry)
    for (is_open, is_earlier), entries in found.items():
        one = msgspec.structs.replace(change, entries=tuple(entries))
        if is_earlier and one.old is None and one.kind is not ChangeKind.REMOVED:
            one = _kept(one)
        yield Correction(one, is_open, is_earlier)


def _kept(change: Change) -> Change:
    """Told as what the registry has no more."""
    return msgspec.structs.replace(change, kind=ChangeKind.ADDED, old=change.new or "")


_EVERYTHING = None
"""That the registry may have had all of it: nobody knows what it said before."""

Had = frozenset[str] | None


def _had(name: str, imported: AsImported, mine: Any, theirs: Any, *, is_open: bool) -> Had:
    """What of a field the registry had before it changed it: entries of a list by what they are
    called in the file, which still has them; passages of a text; '' for any other value."""
    earlier, identity = imported.earlier, IDENTITIES.get(name)
    if name not in earlier.before and name not in earlier.held:
        return _EVERYTHING if is_open or name in earlier.unknown else frozenset()
    before = earlier.before.get(name)
    if isinstance(before, str) and kind_of(name) == Markup:
        return frozenset(one.text for one in passages(before)) | ({""} if theirs is None else set())
    if not identity and isinstance(before, list):
        return frozenset(map(str, before))
    if not (identity and isinstance(mine, list)):
        return frozenset() if before is None else frozenset({""})
    held = [one for one in held_in(name, imported) if _is_held(one)]
    had = [*listed(before), *(one[0] for one in held)]
    # Of one that the editor calls otherwise it is known what was made of it.
    made = [own[0] for one in held if len(own := listed(one[2])) == 1]
    if not is_of_the_model(name, [*had, *made]):
        return frozenset()
    names = names_of(mine, identity)
    pairs = (*matched(had, mine, identity).both, *matched(made, mine, identity).both)
    return frozenset(names[at] for _, at in pairs)


def _is_held(held: Any) -> bool:
    """Whether an entry, as `Earlier.held` has it, is one that the registry had."""
    return isinstance(held, list) and bool(held) and isinstance(held[0], dict)


def _parted(change: Change, had: Had) -> Iterator[Change]:
    """Of what this site has alone apart what the registry had too: `old` says so."""
    if change.old is not None:
        yield change
        return
    if change.kind is not ChangeKind.ADDED:
        value = change.new or ""
        is_kept = had is None or value in had or not (change.entries or had.isdisjoint({""}))
        yield _kept(change) if is_kept else change
        return
    kept_here = tuple(one for one in change.entries if had is None or one in had)
    if own := tuple(one for one in change.entries if one not in kept_here):
        yield msgspec.structs.replace(change, entries=own)
    if kept_here:
        yield _kept(msgspec.structs.replace(change, entries=kept_here))
