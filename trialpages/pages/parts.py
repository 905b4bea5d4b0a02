"""The parts of the site before they are made.

A page is planned from small facts: its path, how its view is made when it is its turn, and a
digest of all that the view is made from, by which a build sees whether it must make it again.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import ClassVar, Literal, Protocol, TypeVar

from trialpages.addresses import results_path
from trialpages.digests import digest, digest_of_view
from trialpages.text.files import SourcePath, StoredRecord
from trialpages.trial.facts import TrialFacts
from trialpages.trial.views import Context

Files = TypeVar("Files", covariant=True)
Around = Literal["page", "form", "nothing"]


class Maker(Protocol[Files]):
    """Whoever makes the files of parts."""

    def page(self, part: Page) -> Files: ...
    def trial_pages(self, part: TrialPages) -> Files: ...
    def trial_forms(self, part: TrialForms) -> Files: ...
    def fixed_file(self, part: FixedFile) -> Files: ...
    def computed_file(self, part: ComputedFile) -> Files: ...
    def trial_pack(self, part: TrialPack) -> Files: ...
    def card_pack(self, part: CardPack) -> Files: ...
    def whole_file(self, part: WholeFile) -> Files: ...


class SitePart(ABC):
    """A file of the site, or a few that are made together. A new kind of part says here what the
    build has to know of it, and `Maker` who makes it."""

    __slots__ = ()

    path: str
    """Of the first of its files; no two parts share one."""
    made_from: bytes
    """Digest of everything of its own that it shows."""
    around: ClassVar[Around] = "page"
    """What stands around that: all that every page shows, what every form for other programs says
    of the site, or nothing."""

    @property
    def templates(self) -> tuple[str, ...]:
        """The names of those it is made with."""
        return ()

    @property
    def written_in(self) -> str:
        """The content file that is at fault where it can't be made, or else its own path."""
        return self.path

    def addresses(self) -> Iterator[tuple[str, str]]:
        """Path and date of the last update, where known, of each page that search engines should
        know of."""
        yield from ()

    @abstractmethod
    def made_by(self, maker: Maker[Files]) -> Files: ...


@dataclass(frozen=True, slots=True)
class Page(SitePart):
    """A page of the site, its template, and how its view is made when it is its turn."""

    path: str
    template: str
    view: Callable[[], object]
    made_from: bytes
    """Digest of everything `view` shows."""
    listed: bool = True
    """Whether search engines should know of it."""
    source: str = ""
    """The content file that an editor wrote it in; empty for one that is worked out."""

    @property
    def templates(self) -> tuple[str, ...]:
        return (self.template,)

    @property
    def written_in(self) -> str:
        return self.source or self.path

    def addresses(self) -> Iterator[tuple[str, str]]:
        if self.listed:
            yield self.path, ""

    def made_by(self, maker: Maker[Files]) -> Files:
        return maker.page(self)


@dataclass(frozen=True, slots=True)
class ListedTrial:
    """A trial as the catalogue takes it."""

    facts: TrialFacts
    facts_digest: bytes
    source: SourcePath
    record: StoredRecord
    results: SourcePath | None = None
    """The file of its posted results."""
    results_digest: bytes = b""
    corrections: bytes = b""
    """What its file says otherwise than its registry, as `changes.corrections` writes it."""


@dataclass(frozen=True, slots=True)
class TrialPages(SitePart):
    """The page of a trial, and that of its posted results."""

    path: str
    trial: ListedTrial
    context: Context
    made_from: bytes
    """Digest of everything the two show."""

    @property
    def templates(self) -> tuple[str, ...]:
        return ("trial.html", "results.html") if self.trial.results else ("trial.html",)

    @property
    def written_in(self) -> str:
        return self.trial.source.path

    def addresses(self) -> Iterator[tuple[str, str]]:
        if self.context.leads:
            return
        updated = self.trial.facts.updated or ""
        yield self.path, updated
        if self.trial.results:
            yield results_path(self.trial.facts.id), updated

    def made_by(self, maker: Maker[Files]) -> Files:
        return maker.trial_pages(self)


@dataclass(frozen=True, slots=True)
class TrialForms(SitePart):
    """A trial in the forms it is offered in to other programs: the files beside its page."""

    path: str
    """That of the first of them."""
    trial: ListedTrial
    endings: tuple[str, ...]
    made_from: bytes
    """Digest of everything they hold."""
    around: ClassVar[Around] = "form"

    @property
    def written_in(self) -> str:
        return self.trial.source.path

    def made_by(self, maker: Maker[Files]) -> Files:
        return maker.trial_forms(self)


@dataclass(frozen=True, slots=True)
class FixedFile(SitePart):
    """A file that is published as it is."""

    path: str
    content: bytes
    around: ClassVar[Around] = "nothing"

    @property
    def made_from(self) -> bytes:  # type: ignore[override]
        return digest(self.content)

    def made_by(self, maker: Maker[Files]) -> Files:
        return maker.fixed_file(self)


@dataclass(frozen=True, slots=True)
class ComputedFile(SitePart):
    """A file that no template makes, from the facts of all trials."""

    path: str
    content: Callable[[], bytes]
    made_from: bytes
    around: ClassVar[Around] = "form"

    def made_by(self, maker: Maker[Files]) -> Files:
        return maker.computed_file(self)


@dataclass(frozen=True, slots=True)
class Pack(SitePart):
    """A few trials in one script."""

    path: str
    trials: tuple[ListedTrial, ...]
    number: int
    count: int
    """Of all packs."""
    made_from: bytes

    @property
    def templates(self) -> tuple[str, ...]:
        return (CARD_TEMPLATE,)


class TrialPack(Pack):
    """Their cards and citations: see `lists/packs.py`."""

    __slots__ = ()

    def made_by(self, maker: Maker[Files]) -> Files:
        return maker.trial_pack(self)


class CardPack(Pack):
    """The same trials in another language of the site: their cards alone."""

    __slots__ = ()

    def made_by(self, maker: Maker[Files]) -> Files:
        return maker.card_pack(self)


@dataclass(frozen=True, slots=True)
class EditionPart:
    """A part of the site in one of its languages."""

    folder: str
    """That of the language, from the site's root."""
    part: SitePart

    @property
    def path(self) -> str:
        return self.folder + self.part.path


CARD_TEMPLATE = "_packed_card.html"

OfTrial = TrialPages | TrialForms | TrialPack | CardPack


def ready_page(
    path: str, template: str, view: object, *, made_from: bytes = b"", listed: bool = True
) -> Page:
    """A page whose view is small enough to be there from the start.

    `made_from` stands for all of the view where that is quicker to tell than by looking at it.
    """
    return Page(path, template, partial(_same, view), made_from or digest_of_view(view), listed)


def _same(view: object) -> object:
    return view


@dataclass(frozen=True, slots=True)
class WholeFile(SitePart):
    """The records of all trials in one file for other programs."""

    path: str
    trials: tuple[ListedTrial, ...]
    made_from: bytes
    around: ClassVar[Around] = "form"

    def made_by(self, maker: Maker[Files]) -> Files:
        return maker.whole_file(self)
