"""What is found in a source: a record, or the problem that stands in its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from trialpages.importers.answer_pages import AnswerPage
from trialpages.importers.archives import MAX_MEMBER
from trialpages.problems import ContentFailure, Problem, Where

MAX_RECORD = MAX_MEMBER

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """One thing a file holds: an object of JSON, a whole file of another form, or a problem."""

    where: str
    """`records.ndjson:12`, `all.zip/NCT01234567.json`."""
    content: Record | bytes | Problem
    page: AnswerPage | None = None
    """The page that this is the first record of."""
    is_whole: bool = False
    """Whether its registry handed it over when it was asked for all of it."""


BETTER_SOURCE = "better-source"


class LeftToRegistry(ContentFailure):
    """A record isn't read because the trial's registry hands out a fuller one of its own."""

    def __init__(self, number: str, problem: Problem) -> None:
        super().__init__(problem)
        self.number = number


def bad(where: str, code: str, message: str, hint: str) -> Found:
    return Found(where, Problem(code, "error", message, Where(where), hint))


def too_large(where: str) -> Found:
    return bad(where, "too-large", f"more than {MAX_RECORD:,} bytes", "split it")
