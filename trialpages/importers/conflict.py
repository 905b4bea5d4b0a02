"""A field that editor and registry have both changed, and what of it still differs."""

from __future__ import annotations

from dataclasses import dataclass

from trialpages.changes.plain import in_plain
from trialpages.records.conflict_notes import conflict_note
from trialpages.records.model import Change, ImportNote


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that both the editor and the registry have changed."""

    field: str
    changes: tuple[Change, ...]
    """What the registry says otherwise than before, or than the file; of a list, of the entries
    that wait. None of an order, or of what is never told."""
    mine: tuple[Change, ...] = ()
    """What the file says otherwise than the registry said before, where known."""
    from_registry: bool = True
    """Whether `changes` begin at what the registry said before; else at what the file says, since
    nobody knows that."""
    is_new: bool = True
    """Whether this update brought it; else it is one that nobody has resolved yet."""

    @property
    def differing(self) -> tuple[Change, ...]:
        """Of `changes` those that the file hasn't taken over."""
        mine = {place_of(one): one.new for one in self.mine}
        return tuple(
            one
            for one in self.changes
            if (place := place_of(one)) not in mine or mine[place] != one.new
        )

    def note(self, trial_id: str) -> ImportNote:
        if self.mine and not self.changes:
            said = f"The registry differs from what was written here: {in_plain(self.mine)}"
            return conflict_note(trial_id, self.field, f"{said.rstrip('.')}.")
        lead = "The registry has changed this too" if self.from_registry else "The registry differs"
        said = in_plain(self.changes) or "only in its order, or in what no page shows"
        return conflict_note(trial_id, self.field, f"{lead}: {said.rstrip('.')}.")


def place_of(change: Change) -> tuple[object, ...]:
    """Which words a change is of. What comes new has none to be known by."""
    there = change.old is not None or change.kind is None
    return change.field, change.entries, change.kind, change.old, None if there else change.new
