"""The headings in a text of eligibility criteria, found by the forms of `criteria_headings.py`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import msgspec

from trialpages.prose.criteria_headings import FORMS, KEYS, REFERS, SPEAKS, GroupKind, HeadingForm
from trialpages.prose.criteria_keys import NOUN, CriteriaKey, words_of
from trialpages.prose.criteria_sentences import PART, words_in
from trialpages.prose.criteria_stems import begins_in_other_script, begins_other


class Mark(msgspec.Struct, frozen=True):
    """Where a heading stands in a text; empty where its words belong to what follows."""

    kind: GroupKind
    start: int
    end: int
    form: HeadingForm


def is_about_criteria(text: str) -> bool:
    """Whether there is anything to find in it: a quick look, for most texts have nothing."""
    text = plain_signs(text)
    low = text.lower()
    return (
        "usion" in low
        or "ligibil" in low
        or "criteria" in low
        or -1 < low.find("clude") < _NEAR
        or -1 < low.find("ligible") < _NEAR
        or "who " in low
        or "ulsion" in low
        or low[-_LINE:].rstrip(_BEHIND_WORDS).endswith(_PERMITS)
        or low.partition(":")[0][:_LINE].endswith(_PERMITS)
        or "\n" in text
        or ends_as_heading(text)
        or "kriter" in low
        or "criterio" in low
        or "schluss" in low
        or not (low.isascii() or _ABROAD.isdisjoint(low))
    )


_SIGNS = str.maketrans(
    "：；，。．、！？（）［］【】〔〕＊／－＿＃＆　\u00a0\u2009\u202f", ":;,..,!?()[][][]*/-_#&    "
)


def plain_signs(text: str) -> str:
    """A text with the full-width punctuation and the odd blanks of other keyboards as ASCII has
    them, sign for sign: every place in it stays where it is."""
    return text if text.isascii() else text.translate(_SIGNS)


_PERMITS = ("allowed", "permitted", "required", "acceptable", "exceptions", "exception")
_BEHIND_WORDS = ":*_. "
_LINE = 120
_NEAR = 50
"""Participles are headings only where a line begins."""
_ABROAD = frozenset("èéóã标標条忌象基準기준кąłêקกمö")


def headings(text: str) -> Sequence[Mark]:
    """Every heading of a paragraph's text, in order. Its line breaks are those of the source."""
    text = plain_signs(text)
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


def reminds_of_other(text: str, kind: GroupKind) -> bool:
    """Whether something of the other kind stands here that may be a heading."""
    text = plain_signs(text)
    low = text.lower()
    lead, colon, _ = low.partition(":")
    if colon and len(lead) < _LINE and lead.endswith(_ENDS[kind]) and _UNLIKE[kind].fullmatch(lead):
        return True
    if kind == "inclusion" and ends_as_heading(text) and _KEEPS_OUT.search(text):
        return True
    if begins_other(text, kind) or begins_in_other_script(text):
        return True
    return ("usion" in low or "ulsion" in low or "neligib" in low) and any(
        found.lastgroup != kind and _may_be_heading(text, found)
        for found in NOUN.pattern.finditer(text)
    )


def ends_as_heading(text: str) -> bool:
    """Whether it is a line that something stands below."""
    return len(text) < _LINE and plain_signs(text).rstrip("*_ ").endswith(":")


_KEEPS_OUT = re.compile(
    r"\b(?:(?:rul|turn|kee?p|lea?v|lef|shut|screen)\w*\s+(?:\w+\s+)?(?:out|away)|unsuit\w+|unfit|barred"
    r"|closed\s+(?:to|for)|forb[ia]d\w*|prohibit\w*|disallow\w*|disqualif\w+|contra-?indicat\w+"
    r"|must\s+be\s+absent|screen(?:ing)?\s+fail\w+|reject\w*|uitsluit\w*|uteslut\w*|ausschl\w*"
    r"|udeluk\w*|eksklu\w*|kizár\w*|vyluč\w*|poissulk\w*)",
    re.IGNORECASE,
)
"""Words of a line above criteria that may keep people out; what it means isn't sure."""

_LEADS = (
    r"(?:[\W\d_]|prior|concurrent|previous|concomitant|medications?|treatments?|therapy"
    r"|therapies)*"
)
_ENDS: Mapping[GroupKind, tuple[str, ...]] = {
    "inclusion": ("excluded", "prohibited", "forbidden", "not allowed", "not permitted"),
    "exclusion": ("allowed", "permitted", "required", "acceptable", "included"),
}
_UNLIKE: Mapping[GroupKind, re.Pattern[str]] = {
    kind: re.compile(_LEADS + f"(?:{'|'.join(ends)})") for kind, ends in _ENDS.items()
}
"""Beginnings of a line, deep in a list too, that turn what is said above it."""


def is_title(text: str) -> bool:
    """Whether a paragraph right before a heading is the title of a part or cohort."""
    return is_short_line(text) and len(text.split()) <= _TITLE_WORDS and bool(PART.search(text))


def is_short_line(text: str) -> bool:
    """Whether a paragraph is no sentence, nor about criteria."""
    whole = len(text) > _SHORT or "\n" in text or text.endswith((".", ";", ","))
    return not whole and not NOUN.pattern.search(text)


