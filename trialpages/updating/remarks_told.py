"""What of an editor's remarks may not hold any more, and until when that is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trialpages.content.trial_folder import TrialFolder
from trialpages.content.writing import FileChange
from trialpages.importers.rewriting import at_what_changed, of_what_was
from trialpages.problems import Problem, Where
from trialpages.records.trial_file import UNPLACED_HEADING


def remarks_told(here: TrialFolder, files: Iterable[FileChange]) -> Iterator[Problem]:
    """Remarks at values that are others now, and above a place of which something is."""
    hint = "see whether it still holds, then mend or remove it"
    for file in files:
        if file.path == here.path:
            text, where = (file.content or b"").decode("utf-8", "replace"), Where(str(here.path))
            for said, name in of_what_was(here.text, text, where.path):
                at = f" at {name}" if name else ""
                message = f"your remark{at} speaks of what was: {said}"
                yield Problem("remark-of-what-was", "warning", message, where, hint)
            for said, name in at_what_changed(here.text, text, where.path):
                message = f"your remark at {name}, of which something has changed: {said}"
                yield Problem("remark-of-what-was", "warning", message, where, hint)


def says_still(problem: Problem, text: str) -> bool:
    """Whether what is said of lines in a trial's file still holds of its text."""
    if problem.code == "remark-of-what-was":
        _, mark, said = problem.message.partition(": #")
        return any(line.strip() == f"#{said}" for line in text.split("\n")) if mark else True
    return problem.code != "unplaced" or f"## {UNPLACED_HEADING}" in text
