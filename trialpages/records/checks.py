"""What is wrong with a trial beyond its shape, and with several trials together."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from trialpages.problems import Problem, Where, quoted
from trialpages.records.codes import plain_meant
from trialpages.records.model import Trial
from trialpages.records.note_codes import CONFLICT, NOTE_CODES, PARTIAL_FORM
from trialpages.records.places import Places
from trialpages.records.plausible import check_plausible
from trialpages.records.registry_numbers import (
    address_of,
    as_written,
    called_otherwise,
    file_name,
    has_line_for,
)
from trialpages.records.registry_shape import field_of, misplaced
from trialpages.records.vocabulary import Status
from trialpages.text.file_text import decode, split_file
from trialpages.text.meant import closest


def check_trial(trial: Trial, path: str) -> Iterator[Problem]:
    """What is wrong with a trial, or missing from it, in the file at `path`.

    What is wrong with a field names it; `located` finds its line.
    """
    name, _, suffix = path.rpartition("/")[2].rpartition(".")
    if (written := as_written(trial.nct_id)) != trial.nct_id:
        message = f"`{trial.nct_id}` isn't how its registry writes it"
        hint = f"write `nct_id: {written}`, and call the file {file_name(written)}.{suffix}"
        yield Problem("number", "error", message, Where(path, field=("nct_id",)), hint)
    elif name != file_name(trial.nct_id):
        message = f"the file is called {name}.{suffix}, but its trial is {trial.nct_id}"
        hint = called_otherwise(trial.nct_id, name, f".{suffix}")
        yield Problem("file-name", "error", message, Where(path, field=("nct_id",)), hint)
    if not any(map(_is_seen, plain_meant(trial.brief_title))):
        hint = "write the title that the source has"
        where = Where(path, field=("brief_title",))
        yield Problem("no-title", "error", "`brief_title` is empty", where, hint)
    in_part = any(note.code == PARTIAL_FORM for note in trial.import_notes)
    passed_on = in_part or bool(trial.source and trial.source.via)  # the page says no such thing
    for field, it, absent in (
        ("conditions", "`conditions:`", not trial.conditions),
        ("contacts", "`central_contacts:`", _lacks_contacts(trial) and not passed_on),
        ("brief summary", "`## Brief summary`", _lacks_summary(trial)),
    ):
        if absent and not trial.draft:
            hint = f"add {it} if the source has any: the page will say that there is none"
            yield Problem("absent", "warning", f"the trial has no {field}", Where(path), hint)
    yield from _unsigned(trial, path)
    yield from _undefined_interventions(trial, path)
    yield from _repeated_arms(trial, path)
    yield from check_plausible(trial, path)
    yield from _notes(trial, path)
    yield from _wrong_way_round(trial, path)
    if trial.extra:
        yield from _unusable_extra(trial, path)


def _unsigned(trial: Trial, path: str) -> Iterator[Problem]:
    """A reader wants to know whose words these are, an editor how old they are."""
    summary = trial.plain_language_summary
    if summary is None or not summary.text or (summary.author and summary.date):
        return
    lacks = [name for name in ("author", "date") if not getattr(summary, name)]
    message = f"the plain-language summary has no {' and no '.join(lacks)}"
    hint = "write both below `plain_language_summary:`, each on a line with two blanks before it"
    yield Problem("unsigned", "warning", message, Where(path), hint)


def _notes(trial: Trial, path: str) -> Iterator[Problem]:
    """A conflict is open for as long as its note is there; a misspelt one would be forgotten."""
    for at, note in enumerate(trial.import_notes):
        if note.code == CONFLICT:
            where = Where(path, field=("import_notes", at, "field"))
            message = f"`{note.field}` is still in conflict with the registry's record"
            hint = (
                f"write what is right, then take this note away; or `fetch {trial.nct_id} "
                f"--take {shlex.quote(note.field)}` writes the registry's side"
            )
            yield Problem("open-conflict", "warning", message, where, hint)
        elif note.code not in NOTE_CODES:
            where = Where(path, field=("import_notes", at, "code"))
            message = f"{quoted(note.code)} is no note's code: updates take it for your own note"
            meant = closest(note.code.lower(), NOTE_CODES)
            hint = f"did you mean `{meant}`?" if meant else "take the note away if nothing is open"
            yield Problem("unknown-note", "warning", message, where, hint)


def _wrong_way_round(trial: Trial, path: str) -> Iterator[Problem]:
    """Of a change the day after which it came can't be later than that by which it was there."""
    for at, change in enumerate(trial.history):
        if change.after is not None and change.date < change.after:
            where = Where(path, field=("history", at, "after"))
            message = f"this change came after {change.after} and was there by {change.date}"
            hint = "compare with the file's former versions; the page leaves `after` out"
            yield Problem("history-dates", "warning", message, where, hint)


def _is_seen(sign: str) -> bool:
    return sign.isprintable() and not sign.isspace()


