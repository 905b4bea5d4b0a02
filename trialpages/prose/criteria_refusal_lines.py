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
    Contrary(
        "excluded, by whatever sign or word order",
        ("made up",),
        ("excl", "eligible", "(ex)", "allowed", "accept"),
        any_case(
            r"[>;]\s*(?:exclu(?:de[ds]?|sion)|ineligible|not\s+(?:eligible|allowed|permitted|included|accepted))\W*$"
            r"|[\[(]exc?l?\.?[\])]|(?m:(?:^|(?<=[.;]\s))[^\w\n(\[]*(?:excludes\s+\w|excluded\s+(?:is|are|was|were)\b))"
            r"|\bwe\s+(?:\w+\s+)?exclude[ds]?\b|\b(?:not\s+acceptable|unacceptable)\W*$"
            r"|(?<!\bbe\s)(?<!been\s)(?<!\bis\s)(?<!\bare\s)(?<!\bor\s)(?<!have\s)\bexcluded\W*$"
            rf"|\bwill\s+be\s+{SO}(?:ineligible|not\s+eligible)\b"
        ),
    ),
    Contrary(
        "a stem of refusal, in words no other form knows",
        ("made up",),
        ("exclu", "eligib", "disqualif", "accepted", "entered", "enrol", "allowed", "recruited"),
        any_case(
            r"(?<!to\s)(?<!have\s)(?<!not\s)(?<!be\s)(?<!been\s)(?<!is\s)(?<!are\s)(?<!or\s)(?<!other\s)(?<!any\s)\b"
            r"(?:excluded?|exclusions?)\b(?!\s+(?:of|criteri\w+|below|above|by|using|with|if|from|medic\w+|drugs?)\b)"
            r"|\b(?:in-?|non-?\s?|not\s+(?:be\s+)?)eligib(?:le|ility)\b(?!\s+(?:for|or|to)\b)|\bdisqualif\w+"
            r"|\bnot\s+(?:be\s+)?(?:entered|enrol+ed|recruited|accepted|allowed)(?=\W*$|\s+(?:in|into|to|on|for)\s+th(?:is|e)"
            r"\s+(?:stud|trial))"
        ),
    ),
    Contrary(
        "taking part is precluded",
        ("made up",),
        ("preclud", "rejection", "omitted", "unable to", "please do not"),
        any_case(
            r"\bpreclude[sd]?(?:\W*$|\s+(?:(?:from|their|study|trial|any|safe)\s+){0,2}(?:participa|inclusion|enrol|entry"
            r"|entering|taking\s+part|joining))|\b(?:lead|result)s?\s+(?:to|in)\s+rejection\b|\bomitted\W*$"
            r"|\bwe\s+are\s+unable\s+to\s+(?:includ|enrol|tak|accept)|\bplease\s+do\s+not\s+(?:contact|apply|call)\b"
        ),
    ),
    Contrary(
        "they aren't considered, or entered",
        ("made up",),
        ("considered", "entered"),
        any_case(
            r"(?:\bnot|n['’]t)\s+be\s+(?:entered\b|considered\s+(?:for|in)\s+(?:th(?:is|e)\s+(?:\w+\s+)?(?:stud|trial)"
            r"|participa|inclusion|enrol|entry|study))"
        ),
        of_people=True,
    ),
    Contrary(
        "do not take them",
        ("made up",),
        (
            "do not ",
            "don",
            "no entry",
            "no enrol",
            "no inclusion",
            "no patients",
            "no subjects",
            "not for ",
            "exception",
        ),
        any_case(
            r"(?m:(?:^|(?<=[.;]\s))[^\w\n]*(?:please\s+)?(?:(?:do\s+not|don['’]t)\s+(?:enter|include|enrol+|recruit|accept"
            r"|admit|take|randomi[sz]e)\s+\w|no\s+(?:entry|enrol+ment|inclusion|patients|subjects)\s+(?:with|of|if|who)\b|not\s+for\s+\w|exceptions?\s*[:：]))"
        ),
    ),
)
