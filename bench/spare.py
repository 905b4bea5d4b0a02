"""What the spare of a site (publish/spare.py) brings when one trial has changed.

python bench/spare.py CONTENT [--rounds 3] [--out docs/speed.md]

CONTENT is a folder as bench/content.py makes it. The spare is for large sites: with fewer than some
600 trials of the full theme there is none.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import click
from measure import ASIDE, put_aside
from quick_ways import ROOT, Instead, built, content_of
from speed_table import put_between_marks

from trialpages.content.reading import Folders
from trialpages.publish import stage

_CHANGES = 3
"""Trials changed one after the other, each followed by a build."""


def _nothing(*_: object) -> None:
    pass


_NO_TWIN: Instead = ((stage, "make_twin", _nothing),)
WAYS: Mapping[str, Instead] = {
    "with both": (),
    "without the twin (the spare of a site made whole)": _NO_TWIN,
    "without the spare: all kept files are named anew, all old names deleted": (
        *_NO_TWIN,
        (stage, "take_spare", _nothing),
        (stage, "keep_spare", _nothing),
    ),
}

Times = Sequence[float]
"""Processor seconds of a cold build, and of one after each change."""


@click.command(help=__doc__)
@click.argument("content", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--rounds", default=3, show_default=True, type=click.IntRange(1))
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="File for the table.")
def main(content: Path, rounds: int, out: Path | None) -> None:
    found: dict[str, list[Times]] = {}
    with tempfile.TemporaryDirectory(dir=content.parent) as scratch:
        own = content_of(Path(scratch) / "full theme", content, ROOT)
        folders = Folders(own, ROOT / "templates", ROOT / "theme", Path(scratch) / "built/site")
        for _ in range(rounds):
            for way, instead in WAYS.items():
                times = _seconds(folders, instead)
                click.echo(f"{way}: {', '.join(f'{one:.2f} s' for one in times)}", err=True)
                found.setdefault(way, []).append(times)
    trials = len(list((content / "trials").glob("*.md")))
    table = "\n".join(_rows(found, trials, rounds))
    click.echo(table)
    if out:
        put_between_marks(out, table, "spare")


_NUMBERS = count(1)


def _seconds(folders: Folders, instead: Instead) -> Times:
    folders.site.parent.mkdir(parents=True)
    found = [built(folders, instead)]
    for path in sorted((folders.content / "trials").glob("*.md"))[:_CHANGES]:
        text = path.read_text("utf-8").rstrip()
        path.write_text(f"{text}\n\nChange {next(_NUMBERS)}.\n", "utf-8")
        found.append(built(folders, instead))
    put_aside(folders.site.parents[1] / ASIDE, folders.site.parent)
    return found


def _rows(found: Mapping[str, Sequence[Times]], trials: int, rounds: int) -> Iterator[str]:
    yield (
        f"Processor seconds of a build without search, full theme, {trials:,} trials, medians of "
        f"{rounds} rounds; in brackets how many times as many as with both."
    )
    yield ""
    yield "| | made whole | then one trial changed | each further one |"
    yield "| --- | ---: | ---: | ---: |"
    best = _medians(next(iter(found.values())))
    for way, times in found.items():
        cells = zip(_medians(times), best, strict=True)
        told = (f"{one:.1f} s ({one / of:.2f} ×)" for one, of in cells)
        yield f"| {way} | {' | '.join(told)} |"


def _medians(rounds: Sequence[Times]) -> tuple[float, ...]:
    """Of the whole builds, of the first changes, of all later ones."""
    later = [one for times in rounds for one in times[2:]]
    return median(times[0] for times in rounds), median(times[1] for times in rounds), median(later)


if __name__ == "__main__":
    main()
