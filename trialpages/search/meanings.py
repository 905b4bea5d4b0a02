"""What an abbreviation means in a record that doesn't explain it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from trialpages.search.keys import SHORT

_SURE = 4
"""Letters of an abbreviation that seldom stands for several things."""


@dataclass(frozen=True, slots=True)
class Meanings:
    """RA is rheumatoid arthritis, and regional anesthesia: the record's other words tell."""

    explained: Sequence[Mapping[str, Set[str]]]
    """By row, the abbreviations that the record explains, each with the words it does so by."""
    words: Mapping[str, Iterable[int]]
    """By word, its postings (word_files.Postings)."""
    names: Mapping[str, Set[str]]
    """By abbreviation, what it stands for on this site."""
    usual: Set[str] = frozenset()
    """Abbreviations that everybody knows, `MRI`."""
    _saying: dict[str, Set[int]] = field(default_factory=dict)

    def rows_of(self, short: str, rows: Iterable[int], names: Sequence[str]) -> Iterator[int]:
        """Those of the rows in which it means the thing of these names.

        The record explains it so; or doesn't explain it, nor says all words of something else that
        it stands for. One of two or three letters stands for too many things that no record
        explains: there the record has to say the thing in full somewhere, but for a usual one that
        nothing else is called here.
        """
        own = {word for name in names for word in name.split()}
        full = (one for one in self.names.get(short, ()) if not one.startswith(SHORT))
        others = [one for one in full if not own & set(one.split())]
        otherwise = {row for name in others for row in self._saying_all(name)}
        is_sure = len(short) >= len(SHORT) + _SURE or (short in self.usual and not others)
        sayings = () if is_sure else [self._saying_all(name) for name in names]
        for row in rows:
            meaning = self.explained[row].get(short)
            is_said = is_sure or any(row in said for said in sayings)
            if (meaning & own) if meaning else is_said and row not in otherwise:
                yield row

    def _saying_all(self, name: str) -> Set[int]:
        first, *others = (self._saying_word(word) for word in name.split())
        return set(first).intersection(*others)

    def _saying_word(self, word: str) -> Set[int]:
        if word not in self._saying:
            keys = (word, f"{word}s")
            self._saying[word] = {one >> 8 for key in keys for one in self.words.get(key, ())}
        return self._saying[word]
