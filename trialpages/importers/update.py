"""A newer version of a record meets the file an editor has worked on: a merge field by field.

The base of the merge is what was imported last, known by one digest a field. What only the
registry changed is renewed, what only the editor changed stays, what both changed is a conflict:
it stays as the editor has it, with a note, until the editor takes the note away or writes what
the registry says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from trialpages.changes.extra import extra_changes, not_moved
from trialpages.changes.fields import NEVER_A_CHANGE, REGISTRY_FIELDS
from trialpages.changes.history import copied_on, since, told_date, version_date, with_history
from trialpages.changes.steps import once_more
from trialpages.importers.conflict import Conflict
from trialpages.importers.coverage import Coverage, lacking
from trialpages.importers.fuller import Start, fuller, is_more
from trialpages.importers.held import names_held
from trialpages.importers.page_coverage import says_same
from trialpages.importers.update_conflicts import conflicts_in, open_notes
from trialpages.importers.update_decided import decided, taken_back, told_now, undone
from trialpages.importers.update_earlier import from_now_on, passed
from trialpages.importers.update_fields import (
    Field,
    field_of,
    with_given,
    with_joined,
)
from trialpages.importers.update_moved import each_once
from trialpages.importers.update_status import in_own_words
from trialpages.records.as_imported import Earlier, value_digest
from trialpages.records.conflict_notes import conflict_notes
from trialpages.records.model import (
    Change,
    ImportNote,
    PartialDate,
    Section,
    Trial,
    to_tree,
    to_trial,
)
from trialpages.records.note_codes import CONFLICT, CUT, GONE, IMPORTERS_CODES, PARTIAL_FORM
from trialpages.records.registry_shape import misplaced
from trialpages.records.trial_file import UNPLACED_HEADING

Digests = Mapping[str, str]
"""A digest of each of a source's fields as last imported."""

MERGED_FIELDS = (*REGISTRY_FIELDS, "related_trials")
"""What a source can say, but for the id and the lines that found no place."""

_UNPLACED = "unplaced"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A source's version of a trial, ready to be merged."""

    trial: Trial
    tree: Mapping[str, Any]
    """As `to_tree` gives it, with what the source doesn't speak of as the file has it."""
    coverage: Coverage
    leads: bool
    """Whether the file is a copy of this source from now on, its notes and all."""
    said: Mapping[str, Any]
    """What was imported last, of the fields of which that is known."""
    earlier: Earlier
    results: tuple[Change, ...] = ()
    """What is another in the posted results."""
    chosen: frozenset[str] = frozenset()
    """Fields of which a person takes the source's side, whatever stands in the file."""

    @property
    def date(self) -> PartialDate:
        return told_date(self.trial)


@dataclass(frozen=True, slots=True)
class Merged:
    trial: Trial
    """The very one there was, where nothing of it changed."""
    base: Digests
    """What counts as imported last from now on."""
    earlier: Earlier
    conflicts: tuple[Conflict, ...] = ()
    changes: tuple[Change, ...] = ()
    """What went into the trial's history, or, of an older version, what is another now."""
    undone: tuple[Change, ...] = ()
    """What an editor had written of the chosen fields, from what the registry said."""
    back: tuple[Change, ...] = ()
    """What waited, as the registry had changed it, and has changed back."""


def digests(trial: Trial) -> dict[str, str]:
    """A digest of all that a source said of a trial, field by field."""
    tree = to_tree(trial)
    found = {field: value_digest(tree[field]) for field in MERGED_FIELDS if field in tree}
    unplaced = _unplaced_text(trial)
    return {**found, _UNPLACED: value_digest(unplaced)} if unplaced else found


def of_fields(tree: Mapping[str, Any], base: Digests) -> dict[str, Any]:
    """Of a tree the values that digests are of."""
    found = {name: tree[name] for name in base if name in tree}
    return {name: value for name, value in found.items() if value_digest(value) == base[name]}


