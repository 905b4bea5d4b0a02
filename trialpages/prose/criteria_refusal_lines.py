"""Lines among inclusions that only keep people out: `Ineligible`, `Smokers are turned down`.

They are no headings, and what stands behind them is of no certain kind.
"""

from __future__ import annotations

from trialpages.prose.criteria_contrary_forms import SO, Contrary
from trialpages.prose.criteria_keys import any_case

REFUSALS = (
    Contrary(
        "they are kept away",
        ("made up",),
        (
            "kept out",
            "turned down",
            "reject",
            "refused",
            "ed out",
            "omitted",
            "wanted",
            "not to",
            " bar ",
        ),
        any_case(
            rf"\b(?:is|are|be|gets?)\s+{SO}(?:kept\s+out|turned\s+down|rejected|refused|omitted|(?:screened|shut"
            rf"|sorted)\s+out|not\s+(?:wanted|to\s+(?:be\s+(?:included|enrol+ed)|take\s+part|participate"
            rf"|join|enter)))(?=\W*$|\s+(?:of|from)\s+(?:th(?:is|e)|our)\b|\s+in\s+th(?:is|e)\s+(?:stud|trial))"
            r"|^\W*(?:patients|subjects|participants|people|persons|those|women)\b[^.;]{0,60}\bare\s+ruled\s+out\W*$"
            r"|\b(?:a\s+bar|an\s+obstacle|a\s+barrier)\s+to\s+(?:participa|inclusion|enrol|entry)"
        ),
    ),
    Contrary(
        "contraindicated, at the end of a line",
        ("made up",),
        ("indicated",),
        any_case(
            r"^(?!.*\b(?:if|or|not|for\s+whom|in\s+whom|when|where|is\s+an?)\b)[^.;:,()]*\bcontra-?indicated\W*$"
        ),
    ),
    Contrary(
        "some people excluded, without a verb",
        ("made up",),
        ("excluded", "no-go", "represents", "constitutes"),
        any_case(
            r"^\W*(?:[\w-]+\s+){0,2}[\w-]*(?:ers|ics|ants|wom[ae]n|m[ae]n)\s+excluded\W*$|\bno-go\b"
            r"|\b(?:represents?|constitutes?)\s+(?:an?\s+)?exclusion\b"
        ),
    ),
    Contrary(
        "no, behind what it is of",
        ("made up",),
        ("no",),
        any_case(r"(?m)\w\W?\s*(?:[:：?=–—]|\s-\s)\s*no[\s.;,]*$"),
    ),
    Contrary(
        "a line that is a refusal and nothing else",
        ("made up",),
        (
            *("eligible", "excluded", "rejection", "not include", "criteri", "stop"),
            *("we can", "we do", "we will", "we won", "not for you"),
        ),
        any_case(
            r"(?m)^[^\w\n]*(?:(?:in|not\s+|non-?)eligible|not\s+included?|do\s+not\s+include|stop"
            r"|(?:criteria\s+for\s+)?rejection|excluded\s+\w+|(?:negative|deferral|rejection|withdrawal"
            r"|removal|veto|drop-?out)\s+criteri\w+|whom?\s+we\s+(?:can(?:not|['’]t|\s+not)|(?:do|will)\s+not"
            r"|(?:do|wo)n['’]t)\s+\w+|not\s+for\s+you(?:\s+(?:if|when))?)[^\w\n]*$"
        ),
    ),
)
