"""Lines among inclusions that only keep people out: `Ineligible`, `Smokers are turned down`.

They are no headings, and what stands behind them is of no certain kind.
"""

from __future__ import annotations

from trialpages.prose.criteria_contrary_forms import SO, Contrary
from trialpages.prose.criteria_keys import any_case

_CROSSES = ("✗", "✘", "❌", "⛔", "🚫", "☒", "✖")
_NO_NUMBER = (
    r"(?<!tor)(?<!ile)(?<!ome)(?<!ype)(?<!ade)(?<!age)(?<!art)(?<!oup)(?<!arm)(?<!ort)(?<!rve)"
    r"(?<!ass)(?<!ble)(?<!sis)(?<!gen)(?<!ion)(?<!ase)"
)
"""Not `factor X`, `fragile X`, `stage X`, `cranial nerve X`."""
_PEOPLE = (
    r"(?:patients?|subjects?|participants?|people|persons?|individuals?|volunteers?|wom[ae]n|m[ae]n"
    r"|children)\b"
)
_TAKING = r"(?:participati|inclusion|enrol|entry|taking\s+part|joining)"

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
        ("excl", "eligible", "(ex", "[ex", "allowed", "accept"),
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
    Contrary(
        "a sign of refusal at the edge of a line",
        ("made up",),
        (*_CROSSES, " x", "(x", "[x", "x "),
        any_case(
            rf"(?m)^\s*[{''.join(_CROSSES)}]|[{''.join(_CROSSES)}]\W*$|(?-i:^\W{{0,2}}X\s+(?!linked|chromosome|ray)"
            rf"|{_NO_NUMBER}\s[(\[–—-]{{0,2}}\s*X\s*[)\]]?\.?\s*$)|\w\s*\[x\]\s*$"
        ),
    ),
    Contrary(
        "no or out, by a sign or in brackets",
        ("made up",),
        ("no", "n", "out", "never", "absent", "exc", "(e)", "[e]"),
        any_case(
            r"(?m)\w\W?\s*(?:[:：?=–—→⇒>]|\s-)\s*(?:out|never|absent|(?-i:N))[\s.;,]*$|\w\s*[(\[]\s*(?:no|out)\s*[)\]]\W*$"
            r"|(?-i:\w\s+NO\.?$)|[,:;–—-]\s*exc?l?\.?\s*$|(?-i:\w\s*[(\[]E[)\]]\W*$|^\W*[(\[]E[)\]])"
        ),
    ),
    Contrary(
        "who fails",
        ("made up",),
        ("fail",),
        any_case(
            rf"^\W*(?:{_PEOPLE}\s+)?(?:who\s+)?fail(?:s|ed|ing)?\s*[:：]|\bfail(?:s|ed|ing)?\s+(?:to\s+(?:pass|meet|qualify|complete)\s+"
            r"|(?:at|of|the|any|all|one)\s+)*(?:screen\w*|wash-?out|run-?in|above)\b|\bfail(?:s|ed|ing)?\s+to\s+qualify\b"
        ),
    ),
    Contrary(
        "taking part is prohibited",
        ("made up",),
        ("particip", "inclusion", "enrol", "entry", "taking part", "joining", "advised"),
        any_case(
            rf"(?:\bwill\s+(?:prohibit|hinder|forbid|prevent|bar)|\b(?:prohibit|hinder|forbid|disallow|prevent|bar|stop|keep)s)\s+(?:\w+\s+){{0,2}}?{_TAKING}"
            rf"|\b(?:discouraged|prevented|kept|barred)\s+from\s+(?:\w+\s+)?{_TAKING}"
            r"|\badvised\s+not\s+to\s+(?:join|take\s+part|participate|enrol)"
            r"|\b(?:participation|enrol+ment|inclusion|entry)\s+(?:is\s+)?(?:not\s+(?:possible|allowed|permitted)"
            r"|impossible|prohibited|denied|refused)\b|\b(?:an?\s+)(?:barrier|obstacle|bar|hindrance)\s+to\s+"
            rf"{_TAKING}"
        ),
    ),
    Contrary(
        "not taken, and then who",
        ("made up",),
        ("not ",),
        any_case(
            r"(?m)^[^\w\n]*not\s+(?:be\s+)?(?:acceptable|accepted|admitted|included|suitable|enrol+ed|recruited|allowed"
            r"|permitted|eligible|considered)(?:\s*[:：–—-]|\s+(?:is|are)\b)"
        ),
    ),
    Contrary(
        "a word of refusal first in its line",
        ("made up",),
        (
            *("prohibit", "forbid", "disallow", "ban", "reject", "refuse", "omit", "withdraw"),
            *("veto", "skip", "turn away", "leave out", "avoid", "stop", "never", "indicated"),
        ),
        any_case(
            rf"(?m)^[^\w\n]*(?:(?:prohibited|forbidden|disallowed|banned|reject(?:ed)?|omit(?:ted)?|ban|veto|skip|turn\s+away"
            rf"|leave\s+out)\b(?!\s+by)|(?:refused|withdrawn|avoid)\s*[:：]|(?:refuse|avoid)\s+{_PEOPLE}"
            r"|(?:stop|withdraw\w*|reject)\s+(?:if|when)\b|never\s+(?:enter|include|enrol+|recruit|accept|admit|take)\b"
            r"|contra-?indicated\b)|\bbanned\W*$"
        ),
    ),
    Contrary(
        "an exception, first in its line",
        ("made up",),
        ("except", "apart from", "but ", "other than", "unless", "minus"),
        any_case(
            r"(?m)^[^\w\n]*(?:except(?!\s+for)(?:ing|ions?)?|with\s+the\s+exception|apart\s+from|but\s+(?:not|no|without)|other\s+than"
            r"|unless(?!\s+otherwise)|minus)\b(?!.*\bmust\b)(?=[^,\n]*$)"
        ),
    ),
    Contrary(
        "nobody, first in its line",
        ("made up",),
        ("nobody", "no one", "no-one", "noone", "no "),
        any_case(
            rf"(?m)^[^\w\n]*(?:nobody|no[\s-]?one)\b|^\W*no\s+(?:[\w-]+\s+){{0,3}}{_PEOPLE}\s+(?:can|may|will|are|shall)\b"
        ),
    ),
    Contrary(
        "they are kept away, in other words",
        ("made up",),
        (
            *(
                "weeded",
                "passed over",
                "deferred",
                "declined",
                "denied",
                "candidate",
                "appropriate",
            ),
            *("unfit", "withdrawn", "dropped", "removed", "discontinued", "scope", "exempt"),
            *("breaker", "stopping", "rejection", " ok", "to take part", "to join", "to enter"),
            *("to participate", "to enrol", "rule", "excluded with"),
        ),
        any_case(
            rf"\b(?:is|are|be|gets?)\s+{SO}(?:weeded\s+out|passed\s+over|deferred|declined|denied(?:\s+(?:entry|enrol\w*"
            r"|inclusion|participation|access))?|unfit)(?=\W*$|\s+for\s+th(?:is|e)\s+(?:stud|trial))"
            r"|\b(?:is|are)\s+not\s+(?:good\s+|suitable\s+)?(?:candidates?|appropriate)(?=\W*$|\s+for\s+th(?:is|e)\s+(?:stud|trial))"
            r"|\bwill\s+be\s+(?:withdrawn|dropped|removed|discontinued)\W*$|\b(?:is|are)\s+out\s+of\s+scope\b"
            r"|\bexempt\s+from\s+(?:th(?:is|e)\s+)?(?:stud|trial|participa)|\bdeal-?breakers?\b"
            r"|\b(?:stopping|rejection)\s+criteri(?:on|a)\W*$|\bnot\s+ok(?:ay)?\W*$"
            r"|(?:\bnot|n['’]t)\s+be\s+able\s+to\s+(?:take\s+part|join|participate|enter|enrol\w*)(?=\W*$|\s+(?:if|in\s+th(?:is|e)\s+(?:stud|trial)))"
            rf"|\b(?:rules|(?:will|would|may)\s+rule)\s+(?:(?:an?|the|any)\s+)?\w+\s+out\b|\b{_PEOPLE}\s+(?:is|are|will\s+be)\s+excluded\s+with\b"
        ),
    ),
    Contrary(
        "the study is not for them",
        ("made up",),
        ("we are", "we’re", "we're", "not for"),
        any_case(
            r"\bwe\s?(?:are|['’]re)\s+not\s+(?:able\s+to\s+(?:includ|enrol|tak|accept)|(?:including|enrol+ing|recruiting"
            r"|taking|accepting)\b)|\b(?:study|trial)\s+is\s+not\s+for\b"
        ),
    ),
    Contrary(
        "they fail at screening, or meet no criteria",
        ("made up",),
        ("screen", "meet", "fulfil", "satisf", "to be ", "open to", "indicated for", ": not "),
        any_case(
            r"(?:[=:>→⇒➔➜⟶–—-]|\b(?:to|in|a|is|are))\s*screen(?:ing)?\s+fail\w*\W*$|\b(?:is|are)\s+not\s+to\s+be\s+(?:randomi[sz]ed|enrol+ed"
            r"|included|recruited)\b|(?:do|does)(?:\s+not|n['’]t)\s+(?:meet|fulfil+|satisfy)\s+(?:the\s+)?"
            r"(?:(?:eligibility|inclusion|entry|study)\s+)?(?:criteria|eligibility|inclusion)\W*$"
            r"|^\W*not\s+open\s+to\b|\bcontra-?indicated\s+for\s+(?:participati|inclusion|enrol|th(?:is|e)\s+(?:stud|trial))"
            r"|[:：]\s*not\s+(?:eligible|suitable|allowed)\s+(?:for|in)\s+th(?:is|e)\s+(?:stud|trial)"
        ),
    ),
    Contrary(
        "it ends taking part",
        ("made up",),
        ("lead", "result", "means ", " for ", "make", "render", "ends ", "blocks ", "denies "),
        any_case(
            r"\b(?:(?:lead|result)s?\s+(?:to|in)|means)\s+(?:[\w-]+\s+){0,2}(?:removal|withdrawal|dismissal|termination"
            r"|discontinuation|ineligibility|disqualification|non-?\s?(?:enrol|inclu|partici)\w+)"
            r"(?=\W*$|\s+(?:from|of\s+participation)\b)"
            r"|\b(?:is|are|as)\s+(?:an?\s+)?(?:grounds?|reasons?|causes?)\s+for\s+(?:[\w-]+\s+)?(?:removal|withdrawal"
            r"|dismissal|denial|disqualif\w+|discontinuation|non-?\s?(?:enrol|inclu|partici|elig)\w+)"
            r"|\b(?:makes?|renders?)\s+(?:\w+\s+){1,3}(?:unsuitable|unfit)\W*$"
            rf"|\b(?:ends|blocks|denies)\s+(?:\w+\s+)?(?:{_TAKING}|eligib)"
        ),
    ),
    Contrary(
        "it must be ruled out, and is no other cause of the disease",
        ("made up",),
        ("ruled out", "excluded"),
        any_case(
            r"^(?!.*\b(?:others?|causes?|alternative|differential|secondary)\b)[^.;,:]{1,60}\b(?:must|should|shall"
            r"|(?:has|have|needs?|is|are)\s+to)\s+(?:first\s+)?(?:be|have\s+been)\s+(?:ruled\s+out\b|excluded\W*$)"
        ),
    ),
    Contrary(
        "if so, out",
        ("made up",),
        ("if ",),
        any_case(
            r"(?m)^[^\w\n]*if\b[^.;\n]*?(?:[,:→⇒>=–—]|\s-)\s*(?:then\s+)?(?:exclu|stop\b|in-?eligib|not\s+eligib|out\b|do\s+not\s+(?:enrol|includ))"
        ),
    ),
    Contrary(
        "exclusion of people",
        ("made up",),
        ("exclusion", "prohibited", "exclusionary"),
        any_case(
            rf"^\W*exclusion\s+of\s+(?:[\w-]+\s+){{1,3}}{_PEOPLE}|[(\[]\s*exclusionary\s*[)\]]"
        ),
    ),
    Contrary(
        "out, in plain speech",
        ("made up",),
        (
            *(
                "out",
                "sorry",
                "elsewhere",
                "wanted",
                "breaker",
                "unwelcome",
                "bar you",
                "a no",
                "no:",
            ),
            *("void", "forfeit", "lose", "instead", "another", "yours", "please", "(n)"),
        ),
        any_case(
            r"(?:->|=>|[→⇒➔➜⟶=:–—]|\s-)\s*(?:out|sorry)\W*$|\b(?:voids?|forfeits?|loses?)\s+(?:\w+\s+)?(?:eligib|participa)"
            r"|\bdeal-?\s?breakers?\b|\bunwelcome\b|(?:\bnot|n['’]t)\s+wanted\b|\bbars?\s+you\b|\bis\s+a\s+no\W*$"
            r"|\b(?:look|referred|sent|go)\s+elsewhere\b|\bwait\s+for\s+another\s+(?:study|trial)\b"
            r"|\b(?:study|trial)\s+(?:\w\s+)?instead\W*$|\b(?:study|trial)\s+is(?:\s+not|n['’]t)\s+yours\b"
            r"|^\W*no\s*:\s*\w|\w\s*\(n\)\W*$|^\W*no\s+[\w\s]{2,40}\bplease\W*$"
        ),
    ),
)
