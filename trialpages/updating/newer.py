"""A newer version of a record over a trial that is there: may it come, and what does it change?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from trialpages.changes.fields import REGISTRY_FIELDS, top_field
from trialpages.changes.history import told_date, version_date
from trialpages.changes.posted_results import results_changes
from trialpages.content.trial_folder import TrialFolder, base_change, results_change
from trialpages.content.writing import BASES, FileChange
from trialpages.importers.conflict import Conflict
from trialpages.importers.coverage import (
    Coverage,
    completed,
    is_cut,
    of_no_version,
    record_coverage,
    version_coverage,
)
from trialpages.importers.page_coverage import says_same
from trialpages.importers.registry_json import Imported
from trialpages.importers.rewriting import rewritten
from trialpages.importers.update import (
    MERGED_FIELDS,
    Incoming,
    Merged,
    digests,
    merge,
    of_fields,
)
from trialpages.problems import ContentFailure, Problem, Where
from trialpages.records.as_imported import AsImported, file_digest, value_digest
from trialpages.records.conflict_notes import how_to_take
from trialpages.records.model import Change, PartialDate, Trial, to_tree
from trialpages.records.registry_numbers import CLINICALTRIALS_GOV
from trialpages.records.registry_shape import name_at_registry
from trialpages.records.trial_file import UNPLACED_HEADING
from trialpages.records.vocabulary import Status
from trialpages.updating.arrivals import Arrival, Planned, Policy
from trialpages.updating.older import as_before, going_back, older, older_data
from trialpages.updating.remarks_told import remarks_told
from trialpages.updating.settling import had_already, with_decisions
from trialpages.updating.telling import conflict_lines, named_field, saying_what_waits


def updated(
    arrival: Arrival,
    here: TrialFolder,
    imported: Imported,
    policy: Policy,
    chosen: frozenset[str] = frozenset(),
) -> Planned:
    """The record merged into the trial that is there; nothing is written. Of the `chosen` fields
    the record's side is taken.

    Raises ContentFailure where it can't be: what was imported last isn't known, or a remark of
    the editor's would have no place.
    """
    if policy is Policy.UPDATE and (problem := older(here, imported)):
        return Planned(replace(arrival, state="refused", problems=(problem,)))
    if _is_another_form(here, imported):
        return Planned(replace(arrival, state="unchanged"))
    base, rebuilt = _base(here, imported)
    coverage = imported.coverage or _coverage(here, imported, base)
    results = _results(here, imported, coverage)
    decided = with_decisions(here)
    back = going_back(here, imported) if policy is Policy.UPDATE_OR_GO_BACK else ()
    start = as_before(decided.folder) if back else decided.folder
    incoming = replace(_incoming(start, imported, coverage, results), chosen=chosen)
    merged = _with_beside(merge(start.trial, incoming, start.base or base), incoming)
    files = _files(here, merged, incoming, None if rebuilt else base, results)
    is_same = merged.trial is here.trial and results == here.results
    if policy is Policy.UPDATE and not is_same and (problem := older_data(here, imported)):
        return Planned(replace(arrival, state="refused", problems=(problem,)))
    arrival = replace(
        arrival,
        state="unchanged" if is_same else "updated",
        problems=(*rebuilt, *back, *_problems(here, incoming, merged), *remarks_told(here, files)),
        changes=() if back else (*decided.told, *merged.changes),
        conflicts=merged.conflicts,
    )
    arrival = _as_decided(arrival, here, decided.told, merged, chosen)
    if _says_more(arrival, here, imported):
        arrival = replace(arrival, summary_date=_older_summary(merged.trial, incoming.date))
    return Planned(replace(arrival, title=merged.trial.brief_title), files)


def _says_more(arrival: Arrival, here: TrialFolder, imported: Imported) -> bool:
    """Whether a record says anything that the one here didn't; what a person takes over of a
    version that came before is nothing new."""
    if any(conflict.is_new for conflict in arrival.conflicts):
        return True
    over = arrival.decided if _is_same_version(here, imported) else ()
    return any(one not in over for one in arrival.changes)


def _with_beside(merged: Merged, incoming: Incoming) -> Merged:
    """The same with, of what is lost, what else has come since."""
    history, after = merged.trial.history, merged.earlier.after
    found = (
        one.beside(history, after.get(one.field), incoming.tree.get(one.field) or [])
        for one in merged.conflicts
    )
    return replace(merged, conflicts=tuple(found))


def _as_decided(
    arrival: Arrival,
    here: TrialFolder,
    before: Sequence[Change],
    merged: Merged,
    chosen: frozenset[str],
) -> Arrival:
    """With what a person took over `before` this record came, or had written already, and of which
    fields its side is taken."""
    taken = _taken(here, merged, chosen)
    over = (one for one in merged.changes if top_field(one.field) in taken)
    return replace(
        arrival,
        chosen=tuple(sorted(taken)),
        decided=(*before, *over),
        undone=merged.undone,
        already=had_already(merged.changes, here, merged.conflicts),
        back=merged.back,
    )


def _files(
    here: TrialFolder,
    merged: Merged,
    incoming: Incoming,
    base: Mapping[str, str] | None,
    results: Any,
) -> tuple[FileChange, ...]:
    """What differs from what is there, the trial's own file last; `base` is what its file in
    `.imported/` says."""
    try:
        return tuple(_changed_files(here, merged, incoming, base, results))
    except ContentFailure as failure:
        raise saying_what_waits(failure, merged.changes) from None


def _changed_files(
    here: TrialFolder,
    merged: Merged,
    incoming: Incoming,
    base: Mapping[str, str] | None,
    results: Any,
) -> Iterator[FileChange]:
    if results != here.results:
        yield results_change(here.path, results)
    is_same = merged.trial is here.trial
    text = here.text if is_same else rewritten(here.text, merged.trial, str(here.path))
    if merged.base != base or merged.earlier != here.earlier:
        yield base_change(here.path, _as_imported(here, merged, incoming, text))
    yield from here.changed(text)


def _as_imported(here: TrialFolder, merged: Merged, incoming: Incoming, text: str) -> AsImported:
    """What counts as imported last, with the values that are known."""
    base, tree = merged.base, to_tree(merged.trial)
    values = [of_fields(one, base) for one in (here.said, incoming.tree, to_tree(incoming.trial))]
    names = {name for name in MERGED_FIELDS if name in base or name in tree}
    is_untouched = of_fields(tree, base).keys() == names
    file = file_digest(text.encode()) if is_untouched else ""
    return AsImported(base, values[0] | values[1] | values[2], merged.earlier, file)


# --- what of the trial the source speaks of -----------------------------------------------------


def _coverage(here: TrialFolder, imported: Imported, base: Mapping[str, str]) -> Coverage:
    """What of the trial a record speaks of."""
    current, incoming = to_tree(here.trial), to_tree(imported.trial)
    if not (_is_of_a_registry(here.trial) and _is_same_version(here, imported)):
        coverage = record_coverage(incoming, base, is_whole=imported.is_whole)
        lacks = coverage.missing or _lacks_results(imported)
        whole = imported.is_whole or coverage.paths is not None or not lacks
        return coverage if whole else of_no_version(coverage)
    fields = (name for name in REGISTRY_FIELDS if name in current)
    untouched = [name for name in fields if base.get(name) == value_digest(current[name])]
    return version_coverage(current, incoming, untouched)


def _lacks_results(imported: Imported) -> bool:
    """Of ClinicalTrials.gov alone do the posted results come in the record itself."""
    trial = imported.trial
    comes = trial.source is not None and trial.source.registry == CLINICALTRIALS_GOV
    return comes and bool(trial.has_results) and imported.results is None


def _is_same_version(here: TrialFolder, imported: Imported) -> bool:
    return version_date(here.trial) == version_date(imported.trial) is not None


def _incoming(here: TrialFolder, imported: Imported, coverage: Coverage, results: Any) -> Incoming:
    current, tree = to_tree(here.trial), to_tree(imported.trial)
    if imported.coverage is None:
        tree = completed(current, tree, coverage)
        leads = coverage.is_whole
    else:
        tree = completed(current, tree, coverage, says_same)
        leads = not _is_of_a_registry(here.trial)
    date = told_date(imported.trial)
    return Incoming(
        imported.trial,
        tree,
        coverage,
        leads,
        here.said,
        here.earlier,
        results_changes(here.results, results, date),
    )


def _is_another_form(here: TrialFolder, imported: Imported) -> bool:
    """Whether this is a page of the very version that the file has from the registry's record."""
    is_page = imported.coverage is not None and _is_of_a_registry(here.trial)
    return is_page and version_date(here.trial) == version_date(imported.trial)


