"""Criteria that keep people out and go on with whom they let in: `HIV infection. Participants
without a viral load are eligible.` Or with what must be so: `Pregnancy. Women must be tested.` And
those among inclusions that demand nothing: `Participants who had cancer are eligible if it was
cured.`

Our sentence over such a group says to read each line to its end, or that a line needn't be true of
everybody. So it does no harm where one of these forms is found in a line that excepts nobody, and
they ask less than those of `criteria_contraries.py`. What is excepted in the criterion itself
(`cancer, unless it was cured`) isn't meant: nobody stops reading before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from trialpages.prose.blocks import Block, List, Paragraph, text_of, texts
from trialpages.prose.criteria_contraries import decides, first_clause, hinted
from trialpages.prose.criteria_contrary_forms import LET_IN, Contrary
from trialpages.prose.criteria_keys import any_case
from trialpages.prose.criteria_sentences import introduction, without_instruction


def excepts(text: str) -> bool:
    """Whether a criterion of exclusion also says whom it lets in, or what is allowed."""
    lines = text.split("\n") if "\n" in text else ()
    return any(map(_excepts, (text, *lines)))


def _excepts(text: str) -> bool:
    text = without_instruction(text)
    if any(decides(one, text) for one in hinted(text, EXCEPTIONS)):
        return True
    found = hinted(text, _BY_THEMSELVES)
    return bool(found) and any(
        decides(one, said) for said in _SENTENCE_END.split(text)[1:] for one in found
    )


def permits(text: str) -> bool:
    """Whether a criterion of inclusion, as far as its first clause goes, only says whom it lets in
    as well, or what is allowed: it needn't be true of everybody."""
    if not (found := hinted(text, PERMISSIONS)) or introduction(text):
        return False
    clause = first_clause(text)
    return any(decides(one, clause) for one in found)


_BEHIND_A_CRITERION = ("people are eligible", "it is allowed", "not excluded")
EXCEPTIONS: tuple[Contrary, ...] = (
    *(
        msgspec.structs.replace(one, of_people=False)
        for one in LET_IN
        if one.name in _BEHIND_A_CRITERION
    ),
    Contrary(
        "allowed, without a verb, where something ends",
        ("NCT07004647", "NCT05897242"),
        ("allow", "permi", "acceptable", "tolerated"),
        any_case(
            r"(?<!\bnot\s)\b(?:allowed|allowable|permitted|permissible|acceptable|tolerated)"
            r"(?=\s*(?:[)\].;]|$))"
        ),
    ),
    Contrary(
        "people may be considered",
        ("NCT05821933",),
        ("be considered for", "be approved", "be re-screened", "be rescreened"),
        any_case(
            r"\b(?:may|can|could|will)\s+be\s+(?:considered\s+for\s+(?:\w+\s+)?(?:participation|inclusion"
            r"|enrol\w*|entry|the\s+(?:study|trial))|approved|re-?screened)\b"
        ),
    ),
    Contrary(
        "in, in brackets at an edge of the line",
        ("made up",),
        ("incl", "(i)", "[i]", "required"),
        any_case(
            r"\w\s*[(\[](?:included?|inclusion|incl\.?|(?-i:I)|required)[)\]]\W*$|^\W*[(\[](?:included?|inclusion|incl\.?)[)\]]"
        ),
    ),
    Contrary(
        "exceptions can be made",
        ("NCT02960074", "NCT04804969", "NCT06079671", "NCT00769041"),
        ("exceptions",),
        any_case(
            r"\bexceptions\s+(?:to\s+\w+\s+(?:\w+\s+)?)?(?:\([^()]*\)\s*)?(?:can|may|could|will)\s+be\b"
            r"|\bare\s+exceptions\b"
        ),
    ),
    Contrary(
        "people are taken, where something ends",
        ("NCT01968278", "NCT03924700"),
        ("re included",),
        any_case(
            r"\b(?:are|were)\s+included(?=\s*(?:[)\].;]|$)"
            r"|\s+in\s+th(?:is|e)\s+(?:\w+\s+)?(?:stud|trial))"
        ),
    ),
    Contrary(
        "people stay eligible, or are so again",
        ("NCT00931528", "NCT05107154", "NCT07235358", "NCT01912872", "NCT05378763"),
        ("eligible",),
        any_case(
            r"(?<=[(\[])eligible\b|\bremains?\s+eligible\b|\bconsidered\s+as\s+eligible\b"
            r"|\b(?:must|should)\b[^.;]*\bto\s+be\s+eligible\b"
        ),
    ),
    Contrary(
        "it is all right",
        ("NCT04353505", "NCT05649371", "NCT07428993"),
        ("ok ", "ok)", "okay"),
        any_case(r"\bok(?:ay)?\b(?=\s*(?:[)\].;]|$|(?:if|for|to|when)\b))"),
    ),
    Contrary(
        "people must be so, behind a criterion",
        ("NCT01380327", "NCT01694836", "NCT03281889", "NCT03661047", "NCT06035874", "NCT07050056"),
        ("must", "required to", "has to", "have to", "need"),
        any_case(
            r"(?:(?<=[.;:]\s)|(?<=\()|\bfor\s+this\s+reason,\s)(?:all\s+|both\s+)?(?:[\w-]+\s+){0,2}(?:wom[ae]n|m[ae]n|females?|males?|subjects?"
            r"|patients?|participants?|volunteers?|smokers?|individuals?)\b[^.;\n]{0,140}?"
            r"\b(?:must|(?:are|is)\s+required\s+to|has\s+to|have\s+to|needs?\s+(?:to\s+)?agree)\b"
            r"(?!\s+be\s+excluded|\s*:)"
        ),
    ),
    Contrary(
        "it doesn't count for some",
        ("NCT05816382", "NCT01945554", "NCT06041971"),
        ("apply to", "no contraindication", "may be on a stable"),
        any_case(
            r"\b(?:does|do)(?:\s+not|n['’]t)\s+apply\s+to\b|\bno\s+contraindication\s+(?:for|to)\b"
            r"|\bmay\s+be\s+on\s+a\s+stable\b"
        ),
    ),
)
_ALL_OF_A_SENTENCE = (
    "an exception by itself",
    "people are welcome, or qualify",
    "it doesn't matter",
    "taken, whoever they are",
    "it keeps nobody out",
    "what must be so, or is taken, first in its line",
)
_BY_THEMSELVES = tuple(one for one in LET_IN if one.name in _ALL_OF_A_SENTENCE)
"""They are told sentence by sentence: registries put a whole list in one paragraph."""
_SENTENCE_END = re.compile(r"(?<=[.;])\s+")
PERMISSIONS = (
    *(one for one in LET_IN if one.name in _BEHIND_A_CRITERION[:2]),
    Contrary(
        "allowed, without a verb",
        ("NCT04250064", "NCT03295227"),
        ("allowed", "permitted"),
        any_case(r"^(?!.*\b(?:no|not|never|none)\b).*\b(?:allowed|permitted)\s*$"),
    ),
    Contrary(
        "people may have had it",
        ("NCT06989112", "NCT05952557", "NCT03671044", "NCT05614284", "NCT06572839"),
        ("may have", "can have", "could have"),
        any_case(
            r"\b(?:may|can|could)\s+(?:also\s+)?have\s+(?:already\s+|previously\s+)?(?:had|received|been"
            r"|undergone|taken|used|prior|previous|up\s+to)\b"
        ),
    ),
    Contrary(
        "it isn't asked for",
        ("NCT06646627",),
        ("not required", "not necessary", "not mandatory", "not needed"),
        any_case(r"\b(?:is|are)\s+not\s+(?:required|necessary|mandatory|needed)\b(?!\s+to\b)"),
    ),
)
"""Seen among inclusions in NCT05562024, NCT06383390, NCT06312176, NCT05665595, NCT04861558."""


