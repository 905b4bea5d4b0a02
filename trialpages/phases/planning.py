"""What the site will consist of, and which parts of it the last build has left unchanged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import chain

import msgspec

from trialpages.addresses import original_path
from trialpages.content.reading import Sources
from trialpages.digests import digest, digest_of_view
from trialpages.exports.table import PACKAGE, data_package
from trialpages.form.parts import form_parts
from trialpages.form.program import Program
from trialpages.language.site_language import read_language
from trialpages.lists.feeds import site_feed
from trialpages.lists.outline import outlines
from trialpages.lists.terms import unlisted, unlisted_of_further
from trialpages.pages.curated import CuratedList
from trialpages.pages.editorial import Editorial, editorial_pages, refuse_taken_names
from trialpages.pages.in_languages import lists_in, pages_in
from trialpages.pages.parts import (
    FixedFile,
    ListedTrial,
    OfTrial,
    Page,
    SitePart,
    WholeFile,
    ready_page,
)
from trialpages.phases.catalogue import (
    Alike,
    Others,
    SiteFacts,
    catalogue,
    packs_of,
    parts_of,
    whole_files,
    without_further,
)
from trialpages.phases.plan import EditionPlan, Plan, frame_of
from trialpages.problems import Problem
from trialpages.publish.stage import MARKER, MARKER_FILE
from trialpages.settings.editions import Edition, editions, site_in
from trialpages.settings.search_engine import superfluous_scripts
from trialpages.settings.site_file import Site
from trialpages.state.cache import Memory, PartKey, generator
from trialpages.templating.appearance import colours_css
from trialpages.templating.languages import (
    INVITATIONS,
    ONLY_FOR_SEVERAL,
    invitations,
    versions,
)
from trialpages.templating.look import Look
from trialpages.templating.marking import english_marked
from trialpages.templating.navigation import navigation
from trialpages.templating.offer import Offer, offer
from trialpages.templating.theme import Theme, fingerprinted, template_digests
from trialpages.text.files import SourcePath
from trialpages.trial.facts import TrialFacts
from trialpages.trial.kinds import KINDS
from trialpages.trial.related import most_alike


@dataclass(frozen=True, slots=True)
class SiteContent:
    """Content without errors: what the site is made from."""

    site: Site
    trials: tuple[ListedTrial, ...]
    editorial: tuple[Editorial, ...]
    curated: tuple[CuratedList, ...]
    introductions: tuple[Editorial, ...]
    """Titles and introductions of these lists in the site's other languages."""
    notices: tuple[Problem, ...]
    """What is said of it beyond the problems of single trials' files."""
    warnings: tuple[Problem, ...]
    """All that is said of it."""


def looks_of(content: SiteContent, sources: Sources, as_of: str, search: bool) -> tuple[Look, ...]:
    """What all pages share in each language, with a search page or without. Raises ContentFailure
    for a language there is not."""
    spoken = [(one, read_language(one.code, sources.templates)) for one in editions(content.site)]
    theme, named = make_theme(sources, content.site), versions(spoken, content.site.url)
    offered, first = offer(content.site, len(content.trials)), content.site.language
    looks = []
    for edition, language in spoken:
        site, written = site_in(content.site, edition), content_in(content, edition).editorial
        of_menu = first if edition.folder and site.menu is content.site.menu else ""
        links = navigation(site, written, bool(content.curated), search, language.words, of_menu)
        templates = english_marked(sources.templates, language)
        made_with = templates, site, as_of, language, theme, links, offered
        looks.append(Look(*made_with, edition=edition, versions=named))
    return tuple(looks)


def content_in(content: SiteContent, edition: Edition) -> SiteContent:
    """The same with what editors wrote in the language of an edition."""
    code, first = edition.code, content.site.language
    return replace(
        content,
        editorial=pages_in(content.editorial, code, first),
        curated=lists_in(content.curated, content.introductions, code, first),
    )


def plan_site(
    content: SiteContent, sources: Sources, form: Program, looks: Sequence[Look], last: Memory
) -> Plan:
    """Plan the site in each language.

    Where nothing changed that lists are made from, only the trials whose texts did are planned.
    """
    contents = [content_in(content, look.edition) for look in looks]
    both = zip(contents, looks, strict=True)
    drafts = [_draft(one, sources, form, look) for one, look in both]
    if frame_of(drafts) == last.frame:
        plans = tuple(_with_changed(draft, content, sources, last) for draft in drafts)
        before, near = {path: made.key for path, made in last.pages.items()}, last.near
        alone = last.unlisted
    else:
        listed = [trial.facts for trial in without_further(content.trials)]
        alike = most_alike(listed) if content.site.publish.related else {}
        alone = _unlisted(content.trials, listed, looks[0].offer)
        each = zip(drafts, contents, strict=True)
        plans = tuple(_with_all(draft, one, sources, alike, alone) for draft, one in each)
        before, near = {}, {one: tuple(facts.id for facts in of) for one, of in alike.items()}
    return Plan(plans, before | dict(chain.from_iterable(map(_keys, plans))), near, alone)


