"""Whether a record may come over the trial that is here: an older one may not, unless a person
wants to go back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import msgspec

from trialpages.changes.history import version_date
from trialpages.content.trial_folder import TrialFolder
from trialpages.importers.held import Held
from trialpages.importers.registry_json import Imported
from trialpages.importers.update_fields import held_of
from trialpages.problems import Problem, Where
from trialpages.records.as_imported import Earlier, value_digest
from trialpages.records.conflict_notes import conflict_notes
from trialpages.records.model import Trial
from trialpages.records.note_codes import PARTIAL_FORM
from trialpages.updating.arrivals import OLDER_TAKEN


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


# --- going back ---------------------------------------------------------------------------------


def going_back(here: TrialFolder, imported: Imported) -> tuple[Problem, ...]:
    """What to say where a version comes that is older than the one here."""
    ours, theirs = version_date(here.trial), version_date(imported.trial)
    if not (ours and theirs) or ours.startswith(theirs) or theirs > ours:
        return ()
    message = (
        f"an older version, of {theirs}, was taken on your word over that of {ours}: nothing of it "
        "is told as the registry's change"
    )
    hint = "what waited or was decided waits again once the newer one is back"
    return (Problem(OLDER_TAKEN, "warning", message, Where(str(here.path)), hint),)


def as_before(here: TrialFolder) -> TrialFolder:
    """The folder as if what waits or was decided had not come yet: nothing of that is the
    registry's change back, and it waits again once the newer version returns."""
    said, base = dict(here.said), dict(here.base or {})
    waited = {*here.earlier.before, *here.earlier.held}
    for name in waited:
        held = held_of(name, here.earlier)
        value = _back(said.get(name) or [], held) if held else here.earlier.before.get(name)
        said.pop(name, None)
        base.pop(name, None)
        if value:
            said[name], base[name] = value, value_digest(value)
    notes = [one for one in conflict_notes(here.trial) if one.field in waited]
    kept = tuple(one for one in here.trial.import_notes if one not in notes)
    trial = msgspec.structs.replace(here.trial, import_notes=kept)
    earlier = Earlier(unknown=here.earlier.unknown)
    return replace(here, trial=trial, said=said, base=base, earlier=earlier)


def _back(said: list[Any], held: Iterable[Held]) -> list[Any]:
    """A list with the entries that wait as the registry had them before."""
    found = [*said]
    for one in held:
        at = found.index(one.now) if one.now in found else len(found)
        found[at : at + 1] = [one.before] if one.before else []
    return found
