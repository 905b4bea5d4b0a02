"""A page of the site before it is made: where it goes, and how its view comes to be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from trialpages.records.model import Trial


@dataclass(frozen=True, slots=True)
class Page:
    """A file of the site: its path, its template, and how its view is made when it is its turn."""

    path: str
    template: str
    view: Callable[[], object]
    trial: Trial | None = None
    listed: bool = True
    """Whether search engines should know of it."""
