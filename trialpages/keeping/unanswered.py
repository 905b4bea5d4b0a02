"""What is wrong with a wish: a query or a number that a registry can make nothing of."""

from __future__ import annotations

from trialpages.keeping.scope import Scope
from trialpages.problems import Problem, Where
from trialpages.registries.door import Refused, Registry
from trialpages.settings.queries_file import Query
from trialpages.text.files import QUERIES


def say_refused(scope: Scope, name: str, refusal: Refused) -> Problem:
    message = f"{scope.registry.name} can't make sense of the query `{name}`: {refusal}"
    hint = "try it on the registry's search page, then mend it here"
    return Problem(
        "refused-query", "error", message, Where(f"{scope.content.name}/{QUERIES}"), hint
    )


def say_unanswered(query: Query, *, is_kept: bool) -> Problem:
    """A query that finds nothing is more often a slip than a wish."""
    if is_kept:
        message = f"no trial answers this query; it stays in {QUERIES} as `{query.name}`"
        hint = "if it was meant otherwise, mend it there or take it out"
        return Problem("no-answer", "warning", message, hint=hint)
    message = f"no trial answers this query; it was not kept as `{query.name}`"
    hint = f"see whether a word in it is misspelt; to keep it all the same, write it into {QUERIES}"
    return Problem("no-answer", "error", message, hint=hint)


def say_unknown(registry: Registry, trial_id: str) -> Problem:
    message = f"{registry.name} has no trial {trial_id}"
    hint = "look the number up on its search page: a digit may be wrong, or it was withdrawn"
    return Problem("unknown-trial", "error", message, hint=hint)


def say_left_out(trial_id: str) -> Problem:
    message = f"{trial_id} was not fetched: queries.yaml names it under `leave_out`"
    return Problem("left-out", "error", message, hint="take it out of there first")