def _is_of_a_registry(trial: Trial) -> bool:
    """Whether the file was made from a registry's own record."""
    return trial.source is not None and trial.source.registry is not None


def _results(here: TrialFolder, imported: Imported, coverage: Coverage) -> Any | None:
    """The posted results from now on: a source that doesn't hold any doesn't take them away."""
    if imported.results is not None:
        may_be_cut = coverage.paths is not None or _is_same_version(here, imported)
        cut = may_be_cut and here.results is not None and is_cut(here.results, imported.results)
        return here.results if cut else imported.results
    gone = imported.trial.has_results is False and coverage.paths is None
    return None if gone else here.results


# --- what was imported last ---------------------------------------------------------------------


def _base(here: TrialFolder, imported: Imported) -> tuple[Mapping[str, str], tuple[Problem, ...]]:
    """What was imported last, and what to say if it had to be worked out.

    Where its file is lost, the source that the trial's file was made from tells it, and so does
    another of the same version: whatever differs from it is the editor's.
    """
    if here.base is not None:
        return here.base, ()
    if not here.was_imported:
        return {}, ()
    where = Where(f"{here.path.parent}/{BASES}/{here.path.stem}")
    source, mine = imported.trial.source, here.trial.source
    same = source and mine and source.sha256 == mine.sha256
    ours, theirs = version_date(here.trial), version_date(imported.trial)
    if same or (imported.coverage is None and ours and ours == theirs):
        message = "this file was missing; it was made anew from the record, which is of the same "
        problem = Problem("rebuilt", "warning", f"{message}version", where, "commit it")
        return digests(imported.trial), (problem,)
    message = (
        "this file is missing: it says what the record was when it came, and without it nobody "
        "can tell what was changed here and what in the registry; nothing was changed"
    )
    hint = (
        f"get it back from version control (git checkout HEAD -- {where.path}); only if nobody has "
        f"it any more, import the record as it was on {ours or 'the day it came'} first, with "
        "--update: all that differs from that counts as yours then, and what the registry said "
        "before an open conflict stays unknown"
    )
    raise ContentFailure(Problem("no-base", "error", message, where, hint))


