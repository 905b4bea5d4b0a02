"""What the site will consist of, and which parts of it the last build has left unchanged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from trialpages.addresses import original_path
from trialpages.content.reading import Sources
from trialpages.digests import digest, digest_of_view
from trialpages.exports.table import PACKAGE, data_package
from trialpages.form.parts import form_parts
from trialpages.form.program import Program
from trialpages.language.site_language import read_language
from trialpages.lists.outline import outlines
from trialpages.lists.packs import packs
from trialpages.lists.terms import unlisted
from trialpages.pages.curated import CuratedList
from trialpages.pages.editorial import Editorial, editorial_pages, refuse_taken_names
from trialpages.pages.parts import (
    FixedFile,
    ListedTrial,
    OfTrial,
    Page,
    SitePart,
)
from trialpages.phases.catalogue import Others, SiteFacts, catalogue, parts_of
from trialpages.problems import Problem
from trialpages.publish.stage import MARKER, MARKER_FILE
from trialpages.settings.site_file import Site
from trialpages.state.cache import Made, Memory, PartKey, generator
from trialpages.templating.appearance import colours_css
from trialpages.templating.look import Look
from trialpages.templating.navigation import navigation
from trialpages.templating.offer import Offer, offer
from trialpages.templating.theme import Theme, fingerprinted, template_digests
from trialpages.text.files import SourcePath
from trialpages.trial.kinds import KINDS
from trialpages.trial.related import most_alike

if TYPE_CHECKING:
    from trialpages.templating.templates import Templates


@dataclass(frozen=True, slots=True)
class SiteContent:
    """Content without errors: what the site is made from."""

    site: Site
    trials: tuple[ListedTrial, ...]
    editorial: tuple[Editorial, ...]
    curated: tuple[CuratedList, ...]
    notices: tuple[Problem, ...]
    """What is said of it beyond the problems of single trials' files."""
    warnings: tuple[Problem, ...]
    """All that is said of it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Every part of the site, in a fixed order, and by path the key of all it is made from."""

    look: Look
    parts: Sequence[SitePart]
    """All of them, or those that aren't as the last build made them."""
    keys: Mapping[str, PartKey]
    """Of all parts, by path."""
    around: Mapping[str, bytes]
    """A digest of each thing that shows on every page, by what it is called."""
    frame: bytes
    """A digest of all that lists, feeds and likeness are worked out from."""
    near: Mapping[str, tuple[str, ...]]
    """The ids of the trials most alike, by id."""
    unlisted: Mapping[str, tuple[str, ...]]
    """By the id of a trial, the paths of lists that there aren't, since no other has the term."""

    @property
    def is_whole(self) -> bool:
        return len(self.parts) == len(self.keys)

    def make_templates(self, state: Path) -> Templates:
        """Who makes its pages, with the templates compiled in the state folder."""
        from trialpages.templating.making import make_templates

        unlisted = frozenset(chain.from_iterable(self.unlisted.values()))
        return make_templates(replace(self.look, unlisted=unlisted), state, len(self.keys))

    def why(self, last: Memory, kept: Mapping[str, Made]) -> dict[str, str]:
        """The paths of the parts that must be made, where of the last build's only `kept` can
        stay, and why each must."""
        differs = (name for name, one in self.around.items() if last.look.get(name) != one)
        around = " and ".join(differs)
        return {
            path: self._why(path, key, last, around)
            for path, key in self.keys.items()
            if path not in kept or kept[path].key != key
        }

    def _why(self, path: str, key: PartKey, last: Memory, around: str) -> str:
        if path not in last.pages:
            return last.unknown
        if last.pages[path].key == key:
            return "its text for the search was missing"
        return key.why_not(last.pages[path].key, around)


def look_of(content: SiteContent, sources: Sources, as_of: str, search: bool) -> Look:
    """What all pages share, with a search page or without. Raises ContentFailure for a language
    there is not."""
    language = read_language(content.site.language, sources.templates)
    links = navigation(
        content.site, content.editorial, bool(content.curated), search, language.words
    )
    theme, offered = make_theme(sources, content.site), offer(content.site, len(content.trials))
    return Look(sources.templates, content.site, as_of, language, theme, links, offered)


def plan_site(
    content: SiteContent, sources: Sources, form: Program, look: Look, last: Memory
) -> Plan:
    """Plan the site.

    Where nothing changed that lists are made from, only the trials whose texts did are planned.
    """
    around = _around(look)
    written = tuple(editorial_pages(content.editorial))
    others = (*written, *_others(content, sources, form, look))
    frame = _frame(content, sources.originals.keys(), others, look, around)
    facts = site_facts(content.site, look, sources.originals.keys())
    if frame == last.frame:
        parts: tuple[SitePart, ...] = tuple(_changed_trials(content.trials, facts, last))
        before, near = {path: made.key for path, made in last.pages.items()}, last.near
        alone = last.unlisted
    else:
        listed = [trial.facts for trial in content.trials]
        alike = most_alike(listed) if content.site.publish.related else {}
        alone = {} if look.offer.lists_of_one else unlisted(listed, _open_kinds(look.offer))
        pages = tuple(catalogue(content.trials, content.curated, alike, facts, alone))
        outline = tuple(outlines((*pages, *others), content.trials, content.site.url))
        refuse_taken_names(written, (*pages, *outline))
        parts = (*pages, *outline, *others)
        before = {}
        near = {one: tuple(facts.id for facts in others) for one, others in alike.items()}
    keys = before | dict(_keys(parts, look, around))
    return Plan(look, parts, keys, around, frame, near, alone)


