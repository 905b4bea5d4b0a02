"""Criteria that keep people out and go on with whom they let in: `HIV infection. Participants
without a viral load are eligible.`

Our sentence over such a group says to read each line to its end. So it does no harm where one of
these forms is found in a line that excepts nobody, and they ask less than those of
`criteria_contraries.py`. What is excepted in the criterion itself (`cancer, unless it was cured`)
isn't meant: nobody stops reading before it.
"""

from __future__ import annotations

import msgspec

from trialpages.prose.criteria_contraries import LET_IN, Contrary, decides, hinted
from trialpages.prose.criteria_keys import any_case


def excepts(text: str) -> bool:
    """Whether a criterion of exclusion also says whom it lets in, or what is allowed."""
    return any(decides(one, text) for one in hinted(text, EXCEPTIONS))


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
        "exceptions can be made",
        ("NCT02960074", "NCT04804969", "NCT06079671"),
        ("exceptions",),
        any_case(
            r"\bexceptions\s+(?:to\s+this\s+)?(?:can|may|could|will)\s+be\b|\bare\s+exceptions\b"
        ),
    ),
)
