"""Editors' own values that stand while the registry has changed its own since."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from trialpages.changes.plain import plain_field
from trialpages.changes.summary import in_short
from trialpages.keeping.conflicts import waiting
from trialpages.keeping.here import trials_here
from trialpages.problems import Problem, Where


def check_overtaken(content: Path, holds: Callable[[str], bool]) -> Iterator[Problem]:
    """A warning for each, in the files that are to be spoken of."""

    def shown(path: str | Path) -> str:
        return Path(path).relative_to(content.parent).as_posix()

    here = [one for one in trials_here(content).values() if holds(shown(one.path))]
    for one in waiting(here).overtaken:
        field, trial = one.conflict.field, one.trial.id
        differs = ", ".join(in_short(one.conflict.changes))
        message = f"{plain_field(field)}: yours stands; the registry says since: {differs}"
        hint = f"nothing, if yours is right; `fetch {trial} --take {field}` writes the registry's"
        yield Problem("overtaken", "warning", message, Where(shown(one.trial.path)), hint)
