"""Records of any size made from the model itself, and how much work and how many bytes they cost.

The fields are asked of the classes, so that a new field is grown without a word here.
"""

from __future__ import annotations

import enum
import sys
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from pathlib import Path as Path_
from types import FrameType
from typing import Any

import msgspec
from msgspec import Struct
from sites import AS_OF, SAMPLE, folders, write_files

from trialpages.addresses import results_path, trial_path
from trialpages.audit.content import audit_content
from trialpages.content.reading import read_sources
from trialpages.exports.forms import exports
from trialpages.language.site_language import read_language
from trialpages.pages.parts import ListedTrial, Page
from trialpages.phases.catalogue import SiteFacts, catalogue
from trialpages.records.explain import bare
from trialpages.records.model import PartialDate, Trial
from trialpages.records.results import Results
from trialpages.records.trial_file import read_trial, write_trial
from trialpages.results.page import results_page
from trialpages.search.documents import slim_page
from trialpages.search.facts import search_facts
from trialpages.search.trial_document import trial_document
from trialpages.settings.site_file import Site
from trialpages.templating.look import Look
from trialpages.templating.templates import Templates
from trialpages.templating.theme import fingerprinted
from trialpages.text.files import SourcePath, StoredRecord
from trialpages.trial.reading_facts import trial_facts
from trialpages.trial.related import most_alike
from trialpages.trial.views import Context, TrialPage

Path = tuple[str, ...]
"""The names of a list field and of the lists and parts around it."""
Spell = Callable[[str, int], str]
"""The text of a field in the entry of a number."""
Grows = Callable[[Path, int], bool]
"""Whether a list field is long, by its path and the number of lists around it."""

SPELLINGS: Mapping[str, Spell] = {
    "entries name each other": lambda _, number: f"entry {number}",
    "entries name nothing": lambda field, number: f"{field} {number}",
    "entries are alike": lambda _field, _number: "entry",
}
DEEPEST = 3
"""Lists around the innermost one: measures, classes, categories."""


def alone(path: Path) -> Grows:
    """One list long, and all others short."""
    return lambda one, _: one == path


def level(depth: int) -> Grows:
    """All lists in so many others long at once: what grows with two of them shows here."""
    return lambda _, around: around == depth


