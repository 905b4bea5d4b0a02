"""Our own part of `pagefind/`: words, texts and tables, in a folder named by what it holds.

index.js                the entry: what the page must know before it reads anything else
<build>/words/0 …       the words (word_files.py)
<build>/texts/0 …       the texts of a few trials each, as results quote them (quoted.py), packed
                        against what they have in common, which the entry has (packing.py)
<build>/country.js …    the tables (facets.py)
<build>/near.js …       where places take people (near.py): read when somebody says where they are

Only the entry has a name that doesn't change: a page that was opened before the site was published
anew finds its files gone, reads the entry again and goes on with the new ones.
"""

from __future__ import annotations

import hashlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from trialpages import __version__
from trialpages.records.vocabulary import Status
from trialpages.search import keys
from trialpages.search.asked import EVERYWHERE, TONGUES, Asked
from trialpages.search.columns import Column, as_script, numbers, raw
from trialpages.search.documents import Indexed, read_slim_page
from trialpages.search.facets import SpelledWords, countries, groups, spelled_words, tables
from trialpages.search.facts import STATUS_ORDER, SearchFacts
from trialpages.search.files import read
from trialpages.search.names import named
from trialpages.search.near import NearTables
from trialpages.search.other_languages import OtherLanguage, WordsIn
from trialpages.search.packing import beginning, in_common, packed, samples
from trialpages.search.pagefind import VERSION
from trialpages.search.parts import IndexPlace
from trialpages.search.target import Target
from trialpages.search.word_files import OfWords, word_files

LAYOUT = 9
"""Of these files: theme/search/10-load.js has the same number."""

TEXTS_TOGETHER = 2
"""Trials whose texts are in one file: those beside each other are about the same."""


@dataclass(frozen=True, slots=True)
class Trials:
    """The trials that are searched, in the order of the tables."""

    pages: Path
    facts: Sequence[SearchFacts]
    others: Sequence[OtherLanguage] = ()
    """The site's other languages, in which their cards are shown."""


def in_order(facts: Sequence[SearchFacts]) -> list[SearchFacts]:
    """Those about the same condition together, so that a search finds them in few files."""
    return sorted(facts, key=_about)


def _about(one: SearchFacts) -> tuple[Any, ...]:
    about = (*one.headings, *one.conditions, "")[0]
    return (keys.name_of(about), -(one.updated or 0), one.url)


@dataclass(frozen=True, slots=True)
class WordsAndTexts:
    files: Mapping[str, bytes]
    """By name."""
    firsts: Sequence[str]
    """The first word of each file of words."""
    asked: Mapping[str, Asked]
    """English for other languages."""
    spelled: SpelledWords


@dataclass(frozen=True, slots=True)
class OwnIndex:
    """All of our own part but what leads to Pagefind's."""

    trials: Trials
    build: str
    parts: Sequence[str]
    """The names of Pagefind's parts."""
    dictionary: bytes
    """What texts have in common."""
    near: NearTables
    spoken_in: Sequence[WordsIn]
    found: WordsAndTexts


def own_index(trials: Trials, parts: Sequence[str], lay: Sequence[Sequence[str]]) -> OwnIndex:
    """Read all slim pages, and work out what they come to. Raises OSError, msgspec.DecodeError."""
    build = _build(trials, parts, lay)
    near, words = NearTables(build), [WordsIn(other) for other in trials.others]
    dictionary = in_common(_indexed(trials, row).text for row in samples(len(trials.facts)))
    found = _files(trials, lay, build, dictionary, near, words)
    return OwnIndex(trials, build, parts, dictionary, near, words, found)


def write_site_index(
    own: OwnIndex,
    places: Mapping[str, IndexPlace],
    sums: Mapping[str, int],
    language: str,
    target: Target,
) -> None:
    """Write the entry and the folder it leads to. `sums` are those of Pagefind's files (CRC-32),
    `language` the site's (BCP 47). Raises OSError."""
    build, rows, found = own.build, own.trials.facts, own.found
    filters = groups(rows)
    scripts = tables(rows, filters, places, sums, found.spelled, build)
    for name, content in found.files.items():
        target.write(f"{build}/{name}", content)
    spoken = {language, *(one.language.code for one in own.trials.others)}
    asked = {f"asked-{one}": _asked(one, found.asked[one], build) for one in _asked_on(spoken)}
    others = {one.table: one.script(build) for one in own.spoken_in}
    scripts = {**scripts, **asked, **own.near.scripts(), **others}
    for name, script in scripts.items():
        target.write_script(f"{build}/{name}.js", script)
    more: dict[str, Any] = {"build": build, "words": found.firsts, "groups": list(filters)}
    more |= {"parts": sorted(own.parts), "frequent": found.spelled.frequent()}
    target.write_script("index.js", _entry(rows, own.dictionary, language, more))


