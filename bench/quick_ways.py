"""What each quick way in front of a library brings: cold builds with it and without it, in turn.

python bench/quick_ways.py CONTENT [--rounds 3] [--out docs/speed.md]

CONTENT is a folder as bench/content.py makes it; 1,000 trials are enough. A quick way gives the
same site as the library alone, which the tests hold it to; here only the time counts. Each build
without a way is compared with one with all of them right before it, since a machine that others
share changes its speed within minutes.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import click
from jinja2.compiler import CodeGenerator
from measure import ASIDE, MeasuringError, put_aside
from speed_table import put_between_marks

from trialpages.build import Request, build
from trialpages.content.reading import Folders
from trialpages.prose import markup, plain_markdown
from trialpages.records import trial_file
from trialpages.templating import templates
from trialpages.text import block_yaml

ROOT = Path(__file__).resolve().parents[1]
THEMES = {"bare theme": ROOT / "bench/bare", "full theme": ROOT}
ASKED = 1.3
"""How many times the cold build must be as quick for a quick way to stay."""


def _no_yaml(_front: str) -> object:
    raise block_yaml.Unusual


def _no_markdown(_text: str) -> object:
    raise plain_markdown.Unusual


Pair = tuple[float, float]
"""Processor seconds of a build with all quick ways, and of one without one of them."""

Instead = tuple[tuple[object, str, object], ...]
"""Modules, names in them, and what stands there while a quick way is left out."""

WAYS: Mapping[str, Instead] = {
    "without `block_yaml.py`: PyYAML reads all front matter": (
        (trial_file, "read_block_yaml", _no_yaml),
    ),
    "without `plain_markdown.py`: markdown-it-py reads all texts": (
        (markup, "read_blocks", _no_markdown),
    ),
    "without `flat_templates.py`: Jinja2 compiles templates its own way": (
        (templates, "FlatGenerator", CodeGenerator),
    ),
}


@click.command(help=__doc__)
@click.argument("content", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--rounds", default=3, show_default=True, type=click.IntRange(1))
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="File for the table.")
def main(content: Path, rounds: int, out: Path | None) -> None:
    pairs: dict[tuple[str, str], list[Pair]] = {}
    with tempfile.TemporaryDirectory(dir=content.parent) as scratch:
        for _ in range(rounds):
            for theme, look in THEMES.items():
                own = content_of(Path(scratch) / theme, content, look)
                site = Path(scratch) / "built" / "site"
                folders = Folders(own, look / "templates", look / "theme", site)
                for way, instead in WAYS.items():
                    pair = _processor_seconds(folders, ()), _processor_seconds(folders, instead)
                    click.echo(f"{theme}: {pair[0]:.2f} s, {way}: {pair[1]:.2f} s", err=True)
                    pairs.setdefault((theme, way), []).append(pair)
    count = len(list((content / "trials").glob("*.md")))
    table = "\n".join(_rows(pairs, count, rounds))
    click.echo(table)
    if out:
        put_between_marks(out, table, "quick_ways")


def content_of(folder: Path, content: Path, look: Path) -> Path:
    """A copy of the trials, with the settings that a theme is measured with."""
    if not folder.exists():
        folder.mkdir()
        shutil.copytree(content / "trials", folder / "trials")
        settings = look / "site.yaml"
        plain = "title: T\nurl: https://trials.example/\n"
        (folder / "site.yaml").write_text(settings.read_text() if settings.exists() else plain)
    return folder


def _processor_seconds(folders: Folders, instead: Instead) -> float:
    folders.site.parent.mkdir(parents=True)
    seconds = built(folders, instead)
    put_aside(folders.site.parents[1] / ASIDE, folders.site.parent)
    return seconds


def built(folders: Folders, instead: Instead) -> float:
    """Processor seconds of a build in a process of its own, with those that it starts.

    Raises MeasuringError.
    """
    child = os.fork()
    if child == 0:
        try:
            for place in instead:
                patch.object(*place).start()
            build(Request(folders, "2025-10-01", search=False))
            os._exit(0)
        finally:
            os._exit(1)
    _, status, used = os.wait4(child, 0)
    if status:
        raise MeasuringError(f"a build ended with {os.waitstatus_to_exitcode(status)}")
    return used.ru_utime + used.ru_stime


def _rows(
    pairs: Mapping[tuple[str, str], Sequence[Pair]], count: int, rounds: int
) -> Iterator[str]:
    yield (
        f"Processor seconds of a cold build of {count:,} trials without search, medians of "
        f"{rounds} rounds; in brackets how many times as many as of a build with all quick ways "
        "right before it."
    )
    yield ""
    yield f"| cold build | {' | '.join(THEMES)} |"
    yield "| --- | ---: | ---: |"
    cells = (_seconds([full for way in WAYS for full, _ in pairs[theme, way]]) for theme in THEMES)
    yield f"| all quick ways | {' | '.join(cells)} |"
    for way in WAYS:
        cells = (_compared(pairs[theme, way]) for theme in THEMES)
        yield f"| {way} | {' | '.join(cells)} |"


def _compared(pairs: Sequence[Pair]) -> str:
    times = median(without / full for full, without in pairs)
    return f"{_seconds([without for _, without in pairs])} ({times:.2f} ×)"


def _seconds(all_: Sequence[float]) -> str:
    return f"{median(all_):.1f} s"


if __name__ == "__main__":
    main()