def _unlisted(
    trials: Sequence[ListedTrial], listed: Sequence[TrialFacts], offered: Offer
) -> dict[str, tuple[str, ...]]:
    """By the id of a trial, the paths of lists of its terms that there aren't."""
    open_kinds = [name for name in offered.lists if KINDS[name].is_open]
    alone = {} if offered.lists_of_one else unlisted(listed, open_kinds)
    every = [trial.facts for trial in trials]
    further = {facts.id for facts in every} - {facts.id for facts in listed}
    return alone | unlisted_of_further(every, further, offered.lists, alone)


def _draft(content: SiteContent, sources: Sources, form: Program, look: Look) -> EditionPlan:
    """What isn't made from trials."""
    shared = () if look.edition.folder else tuple(_shared(content, sources, form, look))
    parts = (*editorial_pages(content.editorial), *shared)
    around = _around(look)
    frame = _frame(content, sources.originals.keys(), parts, look, around)
    return EditionPlan(look, parts, around, frame)


def _with_changed(
    draft: EditionPlan, content: SiteContent, sources: Sources, last: Memory
) -> EditionPlan:
    facts = site_facts(draft.look, sources.originals.keys())
    return replace(draft, parts=tuple(_changed_trials(content.trials, facts, last)))


def _with_all(
    draft: EditionPlan,
    content: SiteContent,
    sources: Sources,
    alike: Alike,
    alone: Mapping[str, tuple[str, ...]],
) -> EditionPlan:
    look, trials = draft.look, content.trials
    facts = site_facts(look, sources.originals.keys())
    pages = (
        *catalogue(trials, content.curated, alike, facts, alone),
        _feed(without_further(trials)),
    )
    outline: tuple[Page, ...] = ()
    if not look.edition.folder:
        count = max(1, len(look.versions))
        outline = tuple(outlines((*pages, *draft.parts), look.site.url, count))
    others = (*pages, *outline)
    refuse_taken_names(editorial_pages(content.editorial), others)
    return replace(draft, parts=(*others, *draft.parts))


def _feed(trials: Sequence[ListedTrial]) -> Page:
    digests = {trial.facts.id: trial.facts_digest for trial in trials}
    return site_feed([trial.facts for trial in trials], digests)


def _changed_trials(
    trials: Sequence[ListedTrial], site: SiteFacts, last: Memory
) -> Iterator[OfTrial | WholeFile]:
    """The parts of the trials whose texts or posted results aren't those of the last build."""
    by_id = {trial.facts.id: trial.facts for trial in trials}
    changed = [trial for trial in trials if not _is_made(trial, last)]
    near = ((trial.facts.id, last.near.get(trial.facts.id, ())) for trial in changed)
    alike = {one: tuple(by_id[other] for other in others) for one, others in near}
    others = Others.among(by_id.values(), alike, last.unlisted)
    yield from parts_of(changed, others, site)
    if changed:
        yield from packs_of(trials, site, {trial.facts.id for trial in changed})
        yield from whole_files(without_further(trials), site)


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
    superfluous = superfluous_scripts(site.search)
    superfluous.update(() if site.languages[1:] else ONLY_FOR_SEVERAL)
    shipped = {name: one for name, one in sources.theme.items() if name not in superfluous}
    return fingerprinted({**shipped, **media, **colours})


def site_facts(look: Look, originals: Set[str]) -> SiteFacts:
    site = look.site
    return SiteFacts(
        look.language,
        site.url,
        look.as_of,
        look.offer,
        originals,
        look.navigation.search,
        site.our_sites,
        site.closed_trials,
        site.title,
        look.edition.up,
    )


def _shared(
    content: SiteContent, sources: Sources, form: Program, look: Look
) -> Iterator[Page | FixedFile]:
    """What all languages share of the parts that aren't made from trials."""
    names = {trial.facts.original for trial in content.trials} & sources.originals.keys()
    for name in sorted(names):
        yield FixedFile(original_path(name), sources.originals[name].content)
    for name, file in look.theme.files.items():
        yield FixedFile(name, file)
    if look.versions:
        yield ready_page(INVITATIONS, INVITATIONS, invitations(look.versions), listed=False)
    yield FixedFile(PACKAGE, data_package(content.site))
    yield FixedFile(MARKER_FILE, MARKER.encode())  # keeps GitHub Pages from leaving files out
    sheets = ("site.css", "colours.css", "extra.css")
    styles = [look.theme.names[name] for name in sheets if name in look.theme.names]
    yield from form_parts(content.site, form, look.language, styles)


def _keys(plan: EditionPlan) -> Iterator[tuple[str, PartKey]]:
    look, around = plan.look, plan.around
    forms = digest(around["the program"], around["the date"], look.site.url.encode())
    stands_around = {"page": digest(*around.values()), "form": forms, "nothing": b""}
    templates = template_digests(look.templates)
    made_with: dict[tuple[str, ...], bytes] = {}
    for placed in plan.placed:
        part, names = placed.part, placed.part.templates
        if names not in made_with:
            made_with[names] = digest(*(templates.get(name, b"") for name in names))
        key = PartKey(stands_around[part.around], made_with[names], part.made_from)
        yield placed.path, key


def _around(look: Look) -> dict[str, bytes]:
    """A digest of each thing that shows on every page, and of what makes them."""
    language, links = look.language, look.navigation
    words = (language.code, dict(language.words), language.vocabulary, look.versions)
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
