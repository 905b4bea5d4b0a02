"""The build, told in one function: read, parse, check, plan, render, index, publish.

What a phase needs is imported when its turn comes: where nothing has changed, few of them have one.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from trialpages.content.reading import Folders, Sources, read_sources
from trialpages.form.program import Program, program
from trialpages.machine.progress import Progress
from trialpages.machine.workers import beside, cores, run_all
from trialpages.phases.as_it_came import check_what_came, folder_signature
from trialpages.problems import Problem
from trialpages.publish.size import Extent
from trialpages.publish.stage import Stage, staging, state_folder
from trialpages.state.cache import (
    Damaged,
    Index,
    Known,
    Made,
    Memory,
    Signature,
    digest_of_inputs,
    digest_of_ours,
    recall,
    remember,
    unread,
)
from trialpages.state.lock import hold
from trialpages.state.ownership import keep_others_out

if TYPE_CHECKING:
    from trialpages.phases.plan import Plan
    from trialpages.phases.planning import SiteContent
    from trialpages.templating.look import Look


@dataclass(frozen=True, slots=True)
class Request:
    """What to build, from where, into what."""

    folders: Folders
    as_of: str
    """The date of the build (ISO), printed on the pages."""
    url: str | None = None
    """Where the site is published, in place of site.yaml's `url`."""
    search: bool = True
    index: Literal["whole", "delta", "kept"] = "whole"
    """How the search index follows: anew, by a small part with what changed, or not yet."""
    drafts: bool = False
    full: bool = False
    """Make everything anew, whatever the last build left."""
    jobs: int | None = None
    """Processes to work on; by default one a core."""


@dataclass(frozen=True, slots=True)
class Report:
    trials: int
    pages: int
    """Pages of HTML; the site has other files too."""
    made: Mapping[str, str]
    """The paths of the parts that were made, pages and others, and why each had to be."""
    changed: bool
    """Whether the site is another than before."""
    warnings: tuple[Problem, ...]
    extent: Extent
    """What there is to upload."""
    plan: Plan | None = None
    """What the site consists of; none where no more had changed than texts of trials."""


@dataclass(frozen=True, slots=True)
class BuildRun:
    """What every phase of one build has at hand."""

    request: Request
    state: Path
    """The folder beside the site with what the last build left."""
    last: Memory
    progress: Progress


@dataclass(frozen=True, slots=True)
class Inputs:
    """What lies there to be made into a site, whether or not it can be published."""

    sources: Sources
    came: Signature | None
    """Of the folder with what records said when they came."""
    odd: tuple[Problem, ...]
    """What is wrong with it."""
    known: Mapping[str, Known]
    """By path, what the site has to know of each content file of a trial."""
    form: Program
    digest: bytes
    """Of all that a build makes of it: where two are the same, so are the sites."""


def build(request: Request, progress: Progress = lambda *_: None) -> Report:
    """Build the site; raise a Failure, with the site as it was, where that can't be done."""
    try:
        return build_once(request, progress)
    except Damaged:
        return build_once(replace(request, full=True), progress)


def build_once(request: Request, progress: Progress) -> Report:
    """Build with what the last build left. Raises Damaged where that turns out to be unusable."""
    with alone(request, progress) as run:
        material = gather(run)
        if material.digest == run.last.inputs:
            return nothing_changed(material, run)
        content = check(material, request)
        looks = make_looks(content, material, request)
        if content.site.search:  # an engine elsewhere is asked in place of an index
            run = replace(run, request=replace(request, search=False))
        kept = kept_pages(run)
        # With fewer kept than there were, any part may be needed again.
        last = run.last if len(kept) == len(run.last.pages) else Memory()
        with compiling(looks, content, run):
            plan = make_plan(content, material, looks, last)
        with staging(request.folders.site) as stage:
            why = plan.why(run.last, kept)
            made = render(plan, why, stage, run)
            found = index(looks, made, stage, run)
            changed = publish(made, why, found, stage, run)
        memory = memory_of(material, content, plan, made, found)
        remember(run.state, request.folders.site, memory)
        clear_up(run.state, material.known)
    return Report(
        trials=memory.trials,
        pages=count_pages(made),
        made=why,
        changed=changed,
        warnings=content.warnings,
        extent=memory.extent,
        plan=plan if plan.is_whole else None,
    )


