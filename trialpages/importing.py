"""The import, told in one function: find records, read each, put it into content/trials/."""

from __future__ import annotations

import difflib
import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from trialpages.accepting import refuse_unacceptable
from trialpages.content_file import read_file
from trialpages.import_report import FileChange, Outcome, Planned, Policy
from trialpages.importers.page_text import read_page_text
from trialpages.importers.registry_json import Imported, read_record
from trialpages.importers.sources import Found, find_records
from trialpages.importers.update import Conflict, digests, merge
from trialpages.listing import is_source, refuse_links
from trialpages.problems import ContentFailure, Problem, Where
from trialpages.records.file_text import decode
from trialpages.records.files import TRIAL_SUFFIXES, SourcePath
from trialpages.records.model import Trial
from trialpages.records.trial_file import (
    UNPLACED_HEADING,
    read_trial,
    write_trial,
    write_yaml_trial,
)
from trialpages.writing import BASES, finish, write_together


def import_records(
    paths: Iterable[str], stdin: BinaryIO, content: Path, policy: Policy
) -> Iterator[Outcome]:
    """Import every record that the paths hold, one after the other; a bad one stops no other.

    Raises as `plan_records` does.
    """
    finish(content)
    for planned in plan_records(find_records(paths, stdin), content, policy):
        yield carry_out(planned)


def plan_records(found: Iterable[Found], content: Path, policy: Policy) -> Iterator[Planned]:
    """What importing each record comes to; nothing is written. `carry_out` does what is planned.

    See `import_report` for an example. Raises ContentFailure where a folder or trial that is there
    is a link, MachineFailure where the disk fails.
    """
    trials = content / "trials"
    refuse_links((trials, trials / BASES))
    aliases = read_aliases(trials)
    for one in found:
        try:
            imported = _read(one)
            _refuse_alias(imported.trial, one.where, aliases)
            yield _accepted(_planned(one.where, imported, content, policy))
        except ContentFailure as failure:
            yield Planned(Outcome(one.where, "failed", problems=failure.problems))


def carry_out(planned: Planned) -> Outcome:
    """Write the files, all of them or none. Raises MachineFailure."""
    write_together(planned.files)
    return planned.outcome


_FEW = 5


def written(paths: Sequence[str]) -> Iterator[str]:
    """What to say of the files that an import wrote: each by name, or where so many are."""
    if len(paths) <= _FEW:
        yield from (f"wrote {path}" for path in paths)
    else:
        yield f"wrote {len(paths):,} files in {Path(paths[0]).parent}"


def _read(found: Found) -> Imported:
    if isinstance(found.content, Problem):
        raise ContentFailure(found.content)
    if isinstance(found.content, dict):
        return read_record(found.content, found.where)
    text, problems = decode(found.content, found.where)
    if text is None:
        raise ContentFailure(*problems)
    name = found.where.replace("\\", "/").rpartition("/")[2]
    digest = hashlib.sha256(found.content).hexdigest()
    return Imported(read_page_text(text, name, digest).trial)


def _accepted(planned: Planned) -> Planned:
    """The same, if a build takes every file of it. Raises ContentFailure, naming the record."""
    for change in planned.files:
        if change.content is not None and change.path.parent.name != BASES:
            _refuse_unacceptable(change.path, change.content, planned.outcome.where)
    return planned


def _refuse_unacceptable(path: Path, content: bytes, where: str) -> None:
    try:
        refuse_unacceptable(path, content)
    except ContentFailure as failure:
        hint = "no build would take the file, so nothing was written: have the source mended"
        found = (
            replace(one, message=f"{path.name}: {one.message}", where=Where(where), hint=hint)
            for one in failure.problems
        )
        raise ContentFailure(*found) from None


def _refuse_alias(trial: Trial, where: str, aliases: Mapping[str, Path]) -> None:
    owner = aliases.get(trial.nct_id)
    if owner is not None:
        message = f"{trial.nct_id} is an alias of the trial in {owner}"
        hint = f"take it out of `aliases` in {owner} if these are two trials; else leave this out"
        raise ContentFailure(Problem("duplicate-id", "error", message, Where(where), hint))


def read_aliases(trials: Path) -> dict[str, Path]:
    """The aliases of the trials that are there, and the file of each."""
    found: dict[str, Path] = {}
    for path in sorted(trials.glob("*")):
        if path.suffix not in TRIAL_SUFFIXES or not is_source(path.name):
            continue
        content = _present(path) or b""
        if _HAS_ALIASES.search(content):  # few have, and reading all as trials takes long
            trial = read_trial(content, str(path)).trial
            found |= dict.fromkeys(trial.aliases if trial else (), path)
    return found


_HAS_ALIASES = re.compile(rb"^aliases[ \t]*:", re.MULTILINE)


# --- putting a record in its place --------------------------------------------------------------


