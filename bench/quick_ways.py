"""What each quick way in front of a library brings: cold builds with it and without it, in turn.

python bench/quick_ways.py CONTENT [--rounds 3] [--out docs/speed.md]

CONTENT is a folder as bench/content.py makes it; 1,000 trials are enough. A quick way gives the
same site as the library alone, which the tests hold it to; here only the time counts.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import click
from jinja2.compiler import CodeGenerator
from markupsafe import Markup
from measure import MeasuringError
from speed_table import put_between_marks

from trialpages.build import Request, build
from trialpages.pages import plain_markdown, prose, render
from trialpages.reading import Folders
from trialpages.records import block_yaml, trial_file

ROOT = Path(__file__).resolve().parents[1]
THEMES = {"bare theme": ROOT / "bench/bare", "full theme": ROOT}
ASKED = 1.3
"""How many times the cold build must be as quick for a quick way to stay."""


def _no_yaml(_front: str) -> object:
    raise block_yaml.Unusual


def _no_markdown(_text: str) -> object:
    raise plain_markdown.Unusual


Instead = tuple[tuple[object, str, object], ...]
"""Modules, names in them, and what stands there while a quick way is left out."""

WAYS: Mapping[str, Instead] = {
    "all quick ways": (),
    "without `block_yaml.py`: PyYAML reads all front matter": (
        (trial_file, "read_block_yaml", _no_yaml),
    ),
    "without `plain_markdown.py`: markdown-it-py reads all texts": (
        (prose, "read_blocks", _no_markdown),
        (prose, "_plain_paragraphs", lambda _text: Markup()),
    ),
    "without `flat_templates.py`: Jinja2 compiles templates its own way": (
        (render, "FlatGenerator", CodeGenerator),
    ),
}


@click.command(help=__doc__)
@click.argument("content", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--rounds", default=3, show_default=True, type=click.IntRange(1))
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="File for the table.")
def main(content: Path, rounds: int, out: Path | None) -> None:
    seconds: dict[tuple[str, str], list[float]] = {}
    with tempfile.TemporaryDirectory(dir=content.parent) as scratch:
        for _ in range(rounds):
            for theme, look in THEMES.items():
                own = _content(Path(scratch) / theme, content, look)
                for way, instead in WAYS.items():
                    site = Path(scratch) / "built" / "site"
                    folders = Folders(own, look / "templates", look / "theme", site)
                    spent = _processor_seconds(folders, instead)
                    click.echo(f"{theme}, {way}: {spent:.2f} s", err=True)
                    seconds.setdefault((theme, way), []).append(spent)
    count = len(list((content / "trials").iterdir()))
    table = "\n".join(_rows({pair: median(all_) for pair, all_ in seconds.items()}, count, rounds))
    click.echo(table)
    if out:
        put_between_marks(out, table, "quick_ways")


def _content(folder: Path, content: Path, look: Path) -> Path:
    if not folder.exists():
        folder.mkdir()
        (folder / "trials").symlink_to(content.resolve() / "trials")
        settings = look / "site.yaml"
        plain = "title: T\nurl: https://trials.example/\n"
        (folder / "site.yaml").write_text(settings.read_text() if settings.exists() else plain)
    return folder


def _processor_seconds(folders: Folders, instead: Instead) -> float:
    """Of a cold build in a process of its own, with those it starts. Raises MeasuringError."""
    folders.site.parent.mkdir(parents=True)
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
    shutil.rmtree(folders.site.parent)
    return used.ru_utime + used.ru_stime


def _rows(seconds: Mapping[tuple[str, str], float], count: int, rounds: int) -> Iterator[str]:
    yield (
        f"Processor seconds of a cold build of {count:,} trials without search, medians of "
        f"{rounds} rounds in turn; in brackets how many times as many as with all quick ways."
    )
    yield ""
    yield f"| cold build | {' | '.join(THEMES)} |"
    yield "| --- | ---: | ---: |"
    first = next(iter(WAYS))
    for way in WAYS:
        cells = (
            f"{seconds[theme, way]:.1f} s ({seconds[theme, way] / seconds[theme, first]:.2f} ×)"
            for theme in THEMES
        )
        yield f"| {way} | {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