def plan_of(request: Request) -> Plan:
    """The plan of the site without building it. Raises a Failure as `build` does."""
    with alone(request, lambda *_: None) as run:
        material = gather(run)
        content = check(material, request)
        return make_plan(content, material, make_looks(content, material, request), Memory())


@contextmanager
def alone(request: Request, progress: Progress) -> Iterator[BuildRun]:
    """A run with what the last build left; no other may begin until it ends."""
    state = state_folder(request.folders.site)
    keep_others_out(state)
    with hold(state):
        last = Memory(unknown=_FULL) if request.full else recall(state, request.folders.site)
        yield BuildRun(request, state, last, progress)


_FULL = "all was to be made anew (--full)"


def nothing_changed(material: Inputs, run: BuildRun) -> Report:
    last, known = run.last, material.known
    if known is not last.sources:  # files that were too young to be believed have rested
        rested = msgspec.structs.replace(last, sources=known, came=material.came)
        remember(run.state, run.request.folders.site, rested)
    warnings = (*last.notices, *chain.from_iterable(one.problems for one in known.values()))
    return Report(last.trials, count_pages(last.pages), {}, False, warnings, last.extent)


def memory_of(
    material: Inputs, content: SiteContent, plan: Plan, made: Mapping[str, Made], found: Index
) -> Memory:
    """What the next build is to know of this one."""
    return Memory(
        inputs=material.digest,
        sources=material.known,
        pages=made,
        index=found,
        trials=len(content.trials),
        notices=content.notices,
        look=plan.around,
        frame=plan.frame,
        near=plan.near,
        unlisted=plan.unlisted,
        came=material.came,
        ours=digest_of_ours(material.sources),
    )


def count_pages(paths: Iterable[str]) -> int:
    return sum(path.endswith(".html") for path in paths)


def clear_up(state: Path, known: Mapping[str, Known]) -> None:
    from trialpages.state.record_store import forget_records

    forget_records(state, (one.record for one in known.values() if one.record))


# --- read and parse -----------------------------------------------------------------------------


def gather(run: BuildRun) -> Inputs:
    """Read what lies in the folders, and parse what has changed of it."""
    folders = run.request.folders
    sources = read_sources(folders)
    came = folder_signature(folders.content / "trials")
    known, form = parse(sources, came, run), program(run.state)
    odd = check_what_came(folders.content, sources.trials)
    inputs = digest_of_inputs(sources, known, f"{run.request!r} {form.version} {odd!r}")
    return Inputs(sources, came, odd, known, form, inputs)


def parse(sources: Sources, came: Signature | None, run: BuildRun) -> Mapping[str, Known]:
    """What is known of each content file of a trial, by path. Where it isn't sure that the folder
    `came`, with what records said when they came, is as it was, all are looked at."""
    ours = digest_of_ours(sources)
    last = run.last if run.last.ours == ours else Memory()
    files = (*sources.trials, *sources.results.values())
    is_same = came is not None and came == last.came
    changed = unread(files, last.sources) if is_same else list(files)
    if not changed and len(files) == len(last.sources):
        return last.sources
    from trialpages.phases.around import read_settings
    from trialpages.phases.parsing import Parser

    read: dict[str, Known] = {}
    named = read_settings(sources)[0].our_sites if ours else ()
    parser = Parser(run.state, last.sources, os.urandom(8).hex(), named)
    found = run_all(parser.look, changed, run.request.jobs)
    for file, known in zip(changed, found, strict=True):
        read[file.path] = known
        run.progress("reading", len(read), len(changed))
    return {file.path: read.get(file.path) or last.sources[file.path] for file in files}