def offers_choice(blocks: Sequence[Block]) -> bool:
    """Whether of some criteria of inclusion, those no other one holds, one of several is enough."""
    for block, following in zip(blocks, (*blocks[1:], None), strict=False):
        if isinstance(block, List):
            said = [[*texts(item.blocks)] for item in block.items]
            # the choices may be the items behind one that only says so
            offers = any(one and _is_choice(one) for one in said)
        elif isinstance(block, Paragraph):
            text = text_of(block)
            over = isinstance(following, List) and bool(_OVER_CHOICES.search(_last(text)))
            offers = over or bool(_OR_ALONE.fullmatch(text))
        else:
            offers = False
        if offers:
            return True
    return False


def _is_choice(item: Sequence[str]) -> bool:
    return bool(_OR.search(item[-1]) or _OR_FIRST.match(item[0])) or _opens_choice(item[-1])


def _opens_choice(text: str) -> bool:
    return text.rstrip().endswith((":", "：")) and bool(_OVER_CHOICES.search(_last(text)))


def _last(text: str) -> str:
    return text.rpartition(".")[2][-_LONGEST_LEAD:]


_LONGEST_LEAD = 300
_OR = re.compile(r"(?:^|[\s,;/-])or\W*$", re.IGNORECASE)
"""NCT04478006, NCT01822353, NCT06651385."""
_OR_FIRST = any_case(r"\W*(?:(?:and/)?or|alternatively|(?:option|alternative)\s+(?:\d|[a-d]))\b")
_OR_ALONE = any_case(r"\W*(?:and/)?or\W*")
"""NCT00597675, NCT01602237, NCT03513965."""
_OVER_CHOICES = any_case(
    r"\b(?:one|any|either|two|three|\d)\s+(?:or\s+more\s+)?(?:of|among)\b\s*(?:(?:the\s+)?(?:following|these|below)"
    r"|(?:the\s+)?(?:[\w-]+\s+){0,3}(?:groups|criteria|conditions)\b|(?:two|three|four|\d)\b|\W*$)"
    r"|\beither\b|\b(?:one|1)\s+(?:(?:or\s+more|criterion|condition)\b(?:\s+(?:below|of\s+these))?\W*$)"
    r"|\b(?:choose|pick|select)\b|\b(?:is|are)\s+enough\b|\bnot\s+all\s+(?:of\s+(?:these|them)\s+)?\w+\s+needed\b"
)
"""NCT00778258, NCT05420714, NCT01321827, NCT04603300, NCT04642755; in an item of the list itself:
NCT05303051."""
