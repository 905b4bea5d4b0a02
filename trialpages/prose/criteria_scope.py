"""Whom criteria are for, where they aren't for everybody: a part of the study, a group of people.

`Inclusion Criteria for Cohort A`, `Group 2 (former allergy):`, `Healthy volunteers:`. A sentence
of ours over such a list must not speak of everybody, and nobody ticks such a title. Each form says
where it was seen.
"""

from __future__ import annotations

import re

from trialpages.prose.criteria_keys import any_case

_PART = (
    r"(?:(?:sub-?)?(?:parts?|cohorts?|arms?|groups?|panels?|tracks?|modules?|aims?)"
    r"|(?:sub-?)?stud(?:y|ies)"
    r"|phases?|strat(?:um|a))"
)
_LABEL = r"#?(?:\d{1,2}[a-z]?|one|two|three|four|(?-i:[A-Z]\d?[a-z]?|[IVX]{1,4}[ab]?))"
_NUMBERED = any_case(
    r"^\W*(?:[IVX]{1,4}\.\s+)?(?:(?:for|in|only|patients|participants|subjects|the|dose|expansion|treatment|additional"
    rf"|specific|to)\s+){{0,5}}(?P<word>{_PART})[\s-]{{0,2}}(?P<label>{_LABEL})"
    r"(?=\W*$|\s*[:：.,;)(\]/&–-]|\s+(?:and|or|only|for|patients|participants|subjects|inclusion"
    r"|exclusion|criteria|must|should|dose|portion|expansion|escalation|backfill|cohorts?|arms?)\b)"
)
"""`Cohorts 8 & 9:`, `[Part 2 only]`, `For Arm A subjects only: …`. Not `Stage IV`, which is one of
the disease, nor `Group 4 topical corticosteroids`. NCT05142189, NCT05960708, NCT05768880."""
_ALONE = any_case(
    rf"[(\[]only\s+(?:for|in)\s+(?:the\s+)?{_PART}[\s-]{{0,2}}{_LABEL}(?![\w.])[^()\[\]]*[)\]]"
    rf"|[(\[](?:for\s+|in\s+)?(?:the\s+)?{_PART}[\s-]{{0,2}}{_LABEL}(?![\w.])[^()\[\]]{{0,30}}\bonly[)\]]"
    rf"|\bfor\s+(?:the\s+)?{_PART}[\s-]{{0,2}}{_LABEL}\s+(?:\w+\s+)?only\W*$"
)
"""`… (Part 1 only)`, `… for Cohort C only`: NCT04008732, NCT01415128, NCT05101070."""
_FOR_ARM = any_case(
    r"\W*for\s+(?:participants|patients|subjects|those)\s+(?:receiving|enrolled|randomi[sz]ed|treated)\b"
    r"[^.;:]{1,90}[:：]\s*|\W*(?:only\s+)?(?:for|in)\s+the\s+[^.;:]{3,60}\s(?:cohorts?|arms?|groups?)\b"
    rf"[^.;:]{{0,60}}[:：]\s*|\W*{_PART}[\s-]+specific\b[^.;:]{{0,60}}[:：]\s*"
)
"""A line above others, of what is done with some people: NCT05483400, NCT07227597, NCT07220928."""
_WHO = (
    r"(?:patients?|subjects?|participants?|volunteers?|controls?|cases?|care-?givers?|carers?"
    r"|parents?|child|children|adolescents?|adults|donors?|recipients?|mothers?|fathers?|daughters?"
    r"|infants|newborns|siblings?|spouses?|partners?|relatives|famil(?:y|ies)|clinicians?|nurses?"
    r"|physicians?|providers?|professionals?|staff|stakeholders?|teachers?|students?|couples|probands?"
    r"|groups?|cohorts?|arms?)"
)
_PEOPLE = any_case(
    rf"\W*(?:for\s+)?(?:[\w'’-]+\s+){{0,5}}{_WHO}(?:\s+only)?\s*(?:\([^()]*\))?\s*[:：]\s*"
    rf"|\W*(?:only\s+)?for\s+(?:[\w'’-]+\s+){{0,3}}{_WHO}\s+(?:with|without)\s[^.:;]{{3,60}}[:：]\s*"
    rf"|\W*(?:(?:healthy|normal|study|patient|control|case)\s+)?(?!adult|child|adoles){_WHO}\W*"
)
"""A line that names people and says nothing of them: NCT02671006, NCT05420935, NCT06761612."""
_SEXES = r"(?:(?:fe)?males?|wom[ae]n|m[ae]n)"
_SPEAKS = any_case(
    r"\b(?:must|are|is|be|have|has|who|should|will|may|can|following|any|all|both|each|other|these"
    r"|those|not|no|non|either|include[sd]?|including|excluded?|eligible|child-?\s?bearing|having"
    r"|receiving|taking|criteria)\b"
)
"""Words of a line that says something of them, or of everybody, or of a condition."""
_TELLS = any_case(r"\b(?:received|diagnosed|diagnosis|history|age[ds]?|years?)\b")
"""Words of a criterion that happens to stand before a list: NCT01413438, NCT06397612."""
_NAMES_SEX = any_case(rf"\b{_SEXES}\b")
_ANYBODY = any_case(
    r"\W*(?:study\s+)?(?:patient|subject|participant|individual|person)(?:s|\(s\))?\W*|\W*people\W*"
)
"""NCT05378763."""
_SOMEBODY = any_case(
    rf"\b(?:{_WHO}|{_SEXES}|persons?|users?|officials?|workers?|youths?|pairs?|\w*smokers|\w*asthmatics"
    r"|diabetics|(?:first|second|third)\s+(?:part|stage|phase))\b"
)
"""Whom a title over a list names: NCT05854069, NCT03828656, NCT06209411, NCT06069492."""
_SOME = any_case(
    rf"\b(?:{_PART}(?:[\s-]{{0,2}}{_LABEL}\b|[\s-]+specific)|(?:sub-?study|cohorts?|arms?|groups?"
    r"|protocol)\b|controls?\b|cases?\b|donors?\b|recipients?\b|siblings?\b|parents?\b|care-?givers?\b"
    r"|carers?\b|partners?\b|mothers?\b|fathers?\b|daughters?\b|famil(?:y|ies)\b|adolescents?\b"
    r"|children\b|volunteers?\b|comparators?\b|non-\w+(?:ics|ers)\b|healthy\b|paramedics\b|clinics?\b|clinicians?\b|interviews?\b|biops\w+"
    r"|(?:patients|participants|subjects|people|those)\s+(?:with|without|receiving|treated)\b"
    r"|for\s+(?!(?:the\s+|this\s+)?(?:stud\w+|trial|inclusion|enrol\w+|participation|patients|subjects"
    r"|participants|eligibility|entry|main|overall|randomi\w+|(?:pre-?)?screening|medical)\b)\w)"
)
_EVERYBODY = any_case(
    r"\b(?:all|both|every|each\s+(?:patient|subject|participant))\b"
    rf"|\b(?:{_WHO}|study\s+population)\s+and\s+(?:\w+\s+)?{_WHO}\b"
)
_NOTHING_MORE = any_case(
    r"(?:\W*+(?:only|criteria|participants|patients|subjects))?[^\w(]*+(?:\([^()]*+\)\W*+|\W*+)"
)
_LINE = 90
_HINTS = (
    "part",
    "cohort",
    "arm",
    "group",
    "panel",
    "track",
    "modul",
    "stud",
    "phase",
    "strat",
    "aim",
)


