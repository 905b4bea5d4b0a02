"""Trials in packs, a few a file: what the shortlist, and a list that is saved as a file, need of
each that is on it.

A page that was opened from a folder may read no file but scripts; so a pack is one, which hands
over JSON. In which pack a trial is follows from its file's name, so that no page has to know. The
entry says how many there are, the columns of the table, and former names. theme/packs.js reads
them.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import msgspec
from msgspec import Struct

from trialpages.addresses import PACKS, pack_path
from trialpages.digests import digest
from trialpages.exports.table import columns_line
from trialpages.pages.parts import CardPack, ComputedFile, ListedTrial, TrialPack
from trialpages.records.registry_numbers import file_name
from trialpages.trial.facts import TrialFacts

_IN_ONE = 8
"""Trials in a pack, at most on average: of a shortlist each is in another one."""


class Packed(Struct, frozen=True):
    """What a pack has of a trial."""

    card: str
    """As a list shows it, for a page at the site's root (HTML)."""
    title: str
    csv: str
    """Its row of `trials.csv`."""
    ris: str
    bib: str


class PackedCard(Struct, frozen=True):
    """The same in another language of the site, of which the rest is in the packs of the first."""

    card: str
    title: str


@dataclass(frozen=True, slots=True)
class InPack:
    """The trials that are in the pack of a number."""

    number: int
    count: int
    """Of all packs."""
    trials: tuple[ListedTrial, ...]

    @property
    def made_from(self) -> bytes:
        held = (
            digest(one.record.digest, one.facts_digest, bytes([one.results is not None]))
            for one in self.trials
        )
        return digest(self.count.to_bytes(4, "big"), *held)


def number_of_packs(trials: int) -> int:
    """A power of two, so that it seldom changes."""
    return 1 << max(0, (trials - 1) // _IN_ONE).bit_length()


def pack_of(name: str, packs: int) -> int:
    """The number of the pack that has the trial whose files are called so (FNV-1a, 32 bits)."""
    found = 0x811C9DC5
    for sign in name.encode():
        found = (found ^ sign) * 0x01000193 & 0xFFFFFFFF
    return (found ^ found >> 16) % packs


def packs(trials: Sequence[ListedTrial], having: Collection[str] = ()) -> Iterator[TrialPack]:
    """The packs of a site with these trials; or of these packs, those that have one `having` such
    an id. A pack without a trial is there, too: what isn't there is missing."""
    for one in _divided(trials, having):
        yield TrialPack(pack_path(one.number), one.trials, one.number, one.count, one.made_from)


def card_packs(trials: Sequence[ListedTrial], having: Collection[str] = ()) -> Iterator[CardPack]:
    """The same in another language of the site."""
    for one in _divided(trials, having):
        yield CardPack(pack_path(one.number), one.trials, one.number, one.count, one.made_from)


def _divided(trials: Sequence[ListedTrial], having: Collection[str]) -> Iterator[InPack]:
    count = number_of_packs(len(trials))
    inside: list[list[ListedTrial]] = [[] for _ in range(count)]
    for trial in trials:
        inside[pack_of(file_name(trial.facts.id), count)].append(trial)
    wanted = {pack_of(file_name(one), count) for one in having} if having else range(count)
    for number in sorted(wanted):
        yield InPack(number, count, tuple(inside[number]))


def pack_script(number: int, count: int, trials: Mapping[str, Packed | PackedCard]) -> str:
    """The pack of this number out of so many: its trials by their files' names."""
    return f"trialpagesPack({number},{count},{msgspec.json.encode(trials).decode()});\n"


def entry(trials: Sequence[ListedTrial]) -> ComputedFile:
    """The entry of the packs of these trials: by their former names, too, a shortlist of last year
    has them."""
    facts = [trial.facts for trial in trials]
    former = {file_name(old): file_name(one.id) for one in facts for old in one.aliases}
    said = (number_of_packs(len(trials)), columns_line(), former)
    content = partial(_call, "trialpagesPacks", *said)
    return ComputedFile(PACKS, content, digest(repr(said).encode()))


def whole_list(path: str, trials: Sequence[TrialFacts]) -> ComputedFile:
    """The names of all trials of a list in several pages, none of which has them."""
    names = " ".join(file_name(facts.id) for facts in trials)
    return ComputedFile(path, partial(_call, "trialpagesList", names), digest(names.encode()))


def _call(name: str, *values: object) -> bytes:
    return f"{name}({','.join(map(json.dumps, values))});\n".encode()
