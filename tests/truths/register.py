"""The truths there are, in one place: each with what it says, what it asks, and its mutations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, NamedTuple

from trialpages.records.model import Trial
from truths.site import Site


class Violation(NamedTuple):
    where: str
    """The page, the file or the trial."""
    what: str
    """What it says, and what would be true."""


Answers = Iterator[Violation | None]
"""One for each thing a truth asked about: None where it holds. Their number is the count."""


class Change(NamedTuple):
    """What a mutation makes of a site: other bytes in files, other records."""

    files: Mapping[str, bytes] = {}
    trials: Mapping[str, Trial] = {}
    modes: Mapping[str, int] = {}
    raw: Mapping[str, Any] = {}
    """What the registry sent, by the trial's id."""


Mutation = Callable[[Site], Change]
"""Breaks one thing that its truth must notice."""


class Scope(Enum):
    PAGE = "page"
    """Each page or file by itself: may be asked of a part of the site at a time."""
    SITE = "site"
    """The site as a whole."""
    MACHINE = "machine"
    """Needs a browser, or builds sites of its own; asked of a sample on large sites."""


@dataclass(frozen=True, slots=True)
class Truth:
    name: str
    says: str
    things: str
    """What its count counts."""
    scope: Scope
    ask: Callable[[Site], Answers]
    mutations: tuple[Mutation, ...]
    needs_more: bool = False
    """Whether it asks nothing of a site that was made without the registry's own records."""


ALL: dict[str, Truth] = {}


def truth(
    says: str,
    *,
    things: str,
    scope: Scope = Scope.PAGE,
    mutations: tuple[Mutation, ...] = (),
    needs_more: bool = False,
) -> Callable[[Callable[[Site], Answers]], Callable[[Site], Answers]]:
    """Enter a function as a truth, by its name. TypeError, with the name, where no mutation shows
    that it can fail."""

    def entered(ask: Callable[[Site], Answers]) -> Callable[[Site], Answers]:
        name = ask.__name__.replace("_", "-")
        if not mutations:
            raise TypeError(f"the truth {name} has no mutation that shows that it can fail")
        if name in ALL:
            raise TypeError(f"there are two truths named {name}")
        ALL[name] = Truth(name, says, things, scope, ask, mutations, needs_more)
        return ask

    return entered


# --- small pieces for truths and mutations --------------------------------------------------------


def answer(holds: bool, where: str, what: str) -> Violation | None:
    return None if holds else Violation(where, what)


def is_violated(one: Truth, site: Site) -> bool:
    """Whether a site makes a truth false; nothing more is asked once it does."""
    return any(one.ask(site))


def mutated(site: Site, change: Change) -> Site:
    """The site as a mutation leaves it."""
    return site.changed(change.files, change.trials, change.modes, change.raw)


def edit(site: Site, old: str, new: str, ending: str = ".html") -> Change:
    """A mutation's usual form: other words in the first file of such a name that holds `old`."""
    for path in site.paths:
        if path.endswith(ending) and old in (text := site.read(path).decode()):
            return Change({path: text.replace(old, new, 1).encode()})
    raise AssertionError(f"no file *{ending} of the site holds {old!r}")


def edits(old: str, *new: str, ending: str = ".html") -> tuple[Mutation, ...]:
    """A mutation for each of the words to put in place of `old`."""
    return tuple(lambda site, words=words: edit(site, old, words, ending) for words in new)
