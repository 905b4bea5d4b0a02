"""The forms of lines that keep people out among inclusions: the other table of contraries.

No pattern holds a repetition inside another that could share its characters.
"""

from __future__ import annotations

from trialpages.prose.criteria_contrary_forms import NOT, SAYS_NOTHING, SO, Contrary
from trialpages.prose.criteria_keys import OF_STUDY, any_case

_FROM_STUDY = (
    r"(?!\s+(?:by|using|with)\b|\s+from\s+(?!th(?:is|e)\s+(?:\w+\s+)?(?:stud|trial|protocol|research"
    r"|clinical)|participa|enrol|stud|trial|inclusion|entry|our\b))"
)
"""Not `excluded by a scan`, `excluded from the lesions counted`."""
_MATTER = (
    r"(?!\s+(?:(?:an?\s+)?(?:\w+\s+)?(?:methods?|forms?|samples?|specimens?)\b|to\s+(?!participa|enrol"
    r"|enter|join|take\s+part|be\s+(?:in|en)))|\s+for\s+(?:analys|use\b))"
)
"""Not `not an acceptable method`, `not allowed to breastfeed`: no one is kept out by these."""
_WILL = r"(?:will|must|should|shall|may|can|would|could)"
_WILL_NOT = rf"(?:{_WILL}{NOT}|(?:ca|wo|sha)n['’]t)"
_CANT = rf"(?:{_WILL_NOT}|(?:do|does){NOT})"
_PEOPLE = (
    r"(?:(?:all|any|the|these|those|some|adult|male|female)\s+)?(?:patients?|subjects?|participants?"
    r"|individuals?|people|persons?|participation|enrol+ment|volunteers?|women|men|children)\b"
)

