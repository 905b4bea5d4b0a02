"""Editors' own values that stand while the registry has changed its own since, and trials of which
nobody knows any more what is an editor's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from trialpages.changes.plain import plain_field
from trialpages.changes.summary import in_one_line
from trialpages.content.trial_folder import base_path
from trialpages.keeping.broken import deleted_trials
from trialpages.keeping.conflicts import waiting
from trialpages.keeping.here import TrialHere, trials_here
from trialpages.keeping.wishes import read_wishes
from trialpages.problems import ContentFailure, Problem, Where


def check_overtaken(content: Path, holds: Callable[[str], bool]) -> Iterator[Problem]:
    """A warning for each, in the files that are to be spoken of."""
    for one in waiting(_held(content, holds)).overtaken:
        field, trial = one.conflict.field, one.trial.id
        differs = in_one_line(one.conflict.differing)
        message = f"{plain_field(field)}: yours stands, as decided; the registry differs: {differs}"
        hint = f"nothing, if yours is right; `fetch {trial} --take {field}` writes the registry's"
        yield Problem("overtaken", "warning", message, Where(_shown(one.trial.path, content)), hint)


def check_bases(content: Path, holds: Callable[[str], bool]) -> Iterator[Problem]:
    """A warning for each trial whose file in `.imported/` is missing."""
    for one in _held(content, holds):
        if one.is_without_base:
            lost = _shown(base_path(one.path), content)
            message = (
                f"{lost} is missing: it says what the record was when it came, and without it the "
                "page can't tell this site's corrections from the record"
            )
            hint = f"`fetch {one.id}` makes it anew; or get it back: git checkout HEAD -- {lost}"
            yield Problem("no-base", "warning", message, Where(_shown(one.path, content)), hint)


def check_deleted(content: Path, holds: Callable[[str], bool]) -> Iterator[Problem]:
    """A warning for each trial that was imported and whose file is gone, though nobody said that it
    is to be left out."""
    with suppress(ContentFailure):  # of a queries.yaml that can't be understood others speak
        found = deleted_trials(content, trials_here(content), read_wishes(content)).values()
        yield from (
            replace(one, where=Where(shown))
            for one in found
            if one.where and holds(shown := _shown(one.where.path, content))
        )


def _held(content: Path, holds: Callable[[str], bool]) -> list[TrialHere]:
    """The trials that are to be spoken of."""
    return [one for one in trials_here(content).values() if holds(_shown(one.path, content))]


def _shown(path: str | Path, content: Path) -> str:
    return Path(path).relative_to(content.parent).as_posix()
