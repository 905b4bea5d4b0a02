"""A built site as a truth sees it: its files, its pages, and the records it was made from."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from sites import AS_OF

from trialpages.records.codes import as_meant
from trialpages.records.model import Trial
from trialpages.records.trial_file import read_trial
from truths.page import Facts, Page
from truths.record import Record


@dataclass
class _Known:
    """What has been read already."""

    pages: dict[str, Page] = field(default_factory=dict)
    facts: dict[str, Facts] = field(default_factory=dict)
    trials: dict[str, Trial] = field(default_factory=dict)
    records: dict[str, Record] = field(default_factory=dict)
    sayers: dict[str, frozenset[str]] = field(default_factory=dict)
    """The trials that say a word, by the word; filled by whoever asks first."""
    shared: dict[str, Any] = field(default_factory=dict)
    """What all parts of a site have in common, by the name of the property."""


V = TypeVar("V")


def shared(work_out: Callable[[Site], V]) -> property:
    """A property worked out once for a site and all its parts."""
    name = work_out.__name__

    def known_or_worked_out(site: Site) -> V:
        if name not in site.known.shared:
            site.known.shared[name] = work_out(site)
        found: V = site.known.shared[name]
        return found

    return property(known_or_worked_out, doc=work_out.__doc__)


_OVERRIDES = str.maketrans("\u202d\u202e", "\ufffd\ufffd")
"""Signs that turn the direction of all that follows; published texts say that one was there."""


def _without_overrides(part: Any) -> Any:
    """A record with what pages, feeds and citations show in place of such signs."""
    if isinstance(part, msgspec.Struct):
        fields = part.__struct_fields__
        new = {name: _without_overrides(getattr(part, name)) for name in fields}
        return msgspec.structs.replace(part, **new)
    if isinstance(part, tuple):
        return tuple(_without_overrides(one) for one in part)
    return part.translate(_OVERRIDES) if type(part) is str else part


@dataclass(frozen=True, repr=False)
class Site:
    """A built site and its content. `part` and `changed` give another view of the same files."""

    folder: Path
    content: Path
    language: str
    """That of the pages that are asked."""
    paths: tuple[str, ...]
    """Every file of the site, from its root."""
    asked: tuple[str, ...] | None = None
    """The files that truths are asked of; all where it is None."""
    raw: Callable[[str], Any] = lambda _: None
    """The record of a trial's id as the registry sent it, where it is at hand."""
    instead: Mapping[str, bytes] = field(default_factory=dict)
    """Files that are other than on the disk: what a mutation made of them."""
    modes: Mapping[str, int] = field(default_factory=dict)
    """The same for their modes."""
    is_changed: bool = False
    """Whether a mutation changed, added or took away files."""
    place: str = ""
    """The folder of that language, where the site has several."""
    as_of: str = AS_OF
    """The day it was built, as its pages say (ISO)."""
    browser: Any = None
    """The browser for those that need one."""
    known: _Known = field(default_factory=_Known)

    def __repr__(self) -> str:
        return f"Site({self.folder})"

    # --- files --------------------------------------------------------------------------------

    def read(self, path: str) -> bytes:
        """A file's bytes. Raises OSError where there is none."""
        if path in self.instead:
            return self.instead[path]
        return (self.folder / path).read_bytes()

    def mode(self, path: str) -> int:
        """A file's or folder's permissions; of a link its type as well."""
        if path in self.modes:
            return self.modes[path]
        found = (self.folder / path).lstat().st_mode
        return found if stat.S_ISLNK(found) else stat.S_IMODE(found)

    def has(self, path: str) -> bool:
        return path in self._paths

    @shared
    def _paths(self) -> frozenset[str]:
        return frozenset(self.paths)

    def files(self, *endings: str) -> Iterator[str]:
        """The paths of files with one of these endings, of the pages that are asked."""
        for path in self.paths if self.asked is None else self.asked:
            if path.endswith(endings):
                yield path

    @contextmanager
    def on_disk(self) -> Iterator[Path]:
        """A folder that holds the site as it is seen here."""
        if not self.is_changed:
            yield self.folder
            return
        with tempfile.TemporaryDirectory(dir=self.folder.parent, prefix="changed-") as name:
            for path in self.paths:
                target = Path(name, path)
                target.parent.mkdir(parents=True, exist_ok=True)
                if path in self.instead:
                    target.write_bytes(self.instead[path])
                else:
                    os.link(self.folder / path, target)
            yield Path(name)

    # --- pages --------------------------------------------------------------------------------

    def page(self, path: str) -> Page:
        """A page, parsed once for all who ask."""
        if path not in self.known.pages:
            self.known.pages[path] = Page(path, self.read(path).decode())
        return self.known.pages[path]

    @property
    def pages(self) -> Iterator[Page]:
        """The pages that are asked."""
        return map(self.page, self.files(".html"))

    def forget(self, path: str) -> None:
        """Let go of a parsed page that nobody asks for again."""
        self.known.pages.pop(path, None)

    def facts(self, path: str) -> Facts:
        if path not in self.known.facts:
            self.known.facts[path] = self.page(path).facts
        return self.known.facts[path]

    @property
    def every_fact(self) -> Iterator[Facts]:
        """The facts of the pages that are asked."""
        return map(self.facts, self.files(".html"))

    @property
    def trial_pages(self) -> Iterator[tuple[Page, Record]]:
        """The pages of trials, each with its record."""
        for page in self.pages:
            if page.trial_id:
                yield page, self.record(page.trial_id)

    @property
    def results_pages(self) -> Iterator[tuple[Page, Record]]:
        for path in self.files(".results.html"):
            yield self.page(path), self.record(Path(path).name.partition(".")[0])

    # --- records ------------------------------------------------------------------------------

    @shared
    def trial_ids(self) -> tuple[str, ...]:
        """The ids of the published trials, by their content files."""
        names = (path.stem for path in sorted((self.content / "trials").glob("*.md")))
        return tuple(name for name in names if not self.trial(name).draft)

    def trial(self, name: str) -> Trial:
        """The record in `content/trials/<name>.md`, with the signs that its codes stand for."""
        if name not in self.known.trials:
            self.known.trials[name] = _without_overrides(as_meant(self.written(name)))
        return self.known.trials[name]

    def written(self, name: str) -> Trial:
        """The same record as it is written, codes and all."""
        path = self.content / "trials" / f"{name}.md"
        found = read_trial(path.read_bytes(), str(path)).trial
        assert found, f"{path} is no trial"
        return found

    def record(self, name: str) -> Record:
        """The same with all that it says; forgotten with the part that asked."""
        if name not in self.known.records:
            self.known.records[name] = Record(self.trial(name))
        return self.known.records[name]

    @property
    def trials(self) -> Iterator[Trial]:
        return map(self.trial, self.trial_ids)

    @property
    def is_large(self) -> bool:
        """Whether it is asked in the full run, which has time for more."""
        return len(self.trial_ids) > 1000

    @shared
    def ids(self) -> frozenset[str]:
        return frozenset(self.trial_ids)

    @shared
    def doubted(self) -> frozenset[str]:
        """The trials whose pages say to check before relying on them."""
        mark = b'notice-warning doubts"'
        return frozenset(one for one in self.trial_ids if mark in self.read(f"trials/{one}.html"))

    @shared
    def editors_words(self) -> tuple[str, ...]:
        """What editors wrote beside the records: the settings, their pages and lists."""
        written = (self.content.glob(f"{folder}/*.md") for folder in ("pages", "lists"))
        paths = (self.content / "site.yaml", *sorted(chain.from_iterable(written)))
        return tuple(path.read_text("utf-8") for path in paths if path.exists())

    @shared
    def term_names(self) -> tuple[str, ...]:
        """What lists are named after."""
        return tuple(name for trial in self.trials for name in _terms(trial))

    @shared
    def everything_written(self) -> str:
        """Every text of every record as it is written, and what editors wrote."""
        return "\n".join((*(Record(trial).raw for trial in self.trials), *self.editors_words))

    @shared
    def everything_said(self) -> str:
        """Every text of every record as it reads."""
        return "\n".join(Record(trial).said for trial in self.trials)

    def results(self, name: str) -> Any:
        """The posted results of a trial as they are in content/, or None."""
        path = self.content / "trials" / f"{name}.results.json"
        return msgspec.json.decode(path.read_bytes()) if path.exists() else None

    def results_words(self, name: str) -> str:
        """Every text of a trial's posted results, a line each."""
        return "\n".join(_strings(self.results(name))) if name in self.ids else ""

    # --- other views --------------------------------------------------------------------------

    def part(self, paths: Iterable[str]) -> Site:
        """The same site, asked of these pages alone. What is parsed for it goes with it."""
        known = _Known({}, self.known.facts, self.known.trials, shared=self.known.shared)
        return replace(self, asked=tuple(sorted(paths)), known=known)

    def changed(
        self,
        files: Mapping[str, bytes],
        trials: Mapping[str, Trial],
        modes: Mapping[str, int],
        raw: Mapping[str, Any],
    ) -> Site:
        """The site with other bytes in these files (empty: the file is gone), other records, modes
        or texts of the registry."""
        gone = {path for path, content in files.items() if not content}
        kept = [path for path in self.paths if path not in gone and path not in files]
        left = {path: content for path, content in files.items() if content}
        known = _Known(
            {path: page for path, page in self.known.pages.items() if path not in files},
            {path: facts for path, facts in self.known.facts.items() if path not in files},
            {**self.known.trials, **trials},
            {} if trials else self.known.records,
            {} if trials else self.known.sayers,
        )
        paths = tuple(sorted((*kept, *left)))
        instead = {**self.instead, **left}
        changed = replace(
            self, paths=paths, instead=instead, modes=modes, known=known, is_changed=bool(files)
        )
        return replace(changed, raw=raw.get) if raw else changed


NAMED = ("headings", "conditions", "interventions", "countries", "sponsors")
"""The folders of lists by what records name."""
LISTS = (*NAMED, "areas", "phases", "statuses")
"""The folders of lists."""


def _terms(trial: Trial) -> Iterator[str]:
    yield from trial.conditions
    yield from (one.name for one in trial.interventions if one.name)
    yield from (place.country for place in trial.locations if place.country)
    yield from (one.name for one in (trial.lead_sponsor, *trial.collaborators) if one and one.name)


def _strings(tree: Any) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict):
        for value in tree.values():
            yield from _strings(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _strings(value)


def open_site(folder: Path, content: Path, language: str = "en") -> Site:
    """The site in a folder."""
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return Site(folder, content, language, tuple(sorted(found)))