def _path_of(trial: Trial, content: Path) -> Path:
    """The trial's file: the one that is there, or else a Markdown file."""
    names = (content / "trials" / f"{trial.nct_id}{suffix}" for suffix in TRIAL_SUFFIXES)
    found = tuple(names)
    return next((path for path in found if path.exists()), found[0])


def _text_of(trial: Trial, path: Path) -> str:
    return write_yaml_trial(trial) if path.suffix == ".yaml" else write_trial(trial)


def _planned(where: str, imported: Imported, content: Path, policy: Policy) -> Planned:
    trial = imported.trial
    path = _path_of(trial, content)
    outcome = Outcome(where, "new", str(path), trial_id=trial.nct_id, title=trial.brief_title)
    present = _present(path)
    if present is None:
        outcome = replace(outcome, problems=_unplaced(trial, path))
        return Planned(outcome, _files(path, _text_of(trial, path), imported))
    if policy is Policy.NEW_ONLY:
        return Planned(_compared(outcome, path, present, trial))
    return _updated(outcome, path, present, imported)


def _compared(outcome: Outcome, path: Path, present: bytes, trial: Trial) -> Outcome:
    """A record whose file is there already must say the same."""
    text = _text_of(trial, path)
    if present == text.encode():
        return replace(outcome, state="unchanged", problems=_unplaced(trial, path))
    return replace(outcome, state="refused", problems=(_differs(path, present, text),))


def _updated(outcome: Outcome, path: Path, present: bytes, imported: Imported) -> Planned:
    """Merge a record into the file that is there."""
    current = read_trial(present, str(path))
    if current.trial is None:
        raise ContentFailure(*current.problems)
    merged = merge(current.trial, imported.trial, _read_digests(path))
    text = _text_of(merged.trial, path)
    if text.encode() == present and not merged.conflicts:
        return Planned(replace(outcome, state="unchanged"))
    outcome = replace(
        outcome,
        state="updated",
        problems=tuple(_conflict(path, conflict) for conflict in merged.conflicts),
        changes=merged.changes,
        conflicts=merged.conflicts,
    )
    return Planned(outcome, _files(path, text, imported))


def _files(path: Path, text: str, imported: Imported) -> tuple[FileChange, ...]:
    """The trial's file last: whoever sees it sees its results and its digests too."""
    results = path.with_suffix(".results.json")
    lines = (f"{field} {digest}\n" for field, digest in digests(imported.trial).items())
    return (
        FileChange(results, _results_text(imported.results)),
        FileChange(_digests_path(path), "".join(lines).encode()),
        FileChange(path, text.encode()),
    )


def _results_text(results: Any | None) -> bytes | None:
    if results is None:
        return None
    return bytes(msgspec.json.format(msgspec.json.encode(results), indent=1)) + b"\n"


def _present(path: Path) -> bytes | None:
    """A file's bytes, None where there is none. Raises as `read_file` does."""
    if not os.path.lexists(path):
        return None
    return read_file(SourcePath(str(path), str(path)))


# --- what was imported last ---------------------------------------------------------------------


def _digests_path(path: Path) -> Path:
    return path.parent / BASES / path.stem


def _read_digests(path: Path) -> dict[str, str]:
    content = _present(_digests_path(path)) or b""
    pairs = (line.split() for line in content.decode("utf-8", "replace").splitlines())
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2}


# --- problems -----------------------------------------------------------------------------------


def _unplaced(trial: Trial, path: Path) -> tuple[Problem, ...]:
    if not any(section.heading == UNPLACED_HEADING for section in trial.sections):
        return ()
    message = f"some of the source could not be placed; it stands under `## {UNPLACED_HEADING}`"
    hint = "move each line to where it belongs, then remove the heading"
    return (Problem("unplaced", "error", message, Where(str(path)), hint),)


_MOST_LINES = 30


def _differs(path: Path, present: bytes, text: str) -> Problem:
    """What an import would change in a file that is there already."""
    lines = list(
        difflib.unified_diff(
            present.decode("utf-8", "replace").splitlines(),
            text.splitlines(),
            "the file as it is",
            "the source",
            n=0,
            lineterm="",
        )
    )
    shown = [line[:160] for line in lines[:_MOST_LINES]]
    if len(lines) > _MOST_LINES:
        shown.append(f"… and {len(lines) - _MOST_LINES:,} lines more")
    message = "the file is there already and differs; it was left as it is"
    hint = "use --update to take over what is new, or remove the file to import it afresh"
    return Problem("differs", "error", message, Where(str(path)), hint, tuple(shown))


def _conflict(path: Path, conflict: Conflict) -> Problem:
    message = f"`{conflict.field}` was changed here and in the registry"
    both = (f"kept:     {conflict.kept}", f"registry: {conflict.registry}")
    hint = "write what is right; the registry's value is in `import_notes`"
    return Problem("conflict", "error", message, Where(str(path)), hint, both)
