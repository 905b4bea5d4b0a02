"""Where each millisecond of a cold build goes: processor time a trial, stage by stage.

python bench/page_costs.py CONTENT [--out docs/speed.md]

CONTENT is a folder as bench/content.py makes it; 1,000 trials are enough. One process
does all of it, without the garbage collector; nothing goes to the disk but where a stage says so.
"""

from __future__ import annotations

import gc
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import click
from speed_table import put_between_marks

from trialpages.build import BuildRun, Request, check, gather, make_looks, make_plan
from trialpages.content.content_file import read_file
from trialpages.content.reading import Folders, read_sources
from trialpages.digests import digest
from trialpages.exports.forms import exports
from trialpages.pages.parts import Page, TrialForms, TrialPages
from trialpages.phases.plan import Plan
from trialpages.publish.stage import Stage, staging, state_folder
from trialpages.records.checks import check_trial
from trialpages.records.model import Trial
from trialpages.records.trial_file import read_trial
from trialpages.state.cache import Memory
from trialpages.state.record_store import store_record, stored_record
from trialpages.trial.facts import encode
from trialpages.trial.reading_facts import trial_facts
from trialpages.trial.views import TrialPage

ROOT = Path(__file__).resolve().parents[1]
BARE = ROOT / "bench/bare"
AS_OF = "2025-10-01"

Value = TypeVar("Value")
Costs = dict[str, float]
"""Milliseconds a trial, by stage."""


@click.command(help=__doc__)
@click.argument("content", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="File for the table.")
def main(content: Path, out: Path | None) -> None:
    gc.disable()
    settings = (BARE / "site.yaml").read_text()
    with ExitStack() as kept:  # to the end: after a deletion ext4 takes long to make files
        full = costs(content, ROOT / "templates", ROOT / "theme", "", kept)
        bare = costs(content, BARE / "templates", BARE / "theme", settings, kept)
    table = "\n".join(_rows(full, bare))
    print(table)
    if out:
        put_between_marks(out, table, "page_costs")


def _rows(full: Costs, bare: Costs) -> Iterator[str]:
    yield "| milliseconds of one processor, a trial | full theme | bare theme |"
    yield "|---|---|---|"
    for stage in full:
        yield f"| {stage} | {full[stage]:.2f} | {bare[stage]:.2f} |"
    yield f"| **together** | **{sum(full.values()):.2f}** | **{sum(bare.values()):.2f}** |"


@dataclass
class Clock:
    """Measures stages of work for so many trials."""

    trials: int
    costs: Costs

    def take(self, stage: str, work: Callable[[], Value]) -> Value:
        gc.collect()
        start = time.process_time()
        value = work()
        self.costs[stage] = (time.process_time() - start) * 1000 / self.trials
        return value


def costs(content: Path, templates: Path, theme: Path, settings: str, kept: ExitStack) -> Costs:
    """What each stage costs; `kept` holds what was written until it is closed."""
    scratch = Path(kept.enter_context(tempfile.TemporaryDirectory(dir=content.parent)))
    site, own = scratch / "site", scratch / "content"
    own.mkdir()
    shutil.copytree(content / "trials", own / "trials")
    (own / "site.yaml").write_text(settings or "title: T\nurl: https://trials.example/\n")
    request = Request(Folders(own, templates, theme, site), AS_OF, search=False)
    stage = kept.enter_context(staging(site))
    state_folder(site).mkdir(exist_ok=True)
    return _stages(request, stage)


def _stages(request: Request, stage: Stage) -> Costs:
    state = state_folder(request.folders.site)
    sources = read_sources(request.folders)
    clock = Clock(len(sources.trials), {})
    take = clock.take
    files = take("read the file", lambda: [read_file(file) for file in sources.trials])
    pairs = list(zip(files, [file.path for file in sources.trials], strict=True))
    read = take("YAML and text → trial", lambda: [read_trial(*pair).trial for pair in pairs])
    trials = [trial for trial in read if trial]
    names = [digest(content) for content in files]
    take("check it", lambda: [tuple(check_trial(trial, "")) for trial in trials])
    take("its facts", lambda: [encode(trial_facts(trial)) for trial in trials])
    stored = take(
        "put it into the store",
        lambda: [store_record(state, "", *pair) for pair in zip(names, trials, strict=True)],
    )
    run = BuildRun(request, state, Memory(), lambda *_: None)
    material = gather(run)
    found = check(material, request)
    looks = make_looks(found, material, request)
    plan = take("plan the site", lambda: make_plan(found, material, looks, Memory()))
    take("take it from the store", lambda: [stored_record(state, place) for place in stored])
    _render(plan, {trial.nct_id: trial for trial in trials}, state, stage, take)
    return clock.costs


def _render(
    plan: Plan,
    trials: dict[str, Trial],
    state: Path,
    stage: Stage,
    take: Callable[[str, Callable[[], object]], object],
) -> None:
    (edition,), (templates,) = plan.editions, plan.make_templates(state).values()
    parts = [part for part in edition.parts if isinstance(part, TrialPages)]
    others = [part for part in edition.parts if isinstance(part, Page)]
    first = trials[parts[0].trial.facts.id]
    templates.fill("trial.html", "a/b.html", _view(parts[0], trials), trial=first)
    pages: dict[str, str] = {}

    def write_pages(of: dict[str, str]) -> None:
        for path, text in of.items():
            stage.write(path, text)

    def make_trials() -> None:
        for part in parts:
            view, trial = _view(part, trials), trials[part.trial.facts.id]
            pages[part.path] = templates.fill("trial.html", part.path, view, trial=trial)

    def make_others() -> None:
        for part in others:
            pages[part.path] = templates.fill(part.template, part.path, part.view())

    def make_forms() -> None:
        for part in edition.parts:
            if isinstance(part, TrialForms):
                trial = trials[part.trial.facts.id]
                forms.extend(exports(trial, None, templates.look.site.url, AS_OF, part.endings))

    forms: list[tuple[str, str | bytes]] = []
    take("its page: view and template", make_trials)
    take("its other forms (JSON, FHIR, RIS, BibTeX)", make_forms)
    take("lists, feeds and all other pages", make_others)
    take("write the pages", lambda: write_pages(pages))
    take("write the other forms", lambda: [stage.write(*form) for form in forms])


def _view(part: TrialPages, trials: dict[str, Trial]) -> TrialPage:
    return TrialPage(trials[part.trial.facts.id], part.context)


if __name__ == "__main__":
    main()