_SHORT, _TITLE_WORDS = 80, 10

# --- headings -----------------------------------------------------------------------------------

_LONGEST = 160
"""Characters from the beginning of a heading to its key."""
_SENTENCE_END = re.compile(r"[.;:•]\s+|\s[–—•-]\s*|[.;]-\s*")
_FORMS = {key: tuple(form for form in FORMS if form.key == key) for key in KEYS}


Keys = Sequence[CriteriaKey]


def _keys_in(low: str) -> Iterator[CriteriaKey]:
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


def _by_key(key: CriteriaKey, text: str, start: int, end: int) -> Mark | None:
    for found in key.pattern.finditer(text, start, end):
        for begin in _beginnings(text, start, found.start()):
            if not SPEAKS.isdisjoint(_spoken(text[begin : found.start()])):
                continue
            for form in _FORMS[key]:
                if mark := _fitting(form, found, begin, end):
                    return mark
    return None


def _spoken(text: str) -> list[str]:
    """Its words, without the failure of a heart or of a treatment, which meets no criteria."""
    return words_in(_FAILURE.sub(" of ", text) if "ailure" in text else text)


_FAILURE = re.compile(r"\bfailures?\b(?!\s+(?:to|of)\b)", re.IGNORECASE)


def _fitting(form: HeadingForm, key: re.Match[str], begin: int, end: int) -> Mark | None:
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
    if form.is_sentence and text[:end].rstrip().endswith(":") and end - begin < _LONGEST:
        stops = end
    return Mark(kind, begin, stops, form)


def _beginnings(text: str, start: int, key: int) -> Iterator[int]:
    """Where a heading with its key there may begin: the line, the sentence, the key itself."""
    if _stands_behind(text, start, key):
        yield key
        return
    if key - start <= _LONGEST and not _is_glued(text, start, key):
        yield start
    last = start
    for found in _SENTENCE_END.finditer(text, max(start, key - _LONGEST), key):
        last = found.end()
    if last < key and _is_glued(text, last, key):
        yield key
    elif last > start:
        yield last


def _stands_behind(text: str, start: int, key: int) -> bool:
    """Whether only a criterion stands between a heading and the key: `Inclusion: adults Exclusion:`
    is two headings, `Inclusion: Main Exclusion Criteria:` one and the next."""
    if not start or text[start - 1] == "\n" or not text[key].isupper():
        return False
    between = _spoken(text[start:key])
    if not between or _SENTENCE_END.search(text, start, key) or between[-1] in RARELY_LAST:
        return False
    return not QUALIFIERS.issuperset(between) and SPEAKS.isdisjoint(between[-_NEXT_TO:])


RARELY_LAST = words_of(
    "a an the of in or and for to with see under also these this those following at on by as other"
)
"""Words that no criterion ends with: what stands behind one belongs to its sentence."""
QUALIFIERS = words_of(
    "key main major principal primary secondary additional general specific common patient "
    "patients subject subjects participant participants donor donors recipient recipients "
    "control controls partner sibling individual family case cases group groups cohort part "
    "phase arm stage study substudy trial screening randomization operative related tumor "
    "tumour malignancies volunteers further original level visit eye disease population list "
    "module"
)
"""Words before a kind that belong to its heading."""
_REACH, _QUALIFYING, _FEW = 60, 6, 2


def _is_glued(text: str, start: int, key: int) -> bool:
    """Whether a heading seems to begin at the key, behind a criterion without a sign between.

    `Stable heterosexual relationship Exclusion Criteria:` is two things in one line of a list.
    """
    if not text[key].isupper():
        return False
    stretch = text[start:key]
    before = stretch.split(None, _QUALIFYING)  # no more are counted
    last = stretch.rsplit(None, 1)[-1] if before else ""
    if not before or last.lower() in RARELY_LAST:
        return False
    if not REFERS.isdisjoint(_spoken(text[max(start, key - _REACH) : key])):
        return False
    if text.count("(", start, key) > text.count(")", start, key):
        return False
    starts_low = before[0][0].islower() and len(before) > 1
    if last.lower() in QUALIFIERS and len(before) <= _QUALIFYING and not starts_low:
        return False
    if text[key : key + 3].isupper():
        return not last.isupper()
    return last[0].islower() and (starts_low or len(before) > _FEW)


def _may_be_heading(text: str, noun: re.Match[str]) -> bool:
    line = text.rfind("\n", 0, noun.start()) + 1
    before = text[max(line, noun.start() - _REACH) : noun.start()]
    has_colon = _CRITERIA_COLON.match(text, noun.end())
    if has_colon and before.rstrip().endswith((",", ";", "[", "(")):
        return True
    if _CRITERIA_WORD.match(text, noun.end()) and before.endswith((" - ", " – ", " — ")):
        return True
    if not SPEAKS.isdisjoint(_spoken(before)[-_NEXT_TO:]):
        return False
    return bool(
        has_colon
        or (_CRITERIA_WORD.match(text, noun.end()) and not before.strip(" *-•.0123456789)("))
    )


_CRITERIA_WORD = re.compile(r"\s+crit\w*", re.IGNORECASE)
_CRITERIA_COLON = re.compile(r"\s*(?:crit\w*)?\s*:", re.IGNORECASE)

_NEXT_TO = 4
