"""Eligibility criteria as values: groups under the source's headings, and the criteria in them.

The text's blocks are taken apart into leaves, the leaves are cut where a heading stands, wherever
that is, and what is between two headings is put together again. So a heading that Markdown nested
behind the last item of a list begins a group as well.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import Literal, cast, get_args

import msgspec
from markupsafe import Markup

from trialpages.prose import markup
from trialpages.prose.blanks import few_blanks
from trialpages.prose.blocks import Block, has_word, texts
from trialpages.prose.criteria_contraries import is_mixed
from trialpages.prose.criteria_cuts import Cut, cuts
from trialpages.prose.criteria_exceptions import excepts, offers_choice, permits
from trialpages.prose.criteria_headings import GroupKind
from trialpages.prose.criteria_keys import any_case
from trialpages.prose.criteria_leaves import built, leaves
from trialpages.prose.criteria_levels import levelled
from trialpages.prose.criteria_numbers import numbered
from trialpages.prose.criteria_scope import is_for_all, is_for_some
from trialpages.prose.criteria_subheadings import may_be_turned
from trialpages.prose.criteria_times import (
    begins_other_time,
    is_item_of_other_time,
    is_of_one_kind,
    is_of_other_time,
)
from trialpages.prose.criteria_titles import titles, with_titles
from trialpages.prose.veiled import is_veiled

Tick = Literal[
    "inclusion",
    "exclusion",
    "inclusion_permitting",
    "inclusion_choices",
    "inclusion_some",
    "exclusion_excepted",
    "exclusion_some",
    "other",
]
"""What a tick means, told by `told`; `other` where it may count for the reader or against."""
Told = (
    GroupKind
    | Literal[
        "inclusion_mixed",
        "exclusion_mixed",
        "inclusion_permitting",
        "inclusion_choices",
        "inclusion_some",
        "exclusion_excepted",
        "exclusion_later",
        "exclusion_some",
        "goes_on",
        "nothing",
        "none_listed",
    ]
)
"""A group's kind; or what else is so of its criteria: some decide the contrary themselves
(`mixed`); some let in who needn't be let in so (`permitting`), or of several one is enough
(`choices`); some say whom they don't keep out (`excepted`), or may be about leaving (`later`); they
are for some people alone (`some`). Or the text goes on without a heading, where nobody can tell of
which kind; or under its heading no word stands, and that is sure to be all of it or isn't."""


class CriteriaGroup(msgspec.Struct, frozen=True, dict=True):
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
    """Whether nothing can be meant by its heading but what it has: the other kind's comes, or the
    end, and none of its kind stands elsewhere in the text."""
    is_for_some: bool = False
    """Whether they, or some of them, are for a part of the study or a group of people alone."""
    is_later: bool = False
    """Whether they stand beside criteria of non-inclusion: what ends taking part is called so."""

    @cached_property
    def told(self) -> Told:
        """What a sentence of ours may say of all of it."""
        if not any(map(has_word, texts(self.blocks))):
            return "none_listed" if self._is_sure_to_be_empty else "nothing"
        if self.kind == "other":
            return "other" if self.is_first or self.heading or self.part else "goes_on"
        if _says_none(self.blocks):
            return "nothing"
        if is_mixed(self.blocks, self.kind) or may_be_turned(self.heading, self.blocks, self.kind):
            return "inclusion_mixed" if self.kind == "inclusion" else "exclusion_mixed"
        return self._told_inclusion if self.kind == "inclusion" else self._told_exclusion

    @property
    def _told_inclusion(self) -> Told:
        if any(map(permits, texts(self.blocks))):
            return "inclusion_permitting"
        if offers_choice(self.blocks):
            return "inclusion_choices"
        return "inclusion_some" if self.is_for_some else "inclusion"

    @property
    def _told_exclusion(self) -> Told:
        if any(map(excepts, texts(self.blocks))):
            return "exclusion_excepted"
        if self.is_later:
            return "exclusion_later"
        return "exclusion_some" if self.is_for_some else "exclusion"

    @property
    def tick(self) -> Tick:
        """What a tick beside one of them means."""
        told = "exclusion" if self.told == "exclusion_later" else self.told
        if told in get_args(Tick) and (not self.is_for_some or told.endswith("_some")):
            return cast(Tick, told)
        return "other"

    @property
    def _is_sure_to_be_empty(self) -> bool:
        """`Inclusion criteria for controls of 18 years without diabetes` is a criterion itself, and
        `Exclusion criteria - pregnancy` has one."""
        holds_one = len(self.heading) >= _LONG or _NAMES_ONE.search(self.heading)
        return self.is_whole and self.kind != "other" and not holds_one

    @property
    def html(self) -> Markup:
        return markup.blocks_html(self.blocks)


def criteria(text: str) -> tuple[CriteriaGroup, ...]:
    """The eligibility criteria in groups. Raises TooDeep.

    Items carry ids made of the source's own numbers (`inc-9`, `inc-9-3`, `exc-7-1`); an
    unnumbered one counts from 1 within its group. Where it isn't sure whether a group includes or
    excludes, they begin with `crit-`: all of them where a heading may be veiled.
    """
    blocks = markup.blocks(few_blanks(text if text.isascii() else _BREAKS.sub("\n", text)))
    if text.lower().count("clusion") > _MOST or any(len(one) > _LONGEST for one in texts(blocks)):
        return _groups([Cut("other", "", "", leaves(blocks))])
    found = cuts(leaves(blocks))
    if any(map(is_veiled, texts(blocks))):
        found = [msgspec.structs.replace(cut, kind="other") for cut in found]
    return _groups([*_of_today(_undisputed(found))])


