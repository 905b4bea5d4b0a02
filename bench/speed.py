"""trialpages side by side with its peers: the same trials, the same pages, in turn, several rounds.

python bench/speed.py WORK --trials 100,1000,10000 --rounds 5 --out docs/speed.md

WORK keeps the content and the peers' programs from one run to the next, and every single time in
WORK/samples.jsonl. Run it on a machine that does nothing else: the table says if it did not.
docs/speed.md tells what is measured.
"""

from __future__ import annotations

import itertools
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict, astuple
from pathlib import Path
from typing import TypeVar

import click
from measure import ASIDE, MeasuringError, Run, file_system, remove
from peers import PEERS, Generator, trialpages
from same_work import Shown, shown
from speed_table import Failure, Results, Sample, Site, markdown, put_between_marks

import content

PEERS_UP_TO = 10_000
"""More trials are measured with trialpages alone: a cold build without search, once."""
LEAST_SHOWN = 0.99
"""The share of a trial's texts that a page must show to be called the same work."""
Logged = TypeVar("Logged", Sample, Site)
TENTH = "tenth"
"""The folder for a tenth of the trials, beside those of more than peers are measured with."""
SAVES = 3
"""In watch mode, a round."""


@click.command(help=__doc__)
@click.argument("work", type=click.Path(path_type=Path, file_okay=False))
@click.option("--trials", default="100,1000,10000", show_default=True, help="Sizes; 100000 too.")
@click.option("--rounds", default=5, show_default=True, type=click.IntRange(1))
@click.option("--peers", default=",".join(PEERS), show_default=True, help="Those to measure.")
@click.option("--search/--no-search", default=True, help="Whether to measure with search as well.")
@click.option("--add", is_flag=True, help="Add to what earlier runs found in WORK.")
@click.option("--corpus", default=content.CORPUS, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="File for the tables.")
@click.option("--readme", type=click.Path(path_type=Path, dir_okay=False), help="For the main one.")
@click.option("--port", default=8765, show_default=True)
def main(
    work: Path,
    trials: str,
    rounds: int,
    peers: str,
    search: bool,
    add: bool,
    corpus: Path,
    out: Path | None,
    readme: Path | None,
    port: int,
) -> None:
    work = work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    results = Results(corpus=_told(corpus), disk=file_system(work))
    logs = {Sample: work / "samples.jsonl", Site: work / "sites.jsonl"}
    if add:
        results.samples.extend(_logged(Sample, logs[Sample]))
        results.sites.extend(_logged(Site, logs[Site]))
    chosen = tuple(name for name in peers.split(",") if name)
    counts = tuple(map(int, trials.split(",")))
    with logs[Sample].open("a" if add else "w", encoding="utf-8") as log:
        for count in counts:
            if count > PEERS_UP_TO:
                samples = _alone(work, count, corpus, results)
            else:
                ready = _sites(_content(work, count, corpus), count, chosen, search, results)
                samples = _rounds(ready, count, rounds, port, results)
            for sample in samples:
                print(json.dumps(asdict(sample)), file=log, flush=True)
                results.samples.append(sample)
                sites = (f"{json.dumps(asdict(one))}\n" for one in results.sites)
                logs[Site].write_text("".join(sites), encoding="utf-8")
                _write(results, out, readme)
    for count in counts:  # not before: file systems make files slowly after many were deleted
        folder = work / str(count)
        remove(folder if count > PEERS_UP_TO else folder / ASIDE)
    print(markdown(results))


def _logged(kind: type[Logged], log: Path) -> Iterator[Logged]:
    for line in log.read_text("utf-8").splitlines() if log.exists() else ():
        yield kind(**json.loads(line))


def _told(corpus: Path) -> str:
    return "real registry records" if corpus.exists() else "made-up records"


def _write(results: Results, out: Path | None, readme: Path | None) -> None:
    """After every step, so that a run that is broken off leaves what it found."""
    if out:
        put_between_marks(out, markdown(results))
    if readme:
        put_between_marks(readme, markdown(results, main=True))


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


# --- before the rounds ----------------------------------------------------------------------------


def _content(work: Path, count: int, corpus: Path) -> Path:
    """The folder of the content files, made once."""
    folder = work / str(count)
    trials = folder / "content/trials"
    if not trials.exists():
        say(f"{count:,} trials: making content")
        half = folder / "half"
        remove(half)
        content.write_content(count, half, corpus)
        half.rename(folder / "content")
    return trials