def _entry(
    rows: Sequence[SearchFacts], dictionary: bytes, language: str, more: Mapping[str, Any]
) -> str:
    ranks = sorted({(one.status_rank, one.status) for one in rows})
    ours = {one.status for one in rows if not one.has_own_status}
    return as_script(
        "index",
        len(rows),
        [_open(rows), raw("common", beginning(dictionary))],
        statuses={label: STATUS_ORDER[rank].value for rank, label in ranks},
        own_statuses=[label for _, label in ranks if label not in ours],
        layout=LAYOUT,
        together=TEXTS_TOGETHER,
        countries=countries(rows, language),
        **more,
        **_spelling(),
    )


def _asked_on(spoken: Iterable[str]) -> Set[str]:
    """Of the languages that have names for what is searched, those of a site that speaks these."""
    return TONGUES.keys() & {EVERYWHERE, *(code.partition("-")[0] for code in spoken)}


def _asked(language: str, asked: Asked, build: str) -> str:
    more = {"ending": TONGUES[language].ending, "apart": asked.apart, "english": asked.english}
    return as_script(f"asked-{language}", 0, [], build=build, **more)


def _open(rows: Sequence[SearchFacts]) -> Column:
    """Which trials recruit: these come first among equals."""
    rank = STATUS_ORDER.index(Status.RECRUITING)
    return numbers("open", [1 if one.status_rank == rank else None for one in rows])


def _files(
    trials: Trials,
    lay: Sequence[Sequence[str]],
    build: str,
    dictionary: bytes,
    near: NearTables,
    words: Sequence[WordsIn],
) -> WordsAndTexts:
    """`near` gets where each trial is, `words` what cards say."""
    postings: dict[str, array[int]] = defaultdict(lambda: array("I"))
    files: dict[str, bytes] = {}
    together: list[bytes] = []
    for row in range(len(trials.facts)):
        indexed = _indexed(trials, row)
        for key, worth in indexed.worths.items():
            postings[key].append(row << 8 | worth)
        together.append(bytes(indexed.text))
        near.add(indexed.where)
        for other in words:
            other.add(indexed)
        if len(together) == TEXTS_TOGETHER or row + 1 == len(trials.facts):
            name = f"texts/{row // TEXTS_TOGETHER}"
            head = msgspec.json.encode({"of": f"{build}/{name}"})
            texts = head + b"\n[" + b",".join(together) + b"]"
            files[name] = packed(texts, dictionary)
            together = []
    names = named(trials.facts, lay, postings)
    spelled = spelled_words(trials.facts, _spoken(lay, postings))
    of_words = OfWords(names.others, names.aside, spelled.counts)
    firsts = []
    for number, file in enumerate(word_files({**postings, **names.postings}, of_words, build)):
        files[f"words/{number}"] = file.content
        firsts.append(file.first)
    return WordsAndTexts(files, firsts, names.asked, spelled)


def _spoken(lay: Sequence[Sequence[str]], postings: Mapping[str, array[int]]) -> dict[str, int]:
    """Lay names of one word, with how many trials say it."""
    words = (keys.plain(name).lower() for names in lay for name in names if name.isalpha())
    said = ((word, postings.get(keys.canonical(word), ())) for word in words)
    return {word: len(found) for word, found in said if found}


def _indexed(trials: Trials, row: int) -> Indexed:
    return read_slim_page(read(f"{trials.pages}/{trials.facts[row].url}"))[1]


def _build(trials: Trials, parts: Sequence[str], lay: Sequence[Sequence[str]]) -> str:
    """A digest of all that the files are made from: they name it themselves."""
    program = (VERSION, LAYOUT, TEXTS_TOGETHER, __version__, _spelling())
    total = hashlib.sha256(repr(program).encode())
    total.update(msgspec.json.encode((lay, sorted(parts))))
    for one in trials.facts:
        total.update(hashlib.sha256(read(f"{trials.pages}/{one.url}")).digest())
    for other in trials.others:
        total.update(other.made_from)
        for one in trials.facts:
            total.update(read(f"{other.said}/{one.url}"))
    return total.hexdigest()[:12]


def _spelling() -> dict[str, Any]:
    """keys.py, as theme/search/20-keys.js does the same."""

    def rules(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        return [(pattern, instead.replace("\\", "$")) for pattern, instead in pairs]

    return {
        "letters": keys.LETTERS,
        "rules": rules(keys.RULES),
        "plurals": rules(keys.PLURALS),
        "joints": keys.JOINTS,
        "unspaced": keys.UNSPACED,
    }
