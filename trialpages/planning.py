"""What the site will consist of, and which parts of it the last build has left unchanged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from trialpages.pages.catalogue import (
    FixedFile,
    ListedTrial,
    Page,
    SiteFacts,
    TrialPages,
    catalogue,
)
from trialpages.pages.digests import digest
from trialpages.pages.editorial import Editorial, editorial_pages
from trialpages.pages.language import read_language
from trialpages.pages.outline import outlines
from trialpages.pages.render import Renderer, fingerprinted, template_digests
from trialpages.problems import Problem
from trialpages.publish.cache import Key, Made, generator
from trialpages.publish.stage import MARKER, MARKER_FILE
from trialpages.reading import Sources
from trialpages.records.site_file import Site


@dataclass(frozen=True, slots=True)
class Content:
    """Content without errors: what the site is made from."""

    site: Site
    trials: tuple[ListedTrial, ...]
    editorial: tuple[Editorial, ...]
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Every part of the site, in a fixed order, and by path the key of all it is made from."""

    renderer: Renderer
    parts: Sequence[Page | TrialPages | FixedFile]
    keys: Mapping[str, Key]

    def why(self, last: Mapping[str, Made]) -> dict[str, str]:
        """The paths of the parts that must be made, where `last` are there, and why each must."""
        return {
            path: key.why_not(last[path].key if path in last else None)
            for path, key in self.keys.items()
            if path not in last or last[path].key != key
        }


def make_plan(content: Content, sources: Sources, as_of: str) -> Plan:
    """Plan the site. Raises ContentFailure for a language or a theme there is not."""
    language = read_language(content.site.language, sources.templates)
    theme = fingerprinted(sources.theme)
    renderer = Renderer(sources.templates, content.site, as_of, language, theme)
    parts = tuple(_parts(content, renderer))
    return Plan(renderer, parts, dict(_keys(parts, sources, renderer)))


def _parts(content: Content, renderer: Renderer) -> Iterator[Page | TrialPages | FixedFile]:
    language, built = renderer.language, renderer.built
    pages = (
        *catalogue(content.trials, SiteFacts(language, content.site.url, built)),
        *editorial_pages(content.editorial),
    )
    yield from pages
    yield from outlines(pages, content.trials, built, language)
    for name, file in renderer.theme.files.items():
        yield FixedFile(name, file)
    yield FixedFile(MARKER_FILE, MARKER.encode())  # keeps GitHub Pages from leaving files out


def _keys(
    parts: Sequence[Page | TrialPages | FixedFile], sources: Sources, renderer: Renderer
) -> Iterator[tuple[str, Key]]:
    site = _site_digest(renderer)
    templates = template_digests(sources.templates)
    of_trial = templates.get("trial.html", b""), templates.get("results.html", b"")
    for part in parts:
        if isinstance(part, FixedFile):
            yield part.path, Key(b"", b"", digest(part.content))
        elif isinstance(part, TrialPages):
            used = digest(*of_trial) if part.results else of_trial[0]
            yield part.path, Key(site, used, part.made_from)
        else:
            yield part.path, Key(site, templates.get(part.template, b""), part.made_from)


def _site_digest(renderer: Renderer) -> bytes:
    """Of everything that shows on every page, and of what makes them."""
    language = renderer.language
    return digest(
        generator(),
        msgspec.json.encode(renderer.site),
        renderer.built.encode(),
        msgspec.json.encode((language.code, language.words, language.vocabulary)),
        msgspec.json.encode(renderer.theme.names),
    )
