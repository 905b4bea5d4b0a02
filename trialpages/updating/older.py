"""Whether a record may come over the trial that is here: an older one may not."""

from __future__ import annotations

from trialpages.changes.history import version_date
from trialpages.content.trial_folder import TrialFolder
from trialpages.importers.registry_json import Imported
from trialpages.problems import Problem, Where
from trialpages.records.model import Trial
from trialpages.records.note_codes import PARTIAL_FORM


def older(here: TrialFolder, imported: Imported) -> Problem | None:
    if _is_passed_on(imported.trial) and _is_its_registrys(here.trial):
        return _lesser_problem(here, imported.trial)
    ours, theirs = version_date(here.trial), version_date(imported.trial)
    if ours and not theirs and _is_partial(imported.trial):
        return _undated_problem(here, ours)
    if not (ours and theirs) or ours.startswith(theirs) or theirs.startswith(ours):
        return None
    return None if theirs > ours else _older_problem(here, f"is of {ours}", f"of {theirs}")


def _is_passed_on(trial: Trial) -> bool:
    return bool(trial.source and trial.source.via)


def _is_its_registrys(trial: Trial) -> bool:
    """Whether it was made of its registry's own record."""
    return bool(trial.source and trial.source.registry) and not _is_passed_on(trial)


def _lesser_problem(here: TrialFolder, theirs: Trial) -> Problem:
    by = theirs.source.via if theirs.source else ""
    message = f"the file is of its registry's own record, and this is a copy by {by}"
    hint = "nothing was changed: such a copy has less; give the registry's own record"
    return Problem("lesser-copy", "error", message, Where(str(here.path)), hint)


def _is_partial(trial: Trial) -> bool:
    return any(note.code == PARTIAL_FORM for note in trial.import_notes)


def _undated_problem(here: TrialFolder, ours: str) -> Problem:
    message = f"the file is of {ours}, and this copy doesn't say of when it is: nothing was changed"
    hint = "give the record in its registry's own form"
    return Problem("undated", "error", message, Where(str(here.path)), hint)


def older_data(here: TrialFolder, imported: Imported) -> Problem | None:
    """The same version's data set: the registry mends what it works out itself."""
    ours, theirs = here.trial.version_holder, imported.trial.version_holder
    if not (ours and theirs) or theirs >= ours or _newer(here.trial, imported.trial):
        return None
    said = f"comes from the registry's data of {ours}"
    return _older_problem(here, said, f"from those of {theirs}")


def _newer(current: Trial, incoming: Trial) -> bool:
    return (version_date(incoming) or "") > (version_date(current) or "")


def _older_problem(here: TrialFolder, ours: str, theirs: str) -> Problem:
    message = f"the file {ours}, this record {theirs}: it is older; nothing was changed"
    hint = (
        "fetch the present record; to go back to an older one import its file with "
        "--update --allow-older"
    )
    return Problem("older", "error", message, Where(str(here.path)), hint)
