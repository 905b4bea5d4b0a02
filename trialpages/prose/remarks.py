"""Lines among criteria that are none themselves: nobody ticks them on paper."""

from __future__ import annotations

import re

_OF_PEOPLE = (
    r"(?:participants?|patients?|subjects?|persons?|people|individuals?|volunteers?|candidates?"
    r"|children|adults?|women|men)"
)
_DECIDES = (
    r"(?:(?:not\s+)?(?:eligible|included|enrolled|recruited|considered|admitted)|ineligible"
    r"|excluded)"
)
_INTRODUCES = re.compile(
    rf"(?:all\s+|any\s+|the\s+|potential\s+|eligible\s+){{0,2}}{_OF_PEOPLE}\b[^.:;,]{{0,60}}"
    rf"\b(?:are|is|be|were)\s+{_DECIDES}\b[^.:;,]{{0,60}}"
    r"\b(?:following|below)(?:\s+(?:\w+\s+){0,3}(?:criteria|criterion|conditions?|apply|applies"
    r"|met|reasons?|true))?[^\w]*",
    re.IGNORECASE,
)


def introduces(text: str) -> bool:
    """Whether an item only says of the criteria behind it what they are for: a line that nobody
    can tick. Seen so: NCT06372145, NCT06376513."""
    return bool(_INTRODUCES.fullmatch(text.strip()))


_EXPLAINS = re.compile(
    r"\W*(?:(?:foot)?notes?|n\.?b|definitions?|remarks?)\b\.?\s*[:：.]"
    r"|(?:[^\s.,;:]+\s+){1,8}(?:is|are)\s+(?:\w+\s+)?defined\s+(?:as|by)\b"
    r"(?:[^.;\w]*+\w++)*+[^\w.;:：]*+[:：]\W*+$"
    r"|(?:[^\s.,;:]+\s+){0,6}\S{0,60}(?:bearing|menopaus\w*+|infertil\w*+|steril\w*+)[^.,;:]{0,40}"
    r"\b(?:is|are)\s+(?:\w+\s+)?defined\s+(?:as|by)\b"
    r"|all\s+answers\s+(?:must|should)\s+be\s+\W?(?:yes|no)\b[^.]*\.?\s*$",
    re.IGNORECASE,
)


def explains(text: str) -> bool:
    """Whether an item is a note on others, or says what their words mean: nothing that is true or
    false of anybody. Seen so: NCT03180268, NCT00090376, NCT03058094, NCT06825494."""
    return bool(_EXPLAINS.match(text))


_GOES_ON = re.compile(
    r"\b(?:with\s+(?:the\s+|these\s+)?(?:following\s+)?exceptions?\b[^.;:]{0,40}|or)\s*:$",
    re.IGNORECASE,
)


def leads_in(words: str) -> bool:
    """Whether a paragraph that ends in a colon only says what follows, and is no criterion itself:
    `Immune disease, with the exceptions below:` is one, and `ED score below 13, or:`. NCT06754501,
    NCT03681392."""
    return words.endswith(":") and not _GOES_ON.search(words, max(0, len(words) - _LONG))


def is_title(words: str) -> bool:
    """Whether a paragraph before a list is the list's title, and no criterion that happens to
    stand there (`QTc ≥480 msec`, `3 .mixed leukemia`): NCT06250036, NCT04478006."""
    if len(words) >= _LONG or not _TITLE.fullmatch(words):
        return False
    return bool(_POINTS.search(words)) or not _DEMANDS.search(words)


_LONG = 90
_TITLE = re.compile(r"\W*(?:[IVX]{1,4}[.)]\s)?[A-Z0-9][^.;&≥≤<>=%]*")
_POINTS = re.compile(
    r"\b(?:followings?|follows|below|either|criteria|requirements?|conditions|including|includes?)\b"
    r"|\b(?:must|requiring|of|with|by|as|to|on|for|if|a\s+bmi)$",
    re.IGNORECASE,
)
_DEMANDS = re.compile(
    r"^[•·●▪◦.]|,$|\d[\d.,]*\s*(?:mg|mcg|g|kg|ml|m?sec|ms|mm\w*|cm|years?|months?|weeks?|days?|hours?)\b"
    r"|\b(?:must|willing|able|unable|agree\w*|not?|history\s+of|confirmed|proven|documented|active"
    r"|ongoing|uncontrolled|recent|requiring|receiving|taking|diagnosed|diagnosis|untreated|positive"
    r"|negative|presence|absence|evidence|inability|allowed|than|at\s+least|within|are|is|was|were|has"
    r"|have|had|does|do|will|who)\b",
    re.IGNORECASE,
)
"""Words and amounts of a line that is a criterion, unless it points at the list: NCT02381314,
NCT05417880, NCT05520294, NCT05717140, NCT06332170, NCT06754501; `. DM 1-2`: NCT03905018."""
