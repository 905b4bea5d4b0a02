"""The headings in a text of eligibility criteria, found by the forms of `criteria_headings.py`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import msgspec

from trialpages.prose.criteria_headings import (
    FORMS,
    KEYS,
    NOUN,
    REFERS,
    SPEAKS,
    Form,
    GroupKind,
    Key,
    words_of,
)
from trialpages.prose.criteria_sentences import (
    BELOW,
    DECIDES,
    DENIES,
    EVERYBODY,
    OPENS,
    PART,
    PERSONS,
)


class Mark(msgspec.Struct, frozen=True):
    """Where a heading stands in a text; empty where its words belong to what follows."""

    kind: GroupKind
    start: int
    end: int
    form: Form


def is_about_criteria(text: str) -> bool:
    """Whether there is anything to find in it: a quick look, for most texts have nothing."""
    low = text.lower()
    return (
        "usion" in low
        or "ligibil" in low
        or "criteria" in low
        or -1 < low.find("clude") < _NEAR
        or -1 < low.find("ligible") < _NEAR
        or "who " in low
        or "ulsion" in low
        or "\n" in text
        or "kriteri" in low
        or "criterio" in low
        or not (low.isascii() or _ABROAD.isdisjoint(low))
    )


_NEAR = 50
"""Participles are headings only where a line begins."""
_ABROAD = frozenset("èé标基準기준к")


def headings(text: str) -> Sequence[Mark]:
    """Every heading of a paragraph's text, in order. Its line breaks are those of the source."""
    return _known_headings(text) if len(text) <= _SHORT else tuple(_headings(text))


@lru_cache(maxsize=1024)  # nearly all trials have the same two
def _known_headings(text: str) -> Sequence[Mark]:
    return tuple(_headings(text))


def _headings(text: str) -> Iterator[Mark]:
    keys = list(_keys_in(text.lower()))
    at = 0
    for line in text.split("\n") if keys else ():
        yield from _in_line(keys, text, at, at + len(line))
        at += len(line) + 1


def is_sure(mark: Mark, text: str) -> bool:
    """Whether a heading can be nothing else: it neither goes on with the line above it, as a
    sentence broken into lines does, nor takes back what it says."""
    if _TAKES_BACK.search(text, mark.start, mark.end):
        return False
    above = text[: mark.start].rstrip(" ")
    if not above.endswith("\n"):
        return True
    words = _words(above[-_REACH:])
    if words and (words[-1] in _RARELY_LAST or words[-1].endswith(("'s", "’s"))):
        return False
    first = text[mark.start : mark.end].lstrip()[:1]
    return not (first.islower() and above.rstrip()[-1:].isalnum())


def heading_kind(line: str) -> GroupKind | None:
    """The kind of criteria that a line announces which is a heading and nothing else."""
    marks = headings(line)
    whole = len(marks) == 1 and marks[0].start == 0 and not line[marks[0].end :].strip()
    return marks[0].kind if whole else None


def may_introduce(text: str) -> bool:
    """Whether it ends as what stands before a list: the quick look for `introduction`."""
    return text.endswith(_LAST_WORDS)


def introduction(text: str) -> tuple[GroupKind, int] | None:
    """What the sentence at the text's end says of the list behind it, and where its line begins.

    None where it says nothing, or only of somebody in particular.
    """
    if text[-1:] not in _COLONS and not OPENS.search(text[-_ENDING:]):
        return None
    start = text.rstrip().rfind("\n") + 1
    line = text[start:]
    decided = [
        found.lastgroup for found in DECIDES.finditer(line) if _names_nobody(line[: found.start()])
    ]
    if "exclusion" in decided:
        return "exclusion", start
    return ("inclusion", start) if decided and not DENIES.search(line) else None


def reminds_of_other(text: str, kind: GroupKind) -> bool:
    """Whether something of the other kind stands here that may be a heading."""
    low = text.lower()
    return ("usion" in low or "ulsion" in low or "neligib" in low) and any(
        found.lastgroup != kind and _may_be_heading(text, found)
        for found in NOUN.pattern.finditer(text)
    )


def is_title(text: str) -> bool:
    """Whether a paragraph right before a heading is the title of a part or cohort."""
    return is_short_line(text) and len(text.split()) <= _TITLE_WORDS and bool(PART.search(text))


def is_short_line(text: str) -> bool:
    """Whether a paragraph is no sentence, nor about criteria."""
    whole = len(text) > _SHORT or "\n" in text or text.endswith((".", ";", ","))
    return not whole and not NOUN.pattern.search(text)


_ENDING = 60
_COLONS = (":", "：")
_LAST_WORDS = (":", "：", ";", "if", "they", "you", "when")
_SHORT, _TITLE_WORDS = 80, 10

# --- headings -----------------------------------------------------------------------------------

_LONGEST = 160
"""Characters from the beginning of a heading to its key."""
_SENTENCE_END = re.compile(r"[.;:•]\s+|\s[–—•-]\s*|[.;]-\s*")
_FORMS = {key: tuple(form for form in FORMS if form.key == key) for key in KEYS}


Keys = Sequence[Key]


