"""Sentences of eligibility criteria that say what the list behind them is."""

from __future__ import annotations

import re
from itertools import takewhile

from trialpages.prose.criteria_headings import GroupKind
from trialpages.prose.criteria_keys import OF_STUDY, any_case, words_of


def may_introduce(text: str) -> bool:
    """Whether it ends as what stands before a list: the quick look for `introduction`."""
    return text.endswith(_LAST_WORDS)


def introduction(text: str) -> tuple[GroupKind, int] | None:
    """What the sentence at the text's end says of the list behind it, and where its line begins.

    None where it says nothing, or only of somebody in particular.
    """
    if text[-1:] not in _COLONS and not _OPENS.search(text[-_ENDING:]):
        return None
    start = text.rstrip().rfind("\n") + 1
    line = text[start:]
    near = takewhile(lambda found: found.start() <= _FAR, _DECIDES.finditer(line))
    decided = [found.lastgroup for found in near if _names_nobody(line[: found.start()])]
    if "exclusion" in decided:
        return "exclusion", start
    return ("inclusion", start) if decided and not _DENIES.search(line) else None


_WORD = re.compile(r"[^\W\d_][\w'’-]*")


def words_in(text: str) -> list[str]:
    return _WORD.findall(text.lower()) if text else []


def last_sentence(text: str) -> str:
    """What stands before a word in its sentence; `For women: must` names them before the colon."""
    return next(filter(str.strip, reversed(_SENTENCE_STARTS.split(text))), "")


_SENTENCE_STARTS = re.compile(r"[.:]\s|[;\n；]")


def without_instruction(text: str) -> str:
    """The text without a sentence that tells how to read the list, and decides of nobody."""
    return _HOW_TO_ANSWER.sub("", text) if "nswer" in text else text


_HOW_TO_ANSWER = any_case(r"\b(?:all\s+)?answers\s+(?:must|should)\s+be\s+\W?(?:yes|no)\b[^.:;]*")
"""NCT06413225, NCT06383962: `All answers must be NO to be eligible for the study.`"""


def decides(text: str, kind: GroupKind) -> bool:
    """Whether a sentence says itself that it is of that kind: `Patients with AIDS are excluded.`"""
    found = {found.lastgroup for found in _DECIDES.finditer(text)}
    return kind in found and (kind == "exclusion" or "exclusion" not in found)


def may_turn(text: str, kind: GroupKind) -> bool:
    """Whether what stands right before a list may say the contrary of the list's group.

    It need not: `None of the following:` is a fair condition. But its items, read one by one, are
    then no criteria of that kind, and so nothing of ours may stand over them. Where the sentence
    before the list demands something, what stands in brackets is a remark on that.
    """
    if kind == "inclusion":
        last = _SENTENCE_END.split(text)[-1]
        return bool(_REFUSES.search(_REMARK.sub(" ", last) if _DEMANDS.search(last) else text))
    if kind != "exclusion" or _DENIES.search(text) or _excepts_something(text):
        return False
    return bool(_ADMITS.search(text))


def ends_in_exceptions(text: str) -> bool:
    """Whether a line ends in words for exceptions, which are its sub-items."""
    return text.rstrip().endswith(_COLONS) and bool(_EXCEPTIONS_FOLLOW.search(text))


def _excepts_something(text: str) -> bool:
    """Whether it is a criterion and its exceptions follow: `Cancer, with these exceptions:`."""
    found = _EXCEPTIONS_FOLLOW.search(text) if ends_in_exceptions(text) else None
    return bool(found and not _NO_CRITERION.fullmatch(text[: found.start()]))


_EXCEPTIONS_FOLLOW = any_case(
    r"\b(?:except\w*|unless|other\s+than|apart\s+from)(?:\s+(?:for|of|the|following|includ\w+|are|is"
    r"|listed|below|as|that|if|when|any|all|one|they|allowances?|conditions?|these|cases?|criteria"
    r"|allowed))*\s*[:：]\s*$"
)
"""NCT01495598, NCT03955198, NCT05645718, NCT06250036."""
_NO_CRITERION = any_case(r"\W*(?:(?:with|the|these|following|an?|are|some|notes?)\W+)*")


_SENTENCE_END = re.compile(r"\.\s+(?=[A-Z])")
_REMARK = any_case(
    r"[(（](?![^()（）]*\b(?:must|may|should|shall|eligible|excluded|exclusion)\b)[^()（）\s]+\s"
    r"[^()（）]*[)）]"
)
_DEMANDS = any_case(
    r"\b(?:(?:must|should|shall|has\s+to|have\s+to|needs?\s+to)\s+(?:also\s+)?(?:meet|have|be|fulfil"
    r"|satisfy|fall)|(?:with|meeting|meets?|having|has|have)\s+(?:at\s+least\s+)?(?:one|two|three|any"
    r"|all|each)\s+(?:or\s+more\s+)?of\s+the\s+following|^(?:group|cohort|arm|part)\s+\w{1,3}\s*:)"
)
"""A sentence that says of the list behind it what must be so, or a part's title: NCT04547049,
NCT03061188, NCT07004647, NCT07358260, NCT02194530."""
_OF_A_KIND = (
    r"non[-‐](?!\s|(?:inclu|elig|enrol|accept|admi|permi|allow|suita|candi|parti|child|quali))\w"
)
"""Not refused, but people of a kind: `Non-smokers:`, `non-asthmatic controls` (NCT00712335,
NCT03369821, NCT04619017)."""
_REFUSES = any_case(
    rf"\b(?!{_OF_A_KIND}|not\s+limited\b)(?:not|no|non|never|none|neither|cannot|exc|excl|exclu\w+|prohibit\w*"
    r"|forbidden|ineligible|unable|contra|contra-?indicat\w*|disqualif\w*|exceptions?|absence"
    r"|(?:except|unless|without|other\s+than)(?=\s*[:：])"
    r"|withdraw\w*|discontinu\w*|barriers?|restrict\w*|limitations?|cautions?|precautions?"
    r"|warnings?|ex[ck]lu\w*|eksklu\w*|esclus\w*|ausschlu\w*|wy[łl]ącz\w*|wyklucz\w*|vylu[čc]\w*"
    r"|kizár\w*|dışla\w*|hariç\w*|исключ\w*|αποκλεισμ\w*)\b|n['’]t\b|\be\.\s?c\.|استبعاد"
    r"|除外|排除|剔除|제외"
)
"""Abroad as well, where a heading isn't known whole."""
_ADMITS = any_case(
    r"\b(?:allowed|permitted|required|acceptable|accepted|exceptions?|must|eligible|included"
    r"|(?:can|may|will|should)\s+(?:be\s+)?(?:enter|join|enrol\w*|participate|take\s+part|have)"
    r"|needs?\s+to|have\s+to|has\s+to)\b"
)
_ENDING = 60
_FAR = 400
"""Characters of a sentence's subject: a longer one names somebody."""
_COLONS = (":", "：")
_LAST_WORDS = (":", "：", ";", "if", "they", "you", "when")
_MOST_OTHERS = 3


