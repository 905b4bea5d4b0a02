"""What a fetch or a sync did, or would do, said on the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from trialpages.cli.importing import arrival_fields
from trialpages.cli.terminal import count, print_each, say, say_fields, show_problems
from trialpages.problems import visible
from trialpages.text.files import QUERIES

if TYPE_CHECKING:
    from trialpages.keeping.findings import Findings
    from trialpages.keeping.prospect import Prospect

_FEW = 20
"""New trials, up to which each is named."""


def tell_prospects(prospects: list[Prospect]) -> int:
    """What a fetch would do, trial by trial."""
    from trialpages.content.trial_folder import trial_file
    from trialpages.importing import was_here
    from trialpages.records.registry_numbers import file_name

    for prospect in prospects:
        to_do, here = prospect.to_do, prospect.scope.here
        new = [one for one in to_do.wanted if one.id not in here]
        for one in to_do.wanted:
            what = "new" if one.id not in here else f"a newer version, of {one.updated}"
            click.echo(f"{one.id}  {what}")
            if one.id not in here:
                trials = prospect.scope.content / "trials"
                print_each(tuple(was_here(trial_file(trials, file_name(one.id)))))
        newer = len(to_do.wanted) - len(new)
        say(f"{len(new):,} new, {newer:,} newer, {to_do.unchanged:,} unchanged")
        show_problems(prospect.problems, closing="")
    return 1 if any(prospect.problems for prospect in prospects) else 0


def tell_findings(found: Findings, *, as_json: bool, quiet: bool, verb: str = "") -> int:
    """All that was found, and the exit status."""
    if as_json:
        for arrival in found.arrivals:
            say_fields(arrival_fields(arrival))
    else:
        _tell_arrivals(found, quiet)
    show_problems(found.problems, closing="")
    show_problems(found.failure, closing="")
    if not quiet:
        say(_summary(found, verb))
    return found.exit_status


def _tell_arrivals(found: Findings, quiet: bool) -> None:
    from trialpages.updating.arrivals import update_lines

    new = [arrival for arrival in found.arrivals if arrival.state == "new"]
    waits = {one.trial.id for one in found.conflicts}
    updated = [
        arrival
        for arrival in found.arrivals
        # Of one that an earlier run brought it is known no more which conflict was new.
        if arrival.has_come and (arrival.says_what or arrival.trial_id not in waits)
    ]
    if not quiet:
        for arrival in new if len(new) <= _FEW else ():
            say(visible(f"{arrival.trial_id}  new: {arrival.title}"))
        for line in update_lines(updated):
            say(visible(line))
    for arrival in found.arrivals:
        print_each(arrival.problems)
    for line in _other_lines(found):
        say(visible(line))


def _other_lines(found: Findings) -> Iterator[str]:
    """What concerns trials that no record was fetched for, and what a person has decided."""
    from trialpages.changes.plain import plain_field
    from trialpages.changes.summary import in_one_line, in_short

    said = {arrival.trial_id for arrival in found.arrivals if arrival.conflicts}
    for one in found.conflicts:
        if one.trial.id not in said:
            changes = one.conflict.differing
            differs = ", ".join(in_short(changes)) if changes else "see the note in its file"
            field = plain_field(one.conflict.field)
            yield f"{one.trial.id}  still to be decided, {field}: {differs}"
    for one in found.overtaken:
        differs = in_one_line(one.conflict.differing)
        field = plain_field(one.conflict.field)
        yield f"{one.trial.id}  yours stands, {field}, as decided; the registry differs: {differs}"
    for trial in found.gone:
        yield f"{trial.id}  is no longer at its registry"
    for merged in found.merged:
        yield f"{merged.trial.id}  has become {merged.present}: {merged.to_do}"
    for trial, left in found.left:
        yield f"{trial.id}  is no longer found by the query `{left.question}`"
    for name in found.emptied:
        yield (
            f"the query `{name}` in {QUERIES} finds nothing any more; nothing was made of that: "
            "see whether a word in it is misspelt"
        )


def _summary(found: Findings, verb: str) -> str:
    """`2 new, 1 updated, 47 unchanged; 3 requests, data of 2026-11-27T09:00:05`."""
    from trialpages.updating.arrivals import Arrivals

    if found.is_unasked:
        return f"nothing could be asked; {count(found.requests, 'request')}"
    counts = dict(Arrivals(found.arrivals).counts)
    counts["unchanged"] = counts.get("unchanged", 0) + found.unchanged
    said = ", ".join(
        f"{number:,} {verb} {state}".replace("  ", " ")
        for state, number in counts.items()
        if number
    )
    said += f" ({found.earlier:,} of these by earlier runs)" if found.earlier else ""
    versions = ", ".join(f"data of {version}" for version in found.versions.values() if version)
    asked = count(found.requests, "request")
    return "; ".join(
        filter(None, (said or "nothing", f"{asked}{', ' if versions else ''}{versions}"))
    )
