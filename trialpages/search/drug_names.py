"""Names of one treatment, as the records of a site join them: `Sildenafil citrate`, `Viagra`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set, Sized
from dataclasses import dataclass, field

from trialpages.search.keys import SHORT, name_of
from trialpages.search.slips import Slips

_SIGNS = re.compile(r"[®™©*]|\((?:R|TM)\)")
_DOSE = re.compile(
    r"(?<![\s(])[\s(]+\d[\d.,/–-]*\s*(?:%|mg|mcg|µg|μg|ug|g|kg|ml|mL|iu|IU|U|units?|mmol|Gy|cGy)\b.*$"
)
_BRACKETS = re.compile(r"(?:(?<!\s)\s+)?[(\[]([^()\[\]]*)[)\]]")
_PARTS = re.compile(r"(?:(?<!\s)\s+)?(?:[,;]|\bor\b|/(?=\s?[A-Z]))\s*")
_SEVERAL = re.compile(r"[+,;/&]|\b(?:and|plus|with|or|versus|vs)\b", re.IGNORECASE)
_NO_NAME = re.compile(
    r"placebo|vehicle|saline|control|standard|sham|comparator|usual|dumm|blind|group|arm\b|"
    r"\binc\b|\bltd\b|gmbh|\bcorp|compan|pharma|laborator|hospital|section|"
    r"brand|generic|treatment|therapy|intervention|experimental|^na$|^none$|^n/a$|study|dose|trial",
    re.IGNORECASE,
)
_CLASSES_TEXT = """
    vaccine vaccination chemotherapy radiotherapy radiation immunotherapy surgery exercise
    dietary nutritional food product combination
    drug medicine antibiotic antibiotics steroid steroids corticosteroid corticosteroids
    antihistamine insulin vitamin supplement probiotic probiotics questionnaire device
    procedure app education training counseling diet water sugar pill oral injection
    infusion tablet capsule cream gel powder solution suspension biological behavioral
    active inactive test mri ct pet
"""
_CLASSES = frozenset(_CLASSES_TEXT.split())
_FORMS_TEXT = """
    tablet tablets capsule capsules injection injections cream gel ointment oral solution
    suspension infusion pill pills powder spray inhaler patch hydrochloride hcl hydrobromide
    citrate sodium disodium potassium calcium magnesium tosylate malate maleate mesylate
    besylate acetate phosphate sulfate tartrate succinate fumarate bromide chloride
    dihydrate monohydrate trihydrate anhydrous iv sc im po
"""
_FORMS = frozenset(_FORMS_TEXT.split())
_LONGEST = 4
"""Words in a name, at most."""
_LONGEST_TEXT = 400
"""Signs of a name with its dose and what is in brackets. The registry takes 200."""

_MOST_OF_ONE = 3
"""What more main names than this have for another name is a class of treatments, no name."""
_ENOUGH = 2
"""Records that call a treatment what others give as one of its own: one alone may list partners."""

_CODE = re.compile(r"[a-z]{1,5} ?\d{3,}[a-z]*")
"""`ak104`: a code is one substance's, though records give it by that code alone, too."""
_KINDS_TEXT = """
    inhibitor antagonist blocker agonist antibody steroid corticosteroid glucocorticoid
    antihistamine analog analogue analgesic azole
"""
_KINDS = frozenset(_KINDS_TEXT.split())
"""What ends in such a word is a kind of treatments: `angiotensin ii receptor blocker`."""


@dataclass(frozen=True, slots=True)
class Apart:
    """What is no other name of a treatment, whatever a record lists, as keys."""

    conditions: Set[str] = frozenset()
    headings: Set[str] = frozenset()
    """Those of treatments: each is one of its own."""
    words: Set[str] = frozenset()
    """Of everyday: `induction`, `phase`. A name has a word beside them."""

    things: Mapping[str, Set[int]] = field(default_factory=dict)
    """Those that a table of names has each treatment in."""

    def are_two(self, name: str, other: str) -> bool:
        """Whether the table has both, and not as one."""
        one, another = self.things.get(name), self.things.get(other)
        return bool(one and another and not one & another)

    def is_no_name(self, name: str) -> bool:
        return name in self.conditions or all(word in self.words for word in name.split())


_USUAL = 100
"""One of so many records that say a word: it is of everyday, unless something is named by it."""
_AT_LEAST = 10