def _open_kinds(offered: Offer) -> list[str]:
    return [name for name in offered.lists if KINDS[name].is_open]


def _changed_trials(
    trials: Sequence[ListedTrial], site: SiteFacts, last: Memory
) -> Iterator[OfTrial]:
    """The parts of the trials whose texts or posted results aren't those of the last build."""
    by_id = {trial.facts.id: trial.facts for trial in trials}
    changed = [trial for trial in trials if not _is_made(trial, last)]
    near = ((trial.facts.id, last.near.get(trial.facts.id, ())) for trial in changed)
    alike = {one: tuple(by_id[other] for other in others) for one, others in near}
    others = Others.among(by_id.values(), alike, last.unlisted)
    for trial in changed:
        yield from parts_of(trial, others, site)
    if changed:
        yield from packs(trials, {trial.facts.id for trial in changed})


def _is_made(trial: ListedTrial, last: Memory) -> bool:
    """Whether its pages show the texts and the posted results that it has now."""
    return _is_known(trial.source, trial.record.digest, last) and (
        trial.results is None or _is_known(trial.results, trial.results_digest, last)
    )


def _is_known(file: SourcePath, content: bytes, last: Memory) -> bool:
    return file.path in last.sources and last.sources[file.path].digest == content


def _frame(
    content: SiteContent,
    originals: Set[str],
    others: Sequence[SitePart],
    look: Look,
    around: Mapping[str, bytes],
) -> bytes:
    """A digest of all that any part shows or holds, but for the texts of trials."""
    listed = [trial.facts_digest + bytes([trial.results is not None]) for trial in content.trials]
    chosen = [digest_of_view(one) for one in content.curated]
    held = [part for other in others for part in (other.path.encode(), other.made_from)]
    templates = template_digests(look.templates)
    names = (sorted(originals), sorted(templates))
    digests = [digest(*around.values()), *(templates[name] for name in sorted(templates))]
    return digest(msgspec.json.encode(names), *digests, digest(*listed), digest(*held, *chosen))


def make_theme(sources: Sources, site: Site) -> Theme:
    """The theme's files, the editor's pictures, and a style sheet where the editor has colours."""
    media = {f"media/{file.name}": file.content for file in sources.media}
    css = colours_css(site.colours)
    colours = {"colours.css": css.encode()} if css else {}
    return fingerprinted({**sources.theme, **media, **colours})


def site_facts(site: Site, look: Look, originals: Set[str]) -> SiteFacts:
    return SiteFacts(
        look.language,
        site.url,
        look.as_of,
        look.offer,
        originals,
        look.navigation.search,
        site.our_sites,
        site.closed_trials,
    )


def _others(
    content: SiteContent, sources: Sources, form: Program, look: Look
) -> Iterator[Page | FixedFile]:
    """The parts that aren't made from trials."""
    names = {trial.facts.original for trial in content.trials} & sources.originals.keys()
    for name in sorted(names):
        yield FixedFile(original_path(name), sources.originals[name].content)
    for name, file in look.theme.files.items():
        yield FixedFile(name, file)
    yield FixedFile(PACKAGE, data_package(content.site))
    yield FixedFile(MARKER_FILE, MARKER.encode())  # keeps GitHub Pages from leaving files out
    yield from form_parts(content.site, form)


def _keys(
    parts: Sequence[SitePart], look: Look, around: Mapping[str, bytes]
) -> Iterator[tuple[str, PartKey]]:
    forms = digest(around["the program"], around["the date"], look.site.url.encode())
    stands_around = {"page": digest(*around.values()), "form": forms, "nothing": b""}
    templates = template_digests(look.templates)
    made_with: dict[tuple[str, ...], bytes] = {}
    for part in parts:
        names = part.templates
        if names not in made_with:
            made_with[names] = digest(*(templates.get(name, b"") for name in names))
        yield part.path, PartKey(stands_around[part.around], made_with[names], part.made_from)


def _around(look: Look) -> dict[str, bytes]:
    """A digest of each thing that shows on every page, and of what makes them."""
    language, links = look.language, look.navigation
    words = (language.code, dict(language.words), language.vocabulary)
    return {
        "the program": generator(),
        "site.yaml or --url": digest(msgspec.json.encode(look.site)),
        "the date": digest(look.as_of.encode()),
        "the language": digest(msgspec.json.encode(words)),
        "the theme": digest(msgspec.json.encode(look.theme.names)),
        "what is offered": digest(repr(look.offer).encode()),
        "the menu": digest(repr((links.menu, links.footer, links.lists)).encode()),
        "whether there is a search": digest(repr(links.search).encode()),
    }
