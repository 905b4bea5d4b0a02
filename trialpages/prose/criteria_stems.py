"""Words of a kind's stem that begin something: headings which no form knows, in any place.

`* Exclusion checklist`, `… signed consent. Excluded: …`, `Vylučovací kritéria: …`: what is behind
such words is of no sure kind. So a line or a sentence that begins with a stem of the other kind, or
a word for criteria abroad, and stops there as a heading does, ends what is sure of a group. What it
says exactly doesn't matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from trialpages.prose.criteria_headings import GroupKind
from trialpages.prose.criteria_keys import any_case


def begins_other(text: str, kind: GroupKind) -> bool:
    """Whether a line or sentence there is, or begins with, what may be a heading of the other kind.

    What is above a list within an item turns that list alone, and isn't meant.
    """
    begins, alone = _FORMS[kind]
    return any(
        begins.match(text, start) or (_is_line(text, start) and alone.match(text, start))
        for start in _beginnings(text)
    )


def begins_in_other_script(text: str) -> bool:
    """Whether a sentence in Latin letters is followed by a heading in others."""
    return not text.isascii() and any(_OTHER_SCRIPT.match(text, at) for at in _beginnings(text))


def _beginnings(text: str) -> Iterator[int]:
    yield 0
    for found in _ENDS.finditer(text):
        yield found.end()


def _is_line(text: str, start: int) -> bool:
    """Whether a line begins there that is no criterion, such as `Exclusion of gastritis`."""
    starts = start == 0 or text[start - 1] == "\n"
    return starts and not _LINKS.search(text[start:].partition("\n")[0])


_ENDS = re.compile(r"\n|(?<=[.;!?])\s+")
_OUT = (
    r"(?:ex[ck]lu(?!siv)\w*|excl\b|eksklu\w*|esclu\w*|contra-?\s?indicat\w*|ausschlu\w*"
    r"|(?:in|non-?\s?|not\s+)eligib\w*|not\s+being\s+included|disqualif\w*|unaccept\w*|unfit|unsuitable|deselect\w*"
    r"|uitslu\w*|uteslu\w*|udeluk\w*|wy[łl][ąa]cz\w*|wyklucz\w*|vylu[čc]\w*|vylou[čc]\w*|kizár\w*"
    r"|(?:must|should)\s+not|none\s+of|absence|rule-?\s?outs?|not\s+for|not\s+to\s+be|not\s+suitable|omitted|prohibited"
    r"|screen\s+fail\w*|non-?\s?inclu\w*|(?:negative|exclusive)\s+criteria"
    r"|poissulk\w*|i[sz]klju[čc]\w*|dışla\w*|alınma\w*|hariç\w*|penolakan)"
)
_IN = (
    r"(?:in[ck]lu(?!d(?:ing|es?)\b)\w*|incl\b|einschlu\w*|eligib\w*|admissib\w*|accept(?:ed|ance)"
    r"|qualifying|requirements?|must\s+have|admission|recruitment)"
)
_CRITERIA = r"(?:\w{0,20}krit\w*|crit[eè]ri(?!a\b|on\b)\w*)"
"""Abroad: `GOLD criteria:` begins a criterion in English."""
_STOP = r"\s*(?:(?:[:：=;]|\.:|</\w)\s*\S|(?:[.)]?\s+)?1\s?[.)]\s)"
_PLAIN = r"(?:\s+(?:patients|subjects|participants|people|criteria))?"


_MORE = r"(?:(?:[.-]|[^\S\n]){1,3}[\w'’]+)"


def _forms(stem: str, nouns: str, participles: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    lead = r"[\W\d_]{0,20}(?:[\w'’-]+[^\S\n]+){0,3}?"
    begins = any_case(rf"{lead}(?:{stem}|{_CRITERIA}){_MORE}{{0,4}}{_STOP}")
    alone = any_case(
        rf"[^\w\n]{{0,20}}(?:(?:{nouns})\b{_MORE}{{0,3}}|(?:{participles}){_PLAIN}"
        r"|(?:\w+[^\S\n])?\w{0,20}krit[eé]{1,2}ri\w*|(?:negative|deselection|rejection)\s+criteria"
        r"|who\s+(?:can(?:not|['’]t|\s+not)|(?:may|should)\s+not)\b[^.:;\n]{0,20})[^\w\n]*(?:\n|$)"
    )
    return begins, alone


_FORMS: Mapping[GroupKind, tuple[re.Pattern[str], re.Pattern[str]]] = {
    "inclusion": _forms(
        _OUT, r"exclusions?|excl|contra-?indications?", r"excluded?|who\s+(?:is|are)\s+excluded"
    ),
    "exclusion": _forms(
        _IN, r"inclusions?|incl|who\s+(?:can|may|is|are|will)", r"included?|eligible"
    ),
    "other": (any_case(r"(?!)"), any_case(r"(?!)")),
}
_LINKS = any_case(r"\b(?:of|to|as|by|with|in)\b")
_OTHER_SCRIPT = re.compile(r"[\W\d_]{0,20}(?:(?![A-Za-zÀ-ɏḀ-ỿ])\w[^\w\n:：]{0,5}){4,60}[:：]")
