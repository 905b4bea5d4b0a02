"""A place that stands twice in a trial's file, word for word, as when it was pasted twice."""

from __future__ import annotations

from collections.abc import Iterator

from trialpages.changes.entry_names import names_of
from trialpages.changes.identities import IDENTITIES
from trialpages.problems import Problem, Where, quoted
from trialpages.records.model import Location, Trial, to_tree


def check_repeated(trial: Trial, path: str) -> Iterator[Problem]:
    """A warning for each place that is the very one of a place before it."""
    first: dict[Location, int] = {}
    names = names_of(to_tree(trial).get("locations", []), IDENTITIES["locations"])
    for at, (place, name) in enumerate(zip(trial.locations, names, strict=True)):
        if (before := first.setdefault(place, at)) < at:
            message = f"{quoted(name)} is, word for word, place {before + 1} of this file again"
            hint = "delete one of the two: the page lists and counts both"
            where = Where(path, field=("locations", at))
            yield Problem("repeated-place", "warning", message, where, hint)