def names_part(text: str) -> re.Match[str] | None:
    """The part or group that a line begins with, as the groups `word` and `label`."""
    start = text[:_LINE].lower()
    return _NUMBERED.match(text) if any(map(start.__contains__, _HINTS)) else None


def is_for_part_alone(text: str) -> bool:
    """Whether a line says that it is for one part of the study only, or those behind it are."""
    return bool("only" in text and _ALONE.search(text)) or bool(_FOR_ARM.fullmatch(text))


def is_people(text: str) -> bool:
    """Whether all of a line only names people: the title of what is for them."""
    return not _says_more(text) and not _NAMES_SEX.search(text) and bool(_PEOPLE.fullmatch(text))


def is_anybody(text: str) -> bool:
    """Whether a line only names those who take part: beside no other name that is everybody."""
    return bool(_ANYBODY.fullmatch(text))


def may_name(text: str) -> bool:
    """Whether a short paragraph right before a list may be the list's title."""
    ends = text.rstrip().endswith((".", ",", ";")) or "\n" in text
    return not ends and not _says_more(text) and not _TELLS.search(text)


def names_somebody(title: str) -> bool:
    """Whether the title of a list, beside other titles, says whose list it is."""
    return is_for_some(title) or bool(_SOMEBODY.search(title))


def _says_more(text: str) -> bool:
    return len(text) >= _LINE or bool(_SPEAKS.search(text))


def is_bare_title(text: str) -> bool:
    """Whether a line names a part and says nothing of it: `Group 2 (former allergy):`."""
    found = names_part(text)
    return bool(found and _NOTHING_MORE.fullmatch(text, found.end()))


def is_for_some(heading: str) -> bool:
    """Whether a heading of criteria, or a title above it, says that they aren't everybody's."""
    return bool(_SOME.search(heading)) and not _EVERYBODY.search(heading)


def is_for_all(heading: str) -> bool:
    """Whether a heading, or a title above it, says that its criteria are everybody's."""
    return bool(_EVERYBODY.search(heading) or _GENERAL.search(heading))


_GENERAL = any_case(r"\b(?:general|common|umbrella|overall|core)\b")
