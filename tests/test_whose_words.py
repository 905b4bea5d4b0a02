"""Of random edits and versions, each word is told as whose it is: an editor's never as one that
the registry had, and each that the registry hasn't as one of this site's or of earlier."""

from __future__ import annotations

import copy
import json
import random
import re
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from versions import Record, file_of, full_record, put, trial_of

from trialpages.changes.corrections import Correction, corrections
from trialpages.changes.former import is_kept
from trialpages.content.trial_folder import read_folder
from trialpages.importers.rewriting import rewritten
from trialpages.records.as_imported import AsImported
from trialpages.records.model import to_tree, to_trial

Tree = dict[str, Any]
_LISTS = ("locations", "central_contacts", "primary_outcomes", "keywords")


class Hand:
    """An editor's or the registry's: each word it writes is a new one, known by its first sign."""

    def __init__(self, sign: str, chance: random.Random) -> None:
        self._words, self._chance = (f"{sign}{n}w" for n in count()), chance

    def word(self) -> str:
        return next(self._words)

    def list_of(self, entries: list[Any], *, inside: bool = False) -> list[Any]:
        """The same with some changed, gone and new."""
        kept = [self.one(entry) for entry in entries if self._chance.random() > 0.15]
        if kept and not inside and self._chance.random() < 0.2:
            kept.insert(0, {**self.renewed(kept[0])} if isinstance(kept[0], dict) else self.word())
        return kept

    def one(self, entry: Any) -> Any:
        if self._chance.random() > 0.4:
            return entry
        if not isinstance(entry, dict):
            return self.word()
        made, key = dict(entry), self._chance.choice(sorted(entry))
        if isinstance(made[key], list):
            made[key] = self.list_of(made[key], inside=True)
        elif key not in ("country", "role"):
            made[key] = self.word()
        return made

    def renewed(self, entry: Tree) -> Tree:
        return {
            key: self.word()
            for key, value in entry.items()
            if key != "role" and not isinstance(value, list)
        }


def _person(hand: Hand) -> Tree:
    return {"name": hand.word(), "role": "CONTACT", "phone": hand.word()}


def _first(hand: Hand) -> Tree:
    def place() -> Tree:
        named = {key: hand.word() for key in ("facility", "city", "zip")}
        return {**named, "country": hand.word(), "contacts": [_person(hand), _person(hand)]}

    return {
        "whyStopped": hand.word(),
        "keywords": [hand.word(), hand.word(), hand.word()],
        "centralContacts": [_person(hand), _person(hand)],
        "primaryOutcomes": [{"measure": hand.word(), "timeFrame": hand.word()} for _ in range(3)],
        "locations": [place(), place(), place()],
    }


def _record(day: int, said: Tree) -> Record:
    record = full_record(
        f"2024-09-0{day}",
        statusModule={"whyStopped": said["whyStopped"]},
        conditionsModule={"keywords": said["keywords"]},
        outcomesModule={"primaryOutcomes": said["primaryOutcomes"]},
        contactsLocationsModule={name: said[name] for name in ("centralContacts", "locations")},
    )
    return copy.deepcopy(record)


def _newer(said: Tree, hand: Hand, chance: random.Random) -> Tree:
    made = {name: hand.list_of(of) for name, of in said.items() if isinstance(of, list)}
    why = chance.choice([said["whyStopped"], hand.word(), ""])
    return {**made, "whyStopped": why}


def _edit(content: Path, hand: Hand, chance: random.Random) -> None:
    path, trial = file_of(content), trial_of(content)
    tree = to_tree(trial)
    for name in _LISTS:
        if tree.get(name):
            tree[name] = hand.list_of(tree[name])
    if chance.random() < 0.5:
        tree["why_stopped"] = hand.word()
    after = to_trial(tree)
    path.write_text(rewritten(path.read_text("utf-8"), after, str(path)), "utf-8")


def _told(content: Path) -> tuple[Tree, Tree, tuple[Correction, ...]]:
    folder = read_folder(file_of(content))
    assert folder
    imported = AsImported(folder.base or {}, folder.said, folder.earlier)
    return to_tree(folder.trial), dict(folder.said), corrections(folder.trial, imported)


def _words(said: object) -> set[str]:
    return set(re.findall(r"[ER]\d+w", json.dumps(said, default=str)))


def _untold(tree: Tree, said: Tree, found: tuple[Correction, ...]) -> Iterator[str]:
    """Words of the file that the registry hasn't and that nobody tells: of whoever came with a
    place, of a place that is told itself as come, it is enough that that is told."""
    telling, known = _told_words(found), _words(said)
    added = _told_words(one for one in found if one.change.kind and one.change.old is None)
    for name in (*_LISTS, "why_stopped"):
        for one in _listed(tree.get(name)):
            if not _words(one) & telling:
                yield from _words(one) - known
            for person in one.get("contacts", ()) if isinstance(one, dict) else ():
                if not (_words(person) & telling or _words(one["facility"]) & added):
                    yield from (word for word in _words(person) if "E" in word)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _told_words(found: Iterable[Correction]) -> set[str]:
    return _words([(one.change.new, one.change.entries, one.change.old) for one in found])


@pytest.mark.parametrize("seed", range(60))
def test_every_word_is_told_as_whose_it_is(tmp_path: Path, seed: int) -> None:
    chance, content = random.Random(seed), tmp_path / "content"
    registry, editor = Hand("R", chance), Hand("E", chance)
    said = _first(registry)
    put(content, _record(1, said))
    for day in (2, 3):
        _edit(content, editor, chance)
        said = _newer(said, registry, chance)
        put(content, _record(day, said))
    tree, now, found = _told(content)
    for one in found:
        was = (one.change.old, *(one.change.entries if is_kept(one.change) else ()))
        assert not any("E" in word for word in _words(was)), one
        if is_kept(one.change):
            assert not any("E" in word for word in _words(one.change.new)), one
    assert not [*_untold(tree, now, found)], found