def _keys_in(low: str) -> Iterator[Key]:
    for key in KEYS:
        for hint in key.hints:
            if hint in low:
                yield key
                break


def _in_line(keys: Keys, text: str, start: int, end: int) -> Iterator[Mark]:
    while start < end and (mark := _first(keys, text, start, end)):
        yield mark
        if mark.start == mark.end:
            return  # the rest of the line belongs to what follows
        start = mark.end


def _first(keys: Keys, text: str, start: int, end: int) -> Mark | None:
    marks = [mark for key in keys if (mark := _by_key(key, text, start, end))]
    return min(marks, key=lambda mark: mark.start, default=None)


def _by_key(key: Key, text: str, start: int, end: int) -> Mark | None:
    for found in key.pattern.finditer(text, start, end):
        for begin in _beginnings(text, start, found.start()):
            if not SPEAKS.isdisjoint(_words(text[begin : found.start()])):
                continue
            for form in _FORMS[key]:
                if mark := _fitting(form, found, begin, end):
                    return mark
    return None


def _fitting(form: Form, key: re.Match[str], begin: int, end: int) -> Mark | None:
    text = key.string
    if not form.before.fullmatch(text, begin, key.start()):
        return None
    behind = form.behind.match(text, key.end(), end)
    if not behind:
        return None
    kind: GroupKind = "inclusion" if key.lastgroup == "inclusion" else "other"
    if key.lastgroup == "exclusion":
        kind = "exclusion"
    stops = begin if form.is_sentence else behind.end()
    if form.is_sentence and text[:end].rstrip().endswith((":", "：")) and end - begin < _LONGEST:
        stops = end
    return Mark(kind, begin, stops, form)


def _beginnings(text: str, start: int, key: int) -> Iterator[int]:
    """Where a heading with its key there may begin: the line, the sentence, the key itself."""
    if key - start <= _LONGEST and not _is_glued(text, start, key):
        yield start
    last = start
    for found in _SENTENCE_END.finditer(text, max(start, key - _LONGEST), key):
        last = found.end()
    if last < key and _is_glued(text, last, key):
        yield key
    elif last > start:
        yield last


_RARELY_LAST = words_of(
    "a an the of in or and for to with see under also these this those following at on by as other"
)
"""Words that no criterion ends with: what stands behind one belongs to its sentence."""
_QUALIFIERS = words_of(
    "key main major principal primary secondary additional general specific common patient "
    "patients subject subjects participant participants donor donors recipient recipients "
    "control controls partner sibling individual family case cases group groups cohort part "
    "phase arm stage study substudy trial screening randomization operative related tumor "
    "tumour malignancies volunteers further original level visit eye disease population list "
    "module"
)
_REACH, _QUALIFYING, _FEW = 60, 6, 2


def _is_glued(text: str, start: int, key: int) -> bool:
    """Whether a heading seems to begin at the key, behind a criterion without a sign between.

    `Stable heterosexual relationship Exclusion Criteria:` is two things in one line of a list.
    """
    before = text[start:key].split()
    if not before or not text[key].isupper() or before[-1].lower() in _RARELY_LAST:
        return False
    last = before[-1]
    if not REFERS.isdisjoint(_words(text[max(start, key - _REACH) : key])):
        return False
    if text.count("(", start, key) > text.count(")", start, key):
        return False
    starts_low = before[0][0].islower() and len(before) > 1
    if last.lower() in _QUALIFIERS and len(before) <= _QUALIFYING and not starts_low:
        return False
    if text[key : key + 3].isupper():
        return not last.isupper()
    return last[0].islower() and (starts_low or len(before) > _FEW)


def _may_be_heading(text: str, noun: re.Match[str]) -> bool:
    line = text.rfind("\n", 0, noun.start()) + 1
    before = text[max(line, noun.start() - _REACH) : noun.start()]
    if not SPEAKS.isdisjoint(_words(before)[-_NEXT_TO:]):
        return False
    return bool(
        _CRITERIA_COLON.match(text, noun.end())
        or (_CRITERIA_WORD.match(text, noun.end()) and not before.strip(" *-•.0123456789)("))
    )


_CRITERIA_WORD = re.compile(r"\s+crit\w*", re.IGNORECASE)
_CRITERIA_COLON = re.compile(r"\s*(?:crit\w*)?\s*[:：]", re.IGNORECASE)

_NEXT_TO = 4
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower()) if text else []


_TAKES_BACK = re.compile(
    r"\b(?:crit\w*|exclu\w+|inclu\w+)\b[^.:;]*\b(?:not(?!\s+limited)|never|waived)\b", re.IGNORECASE
)

# --- introductions ------------------------------------------------------------------------------

_MOST_OTHERS = 3


def _names_nobody(subject: str) -> bool:
    words = _words(subject)
    others = sum(word not in EVERYBODY for word in words)
    points = bool(BELOW.search(subject))
    opens = words[:2] in (["to", "be"], ["in", "order"])
    if not (points or opens or not PERSONS.isdisjoint(words)):
        return False
    return others == 0 or (others <= _MOST_OTHERS and points)