def merge(current: Trial, incoming: Incoming, base: Digests) -> Merged:
    """The current trial with what is new in the incoming one."""
    here = to_tree(current)
    start = _start(current, Start(here, incoming.said, base), incoming)
    ours, base = start.ours, start.base
    notes = {note.field: note for note in conflict_notes(current)}
    fields = [
        _field(name, start, incoming, notes, version_date(current))
        for name in MERGED_FIELDS
        if incoming.coverage.touches(name)
    ]
    conflicts = tuple(_conflicts(fields, incoming.date))
    earlier = from_now_on(incoming.earlier, fields, incoming.date)
    taken = {f.name: f.merged for f in fields if f.is_taken or f.is_joined}
    tree = {name: value for name, value in {**ours, **taken}.items() if value is not None}
    extra = _fitting(_extra(current, incoming), tree)
    sections = _sections(current, incoming.trial, base)
    told = each_once(_told(current, incoming, fields, extra), current, incoming.trial)
    conflicts = tuple(_with_later(conflicts, fields, earlier, (*current.history, *told)))
    waiting = open_notes(current.nct_id, notes, fields, conflicts)
    same_notes = tuple(waiting) == tuple(notes.values())
    more = {name for name, value in ours.items() if value != here.get(name)}
    counting = (taken.keys() | more) - set(NEVER_A_CHANGE)
    if (
        same_notes
        and not (counting or told or incoming.results or _is_made_anew(current, incoming))
        and (extra, sections) == (current.extra, current.sections)
    ):
        return Merged(current, _agreed(base, fields, incoming), earlier, conflicts)
    trial = msgspec.structs.replace(
        to_trial(tree),
        source=incoming.trial.source if incoming.leads else current.source,
        extra=extra,
        sections=sections,
        history=_history(current, incoming, told),
        import_notes=(*_other_notes(current, incoming, tree), *waiting),
    )
    gone = tuple(one for field in fields for one in undone(field, incoming.date))
    back = tuple(one for field in fields for one in taken_back(field, incoming.date))
    return Merged(trial, _renewed(base, fields, incoming), earlier, conflicts, told, gone, back)


def _conflicts(fields: Sequence[Field], date: PartialDate) -> Iterator[Conflict]:
    by_name = {field.name: field for field in fields}
    for one in conflicts_in(fields, date):
        field = by_name[one.field]
        yield one.since(field.after).without(passed(field))


def _with_later(
    conflicts: Iterable[Conflict],
    fields: Sequence[Field],
    earlier: Earlier,
    told: Sequence[Change],
) -> Iterator[Conflict]:
    """Each with what came of it after the version with which it began."""
    by_name = {field.name: field for field in fields}
    for one in conflicts:
        field = by_name[one.field]
        held = [each for each in field.waiting if not each.is_decided]
        names = names_held(field.name, held, field.lists) if held else None
        steps = earlier.steps.get(one.field, ())
        yield replace(one, lately=once_more(steps, told, names, one.changes))


def _start(current: Trial, start: Start, incoming: Incoming) -> Start:
    """Where the merge begins: what a part of a version lacked, it says now."""
    if not _is_part(current, incoming):
        return start
    same = says_same if _is_page(current) else lambda *_: False
    return fuller(start, incoming.tree, incoming.coverage, same)


def _is_part(current: Trial, incoming: Incoming) -> bool:
    """Whether what is here may hold less than its version does. Of a page a newer page tells what
    is new."""
    if incoming.date == version_date(current) or _was_cut(current):
        return True
    return incoming.coverage.paths is None and (current.source is None or _is_page(current))


def _is_made_anew(current: Trial, incoming: Incoming) -> bool:
    """The day of a copy that says nothing else stands in its source alone."""
    return incoming.leads and copied_on(incoming.trial) not in (None, copied_on(current))


def _is_page(trial: Trial) -> bool:
    """Whether it was made of the text of a page."""
    return trial.source is not None and trial.source.registry is None


def _loses_entries(trial: Trial) -> bool:
    """Whether it was made of a form that may lack entries of a list that it has, too."""
    return _is_page(trial) or any(note.code == PARTIAL_FORM for note in trial.import_notes)


def _was_cut(trial: Trial) -> bool:
    return any(note.code in (CUT, PARTIAL_FORM) for note in trial.import_notes)


def _field(
    name: str,
    start: Start,
    incoming: Incoming,
    notes: Mapping[str, ImportNote],
    last: PartialDate | None,
) -> Field:
    field = field_of(
        name,
        start.ours.get(name),
        incoming.tree.get(name),
        start.base.get(name),
        is_chosen=name in incoming.chosen or name in NEVER_A_CHANGE,
        said=start.said.get(name),
        note=notes.get(name),
        earlier=incoming.earlier,
        last=last,
    )
    return with_given(with_joined(field)) if incoming.coverage.has(name) else field


def _history(current: Trial, incoming: Incoming, told: Sequence[Change]) -> tuple[Change, ...]:
    """The history up to the incoming version. Where that is an older one, what later versions had
    changed is undone, and going back to it is no change of the registry's."""
    ours = version_date(current)
    if ours is None or incoming.date >= ours:
        return with_history(current.history, told)
    return tuple(change for change in current.history if change.date <= incoming.date)