# --- what to say --------------------------------------------------------------------------------


def _problems(here: TrialFolder, incoming: Incoming, merged: Merged) -> Iterator[Problem]:
    yield from _nothing_to_take(here, incoming.chosen - _taken(here, merged, incoming.chosen))
    yield from (_conflict(here, conflict) for conflict in merged.conflicts)
    if incoming.coverage.missing or incoming.coverage.kept:
        is_withheld = incoming.trial.overall_status is Status.WITHHELD
        yield (_withheld if is_withheld else _cut)(here, incoming.coverage)
    if merged.trial.sections != here.trial.sections:
        yield unplaced(str(here.path))


def _taken(here: TrialFolder, merged: Merged, chosen: frozenset[str]) -> frozenset[str]:
    """The chosen fields that say something else now."""
    before, now = to_tree(here.trial), to_tree(merged.trial)
    return frozenset(name for name in chosen if before.get(name) != now.get(name))


def _nothing_to_take(here: TrialFolder, same: Collection[str]) -> Iterator[Problem]:
    for name in sorted(same):
        message = f"nothing to take: {named_field(name)} is in the file as the registry has it"
        yield Problem("nothing-to-take", "warning", message, Where(str(here.path)))


def _withheld(here: TrialFolder, coverage: Coverage) -> Problem:
    message = (
        f"the registry withholds this trial now and no longer shows {_missing(coverage)}: the file "
        "keeps what it had of that"
    )
    hint = "decide whether its page stays; `draft: true` in the file takes it off the site"
    return Problem("withheld", "error", message, Where(str(here.path)), hint)


def _missing(coverage: Coverage) -> str:
    return ", ".join(name_at_registry(name).rpartition(".")[2] for name in coverage.missing)


def _cut(here: TrialFolder, coverage: Coverage) -> Problem:
    names = _missing(coverage) or "resultsSection"
    message = f"the record doesn't hold {names}: what it doesn't hold was left as it is"
    hint = "fetch the whole record, without `fields=`"
    return Problem("cut-record", "warning", message, Where(str(here.path)), hint)


def unplaced(path: str) -> Problem:
    message = f"some of the source could not be placed; it stands under `## {UNPLACED_HEADING}`"
    hint = "move each line to where it belongs, then remove the heading"
    return Problem("unplaced", "error", message, Where(path), hint)


def _conflict(here: TrialFolder, conflict: Conflict) -> Problem:
    since = "changed here and at the registry" if conflict.is_new else "still to be decided"
    if conflict.is_new and conflict.is_of_copies:
        since = "changed here, and another copy of the same version says something else"
    hint = (
        "write what is right and take the note out of `import_notes`; or "
        f"`{how_to_take(here.trial.nct_id, conflict.field)}` writes the registry's side"
    )
    message = f"{named_field(conflict.field)}: {since}; yours is kept"
    where = Where(str(here.path))
    return Problem("conflict", "error", message, where, hint, conflict_lines(conflict))


def _older_summary(trial: Trial, date: PartialDate) -> PartialDate | None:
    """The date of a plain-language summary from before this version."""
    summary = trial.plain_language_summary
    return summary.date if summary and summary.date and summary.date < date else None