KEPT_OUT: tuple[Contrary, ...] = (
    Contrary(
        "excluded",
        ("NCT05245214", "NCT05366842", "NCT05277701", "NCT01929941", "NCT04736173", "NCT06951243"),
        ("excluded",),
        any_case(
            rf"\b(?:(?:is|are|was|were)\s+(?:to\s+be\s+)?|(?:will|would|shall)\s+{SO}be\s+){SO}"
            rf"excluded\b{_FROM_STUDY}"
        ),
    ),
    Contrary(
        "excluded, in brackets without a verb",
        ("NCT07563088",),
        ("excluded",),
        any_case(r"(?<=[(\[])(?:[^\s()\[\]]+\s+){1,8}(?<!\bbe\s)excluded(?=[)\]])"),
    ),
    Contrary(
        "to be excluded",
        ("NCT00698815", "NCT04883671"),
        ("excluded",),
        any_case(rf"\b(?:(?:must|should|may|can)\s+{SO}be|to\s+be)\s+excluded\b{_FROM_STUDY}"),
        of_people=True,
    ),
    Contrary(
        "it excludes people",
        ("NCT01247415", "NCT00931528", "NCT03801200", "NCT01048554"),
        ("exclude ", "excludes ", "exclusion of"),
        any_case(
            rf"(?:(?:\b(?:will|would|should|do|does|shall|cannot|{NOT})\s+exclude|\bexcludes)"
            rf"\s+(?:(?!who\b)[\w-]+\s+){{0,3}}(?:{_PEOPLE}|you\b|anyone\b)"
            rf"|(?<![\w/])exclusion\s+of\s+{_PEOPLE})(?!\s+who\s+don)"
        ),
    ),
    Contrary(
        "a reason for exclusion",
        ("NCT05896748", "NCT07227597", "NCT04017520"),
        ("exclusion",),
        any_case(
            r"\b(?:(?:is|are|be|considered|regarded)\s+(?:not\s+)?(?:considered\s+)?(?:as\s+)?(?:an?\s+)?"
            rf"(?:exclusionary\b|exclusion\b{SAYS_NOTHING})|(?:lead|result|resulting)s?\s+(?:to|in)\s+"
            r"(?:\w+\s+)?exclusion\b|(?:reason|grounds?|cause)s?\s+for\s+exclusion\b)"
        ),
    ),
    Contrary(
        "not eligible",
        ("NCT04883671", "NCT06485206", "NCT05277844", "NCT05278052", "NCT04221438", "NCT05914116"),
        ("eligible",),
        any_case(
            rf"\b(?:is|are|be|was|were)\s+{SO}(?:ineligible|not\s+{SO}eligible)\b{OF_STUDY}"
            rf"|\b{_WILL_NOT}\s+be\s+{SO}eligible\b{OF_STUDY}"
            rf"|\b(?:makes?|renders?|become|becomes)\s+(?:\w+\s+){{0,3}}(?:in|not\s+)eligible\b{OF_STUDY}"
            r"|(?:^|(?<=[.;]\s))(?:not\s+eligible|ineligible)\s*:"
        ),
    ),
    Contrary(
        "not enrolled",
        ("NCT05984147", "NCT07004647", "NCT03070093"),
        ("not be", "'t be", "’t be"),
        any_case(
            rf"\b{_WILL_NOT}\s+be\s+{SO}(?:included?\b(?!\s+as\b)|enrol\w*|recruited\b|randomi[sz]ed\b"
            r"|admitted\s+(?:in)?to\s|accepted\b|allowed\s+to\s+(?:participate|enrol\w*|enter|join"
            r"|take\s+part))"
        ),
        of_people=True,
    ),
    Contrary(
        "not to take part",
        ("NCT00698815", "NCT00790855"),
        ("take part", "participate", "enter", "join"),
        any_case(
            rf"\b{_WILL_NOT}\s+(?:(?:participate|take\s+part)\s+in|enter|join)\s+th(?:is|e)\s+"
            r"(?:\w+\s+){0,2}(?:stud|trial|part\b|portion|cohort|phase|arm)"
        ),
        of_people=True,
    ),
    Contrary(
        "not allowed",
        ("NCT03058094", "NCT05914116", "NCT00698815", "NCT06963814", "NCT02759614", "NCT06482905"),
        ("not ", "n't ", "n’t ", "prohibited", "forbidden", "disallowed"),
        any_case(
            rf"\b(?:(?:is|are|was|were|be)\s+{SO}(?:not\s+{SO}(?:allowed|permitted|acceptable|accepted"
            r"|permissible|admissible|ok(?:ay)?)|prohibited|forbidden|disallowed)|"
            rf"{_WILL_NOT}\s+be\s+(?:allowed|permitted|acceptable|accepted))\b{_MATTER}"
        ),
    ),
    Contrary(
        "to be avoided",
        ("NCT04588402",),
        ("avoided",),
        any_case(r"\b(?:must|should|shall)\s+be\s+avoided\b(?!\s+for\b)"),
    ),
    Contrary(
        "disqualified",
        ("NCT02577120", "NCT06500819"),
        ("disqualif", "screen fail"),
        any_case(r"\b(?:disqualif(?:y|ies|ied)\b|considered\s+(?:an?\s+)?screen\s+fail)"),
    ),
    Contrary(
        "excluded, behind a sign or in brackets, all alone",
        ("made up",),
        ("exclu", "eligible", "not ", "contra", "disqualif"),
        any_case(
            r"(?:[:：(（\[=–—,→⇒]|\s-)\s*(?:(?:is|are|will\s+be)\s+)?(?:exclude[ds]?|exclusion(?:\s+criterion)?|ineligible"
            r"|not\s+(?:eligible|allowed|permitted|included|accepted|suitable|enrolled)"
            r"|contra-?indicat(?:ed|ion)|disqualif\w+)\s*(?:[)）\].;]|$)"
        ),
    ),
    Contrary(
        "exclude them",
        ("NCT03708224",),
        ("exclud",),
        any_case(r"(?:^|(?<=[.;:]\s))\W*(?:please\s+)?exclud(?:e|ing)\s+\w"),
    ),
    Contrary(
        "they can't take part",
        ("NCT00790855",),
        ("take part", "participate", "enter", "join", "enrol", "apply", "be in th", "part of"),
        any_case(
            rf"\b(?:{_CANT}|(?:is|are)(?:\s+not|n['’]t)\s+able\s+to|(?:is|are)\s+unable\s+to|need\s+not)"
            r"\s+(?:(?:participate|take\s+part|join|enter|enrol\w*|apply)(?=\W*$|\s*[.;,(:]|\s+(?:if|when"
            r"|because|as|unless|due|until|at)\b|\s+(?:in\s+|for\s+)?(?:th(?:is|e)|our)\s+(?:\w+\s+){0,2}"
            r"(?:stud|trial|research|part\b|portion|cohort|phase|arm))|be\s+(?:in|(?:a\s+)?part\s+of)\s+th(?:is|e)\s+(?:stud|trial))"
        ),
    ),
    Contrary(
        "the study doesn't take them",
        ("made up",),
        ("do not", "does not", "did not", "n't", "n’t", "cannot", "can not", "will not"),
        any_case(
            rf"\b{_CANT}\s+(?:\w+\s+)?(?:enrol\w*|include|recruit|accept|admit|invite"
            rf"|randomi[sz]e|take|study)\s+(?:(?!who\b)[\w-]+\s+){{0,3}}{_PEOPLE}"
        ),
    ),
    Contrary(
        "they aren't taken",
        ("made up",),
        (
            "included",
            "enrol",
            "recruited",
            "admitted",
            "invited",
            "left out",
            "turned away",
            "barred",
        ),
        any_case(
            rf"\b(?:is|are|was|were|be)(?:n['’]t)?\s+{SO}(?:(?:not|(?<=n['’]t\s))\s*(?:being\s+)?(?:included|enrol+ed"
            r"|recruited|admitted|invited|randomi[sz]ed)\b(?!\s+(?:to|as)\b|\s+in\s+(?!th(?:is|e)\b|our\b))"
            r"|left\s+out\b|turned\s+away\b|(?:de)?barred\b)"
        ),
        of_people=True,
    ),
    Contrary(
        "not so, in short",
        ("made up",),
        ("n't", "n’t", "no longer", "not be taken", "get excluded", "gets excluded"),
        any_case(
            rf"\b(?:(?:is|are|was|were)(?:n['’]t|\s+no\s+longer)|won['’]t\s+be)\s+{SO}(?:eligible\b"
            rf"{OF_STUDY}|(?:allowed|permitted|accepted|included|enrol+ed|recruited|suitable)\b{_MATTER})"
            r"|\bnot\s+be\s+taken\b(?=\W*$)|\bgets?\s+excluded\b"
        ),
        of_people=True,
    ),
    Contrary(
        "not eligible, without a verb at the end",
        ("made up",),
        ("excluded", "eligible"),
        any_case(r"(?<!\bbe\s)(?<!\bor\s)\b(?:excluded|not\s+eligible|ineligible)\W*$"),
        of_people=True,
    ),
    Contrary(
        "an exclusion",
        ("made up",),
        ("exclusion",),
        any_case(r"(?<!\bfor)(?<!\bof)(?<!\bno)(?<!\bor)(?<!\band)\s(?:an\s+)?exclusion\W*$"),
    ),
    Contrary(
        "it excludes, all alone",
        ("made up",),
        ("exclude", "rules out", "ruled out", "welcome", " exclusion"),
        any_case(
            r"\b(?:excludes|(?:will|would|shall|should)\s+exclude|rules\s+out)\s*(?:[.;)\]]|$)"
            rf"|{_PEOPLE}(?:\s+with\s+[^.,;:]{{1,40}})?\s+are\s+ruled\s+out\b"
            rf"|\b(?:is|are){NOT}\s+welcome\b"
            rf"|\b(?:(?:counts?|serves?)\s+as|means?)\s+(?:an?\s+)?exclusion\b{SAYS_NOTHING}"
        ),
    ),
    Contrary(
        "they are out",
        ("made up",),
        (" out", "considered", "candidates", "from th", "from our", "turned away"),
        any_case(
            rf"\b(?:is|are|will\s+be)\s+{SO}out(?=\s*[.;)\]]|\s*$|\s+of\s+(?:th(?:is|e)|our)\s+(?:stud|trial))"
            rf"|\b(?:(?:is|are)(?:{NOT}|\s+no)|{_WILL_NOT}\s+be)\s+(?:considered|candidates)"
            r"(?=\s*[.;)\]]|\s*$)"
            r"|\bwill\s+be\s+(?:withdrawn|removed|dropped)\s+from\s+(?:th(?:is|e)|our)\s+(?:stud|trial)"
            r"|\bgets?\s+(?:left\s+out|turned\s+away)\b"
        ),
        of_people=True,
    ),
    Contrary(
        "not eligible, if",
        ("made up",),
        ("eligible if", "eligible when", "eligible with", "excluded", "exclusion", "not included"),
        any_case(
            r"^\W*(?:not\s+(?:be\s+)?(?:eligible|included)|ineligible|excluded|exclusion)\s+(?:if|when|with)\b"
        ),
    ),
    Contrary(
        "not allowed, without a verb",
        ("made up",),
        ("allowed", "permitted", "prohibited", "forbidden"),
        any_case(r"(?:\bnot\s+(?:allowed|permitted)|(?<!not\s)\b(?:prohibited|forbidden))\W*$"),
    ),
    Contrary(
        "the study doesn't want them",
        ("made up",),
        ("we ", "closed", "not open", "not to", "against"),
        any_case(
            rf"\bwe\s+{_CANT}\s+(?:take|include|accept|enrol\w*|recruit|admit)\b"
            rf"|\b(?:study|trial)\s+is\s+(?:closed|not\s+open)\s+(?:to|for)\b"
            r"|\breasons?\s+(?:not\s+to|against)\s+(?:includ|enrol|tak|admit)"
        ),
    ),
    Contrary(
        "nobody of a kind",
        ("made up",),
        ("no one ", "nobody ", "no-one ", "no "),
        any_case(
            rf"^\W*(?:no[\s-]one|nobody|no\s+(?:[\w-]+\s+){{0,3}}{_PEOPLE})\b[^.;]*?\b(?:can|may|will|is|are)\s+"
            r"(?:be\s+)?(?:take\s+part|join|participate|enter|enrol\w*|eligible|included|accepted|allowed)\b"
        ),
    ),
    Contrary(
        "taking part isn't possible",
        ("made up",),
        ("compatible", "possible", "grounds for", "ground for", "reason for", "reasons for"),
        any_case(
            r"(?:\bin|\bnot\s+)compatible\s+with\s+(?:th(?:is|e)\s+(?:stud|trial)|participa)"
            r"|\bparticipation\s+is\s+(?:not\s+|im)possible\b"
            r"|\b(?:grounds?|reasons?)\s+for\s+(?:refusal|rejection|non-?inclusion)\b"
        ),
    ),
    Contrary(
        "a contraindication",
        ("made up",),
        ("contraindication", "contra-indication"),
        any_case(
            r"(?<!there\s)\b(?:is|are|as|considered)\s+(?:(?:an?|absolute|relative|formal|also)\s+){0,3}"
            r"contra-?indications?\b(?!\s+(?:to|for|of|against)\s+(?!th(?:is|e)\s+(?:stud|trial)|participa"
            r"|inclusion|enrol|entry))"
        ),
    ),
    Contrary(
        "they don't qualify, or aren't suitable",
        ("NCT04871997",),
        ("qualify", "suitable", "appropriate", "intended", "open to", "open for", "not for"),
        any_case(
            rf"\b{_CANT}\s+qualify\b{OF_STUDY}"
            rf"|\b(?:is|are)\s+{SO}(?:not\s+{SO}suitable|unsuitable)\b{OF_STUDY}"
            r"|\b(?:not\s+(?:suitable|appropriate|intended|meant|open|available|recommended)\s+(?:for|to)"
            rf"|unsuitable\s+for|^\W*not\s+for)\s+(?:(?!who\b)[\w-]+\s+){{0,3}}{_PEOPLE}"
        ),
    ),
    Contrary(
        "it rules people out",
        ("made up",),
        ("rule", "keep", "prevent", "preclude", "bar", "stop", "make you"),
        any_case(
            r"\b(?:(?:rules?|keeps?|shuts?)\s+(?:you|them|people|someone|anyone|patients?|participants?"
            r"|subjects?)\s+out\b|(?:rules?|keeps?)\s+out\s+(?:you|participation|enrol|entry|inclusion)"
            r"|(?:prevents|precludes|bars|stops|keeps)\s+(?:you\b|(?:them|people|patients?|participants?)\s+from"
            r"|(?:from\s+)?(?:participation|enrol\w+|inclusion|entry|taking\s+part|joining)))"
        ),
    ),
    Contrary(
        "it doesn't matter",
        ("NCT04588402", "NCT03242538", "NCT06144554", "NCT04811001"),
        ("exclu",),
        any_case(
            rf"{NOT}\s+(?:be\s+)?{SO}(?:as\s+)?(?:an?\s+)?(?:excluded\b{_FROM_STUDY}"
            rf"|exclusion\w*\b{SAYS_NOTHING})"
        ),
        in_first_clause=True,
    ),
)
"""What keeps people out, or says that nobody is kept out, among inclusions."""