def _undisputed(found: Sequence[Cut]) -> Iterator[Cut]:
    """The cuts; of no sure kind where a heading stands right below one of the other kind that has
    nothing anywhere, and another of its own kind has criteria: a registry's field says otherwise
    than what was written into it."""
    filled = Counter(cut.kind for cut in found if cut.has_words)
    for above, cut in zip((None, *found), found, strict=False):
        contrary = above and {above.kind, cut.kind} == {"inclusion", "exclusion"}
        disputed = contrary and above and not filled[above.kind] and filled[cut.kind] > 1
        yield msgspec.structs.replace(cut, kind="other") if disputed else cut


def _of_today(found: Iterable[Cut]) -> Iterator[Cut]:
    """The cuts; of no sure kind where a heading or a line names another time, and behind it where
    criteria of that kind have been said already."""
    said: set[GroupKind] = set()
    former = all_former = False
    for cut in found:
        dated = _dated(cut)
        former = former or bool(dated)
        all_former = all_former or not all(map(is_of_one_kind, dated))
        unsure = dated or all_former or (former and cut.kind in said)
        if cut.has_words and not unsure:
            said.add(cut.kind)
        yield msgspec.structs.replace(cut, kind="other") if unsure else cut


def _dated(cut: Cut) -> list[str]:
    named = filter(is_of_other_time, (cut.part, cut.heading))
    return [*named, *_dated_lines(cut)]


def _dated_lines(cut: Cut) -> Iterator[str]:
    for leaf in cut.leaves:
        if leaf.block:
            is_dated = is_item_of_other_time if leaf.within else begins_other_time
            yield from filter(is_dated, _lines((leaf.block,)))


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    for text in texts(blocks):
        yield from text.split("\n")


def _says_none(blocks: Sequence[Block]) -> bool:
    """Whether all of it says in words that there is none: NCT02028013, NCT05391295, NCT05039866."""
    said = [*islice(texts(blocks), 2)]
    return len(said) == 1 and bool(_NONE.fullmatch(said[0]))


_BREAKS = re.compile("[\x85\u2028\u2029]")
"""Ends of lines that CommonMark takes for blanks within one."""
_NONE = any_case(
    r"\W*(?:none?(?:\s+(?:identified|listed|known|specified|stated))?|nil|no|n\W?a|not\s+applicable|nothing"
    r"|(?:(?:this|the)\s+(?:study|trial)\s+has\s+|there\s+(?:are|is)\s+)?no\s+(?:in|ex)clusion\s+criteria"
    r"(?:\s+for\s+(?:th(?:is|e)\s+(?:study|trial)|[^.:;\n]{1,60}))?)\W*"
)
_NAMES_ONE = any_case(r"clusions?(?:\s+crit\w*)?\W+(?!(?:crit\w*|for|of|in)\b)\w")
_LONG = 80
"""Characters of a heading that may hold more than whom its criteria are for."""
_MOST = 500
"""Words of headings. No record has fifty, and looking for each takes longer the more there are."""
_LONGEST = 12_000
"""Characters of a paragraph in which headings and decisions are looked for; the longest of 16,000
in records has 9,000. A longer one may hold anything: nothing is then said of any criteria."""
_PREFIX = {"inclusion": "inc", "exclusion": "exc", "other": "crit"}


def _groups(found: Sequence[Cut]) -> tuple[CriteriaGroup, ...]:
    groups = tuple(_by_heading(found))
    named = [is_for_some(group.part) or is_for_some(group.heading) for group in groups]
    several = Counter(group.kind for group in groups) if any(named) else Counter[GroupKind]()
    refused = [bool(_REFUSED.search(f"{group.part} {group.heading}")) for group in groups]
    lines = titles([group.blocks for group in groups])
    return tuple(
        _scoped(group, lines[at], own, several[group.kind] > 1, any(refused[:at]) > refused[at])
        for at, (group, own) in enumerate(zip(groups, named, strict=True))
    )


def _scoped(
    group: CriteriaGroup, lines: frozenset[str], named: bool, beside: bool, later: bool
) -> CriteriaGroup:
    """The group with whom it is for: its heading names some people, or that of one beside it, or
    lines among its criteria do."""
    if group.kind == "other":
        return group
    some = named or bool(lines) or (beside and not is_for_all(f"{group.part} {group.heading}"))
    blocks = with_titles(group.blocks, lines) if lines else group.blocks
    later = later and group.kind == "exclusion"
    if not (some or later):
        return group
    return msgspec.structs.replace(group, blocks=blocks, is_for_some=some, is_later=later)


_REFUSED = any_case(r"\bn(?:on?|ot|ão)[\s-]+inclu")


def _by_heading(found: Sequence[Cut]) -> Iterator[CriteriaGroup]:
    seen: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    for cut, following in zip(found, (*found[1:], None), strict=False):
        name = "criteria" if cut.kind == "other" else cut.kind
        seen[name] += 1
        anchor = name if seen[name] == 1 else f"{name}-{seen[name]}"
        blocks = built(numbered(levelled(cut.leaves)), _PREFIX[cut.kind], taken)
        others = (one for one in found if one is not cut)
        # Where the other kind comes once more, its heading may be all that this one has.
        again = following is not None and seen[following.kind] > 0
        is_whole = not again and _ends(cut, following)
        is_whole = is_whole and not any(_may_hold(cut.kind, one) for one in others)
        is_first = cut is found[0]
        yield CriteriaGroup(anchor, cut.kind, cut.part, cut.heading, blocks, is_first, is_whole)


def _ends(cut: Cut, following: Cut | None) -> bool:
    return following is None or following.kind not in (cut.kind, "other")


def _may_hold(kind: GroupKind, cut: Cut) -> bool:
    """Whether criteria of that kind stand there, or may: NCT06413225 lists all of them twice, the
    first time without exclusions."""
    return cut.kind in (kind, "other") and cut.has_words
