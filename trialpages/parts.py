"""The parts of the site before they are made.

A page is planned from small facts: its path, how its view is made when it is its turn, and a
digest of all that the view is made from, by which a build sees whether it must make it again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from trialpages.digests import digest_of_view
from trialpages.records.files import SourcePath, StoredRecord
from trialpages.trial.facts import TrialFacts
from trialpages.trial.views import Context


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site, its template, and how its view is made when it is its turn."""

    path: str
    template: str
    view: Callable[[], object]
    made_from: bytes
    """Digest of everything `view` shows."""
    listed: bool = True
    """Whether search engines should know of it."""


@dataclass(frozen=True, slots=True)
class ListedTrial:
    """A trial as the catalogue takes it."""

    facts: TrialFacts
    facts_digest: bytes
    source: SourcePath
    record: StoredRecord
    results: SourcePath | None = None
    """The file of its posted results."""
    results_digest: bytes = b""


@dataclass(frozen=True, slots=True)
class TrialPages:
    """The page of a trial, and that of its posted results."""

    path: str
    trial: ListedTrial
    context: Context
    made_from: bytes
    """Digest of everything the two show."""


@dataclass(frozen=True, slots=True)
class TrialForms:
    """A trial in the forms it is offered in to other programs: the files beside its page."""

    path: str
    """That of the first of them."""
    trial: ListedTrial
    formats: tuple[str, ...]
    made_from: bytes
    """Digest of everything they hold."""


@dataclass(frozen=True, slots=True)
class FixedFile:
    """A file that is published as it is."""

    path: str
    content: bytes


OfTrial = TrialPages | TrialForms
Part = Page | OfTrial | FixedFile


def ready_page(
    path: str, template: str, view: object, *, made_from: bytes = b"", listed: bool = True
) -> Page:
    """A page whose view is small enough to be there from the start.

    `made_from` stands for all of the view where that is quicker to tell than by looking at it.
    """
    return Page(path, template, partial(_same, view), made_from or digest_of_view(view), listed)


def _same(view: object) -> object:
    return view
