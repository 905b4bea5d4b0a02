"""What a build accepts of a file: the one door for `build` and for what `import` would write."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

from trialpages.problems import ContentFailure, Problem, Where, errors_in, first_of_each
from trialpages.prose.excess import check_excess, check_lengths, excess_faults
from trialpages.records.as_imported import AsImported, read_as_imported
from trialpages.records.checks import check_trial, located
from trialpages.records.model import Trial
from trialpages.records.results_file import read_results
from trialpages.records.trial_file import read_trial
from trialpages.text.file_text import too_large
from trialpages.text.files import MAX_BYTES, TRIAL_SUFFIXES


def look_at_trial(content: bytes, path: str) -> tuple[Trial | None, tuple[Problem, ...]]:
    """The trial in a file, and the first problems of each kind with their places."""
    found = read_trial(content, path)
    if found.trial is None:
        return None, tuple(first_of_each(found.problems))
    checked = check_trial(found.trial, path)
    every = chain(found.problems, checked, check_excess(found.trial, content, path))
    return found.trial, located(first_of_each(every), lambda _path: content)


def look_at_results(content: bytes, path: str) -> tuple[Problem, ...]:
    """What is wrong with a file of posted results."""
    results, problems = read_results(content, path)
    excess = check_excess(results, content, path) if results else ()
    return tuple(first_of_each(chain(problems, excess)))


def look_at_imported(content: bytes, path: str) -> tuple[AsImported, tuple[Problem, ...]]:
    """What a file in `.imported/` says, and a problem for each field of which it says more than a
    page can show: of that it says nothing then."""
    said, problems = read_as_imported(content), list[Problem]()
    for name in tuple(said.values):
        faults = (one for trial in said.as_trials(name) for one in excess_faults(trial))
        if fault := next(faults, None):
            said = said.without(name)
            line = content.count(b"\n", 0, content.find(f"\n{name} ".encode()) + 1) + 1
            message = f"{fault.message}: the page won't say how this site's trial differs in it"
            problems.append(Problem(fault.code, "warning", message, Where(path, line), _ANEW))
    return said, tuple(problems)


_ANEW = "`sync` makes this file anew; or get it back from git"


def refuse_too_long(trial: Trial, where: str) -> None:
    """Raise ContentFailure for lists that no build would take, before a file is made of them."""
    if problems := tuple(check_lengths(trial, b"", where)):
        raise ContentFailure(*problems)


def refuse_unacceptable(path: Path, content: bytes) -> None:
    """Raise ContentFailure with what a build would refuse, if `content` were written there."""
    shown = str(path)
    if len(content) > MAX_BYTES:
        raise ContentFailure(too_large(shown, len(content)))
    is_trial = path.suffix in TRIAL_SUFFIXES
    problems = look_at_trial(content, shown)[1] if is_trial else look_at_results(content, shown)
    if errors := errors_in(problems):
        raise ContentFailure(*errors)