# --- check --------------------------------------------------------------------------------------


def check(material: Inputs, request: Request) -> SiteContent:
    from trialpages.phases.checking import check_content

    known, sources, form = material.known, material.sources, material.form
    odd = material.odd
    return check_content(known, sources, form, odd, request.url, drafts=request.drafts)


# --- plan ---------------------------------------------------------------------------------------


def make_looks(content: SiteContent, material: Inputs, request: Request) -> tuple[Look, ...]:
    from trialpages.phases.planning import looks_of

    return looks_of(content, material.sources, request.as_of, request.search)


def compiling(
    looks: Sequence[Look], content: SiteContent, run: BuildRun
) -> AbstractContextManager[None]:
    """Beside what is done meanwhile, compile the template of trials' pages if it has to be.

    It takes as long as 300 of these pages, and else every worker does it.
    """
    from trialpages.templating.making import compile_for_trials, without_compiled

    lacking = without_compiled(looks, run.state, len(content.trials))
    work = partial(compile_for_trials, lacking)
    return beside(work, run.request.jobs) if lacking else nullcontext()


def make_plan(content: SiteContent, material: Inputs, looks: Sequence[Look], last: Memory) -> Plan:
    from trialpages.phases.planning import plan_site

    return plan_site(content, material.sources, material.form, looks, last)


# --- render -------------------------------------------------------------------------------------


def kept_pages(run: BuildRun) -> Mapping[str, Made]:
    """The pages that need not be made again if they would come out the same."""
    from trialpages.phases.indexing import forget_slim_pages, with_slim_page

    if run.request.search:
        return with_slim_page(run.last.pages, run.state)
    forget_slim_pages(run.state)
    return run.last.pages


def render(plan: Plan, why: Mapping[str, str], stage: Stage, run: BuildRun) -> dict[str, Made]:
    """Make the parts of the site that have to be made. Returns all its parts by path."""
    from trialpages.phases.rendering import renderers_of

    renderers = renderers_of(plan, stage, run.state, run.request.search)
    to_make = [part for part in plan.parts if part.path in why]
    made = {path: run.last.pages[path] for path in plan.keys if path not in why}
    kept = len(made)
    rendering = run_all(renderers.make, to_make, run.request.jobs)
    for part, rendered in zip(to_make, rendering, strict=True):
        made[part.path] = Made(plan.keys[part.path], rendered.files, rendered.size, rendered.text)
        run.progress("rendering", len(made) - kept, len(to_make))
    return made


# --- index --------------------------------------------------------------------------------------


def index(looks: Sequence[Look], made: Mapping[str, Made], stage: Stage, run: BuildRun) -> Index:
    request, last = run.request, run.last
    if not request.search:
        return Index()
    if request.index == "kept" and last.index.files:
        return last.index
    from trialpages.phases.indexing import update_by_delta, update_index

    if request.index == "delta" and last.index.files:
        return update_by_delta(run.state, made, looks, last.index, stage)
    told = partial(run.progress, "indexing")
    jobs = request.jobs or cores()
    return update_index(run.state, made, looks, last.index, stage, jobs, told)


# --- publish ------------------------------------------------------------------------------------


def publish(
    made: Mapping[str, Made], why: Mapping[str, str], found: Index, stage: Stage, run: BuildRun
) -> bool:
    """Put the stage in the site's place, with what it keeps of the present one."""
    last = run.last
    kept = {name for path, one in made.items() if path not in why for name in one.files}
    if found == last.index:
        kept |= set(found.files)
    files = {name for one in made.values() for name in one.files} | set(found.files)
    before = {name for one in last.pages.values() for name in one.files} | set(last.index.files)
    return stage.publish(kept, before - files)