def _told(
    current: Trial, incoming: Incoming, fields: Sequence[Field], extra: Mapping[str, str]
) -> Iterator[Change]:
    """What the registry changed, or says otherwise in another copy of the version that is here;
    not what only that version's other copy, or a part of it, lacked."""
    ours, is_part = version_date(current), _is_part(current, incoming)
    is_of_form = is_part and _loses_entries(current)  # what its form has no place for is elsewhere
    differing = () if is_of_form else extra_changes(current.extra, extra, incoming.date)
    extra_told = not_moved(differing, current, incoming.trial)
    of_part = [*extra_told, *incoming.results]
    for field in fields:
        if field.name in REGISTRY_FIELDS:
            yield from decided(field, current.history, incoming.date)
            told = in_own_words(told_now(field, incoming.date), current, incoming.trial)
            if is_of_form or (is_part and field.is_same):
                of_part += told
            else:
                yield from since(ours, told)
    yield from since(ours, (one for one in of_part if not (is_part and is_more(one))))


# --- what counts as imported last ---------------------------------------------------------------


def _agreed(base: Digests, fields: Sequence[Field], incoming: Incoming) -> Digests:
    """The base with what both sides say alike, though one of them came to it alone."""
    same = (field for field in fields if field.is_same and incoming.coverage.has(field.name))
    return _with(base, same, incoming)


def _renewed(base: Digests, fields: Sequence[Field], incoming: Incoming) -> Digests:
    """The base with all that the source says. Of a field of which it says only a part, and in
    which the editor wrote too, the base stays."""
    whole = (f for f in fields if incoming.coverage.has(f.name) or f.is_taken)
    return _with(base, whole, incoming)


def _with(base: Digests, fields: Iterator[Field], incoming: Incoming) -> Digests:
    found = dict(base)
    for field in fields:
        if field.new is None:
            found.pop(field.name, None)
        else:
            found[field.name] = value_digest(field.new)
    if unplaced := _unplaced_text(incoming.trial):
        found[_UNPLACED] = value_digest(unplaced)
    return found


# --- what isn't a field of the registry's -------------------------------------------------------


def _extra(current: Trial, incoming: Incoming) -> dict[str, str]:
    """What the model has no field for. A date without its day, of a record that was cut, is none
    of it."""
    if incoming.coverage.is_whole:
        return incoming.trial.extra
    if incoming.coverage.paths is not None:
        return current.extra
    return {**current.extra, **incoming.trial.extra}


def _fitting(extra: dict[str, str], tree: dict[str, Any]) -> dict[str, str]:
    """The same without what can't be read of a field for which the editor wrote what can."""
    if not extra:
        return extra
    try:
        wrong = misplaced(msgspec.structs.replace(to_trial(tree), extra=extra))
    except (ValueError, LookupError, TypeError, AttributeError):
        return extra  # the check of the file names it
    return {pointer: text for pointer, text in extra.items() if pointer not in wrong}


def _unplaced_text(trial: Trial) -> str:
    return next((s.text for s in trial.sections if s.heading == UNPLACED_HEADING), "")


def _sections(current: Trial, incoming: Trial, base: Digests) -> tuple[Section, ...]:
    """The editor's sections, with the lines of the source that found no place if they are new."""
    unplaced = _unplaced_text(incoming)
    if not unplaced or base.get(_UNPLACED) == value_digest(unplaced):
        return current.sections
    others = (one for one in current.sections if one.heading != UNPLACED_HEADING)
    return (*others, Section(heading=UNPLACED_HEADING, text=unplaced))


_OF_EXTRA = ("unknown-field", "unfit-value")
_OF_ABSENCE = ("not-in-source", "empty-section")


def _other_notes(
    current: Trial, incoming: Incoming, tree: Mapping[str, Any]
) -> Iterator[ImportNote]:
    """The editor's notes and the importer's, without those on conflicts."""
    is_whole = incoming.leads and not lacking(incoming.tree)
    settled = (CONFLICT, GONE, CUT) if is_whole else (CONFLICT, GONE)
    notes = tuple(note for note in current.import_notes if note.code not in settled)
    if incoming.leads:
        notes = tuple(note for note in notes if note.code not in IMPORTERS_CODES)
    yield from notes
    of_cut = _OF_EXTRA if incoming.coverage.paths is not None else ()
    for note in incoming.trial.import_notes:
        if note.code in of_cut:
            continue
        there = note.code in _OF_ABSENCE and note.field.partition(".")[0] in tree
        if incoming.leads or not (there or note in notes):
            yield note
