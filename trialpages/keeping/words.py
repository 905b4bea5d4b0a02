"""A change of a record in words, as the page would say it."""

from __future__ import annotations

from functools import cache

from trialpages.language import Language, read_language
from trialpages.reading import read_templates, shipped
from trialpages.records.model import Change
from trialpages.trial.history import ShownChange, is_told, shown_change


@cache
def english() -> Language:
    """The words in which editors are spoken to."""
    return read_language("en", read_templates(shipped("templates")))


def told(change: Change) -> ShownChange | None:
    """A change in words; None for what is of the copy and not of the trial."""
    return shown_change(change, english()) if is_told(change) else None
