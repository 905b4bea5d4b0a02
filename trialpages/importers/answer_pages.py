"""Pages of an answer of the registry's API: whether those that were given are all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from trialpages.problems import Problem, Where


@dataclass(frozen=True, slots=True)
class AnswerPage:
    where: str
    trials: frozenset[str]
    """Their numbers: the same page may be given twice."""
    total: int
    """Trials on all pages of the answer; 0 where the page doesn't say."""
    is_last: bool

    @property
    def is_whole(self) -> bool:
        """Whether this page is all of its answer."""
        return self.is_last and 0 < self.total <= len(self.trials)


def answer_page(value: Any, where: str) -> AnswerPage | None:
    """The page that a JSON value is, if it is one."""
    if not (isinstance(value, dict) and isinstance(value.get("studies"), list)):
        return None
    total = value.get("totalCount")
    return AnswerPage(
        where,
        frozenset(_number(study, at) for at, study in enumerate(value["studies"])),
        total if isinstance(total, int) else 0,
        is_last=not value.get("nextPageToken"),
    )


def _number(study: Any, at: int) -> str:
    """A study's number; what has none is told from the others by its place."""
    for name in ("protocolSection", "identificationModule", "nctId"):
        study = study.get(name) if isinstance(study, dict) else None
    return study if isinstance(study, str) else f"#{at}"


def missing_pages(pages: Sequence[AnswerPage]) -> Problem | None:
    """What to say where the answer has more pages than were given together."""
    parts = [page for page in pages if not page.is_whole]
    here = len(frozenset[str]().union(*(page.trials for page in parts)))
    total = max((page.total for page in parts), default=0)
    is_whole = here >= total if total else any(page.is_last for page in parts)
    if not parts or is_whole:
        return None
    number = f"{total - here:,} of {total:,} trials" if total else "more trials"
    message = f"{number} are on pages of this answer that weren't given"
    hint = (
        "fetch the next pages too (`pageToken=` with the page's `nextPageToken`, `pageSize=1000`) "
        "and give all of them, or let `fetch --query` ask the registry"
    )
    return Problem("missing-pages", "error", message, Where(parts[-1].where), hint)
