"""Content files by name, and parsed ones by their place: what is known before one is read."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

MAX_BYTES = 8_000_000
"""Of a content file. The registry's largest record is 1.1 MB."""

TRIAL_SUFFIXES = (".md", ".yaml")
"""Front matter and Markdown body, or the same fields as YAML alone, long texts among them."""

RESULTS = ".results.json"
"""Posted results: the ending behind the trial's id."""

PICTURES = (".svg", ".png", ".jpg", ".jpeg", ".webp")
"""What may be published from content/media: nothing there is a page."""

OWN = "own/"
"""Before the name of a strings file of the site's own that stands over a shipped one."""

QUERIES = "queries.yaml"
"""In content/: which trials and questions are fetched and kept current."""

SOURCES = (".txt", ".json", ".ndjson", ".gz", ".zip", ".csv", ".pdf")
"""What may be published from content/sources: files in which no browser runs anything."""


TEXTS = (
    *(".md", ".yaml", ".yml", ".html", ".xml", ".txt", ".json", ".ndjson", ".csv", ".svg"),
    *(".css", ".js", ".mjs", ".map", ".webmanifest", ".geojson"),
)
"""Files whose lines end as their platform's do, and mean the same."""


@dataclass(frozen=True, slots=True)
class SourcePath:
    """A file that is read when it is its turn."""

    path: str
    """As the messages call it, with slashes."""
    disk: str


class StoredRecord(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Where the record store keeps a trial that was parsed."""

    digest: bytes
    """Of the bytes of its content file."""
    pack: str
    """The name of a file of the store."""
    start: int
    size: int
    """Bytes."""
