"""Names of one treatment, as the records of a site join them: `Sildenafil citrate`, `Viagra`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

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


def joined(treatments: Iterable[Sequence[str]]) -> Mapping[str, frozenset[str]]:
    """For each name the other names of the same treatment; each treatment is its name and its
    other names, as a record lists them. Names are phrases of keys (keys.name_of)."""
    mains: dict[str, set[str]] = defaultdict(set)
    for name, *others in treatments:
        if (
            not others
            or len(name) > _LONGEST_TEXT
            or _SEVERAL.search(_without_brackets(name))
            or _NO_NAME.search(name)
        ):
            continue
        main, *bracketed = [*_names(name), ""]
        for other in (*bracketed, *(one for text in others for one in _others(text))):
            if main and other and other != main:
                mains[other].add(main)
    found: dict[str, set[str]] = defaultdict(set)
    for other, of in mains.items():
        if len(of) <= _MOST_OF_ONE:
            for main in of:
                found[other].add(main)
                found[main].add(other)
    return {name: frozenset(others) for name, others in found.items()}


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
    )
    return "" if odd else phrase
