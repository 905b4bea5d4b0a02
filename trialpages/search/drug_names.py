"""Names of one treatment, as the records of a site join them: `Sildenafil citrate`, `Viagra`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set, Sized
from dataclasses import dataclass

from trialpages.search.keys import name_of

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
    antihistamine analog analogue
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

    def is_no_name(self, name: str) -> bool:
        return name in self.conditions or all(word in self.words for word in name.split())


_USUAL = 100
"""One of so many records that say a word: it is of everyday, unless something is named by it."""
_AT_LEAST = 10


def apart(
    records: Sequence[Iterable[Sequence[str]]],
    conditions: Set[str],
    headings: Set[str],
    named: Set[str],
    words: Mapping[str, Sized],
) -> Apart:
    """From the site's records, and how many `words` are said by; `named` are other known names."""
    own = own_names(records).keys()
    least = max(_AT_LEAST, len(records) // _USUAL)
    usual = {word for word, said in words.items() if len(said) > least and _is_word(word)}
    return Apart(conditions - own, headings, usual - own - headings - named)


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
    own = own_names(rows)
    listed = [one for row, treatments in enumerate(rows) for one in _listed(row, treatments)]
    saying: defaultdict[frozenset[str], set[int]] = defaultdict(set)
    for one in listed:
        for other in one.others:
            saying[frozenset((one.main, other))].add(one.row)
    mains: defaultdict[str, set[str]] = defaultdict(set)
    for one in listed:
        several = _treatments_among(one, own, known.headings)
        for other in one.others:
            agreeing = saying[frozenset((one.main, other))]
            is_another = other in several or bool(own.get(other, set()) - agreeing)
            is_sure = len(agreeing) >= _ENOUGH or bool(_CODE.fullmatch(other)) or not is_another
            if is_sure and one.main not in known.conditions and not known.is_no_name(other):
                mains[other].add(one.main)
    return _both_ways(mains)


def own_names(records: Iterable[Iterable[Sequence[str]]]) -> Mapping[str, Set[int]]:
    """By name of a treatment the rows that give it by that name."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for row, treatments in enumerate(records):
        for name, *_ in treatments:
            if _may_be_named(name) and (main := next(_names(name))):
                found[main].add(row)
    return found


def _treatments_among(
    one: _Listed, own: Mapping[str, Set[int]], headings: Set[str]
) -> Sequence[str]:
    """The other names that are treatments of their own elsewhere, where they are several: of a
    combination, or of a kind."""
    found = [name for name in one.others if name in headings or own.get(name, set()) - {one.row}]
    return found if len(found) > 1 else ()


def _both_ways(mains: Mapping[str, Set[str]]) -> Mapping[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for other, of in mains.items():
        if len(of) <= _MOST_OF_ONE:
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
