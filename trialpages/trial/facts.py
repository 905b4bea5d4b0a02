"""What the rest of the site has to know of a trial: few, small, and all there is in memory.

Lists, feeds, the home page and likeness are made from these, never from whole trials.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from trialpages.records.model import PartialDate, decode_scalar
from trialpages.records.vocabulary import InterventionType, Phase, Status
from trialpages.trial.freshness import RecordDates
from trialpages.trial.taking import Stand


class InterventionFact(msgspec.Struct, frozen=True, array_like=True, gc=False):
    name: str
    type: InterventionType | None = None


class AtOurSite(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One of our sites that a trial has, and how it stands there as its record lists it."""

    name: str
    """As site.yaml has it."""
    stand: Stand

    @property
    def is_closed(self) -> bool:
        return self.stand not in ("taking", "unsaid")


class TrialFacts(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A trial as a list needs it: a few hundred bytes, written and read by `encode`, `decode`."""

    id: str
    title: str
    status: Status
    updated: PartialDate | None = None
    """When the registry last posted an update."""
    phases: tuple[Phase, ...] = ()
    conditions: tuple[str, ...] = ()
    interventions: tuple[InterventionFact, ...] = ()
    """Those with a name."""
    keywords: tuple[str, ...] = ()
    mesh: tuple[str, ...] = ()
    """The MeSH headings of its conditions and its interventions, without the broader ones."""
    countries: tuple[str, ...] = ()
    """Each country with a site, once, by its one name."""
    open_in: tuple[str, ...] = ()
    """Those where a recruiting trial takes people, if it doesn't everywhere."""
    closed_in: tuple[str, ...] = ()
    """Those where it takes nobody now."""
    dates: RecordDates = RecordDates()
    """What its status may be doubted by."""
    sponsors: tuple[str, ...] = ()
    """The lead sponsor's name, then the collaborators'."""
    sponsor: str = ""
    """The lead sponsor's name; empty where the record gives none."""
    sponsor_class: str = ""
    """The code of its kind."""
    aliases: tuple[str, ...] = ()
    """Further ids under which the trial has been published here."""
    related: tuple[str, ...] = ()
    """The ids of the trials that its source names beside it."""
    elsewhere: tuple[str, ...] = ()
    """Its numbers at other registries."""
    also: tuple[str, ...] = ()
    """Those of the records here that its editor says are of this trial."""
    lang: str | None = None
    """The language of the record's text, where it isn't the site's."""
    original: str = ""
    """The name of the file that the record was taken from."""
    study_type: str = ""
    """The code."""
    sex: str = ""
    """The code; empty where the record gives none."""
    minimum_age: str = ""
    """As the record says."""
    maximum_age: str = ""
    enrollment: int | None = None
    terms: dict[str, tuple[str, ...]] = {}
    """What it is listed by beside these facts, by kind of list."""
    ours: tuple[AtOurSite, ...] = ()
    """Our sites that it has."""
    own_status: str = ""
    """Its registry's word for how it stands, or that of who passed its record on, where no status
    here means that."""
    registry_page: str = ""
    """The record's address at its registry, or as the record gives it."""
    has_results: bool | None = None
    """Whether its record says that results are posted; None where it says nothing of them."""


Digests = Mapping[str, bytes]
"""Of each trial's facts, by its id."""


_ENCODER = msgspec.msgpack.Encoder(enc_hook=str)
_DECODER = msgspec.msgpack.Decoder(TrialFacts, dec_hook=decode_scalar)


def encode(facts: TrialFacts) -> bytes:
    return _ENCODER.encode(facts)


def decode(content: bytes) -> TrialFacts:
    """The inverse of `encode`. Raises msgspec.DecodeError for bytes of another shape."""
    return _DECODER.decode(content)


def newest_first(facts: TrialFacts) -> tuple[Any, ...]:
    """A key to sort by: recruiting trials first, then by last update, then by id."""
    updated = facts.updated or ""
    return (
        facts.status is not Status.RECRUITING,
        tuple(-ord(sign) for sign in updated),
        facts.id,
    )
