"""What the search page of another of the site's languages says where the index has the words of the
first: the index is one, as the records are, and beside it stands a small table of words for each
language. What has two meanings there stays as the index has it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from trialpages.digests import digest
from trialpages.language.cldr import countries_in
from trialpages.language.site_language import Language
from trialpages.records.vocabulary import (
    AgencyClass,
    InterventionType,
    Phase,
    Status,
    StudyType,
    Vocabulary,
)
from trialpages.search.columns import as_script
from trialpages.search.documents import Indexed
from trialpages.search.files import read
from trialpages.trial.standing import CONDITIONS_SAID

_GROUPS: Mapping[str, type[Vocabulary]] = {
    "status": Status,
    "type": StudyType,
    "phase": Phase,
    "intervention": InterventionType,
    "sponsor_class": AgencyClass,
}
"""Groups of filters whose labels are values of an enumeration."""

_CRITERIA = ("say_who_can_take_part", "say_who_it_is_for", "search_unsure")
"""What stands over criteria that have no heading of their own."""
_HEADINGS = ("mesh_conditions", "mesh_interventions", *_CRITERIA)

_AS_SAID = ("status", "phase", "ages", "ours", "countries")
"""What a card shows of a trial that is in our words, or has some of them."""

Words = Mapping[str, Mapping[str, str]]
"""By group, what the index has, and what that is in the other language."""


@dataclass(frozen=True, slots=True)
class OtherLanguage:
    first: Language
    """That of the index."""
    language: Language
    said: Path
    """The folder with what cards show in it, a file a trial by its URL: see `encode_said`."""

    @property
    def made_from(self) -> bytes:
        """A digest of all the words that don't come from records."""
        both = [(one.code, dict(one.words), one.vocabulary) for one in (self.first, self.language)]
        return digest(msgspec.json.encode(both))


def encode_said(meta: Mapping[str, str]) -> bytes:
    """What a trial's card shows (`SearchDocument.meta`) in another language."""
    return msgspec.json.encode(meta)


_SAID = msgspec.json.Decoder(dict[str, str])
_TEXT = msgspec.json.Decoder(tuple[str, str, dict[str, str], msgspec.Raw])


class WordsIn:
    """The table of another language, to which all trials of the index are added."""

    def __init__(self, other: OtherLanguage) -> None:
        self._other = other
        self._pairs: defaultdict[str, dict[str, set[str]]] = defaultdict(dict)
        for group, both in words_of_ours(other.first, other.language):
            self._note(group, *both)

    def add(self, indexed: Indexed) -> None:
        """Raises OSError, msgspec.DecodeError."""
        url, _, here, _ = _TEXT.decode(indexed.text)
        there = _SAID.decode(read(f"{self._other.said}/{url}"))
        for name in _AS_SAID:
            if name in here:
                self._note(name, here[name], there.get(name, ""))
        own = "; ".join(indexed.facts.conditions[:CONDITIONS_SAID])
        more, others = (said.get("conditions", "").removeprefix(own) for said in (here, there))
        self._note("conditions", more, others)
        self._countries(indexed.facts.countries)

    def _countries(self, labels: Iterable[str]) -> None:
        known = countries_in(self._other.first.code)
        for label in labels:
            name = next(iter(known.get(label, ())), label)
            self._note("country", label, self._other.language.country(name))

    def _note(self, group: str, here: str, there: str) -> None:
        if here:
            self._pairs[group].setdefault(here, set()).add(there or here)

    @property
    def table(self) -> str:
        """The name of the table."""
        return f"in-{self._other.language.code}"

    def words(self) -> Words:
        return {group: dict(_sure(pairs)) for group, pairs in self._pairs.items()}

    def script(self, build: str) -> str:
        return as_script(self.table, 0, [], build=build, said=self.words())


def _sure(pairs: Mapping[str, set[str]]) -> Iterator[tuple[str, str]]:
    for here, found in sorted(pairs.items()):
        if len(found) == 1 and found != {here}:
            yield here, found.pop()


def words_of_ours(first: Language, language: Language) -> Iterator[tuple[str, tuple[str, str]]]:
    """What doesn't depend on trials: the group, and the words in both languages."""
    for group, kind in _GROUPS.items():
        for value in kind:
            yield group, (first.label(value), language.label(value))
    titles = (key for key in first.words if key.startswith("section_"))
    for group, keys in (("heading", (*titles, *_HEADINGS)), ("criteria", _CRITERIA)):
        for key in keys:
            yield group, (first.words[key], language.words[key])
