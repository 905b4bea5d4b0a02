"""The import, told in one function: find records, read each, put it into content/trials/."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import msgspec

from trialpages.changes.alignment import Effort, differing
from trialpages.content.accepting import refuse_too_long, refuse_unacceptable
from trialpages.content.listing import refuse_links
from trialpages.content.trial_folder import (
    base_change,
    base_path,
    explanation,
    in_deeper_folders,
    misnamed,
    read_bytes,
    read_folder,
    read_names,
    results_change,
    trial_file,
)
from trialpages.content.writing import BASES, FileChange, write_together
from trialpages.importers import known_sources
from trialpages.importers.found import Found, LeftToRegistry
from trialpages.importers.registry_json import Imported, with_cut_note
from trialpages.importers.rewriting import file_text
from trialpages.importers.sources import find_records
from trialpages.importers.update import digests, of_fields
from trialpages.problems import ContentFailure, Problem, Where, errors_in
from trialpages.records.as_imported import AsImported, file_digest
from trialpages.records.model import Trial, to_tree
from trialpages.records.note_codes import CUT
from trialpages.records.registry_numbers import address_of, file_name, other_ids
from trialpages.records.trial_file import UNPLACED_HEADING, read_trial
from trialpages.text.commands import command
from trialpages.text.files import QUERIES
from trialpages.updating.arrivals import Arrival, ArrivalState, Planned, Policy
from trialpages.updating.newer import unplaced, updated
from trialpages.updating.renumbering import (
    Former,
    alias_taken,
    claimed,
    formers_here,
    renumbered,
)


def import_records(
    paths: Iterable[str],
    stdin: BinaryIO,
    content: Path,
    policy: Policy,
    chosen: frozenset[str] = frozenset(),
    noting: Callable[[Arrival], None] = lambda _: None,
) -> Iterator[Arrival]:
    """Import every record that the paths hold, one after the other; a bad one stops no other.
    `noting` is told what comes of each before it is written.

    Raises as `plan_records` does.
    """
    for planned in plan_records(find_records(paths, stdin), content, policy, chosen):
        noting(planned.arrival)
        yield carry_out(planned)


def plan_records(
    found: Iterable[Found],
    content: Path,
    policy: Policy,
    chosen: frozenset[str] = frozenset(),
) -> Iterator[Planned]:
    """What importing each record comes to; nothing is written. `carry_out` does what is planned.

    See `arrivals` for an example. Of the `chosen` fields the record's side is taken, whatever
    an editor wrote. Raises ContentFailure where a folder or trial that is there
    is a link, MachineFailure where the disk fails.
    """
    trials = content / "trials"
    refuse_links((trials, trials / BASES))
    names, deeper = read_names(trials), in_deeper_folders(trials)
    aliases = {address_of(number): path for number, path in names.aliases.items()}
    for one in found:
        arrival = Arrival(one.where, "failed")
        try:
            imported = _read(one)
            refuse_too_long(imported.trial, one.where)
            arrival = _arrival(one.where, imported.trial, trials)
            owner = aliases.get(address_of(arrival.trial_id))
            is_here = os.path.lexists(arrival.path)  # a copy of it is in nobody's way
            called = None if is_here else names.misnamed.get(arrival.trial_id)
            lies = deeper.get(file_name(arrival.trial_id))
            if owner or called or lies:
                yield _in_the_way(arrival, owner, called, lies)
                continue
            new = imported if one.is_whole else with_cut_note(imported)
            become = renumbered if one.is_whole else claimed
            planned = _accepted(_planned(arrival, imported, new.trial, policy, chosen, become))
            if planned.files:
                others = map(address_of, other_ids(imported.trial))
                aliases |= dict.fromkeys(others, Path(arrival.path))
            yield planned
        except ContentFailure as failure:
            yield _failed(arrival, failure)


def _failed(arrival: Arrival, failure: ContentFailure) -> Planned:
    state: ArrivalState = "failed" if errors_in(failure.problems) else "left out"
    number = failure.number if isinstance(failure, LeftToRegistry) else arrival.trial_id
    return Planned(replace(arrival, state=state, trial_id=number, problems=failure.problems))


def _in_the_way(
    arrival: Arrival, owner: Path | None, called: Path | None, lies: Path | None
) -> Planned:
    """What comes of a record whose number leads to another trial's page, stands in a file that is
    called otherwise, or lies deeper."""
    if owner:
        return alias_taken(arrival, owner)
    if called:
        return Planned(_refused(arrival, misnamed(arrival.trial_id, called)))
    trials = Path(arrival.path).parent
    return Planned(_refused(arrival, _lies_deeper(lies or trials, trials)))


def carry_out(planned: Planned) -> Arrival:
    """Write the files, all of them or none. Raises MachineFailure."""
    write_together(planned.files)
    return planned.arrival


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
    imported = known_sources.read(found.content, found.where)
    return replace(imported, is_whole=found.is_whole)


def _accepted(planned: Planned) -> Planned:
    """The same, if a build takes every file of it. Raises ContentFailure, naming the record."""
    for change in planned.files:
        if change.content is not None and change.path.parent.name != BASES:
            _refuse_unacceptable(change.path, change.content, planned.arrival.where)
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


# --- putting a record in its place --------------------------------------------------------------


def _arrival(where: str, trial: Trial, trials: Path) -> Arrival:
    """What becomes of a record if nothing of it is here."""
    path = trial_file(trials, file_name(trial.nct_id))
    return Arrival(where, "new", str(path), trial_id=trial.nct_id, title=trial.brief_title)


def _planned(
    arrival: Arrival,
    imported: Imported,
    new: Trial,
    policy: Policy,
    chosen: frozenset[str],
    become: Callable[[Arrival, Sequence[Former], Imported, Policy], Planned],
) -> Planned:
    """`new` is the trial as it is written where nothing of it is here; `become` is what is done
    where it is here under a former number."""
    path = Path(arrival.path)
    if formers := formers_here(new, path.parent):
        return become(arrival, formers, imported, policy)
    if policy is Policy.NEW_ONLY and (present := read_bytes(path)) is not None:
        trial = new if CUT.encode() in present else imported.trial
        return Planned(_compared(arrival, path, present, trial))
    here = read_folder(path)
    if here is not None:
        return updated(arrival, here, imported, policy, chosen)
    problems = (*_unplaced(new, path), *_cut(new, path), *was_here(path))
    files = tuple(_new(path, replace(imported, trial=new)))
    return Planned(replace(arrival, problems=problems), files)


def was_here(path: Path) -> Iterator[Problem]:
    """Of a new trial that isn't new: it was imported to this file before."""
    if os.path.lexists(base_path(path)):
        message = (
            "this trial was here before; its file was deleted, with all that was changed in it"
        )
        hint = (
            f"to get that back: git checkout HEAD -- {path}; for it not to come, name it under "
            f"`leave_out` in {QUERIES}"
        )
        yield Problem("was-here", "warning", message, Where(str(path)), hint)