def _sites(
    trials: Path, count: int, chosen: tuple[str, ...], search: bool, results: Results
) -> list[Generator]:
    """Every generator with a site of its own, built once, and seen to do the same work."""
    folder = trials.parents[1]
    found = [one for one in trialpages(folder, trials) if search or not one.searches]
    for name in chosen:
        try:
            found.append(PEERS[name](folder, trials))
        except MeasuringError as failure:
            _leave_out(results, count, name.capitalize(), failure)
    return [one for one in found if _first(one, count, results)]


def _first(one: Generator, count: int, results: Results) -> Run | None:
    """The first cold build; None where the site is not the same work."""
    try:
        run = one.cold()
        seen = shown(one)
        if seen.share < LEAST_SHOWN:
            missing = "; ".join(seen.missing[:3])
            raise MeasuringError(f"shows only {seen.share:.1%} of the texts, not {missing}")
    except (MeasuringError, OSError) as failure:
        _leave_out(results, count, one.name, failure)
        return None
    pages, size = one.size()
    made = Site(count, one.name, one.searches, pages, size, seen.share)
    others = [site for site in results.sites if site.of != made.of]
    results.sites[:] = [*others, made]
    _tell(one, count, pages, size, seen)
    return run


def _tell(one: Generator, count: int, pages: int, size: float, seen: Shown) -> None:
    say(
        f"{count:,} trials: {_title(one)}: {pages:,} pages, {size:.0f} MB; "
        f"{seen.found:,} of {seen.expected:,} texts found"
    )
    for missing in seen.missing[:5]:
        say(f"    not found: {missing[:150]}")


def _leave_out(results: Results, count: int, name: str, failure: Exception) -> None:
    results.failures.append(Failure(count, name, str(failure)))
    say(f"{count:,} trials: {name} is left out: {failure}")


def _title(one: Generator) -> str:
    return f"{one.name} with search" if one.searches else one.name


# --- the rounds -----------------------------------------------------------------------------------


def _rounds(
    ready: list[Generator], count: int, rounds: int, port: int, results: Results
) -> Iterator[Sample]:
    """Every generator in turn, round after round, each round begun by another."""
    trial, words = f"NCT{count // 2:08}", (f"round{number}" for number in itertools.count())
    search = any(one.searches for one in ready)
    for number in range(rounds):
        at = number % max(1, len(ready))
        for one in (*ready[at:], *ready[:at]):
            try:
                for what, run in _measured(one, trial, words, port, search=search):
                    _say_run(f"{count:,} trials, round {number + 1} of {rounds}", one, what, run)
                    yield Sample(count, one.name, one.searches, what, *astuple(run))
            except (MeasuringError, OSError) as failure:
                ready = [other for other in ready if other is not one]
                _leave_out(results, count, _title(one), failure)


def _say_run(when: str, one: Generator, what: str, run: Run) -> None:
    load = f"load {os.getloadavg()[0]:.1f}"
    say(f"{when}, {load}: {_title(one)}: {what} {run.seconds:.3f} s")


def _measured(
    one: Generator, trial: str, words: Iterator[str], port: int, *, search: bool
) -> Iterator[tuple[str, Run]]:
    yield "cold", one.cold()
    if search and not one.ours:
        yield "index", one.index()
    yield "nothing", one.run()
    word = next(words)
    one.edit_trial(trial, word)
    yield "trial", one.run()
    one.shows(trial, word)
    word = next(words)
    one.edit_template(word)
    yield "template", one.run()
    one.shows(trial, word)
    for seen, on_disk in one.watch(trial, port, words, SAVES):
        yield "seen", Run(seen, 0.0, 0.0)
        yield "disk", Run(on_disk, 0.0, 0.0)


def _alone(work: Path, count: int, corpus: Path, results: Results) -> Iterator[Sample]:
    """trialpages cold, and beside it, before and after, a tenth of the trials.

    A machine that others share may be faster or slower half an hour later.
    """
    folder, trials = work / str(count), _content(work, count, corpus)
    tenths = trialpages(folder / TENTH, _content(work, count // 10, corpus))
    for one, tenth in zip(trialpages(folder, trials), tenths, strict=True):
        if one.searches:
            continue
        for what, built in (("tenth", tenth), ("cold", one), ("tenth", tenth)):
            run = _first(one, count, results) if built is one else built.cold()
            if run is None:
                break
            _say_run(f"{count:,} trials", built, what, run)
            yield Sample(count, one.name, one.searches, what, *astuple(run))


if __name__ == "__main__":
    main()