def apart(
    records: Sequence[Iterable[Sequence[str]]],
    conditions: Set[str],
    headings: Set[str],
    named: Mapping[str, Set[int]],
    words: Mapping[str, Sized],
) -> Apart:
    """From the site's records, and how many `words` are said by; `named` are other known names,
    with the things they are of."""
    own = own_names(records).keys()
    least = max(_AT_LEAST, len(records) // _USUAL)
    things = {name.removeprefix(SHORT): of for name, of in named.items()}
    usual = {word for word, said in words.items() if len(said) > least and _is_word(word)}
    return Apart(conditions - own, headings, usual - own - headings - named.keys(), things)


def _is_word(key: str) -> bool:
    return key.isalpha() and len(key) > 2


_NOTHING = Apart()


@dataclass(frozen=True, slots=True)
class _Listed:
    row: int
    main: str
    others: Sequence[str]


def joined(
    records: Iterable[Iterable[Sequence[str]]], known: Apart = _NOTHING
) -> Mapping[str, frozenset[str]]:
    """For each name the other names of the same treatment; each treatment of a record is its name
    and its other names, as listed there. Names are phrases of keys (keys.name_of)."""
    rows = [[*one] for one in records]
    listed = [one for row, treatments in enumerate(rows) for one in _listed(row, treatments)]
    claims = _Claims(listed, own_names(rows), known)
    return _both_ways(claims.sure(_both_ways(claims.sure({}))))


class _Claims:
    """What records list as other names of their treatments."""

    def __init__(
        self, listed: Sequence[_Listed], own: Mapping[str, Set[int]], known: Apart
    ) -> None:
        self._listed, self._own, self._known = listed, own, known
        self._slips = Slips(own.keys() | known.headings)
        self._saying: defaultdict[frozenset[str], set[int]] = defaultdict(set)
        for one in listed:
            for other in one.others:
                self._saying[frozenset((one.main, other))].add(one.row)

    def sure(self, before: Mapping[str, Set[str]]) -> Mapping[str, Set[str]]:
        """By other name the treatments it surely is of. A record that says so of a name known
        `before` to be a treatment's says so of the treatment."""
        mains: defaultdict[str, set[str]] = defaultdict(set)
        for one in self._listed:
            if one.main not in self._known.conditions:
                names = (one.main, *before.get(one.main, ()))
                for other in self._sure_of(one, names):
                    mains[other].add(one.main)
        return mains

    def _sure_of(self, one: _Listed, names: Iterable[str]) -> Iterator[str]:
        """Of a list that is mostly treatments of their own, parts of a combination or of a kind,
        none is sure by itself."""
        said = {other: self._saying_so(other, names) for other in one.others}
        several = self._treatments_among(one)
        unsaid = sum(len(said[other]) < _ENOUGH for other in several)
        parted = unsaid > 1 and 2 * unsaid >= len(one.others)
        for other in one.others:
            another = parted or other in several or self._is_another(other, one, said[other])
            is_sure = len(said[other]) >= _ENOUGH or bool(_CODE.fullmatch(other)) or not another
            denied = self._known.is_no_name(other) or self._known.are_two(one.main, other)
            if is_sure and not denied:
                yield other

    def _saying_so(self, other: str, names: Iterable[str]) -> Set[int]:
        found = (self._saying.get(frozenset((name, other)), ()) for name in names if name != other)
        return set().union(*found)

    def _treatments_among(self, one: _Listed) -> Sequence[str]:
        """The other names that are treatments of their own elsewhere, where they are several."""
        found = [
            name
            for name in one.others
            if name in self._known.headings or self._own.get(name, set()) - {one.row}
        ]
        return found if len(found) > 1 else ()

    def _is_another(self, other: str, one: _Listed, said: Set[int]) -> bool:
        """Whether it is a treatment of its own in other records, or one of these misspelt."""
        meant = self._slips.meant(other)
        is_slip = bool(meant) and meant not in (one.main, *one.others)
        return is_slip or bool(self._own.get(other, set()) - said)


def own_names(records: Iterable[Iterable[Sequence[str]]]) -> Mapping[str, Set[int]]:
    """By name of a treatment the rows that give it by that name."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for row, treatments in enumerate(records):
        for name, *_ in treatments:
            if _may_be_named(name) and (main := next(_names(name))):
                found[main].add(row)
    return found


def _both_ways(mains: Mapping[str, Set[str]]) -> Mapping[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for other, of in mains.items():
        if len(of) <= _MOST_OF_ONE or _CODE.fullmatch(other):
            for main in of:
                found[other].add(main)
                found[main].add(other)
    return {name: frozenset(others) for name, others in found.items()}


def _listed(row: int, treatments: Iterable[Sequence[str]]) -> Iterator[_Listed]:
    for name, *others in treatments:
        if not others or not _may_be_named(name) or _NO_NAME.search(name):
            continue
        main, *bracketed = _names(name)
        found = dict.fromkeys((*bracketed, *(one for text in others for one in _others(text))))
        if main and (names := [other for other in found if other and other != main]):
            yield _Listed(row, main, names)


def _may_be_named(name: str) -> bool:
    return len(name) <= _LONGEST_TEXT and not _SEVERAL.search(_without_brackets(name))


def _without_brackets(text: str) -> str:
    return _BRACKETS.sub("", text)


def _names(text: str) -> Iterator[str]:
    """A name, then those in brackets behind it: `Omalizumab (Xolair)`. An odd one is ''."""
    text = _SIGNS.sub("", text)
    yield _phrase(_DOSE.sub("", _without_brackets(text)))
    for inside in _BRACKETS.findall(text):
        if len(inside) > 3 and inside[:1].isupper() and len(inside.split()) <= 2:
            yield _phrase(inside)


def _others(text: str) -> Iterator[str]:
    if _NO_NAME.search(text) or len(text) > 80:
        return
    for part in _PARTS.split(text):
        if part:
            yield from _names(part)


def _phrase(text: str) -> str:
    words = name_of(text).split()
    while len(words) > 1 and words[-1] in _FORMS:
        words.pop()
    phrase = " ".join(words)
    odd = (
        not 1 <= len(words) <= _LONGEST
        or len(phrase) < 3
        or phrase in _CLASSES
        or all(word in _CLASSES or word in _FORMS for word in words)
        or phrase.replace(" ", "").isdecimal()
        or words[-1] in _KINDS
        or (words[0] == "anti" and len(words) == 2)  # what it acts on
    )
    return "" if odd else phrase