def has_contacts(trial: Trial) -> bool:
    """Whether the record names anybody to ask, for the whole trial or for a site."""
    return bool(trial.central_contacts or any(place.contacts for place in trial.locations))


_HAVE_CONTACTS = (Status.RECRUITING, Status.NOT_YET_RECRUITING, Status.AVAILABLE)


def _lacks_contacts(trial: Trial) -> bool:
    """Whether nobody can be asked though the registry demands a contact. Of studies that are over,
    on hold or take only whom they invite it gives out none."""
    return trial.overall_status in _HAVE_CONTACTS and not has_contacts(trial)


def _lacks_summary(trial: Trial) -> bool:
    return not trial.brief_summary and has_line_for(trial, "brief_summary")


def _unusable_extra(trial: Trial, path: str) -> Iterator[Problem]:
    """What `extra` keeps of the registry's record must go out with it again."""
    try:
        wrong = misplaced(trial)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        message = "`extra` doesn't fit the record: its names are JSON Pointers, its values JSON"
        where = Where(path, field=("extra",))
        hint = "take the entry out that was changed by hand"
        yield Problem("bad-extra", "error", message, where, hint)
        return
    for pointer in wrong:
        where = Where(path, field=("extra", pointer))
        message = f"`extra` can't hold {quoted(pointer)}: it would overrule what the page says"
        hint = "take this entry out"
        if field := field_of(pointer):
            hint = f"write what is right as `{field}` in the front matter, and {hint}"
        yield Problem("bad-extra", "error", message, where, hint)


def _undefined_interventions(trial: Trial, path: str) -> Iterator[Problem]:
    defined = {i.name for i in trial.interventions if i.name}
    defined |= {f"{i.type.label}: {i.name}" for i in trial.interventions if i.type and i.name}
    known = tuple(sorted(defined))
    undefined = (
        (("arm_groups", number, "intervention_names", position), arm.label, name)
        for number, arm in enumerate(trial.arm_groups)
        for position, name in enumerate(arm.intervention_names)
        if name not in defined
    )
    for told, (field, label, name) in enumerate(undefined):
        message = f"the arm {quoted(label or '')} names {quoted(name)}"
        meant = closest(name, known) if told < _MOST_MEANT else ""
        hint = f"did you mean {quoted(meant)}?" if meant else "add it there, or mend its name"
        message += ", which isn't under `interventions`"
        where = Where(path, field=field)
        yield Problem("undefined-intervention", "warning", message, where, hint)


def _repeated_arms(trial: Trial, path: str) -> Iterator[Problem]:
    """Interventions name an arm by its label: one that two have is shown with both."""
    first = dict[str, int]()
    for number, arm in enumerate(trial.arm_groups):
        label = arm.label or ""
        if label and first.setdefault(label, number) != number:
            message = f"another arm is called {quoted(label)} too: pages can't tell which is meant"
            where = Where(path, field=("arm_groups", number, "label"))
            hint = "compare with the source; what names this label is shown with both"
            yield Problem("repeated-arm", "warning", message, where, hint)


_MOST_MEANT = 20
"""For so many names of a trial it is said which might be meant: to find it out takes time."""


def check_together(claims: Iterable[tuple[str, Sequence[str]]]) -> Iterator[Problem]:
    """Two files that claim one id or alias, in whatever letters: both are named. `claims`: path,
    and ids and aliases."""
    owners: dict[str, tuple[str, str]] = {}
    for path, ids in claims:
        for claimed in dict.fromkeys(ids):
            first, there = owners.setdefault(address_of(claimed), (path, claimed))
            if first != path:
                message = f"{claimed} is already the id or an alias of {first}"
                if there != claimed:
                    message = (
                        f"{claimed} and {there}, the id or an alias of {first}, are one address "
                        "where capitals and small letters are the same"
                    )
                hint = "give one of the two another id, or remove one"
                field = ("nct_id",) if claimed == ids[0] else ("aliases",)
                where = Where(path, field=field)
                yield Problem("duplicate-id", "error", message, where, hint)


def located(problems: Iterable[Problem], content_of: Callable[[str], bytes]) -> tuple[Problem, ...]:
    """The problems, those of a field with its line, column and text.

    `content_of` gives a file's bytes by its path; only files with such a problem are read again.
    """
    places: dict[str, Places | None] = {}
    return tuple(_located(problem, content_of, places) for problem in problems)


def _located(
    problem: Problem, content_of: Callable[[str], bytes], places: dict[str, Places | None]
) -> Problem:
    where = problem.where
    if where is None or not where.field or where.line:
        return problem
    if where.path not in places:
        places[where.path] = _places(content_of(where.path), where.path)
    found = places[where.path]
    return replace(problem, where=found.of(where.field)) if found else problem


def _places(content: bytes, path: str) -> Places | None:
    text, _ = decode(content, path)
    split = split_file(text or "", path)
    return None if isinstance(split, Problem) else Places(path, split[0], split[1])
