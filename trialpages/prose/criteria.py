"""Eligibility criteria as values: groups under the source's headings, and the criteria in them.

The text's blocks are taken apart into leaves, the leaves are cut where a heading stands, wherever
that is, and what is between two headings is put together again. So a heading that Markdown nested
behind the last item of a list begins a group as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Literal

import msgspec
from markupsafe import Markup

from trialpages.prose import markup
from trialpages.prose.blocks import Block, has_word, texts
from trialpages.prose.criteria_contraries import contradicts
from trialpages.prose.criteria_cuts import Cut, cuts
from trialpages.prose.criteria_exceptions import excepts, permits
from trialpages.prose.criteria_headings import GroupKind
from trialpages.prose.criteria_keys import any_case
from trialpages.prose.criteria_leaves import built, leaves
from trialpages.prose.criteria_levels import levelled
from trialpages.prose.criteria_numbers import numbered
from trialpages.prose.veiled import is_veiled

Told = (
    GroupKind
    | Literal[
        "inclusion_mixed",
        "exclusion_mixed",
        "inclusion_permitting",
        "exclusion_excepted",
        "goes_on",
        "nothing",
        "none_listed",
    ]
)
"""A group's kind; or that some of its criteria themselves decide the contrary; or that some which
let people in aren't demanded of everybody, or some which keep people out say whom they let in; or
that the text goes on without a heading, where nobody can tell of which kind; or that under its
heading no word stands, and whether that is sure to be all of it."""


class CriteriaGroup(msgspec.Struct, frozen=True):
    """The criteria under one heading of the source, in the source's order."""

    id: str
    kind: GroupKind
    """`other` also where it isn't sure."""
    part: str
    """What the source wrote above the heading, such as the cohort it is for; empty without it."""
    heading: str
    """The source's own words; empty where it has none."""
    blocks: Sequence[Block]
    """Paragraphs, headings and lists, whose items have ids; none where nothing follows."""
    is_first: bool = True
    is_whole: bool = False
    """Whether what follows can't be meant by its heading: the other kind's comes, or the end."""

    @property
    def told(self) -> Told:
        """What a sentence of ours may say of all of it."""
        if not any(map(has_word, texts(self.blocks))):
            return "none_listed" if self._is_sure_to_be_empty else "nothing"
        if self.kind == "other":
            return "other" if self.is_first or self.heading or self.part else "goes_on"
        if _says_none(self.blocks):
            return "nothing"
        if any(contradicts(text, self.kind) for text in texts(self.blocks)):
            return "inclusion_mixed" if self.kind == "inclusion" else "exclusion_mixed"
        if self.kind == "exclusion" and any(map(excepts, texts(self.blocks))):
            return "exclusion_excepted"
        if self.kind == "inclusion" and any(map(permits, texts(self.blocks))):
            return "inclusion_permitting"
        return self.kind

    @property
    def _is_sure_to_be_empty(self) -> bool:
        """`Inclusion criteria for controls of 18 years without diabetes` is a criterion itself."""
        return self.is_whole and self.kind != "other" and len(self.heading) < _LONG

    @property
    def html(self) -> Markup:
        return markup.blocks_html(self.blocks)


def criteria(text: str) -> tuple[CriteriaGroup, ...]:
    """The eligibility criteria in groups. Raises TooDeep.

    Items carry ids made of the source's own numbers (`inc-9`, `inc-9-3`, `exc-7-1`); an
    unnumbered one counts from 1 within its group. Where it isn't sure whether a group includes or
    excludes, they begin with `crit-`: all of them where a heading may be veiled.
    """
    blocks = markup.blocks(text)
    if text.lower().count("clusion") > _MOST:
        return tuple(_groups([Cut("other", "", "", leaves(blocks))]))
    found = cuts(leaves(blocks))
    if any(map(is_veiled, texts(blocks))):
        found = [msgspec.structs.replace(cut, kind="other") for cut in found]
    return tuple(_groups(found))


def _says_none(blocks: Sequence[Block]) -> bool:
    """Whether all of it says in words that there is none: NCT02028013, NCT05391295, NCT05039866."""
    said = [*islice(texts(blocks), 2)]
    return len(said) == 1 and bool(_NONE.fullmatch(said[0]))


_NONE = any_case(
    r"\W*(?:none?(?:\s+(?:identified|listed|known|specified|stated))?|nil|no|n\W?a|not\s+applicable|nothing"
    r"|(?:(?:this|the)\s+(?:study|trial)\s+has\s+|there\s+(?:are|is)\s+)?no\s+(?:in|ex)clusion\s+criteria"
    r"(?:\s+for\s+th(?:is|e)\s+(?:study|trial))?)\W*"
)
_LONG = 80
"""Characters of a heading that may hold more than whom its criteria are for."""
_MOST = 500
"""Words of headings. No record has fifty, and looking for each takes longer the more there are."""
_PREFIX = {"inclusion": "inc", "exclusion": "exc", "other": "crit"}


def _groups(found: Sequence[Cut]) -> Iterator[CriteriaGroup]:
    seen: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    for cut, following in zip(found, (*found[1:], None), strict=False):
        name = "criteria" if cut.kind == "other" else cut.kind
        seen[name] += 1
        anchor = name if seen[name] == 1 else f"{name}-{seen[name]}"
        blocks = built(numbered(levelled(cut.leaves)), _PREFIX[cut.kind], taken)
        is_whole = following is None or following.kind not in (cut.kind, "other")
        is_first = cut is found[0]
        yield CriteriaGroup(anchor, cut.kind, cut.part, cut.heading, blocks, is_first, is_whole)
