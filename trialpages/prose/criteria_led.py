"""Lines among criteria that say themselves which group of people, or part of the study, they are
for, and go on with the criterion: `Control group: healthy`, `History of vitiligo (Group D)`.

`criteria_scope.py` knows titles that stand over such lines. A line for women or for the ill alone
isn't meant: the study has no group of these. Each form says where it was seen.
"""

from __future__ import annotations

import re

from trialpages.prose.criteria_keys import any_case

_GROUP = r"(?:(?:sub-?)?groups?|(?:sub-?)?cohorts?|arms?|sub-?stud(?:y|ies))"
_NO_GROUP = (
    r"(?!(?:[\w'’/-]+\s+)*(?:ages?|blood|ethnic\w*|racial|risk|target|grade|gleason|working|oncology|sex|gender"
    r"|social|peer|support|muscles?|drugs?|patients?|stud(?:y|ies)|same|any|each|every|all|both|upper|lower|left"
    r"|right|in|on|of|with|this|that)\s)"
)
"""Words before `group` that make it none of the study's, or tell of all: `Age group: 18 to 65`."""
_LABEL = r"#?(?:\d{1,2}[a-z]?|one|two|three|four|(?-i:[A-Z]\d?|[IVX]{1,4}[ab]?))(?![\w-]|\.\d)"
_NUMBERED = rf"(?:(?:sub-?)?cohorts?|arms?|sub-?stud(?:y|ies)|study\s+parts?|parts?)\s+{_LABEL}"
_CONTROLS = (
    r"(?:(?:healthy|normal|matched|non-?\w+)\s+){0,2}(?:controls?|volunteers?)"
    r"(?:\s+(?:subjects?|participants?|group))?"
)
_START = r"(?:^\W*+(?:[a-z\d]{1,2}[.)]\s+)?|(?<=[.;]\s)|(?<=[a-z]\s)(?=(?-i:[A-Z])))"
_OTHERS = (
    r"(?!(?:all|both|every|each|any|enrolled|eligible|the|these|those|this|male|female|women|men|wocbp|sexually"
    r"|fertile|pre\w*|post\w*|pregnant|breast\w*|child\w*|adults?|adolescents?|paediatric|pediatric|elderly|other"
    r"|most|some|such|study|new|current|non-english|english|randomi[sz]ed|screened|included)\b)"
)
_FIRST = any_case(
    rf"\W*(?:tumou?r|control|treatment|patient|case|normal)\s+group,\s*\S"
    rf"|\W*(?:[a-z\d]{{1,2}}[.)]\s+)?(?:for\s+)?(?:the\s+)?{_CONTROLS}\s*(?:\([^()]*\)\s*)?[:：]\s*\S"
    rf"|\W*(?:only\s+)?for\s+(?:the\s+)?{_OTHERS}(?:[\w'’/+-]+\s+){{1,3}}(?:patients|subjects|participants"
    rf"|volunteers|controls)\s*(?:\([^()]*\)\s*)?[:：,]\s"
    rf"|\W*(?:the\s+)?(?:[\w-]+\s+)?control\s+(?:groups?|subjects|participants)\b"
    rf"|\W*(?:[\w-]+\s+){{0,3}}(?:criteria|criterion)\s+(?:relating\s+to|for)\s+"
    rf"(?:(?!(?:all|both|each|every|the)\b|and\b)[\w-]+\s+){{0,2}}(?:controls?|{_GROUP})\b"
)
"""How such a line begins: NCT02340468, NCT04643704, NCT06953089, NCT04650464, NCT04193670."""
_LED = any_case(
    rf"{_START}(?:(?:only\s+)?(?:for|in)\s+)?(?:the\s+)?{_NO_GROUP}(?:[\w'’/+-]+\s+){{1,4}}{_GROUP}(?:\s+(?:only"
    r"|patients|subjects|participants))?\s*(?:\([^()]*\)\s*)?[:：]\s*\S"
)
"""NCT05497596; within a line without a stop: NCT00298376."""
_WITHIN = any_case(
    r"(?<!of\s)(?<!than\s)(?<!with\s)(?<!to\s)\bhealthy\s+controls?\b|\(for\s+controls?\)"
    r"|\b(?:serve|included?|recruited|enrolled)\s+as\s+(?:the\s+|healthy\s+)*controls?\b"
    rf"|\b(?:only|applicable|specific|obligatory)\s+(?:only\s+)?(?:to|for|in|on)\s+(?:the\s+)?{_NO_GROUP}"
    rf"(?:(?:[\w-]+\s+){{1,3}}{_GROUP}\b|{_NUMBERED})"
    rf"|\b(?:for|in|on|to)\s+(?:the\s+)?{_NUMBERED}"
    rf"|[(\[](?:for\s+|in\s+)?{_NUMBERED}"
    rf"|[(\[](?:for\s+|in\s+)?(?:the\s+)?(?:(?:control|test|disease|case|patient|treatment|tumou?r|non-?\w+)\s+"
    rf"(?:groups?|cohorts?|arms?)|groups?\s+(?-i:[A-Z]))(?:\s+only)?\s*[)\]]\W*$"
)
"""NCT06201780, NCT00170339, NCT01130363, NCT05883553, NCT04656535, NCT06790706, NCT05633706,
NCT04207047."""
_NAMED = re.compile("group|cohort|arms?\\b|control|stud(?:y|ies)|parts?\\b")
_LABELLED = any_case(
    rf"^\W*(?:[a-z\d]{{1,2}}[.)]\s+)?(?P<word>group|cohort|arm|part|stratum)s?\s+(?P<label>{_LABEL})"
)


def is_led_by_group(line: str) -> bool:
    """Whether a line says that it is for one group, or one part of the study."""
    if _FIRST.match(line):
        return True
    low = line.lower()
    if not _NAMED.search(low):
        return False
    grouped = (":" in line or "：" in line) and bool(_LED.search(line))
    return grouped or bool(_WITHIN.search(line))


def labelled(line: str) -> str:
    """The part or group that a line begins with, which counts beside another: `Group 1 …`."""
    found = _LABELLED.match(line)
    return f"{found['word']} {found['label']}".lower() if found else ""