def growing(kind: Any, path: Path = ()) -> Iterator[Path]:
    """Every field of a class that holds more the longer its record is: lists, marked-up texts of
    many items, names and values."""
    for name, field in _fields(kind).items():
        here, inner = (*path, name), bare(field.type)
        entry = _entry(inner)
        if entry is not None or typing.get_origin(inner) is dict or _is_markup(inner):
            yield here
        part = entry if entry is not None else inner
        if isinstance(part, type) and issubclass(part, Struct):
            yield from growing(part, here)


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes a value of a class with so many entries in its long lists and one in each other."""

    grows: Grows
    entries: int
    spell: Spell

    def make(self, kind: Any) -> Any:
        return self._part(kind, (), 0, 0)

    def _part(self, kind: type[Struct], path: Path, number: int, around: int) -> Any:
        return kind(
            **{
                name: self._value(bare(field.type), (*path, name), number, around)
                for name, field in _fields(kind).items()
                if name not in _AS_THEY_ARE
            }
        )

    def _value(self, kind: Any, path: Path, number: int, around: int) -> Any:
        many = self.entries if self.grows(path, around) else 1
        if _is_markup(kind):
            return self._markup(path, number, many)
        if typing.get_origin(kind) is dict:
            return {f"/{self.spell('extra', n)}{n}": '"x"' for n in range(many)}
        entry = _entry(kind)
        if entry is None:
            return self._single(kind, path, number, around)
        entry = bare(entry)
        return tuple(self._single(entry, path, n, around + 1) for n in range(many))

    def _markup(self, path: Path, number: int, many: int) -> str:
        field = ".".join(path)  # no two fields of marked-up text say the same: it is remembered
        if many == 1:
            return f"{self.spell(path[-1], number)} of {field}"
        return "\n".join(f"* {self.spell(path[-1], n)} of {field}" for n in range(many))

    def _single(self, kind: Any, path: Path, number: int, around: int) -> Any:
        if isinstance(kind, type) and issubclass(kind, Struct):
            return self._part(kind, path, number, around)
        if isinstance(kind, type) and issubclass(kind, enum.Enum):
            return list(kind)[number % len(kind)]
        plain = typing.get_args(kind)[0] if typing.get_origin(kind) is typing.Annotated else kind
        if plain is str:
            return _shaped(kind, number) or self.spell(path[-1], number)
        return _PLAIN[plain](number)


_AS_THEY_ARE = frozenset({"draft", "lang"})
_PLAIN: Mapping[Any, Callable[[int], Any]] = {
    PartialDate: lambda number: PartialDate(f"2024-01-{number % 28 + 1:02}"),
    bool: lambda _: True,
    int: lambda number: number,
    float: lambda number: number % 80 + number / 1000,
}


def _shaped(kind: Any, number: int) -> str:
    """A text for a type that asks for a form of its own: an id, an age."""
    metas = [meta for meta in typing.get_args(kind)[1:] if meta.pattern]
    if not metas:
        return ""
    example = metas[0].examples[0]
    return f"NCT{number + 2:08}" if example.startswith("NCT") else example


def _fields(kind: Any) -> dict[str, msgspec.structs.FieldInfo]:
    return {field.name: field for field in msgspec.structs.fields(kind)}


def _entry(kind: Any) -> Any:
    return typing.get_args(kind)[0] if typing.get_origin(kind) is tuple else None


def _is_markup(kind: Any) -> bool:
    if typing.get_origin(kind) is not typing.Annotated:
        return False
    metas = typing.get_args(kind)[1:]
    return any("contentMediaType" in (meta.extra_json_schema or {}) for meta in metas)


# --- what it costs ------------------------------------------------------------------------------


def steps(work: Callable[[], Any]) -> tuple[int, Any]:
    """How many lines of Python a piece of work runs, each turn of a loop anew, and its result.

    It is the same on a quick machine and on a busy one.
    """
    run = 0

    def trace(_frame: FrameType, _event: str, _value: Any) -> Any:
        nonlocal run
        run += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        result = work()
    finally:
        sys.settrace(before)
    return run, result


Cost = Mapping[str, int]
"""Lines run for each thing made, and its bytes."""


def cost(trial: Trial, results: Results, templates: Templates, folder: Path_) -> Cost:
    """What it takes to read a record and to make all that is made of it, and how much that is."""
    found: dict[str, int] = {}
    for name, work in makers(trial, results, templates, folder):
        forget()
        found[f"lines run for {name}"], made = steps(work)
        found[f"bytes of {name}"] = len(made.encode() if isinstance(made, str) else made)
    forget()
    found["lines run for a plan"], pages = steps(lambda: _lists(trial, templates))
    lists = (templates.fill(page.template, page.path, page.view()) for page in pages)
    found["bytes of lists and feeds"] = sum(len(text.encode()) for text in lists)
    return found


def forget() -> None:
    """Empty what the package remembers: a small record must not cost less for having fitted in."""
    for module in [module for name, module in sys.modules.items() if name.startswith("trialpages")]:
        for one in vars(module).values():
            if hasattr(one, "cache_clear") and one.cache_parameters()["maxsize"]:
                one.cache_clear()


@cache
def shipped_templates() -> Templates:
    """Those of the project, compiled once."""
    sources = read_sources(folders(SAMPLE))
    language = read_language("en", sources.templates)
    site = Site(url="https://trials.example/")
    return Templates(Look(sources.templates, site, AS_OF, language, fingerprinted(sources.theme)))


def makers(
    trial: Trial, results: Results, templates: Templates, folder: Path_
) -> Iterator[tuple[str, Callable[[], str | bytes]]]:
    language, address = templates.look.language, templates.look.site.url
    posted = msgspec.json.encode(results, enc_hook=str)
    content = write_trial(trial).encode()
    endings = ("json", "fhir.json", "ris", "bib")
    like = (trial_facts(msgspec.structs.replace(trial, nct_id=_LIKE_IT)),)
    context = Context(language, address, AS_OF, {}, True, like, endings)
    write_files(folder / "content", {f"trials/{trial.nct_id}.md": content})
    yield "a file", lambda: content if read_trial(content, "x.md").trial else b""
    yield "a check", lambda: _check(folder / "content")
    path = trial_path(trial.nct_id)
    yield (
        "the page",
        lambda: templates.fill("trial.html", path, TrialPage(trial, context), trial=trial),
    )
    yield (
        "the index",
        lambda: slim_page(
            trial_document(trial, TrialPage(trial, context), language),
            search_facts(trial, language),
        ),
    )
    for ending in endings:
        yield ending, partial(_export, trial, posted, address, ending)
    yield "the results", lambda: _results(trial, results, context, templates)


def _export(trial: Trial, posted: bytes | None, address: str, ending: str) -> str | bytes:
    return next(exports(trial, posted, address, AS_OF, [ending]))[1]


def _results(trial: Trial, results: Results, context: Context, templates: Templates) -> str:
    said = TrialPage(trial, context).sentences
    view = results_page(trial, results, said, templates.look.language)
    return templates.fill("results.html", results_path(trial.nct_id), view, trial=trial)


_LIKE_IT = "NCT99999999"


def _check(content: Path_) -> str:
    """Every message of `check`, as the terminal would show it."""
    found = audit_content(content, (), date.fromisoformat(AS_OF))
    return "\n".join(map(str, found))


def _lists(trial: Trial, templates: Templates) -> list[Page]:
    """All lists and feeds of a site of this trial and another like it, before they are made."""
    other = msgspec.structs.replace(trial, nct_id=_LIKE_IT)
    listed = [
        ListedTrial(trial_facts(one), b"", SourcePath("x", "x"), StoredRecord(b"", "", 0, 0))
        for one in (trial, other)
    ]
    alike = most_alike([one.facts for one in listed])
    parts = catalogue(
        listed, (), alike, SiteFacts(templates.look.language, templates.look.site.url, AS_OF)
    )
    return [part for part in parts if isinstance(part, Page)]
