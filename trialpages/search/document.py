"""A trial as the search knows it: sections of plain words and of prose, under the ids they have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from trialpages.search.weights import Field


@dataclass(frozen=True, slots=True)
class Words:
    """Plain text of the record: a name, a term, a line. It becomes markup in this module alone."""

    text: str
    field: Field
    id: str = ""
    """Its own place on the trial's page, where it has one."""


@dataclass(frozen=True, slots=True)
class Prose:
    """Markup as prose/ makes it. An element with an id (`<li id="inc-9">`) is a place that a
    result can link to."""

    html: Markup
    field: Field = Field.PROSE


Block = Words | Prose
"""What a section holds. Text and markup are two classes, so that no one joins them by hand."""


@dataclass(frozen=True, slots=True)
class SearchSection:
    """One section of a trial page, under the id it has there."""

    id: str
    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """What can be found of one trial, and what a result shows of it."""

    url: str
    """Relative to the site's root: `trials/NCT06494995.html`."""
    language: str
    title: str
    sections: tuple[SearchSection, ...]
    meta: Mapping[str, str] = field(default_factory=dict)
    """What a result shows beside the title."""
