"""What every list of a site needs to know of the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from trialpages.language.site_language import Language
from trialpages.lists.beside import ListsBeside
from trialpages.lists.terms import Term
from trialpages.trial.facts import Digests


@dataclass(frozen=True, slots=True)
class SiteLists:
    language: Language
    digests: Digests
    """Of all trials."""
    doubts: Set[str]
    """The ids of those listed as recruiting that may no longer do so."""
    terms: Mapping[str, Sequence[Term]]
    """Those of each kind of list that the site has."""
    beside: ListsBeside
    left_out: Set[str] = frozenset()
    """The ids of trials that most lists are without."""
