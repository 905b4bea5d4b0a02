"""Pages of an answer of the registry's API: whether those that were given are all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from trialpages.problems import Problem, Where


@dataclass(frozen=True, slots=True)
class AnswerPage:
    where: str
    trials: int
    total: int
    """Trials on all pages of the answer; 0 where the page doesn't say."""
    is_last: bool


def answer_page(value: Any, where: str) -> AnswerPage | None:
    """The page that a JSON value is, if it is one."""
    if not (isinstance(value, dict) and isinstance(value.get("studies"), list)):
        return None
    total = value.get("totalCount")
    return AnswerPage(
        where,
        len(value["studies"]),
        total if isinstance(total, int) else 0,
        is_last=not value.get("nextPageToken"),
    )


def missing_pages(pages: Sequence[AnswerPage]) -> Problem | None:
    """What to say where the answer has more pages than were given together."""
    here, total = sum(page.trials for page in pages), max((p.total for p in pages), default=0)
    is_whole = here >= total if total else any(page.is_last for page in pages)
    if not pages or is_whole:
        return None
    number = f"{total - here:,} of {total:,} trials" if total else "more trials"
    message = f"{number} are on pages of this answer that weren't given"
    hint = (
        "fetch the next pages too (`pageToken=` with the page's `nextPageToken`, `pageSize=1000`) "
        "and give all of them, or let `fetch --query` ask the registry"
    )
    return Problem("missing-pages", "error", message, Where(pages[-1].where), hint)