def _names_nobody(subject: str) -> bool:
    words = words_in(subject)
    others = sum(word not in _EVERYBODY for word in words)
    points = bool(_BELOW.search(subject))
    opens = words[:2] in (["to", "be"], ["in", "order"])
    if not (points or opens or not PERSONS.isdisjoint(words)):
        return False
    return others == 0 or (others <= _MOST_OTHERS and points)


_DECIDES = any_case(
    rf"\b(?:(?P<exclusion>excluded?|excludes|ineligible\b{OF_STUDY}|disqualif\w+"
    r"|(?:not|never|n['’]t)\s+(?:to\s+)?(?:be\s+)?(?:able\s+to\s+)?(?:considered\s+|deemed\s+)?"
    rf"(?:eligible\b{OF_STUDY}|included?|enrol\w*|allowed|admitted|recruited|randomi[sz]ed|participate|enter"
    r"|join|take\s+part)"
    r"|can(?:not|['’]t)\s+(?:be\s+)?(?:included|enrolled|participate|enter|join|take\s+part)"
    r"|(?:must|may|should|can|shall)\s*not\s+(?:\w+\s+){1,6}(?:following|below|criteria)"
    r"|(?:must|may|should|can|shall)\s*not\s+(?:have|be)\s*(?=[:：])"
    r"|none\s+of\s+the\s+(?:following|exclusion)|(?:reasons?|criteria)\s+for\s+(?:exclusion"
    r"|non-?inclusion))"
    rf"|(?P<inclusion>eligible\b{OF_STUDY}|included|enrolled|qualif(?:y|ied)"
    r"|(?:can|may)\s+(?:participate|enter|join|take\s+part)"
    r"|(?:must|should|shall|has\s+to|have\s+to|needs?\s+to)\s+(?:also\s+)?(?:meet|fulfil\w*|satisfy)"
    r"|(?:must|shall)\s+(?:also\s+)?(?:have|be)\s*(?=[:：])"
    r"))\b"
)
"""What a sentence decides on whoever meets the criteria of a list: out, or in.

Seen in NCT04790240, NCT00295503, NCT05097287, NCT05276609, NCT01315262, NCT04442932; in
NCT05980455, NCT05838625, NCT04619017, NCT02890979."""

_DENIES = any_case(r"\b(?:not?|never|none|cannot|unable|exclu\w*|ineligible)\b|n['’]t\b")

_OPENS = any_case(r"(?:[:：]|\b(?:if|if they|if you|when)\W*|\bcriteria[^.:;]{0,40};)\s*$")
"""How a sentence ends that stands before a list."""

_BELOW = any_case(r"\b(?:following|below|these|those|(?:any|all|one|none|each)\s+of\s+the)\b")
"""What a sentence points at a list with."""

PERSONS = words_of(
    "patient patients subject subjects participant participants individual individuals person "
    "persons people volunteer volunteers candidate candidates man men woman women male males "
    "female females child children infant infants mother mothers father fathers parent parents "
    "control controls donor donors recruit recruits those they he she you adult adults "
    "adolescent adolescents family families caregiver caregivers anyone pairs"
)
_EVERYBODY = PERSONS | words_of(
    "a an the all any each every potential eligible prospective study trial research who which "
    "that meet meets meeting met has have having had fulfil fulfill fulfills fulfils fulfilling "
    "fulfilled satisfy satisfying display displaying exhibit exhibiting present presenting fall "
    "falls into with one or more at least two of following below these this criteria criterion "
    "condition conditions characteristic characteristics requirement requirements exclusion "
    "inclusion will shall be are is was were must should may can could would to in order for "
    "from if either both also do does and presence by deemed considered automatically not enter "
    "participate participation addition above only entry enrollment enrolment able"
)
"""Words that name nobody in particular. `Patients with brain metastases are eligible if:` is part
of a criterion; `Patients who meet any of the following are not eligible:` stands above criteria."""

PART = any_case(
    r"\b(?:parts?|cohorts?|phases?|arms?|groups?|stages?|steps?|modules?|sub-?stud(?:y|ies)"
    r"|protocol|panels?|tracks?)\b|:\s*$"
)
"""What makes a short paragraph right before a heading the title of a part: NCT01515527,
NCT05003804, NCT07276152, NCT01637220."""