def _new(path: Path, imported: Imported) -> Iterator[FileChange]:
    """The trial's file last: whoever sees it sees its results and its digests too."""
    yield from explanation(path.parent)
    if imported.results is not None:
        yield results_change(path, imported.results)
    content = file_text(imported.trial, str(path)).encode()
    values, base = to_tree(imported.trial), digests(imported.trial)
    yield base_change(path, AsImported(base, of_fields(values, base), file=file_digest(content)))
    yield FileChange(path, content)


def _compared(arrival: Arrival, path: Path, present: bytes, trial: Trial) -> Arrival:
    """A record whose file is there already must say the same."""
    text = file_text(trial, str(path))
    if present.replace(b"\r\n", b"\n") == text.encode() or _is_told_by(present, trial, path):
        return replace(arrival, state="unchanged", problems=_unplaced(trial, path))
    return _refused(arrival, _differs(path, present, text))


def _is_told_by(present: bytes, trial: Trial, path: Path) -> bool:
    """Whether a file says what a record says, and beside it only what earlier updates changed."""
    found = read_trial(present, str(path)).trial
    if found is None or not found.history:
        return False
    return msgspec.structs.replace(found, history=trial.history) == trial


def _refused(arrival: Arrival, problem: Problem) -> Arrival:
    return replace(arrival, state="refused", problems=(problem,))


# --- problems -----------------------------------------------------------------------------------


def _unplaced(trial: Trial, path: Path) -> tuple[Problem, ...]:
    there = any(section.heading == UNPLACED_HEADING for section in trial.sections)
    return (unplaced(str(path)),) if there else ()


def _cut(trial: Trial, path: Path) -> Iterator[Problem]:
    """Of a new trial that isn't whole."""
    for note in trial.import_notes:
        if note.code == CUT:
            hint = f"the next `sync` brings the rest, or now: `{command('fetch', trial.nct_id)}`"
            yield Problem(CUT, "warning", note.message.rstrip("."), Where(str(path)), hint)


def _lies_deeper(path: Path, trials: Path) -> Problem:
    message = f"this trial lies deeper than {trials}, where records go: it was left as it is"
    hint = f"move it to {trials / path.name}, its posted results too, then again"
    return Problem("deeper", "error", message, Where(str(path)), hint)


_MOST_LINES = 30


def _differs(path: Path, present: bytes, text: str) -> Problem:
    """What an import would change in a file that is there already."""
    there = present.decode("utf-8", "replace").splitlines()
    lines = list(_line_by_line(there, text.splitlines()))
    shown = [line[:160] for line in lines[:_MOST_LINES]]
    if len(lines) > _MOST_LINES:
        shown.append(f"… and {len(lines) - _MOST_LINES:,} lines more")
    message = "the file is there already and differs; it was left as it is"
    hint = "use --update to take over what is new, or remove the file to import it afresh"
    return Problem("differs", "error", message, Where(str(path)), hint, tuple(shown))


def _line_by_line(old: list[str], new: list[str]) -> Iterator[str]:
    """What differs, as `diff -U 0` says it."""
    yield from ("--- the file as it is", "+++ the source")
    for i1, i2, j1, j2 in differing(old, new, Effort(len(old) + len(new))):
        yield f"@@ -{_range(i1, i2)} +{_range(j1, j2)} @@"
        yield from (f"-{line}" for line in old[i1:i2])
        yield from (f"+{line}" for line in new[j1:j2])


def _range(start: int, end: int) -> str:
    if end - start == 1:
        return str(end)
    return f"{start + (end > start)},{end - start}"
