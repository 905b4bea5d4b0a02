"""The forms of lines that decide the contrary of the group they stand in: the two tables.

No pattern holds a repetition inside another that could share its characters.
`criteria_contraries.py` says where a form counts.
"""

from __future__ import annotations

import re

import msgspec

from trialpages.prose.criteria_keys import any_case


class Contrary(msgspec.Struct, frozen=True):
    """A way to decide the contrary of a group."""

    name: str
    seen: tuple[str, ...]
    hints: tuple[str, ...]
    """In small letters: each text it fits holds one, which is quicker to look for."""
    form: re.Pattern[str]
    of_people: bool = False
    """Whether it decides only where somebody is its subject: `other causes must be excluded`."""
    in_first_clause: bool = False
    """Whether it is but a remark where it stands behind something else."""


_SO = (
    r"(?:(?:also|all|still|then|therefore|thus|automatically|generally|usually|strictly|only"
    r"|specifically|considered|deemed|regarded|to\s+be)\s+){0,2}"
)
_OF_STUDY = (
    r"(?!\s+(?:for|to)\s+(?!the\s+(?:present\s+|current\s+)?(?:stud|trial|protocol)|th(?:is|ese)\b"
    r"|our\b|inclusion|enrol|participa(?!\w*\s+in\s+an?\b)|stud|trial|entry|enter|randomi|join|take\s+part|be\s+"
    r"(?:includ|enrol)|part\b|phase|cohort|arm|(?:treatment|therapy)\s+(?:in|on)\s+th))"
)
"""Not `eligible for transplantation`: that tells of a treatment, and is a criterion."""
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
_NOT = r"(?:\s*not|n['’]t)"
_PEOPLE = (
    r"(?:(?:all|any|the|these|those|some|adult|male|female)\s+)?(?:patients?|subjects?|participants?"
    r"|individuals?|people|persons?|participation|enrol+ment|volunteers?|women|men|children)\b"
)
_SAYS_NOTHING = r"(?!\s+(?:criteri\w+\s+)?(?:[#\d(]|below|above|listed))"
"""Not `an exclusion criterion below`: that points at a list."""

KEPT_OUT: tuple[Contrary, ...] = (
    Contrary(
        "excluded",
        ("NCT05245214", "NCT05366842", "NCT05277701", "NCT01929941", "NCT04736173", "NCT06951243"),
        ("excluded",),
        any_case(
            rf"\b(?:(?:is|are|was|were)\s+(?:to\s+be\s+)?|(?:will|would|shall)\s+{_SO}be\s+){_SO}"
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
        any_case(rf"\b(?:(?:must|should|may|can)\s+{_SO}be|to\s+be)\s+excluded\b{_FROM_STUDY}"),
        of_people=True,
    ),
    Contrary(
        "it excludes people",
        ("NCT01247415", "NCT00931528", "NCT03801200", "NCT01048554"),
        ("exclude ", "excludes ", "exclusion of"),
        any_case(
            rf"(?:\b(?:will|would|should|do|does|shall|cannot|{_NOT})\s+exclude|\bexcludes"
            rf"|(?<![\w/])exclusion\s+of)\s+{_PEOPLE}(?!\s+who\s+don)"
        ),
    ),
    Contrary(
        "a reason for exclusion",
        ("NCT05896748", "NCT07227597", "NCT04017520"),
        ("exclusion",),
        any_case(
            r"\b(?:(?:is|are|be|considered|regarded)\s+(?:not\s+)?(?:considered\s+)?(?:as\s+)?(?:an?\s+)?"
            rf"(?:exclusionary\b|exclusion\b{_SAYS_NOTHING})|(?:lead|result|resulting)s?\s+(?:to|in)\s+"
            r"(?:\w+\s+)?exclusion\b|(?:reason|grounds?|cause)s?\s+for\s+exclusion\b)"
        ),
    ),
    Contrary(
        "not eligible",
        ("NCT04883671", "NCT06485206", "NCT05277844", "NCT05278052", "NCT04221438", "NCT05914116"),
        ("eligible",),
        any_case(
            rf"\b(?:is|are|be|was|were)\s+{_SO}(?:ineligible|not\s+{_SO}eligible)\b{_OF_STUDY}"
            rf"|\b{_WILL}{_NOT}\s+be\s+{_SO}eligible\b{_OF_STUDY}"
            rf"|\b(?:makes?|renders?|become|becomes)\s+(?:\w+\s+){{0,3}}(?:in|not\s+)eligible\b{_OF_STUDY}"
            r"|(?:^|(?<=[.;]\s))(?:not\s+eligible|ineligible)\s*:"
        ),
    ),
    Contrary(
        "not enrolled",
        ("NCT05984147", "NCT07004647", "NCT03070093"),
        ("not be", "n't be", "n’t be"),
        any_case(
            rf"\b(?:{_WILL}{_NOT})\s+be\s+{_SO}(?:included?\b(?!\s+as\b)|enrol\w*|recruited\b|randomi[sz]ed\b"
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
            rf"\b{_WILL}{_NOT}\s+(?:(?:participate|take\s+part)\s+in|enter|join)\s+th(?:is|e)\s+"
            r"(?:\w+\s+){0,2}(?:stud|trial|part\b|portion|cohort|phase|arm)"
        ),
        of_people=True,
    ),
    Contrary(
        "not allowed",
        ("NCT03058094", "NCT05914116", "NCT00698815", "NCT06963814", "NCT02759614", "NCT06482905"),
        ("not ", "n't ", "n’t ", "prohibited", "forbidden", "disallowed"),
        any_case(
            rf"\b(?:(?:is|are|was|were|be)\s+{_SO}(?:not\s+{_SO}(?:allowed|permitted|acceptable|accepted"
            r"|permissible|admissible)|prohibited|forbidden|disallowed)|"
            rf"{_WILL}{_NOT}\s+be\s+(?:allowed|permitted|acceptable|accepted))\b{_MATTER}"
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
        "it doesn't matter",
        ("NCT04588402", "NCT03242538", "NCT06144554", "NCT04811001"),
        ("exclu",),
        any_case(
            rf"{_NOT}\s+(?:be\s+)?{_SO}(?:as\s+)?(?:an?\s+)?(?:excluded\b{_FROM_STUDY}"
            rf"|exclusion\w*\b{_SAYS_NOTHING})"
        ),
        in_first_clause=True,
    ),
)
"""What keeps people out, or says that nobody is kept out, among inclusions."""

_ALLOWED_HINTS = ("allowed", "permi", "acceptable", "tolerated")
ALLOWED = r"(?:allowed|permitted|permissible|acceptable|tolerated)"
LET_IN: tuple[Contrary, ...] = (
    Contrary(
        "people are eligible",
        ("NCT05798663", "NCT06376032", "NCT06706817", "NCT04221438"),
        (
            "eligible",
            "inclu",
            "enrol",
            "admitted",
            "recruited",
            "registered",
            "screened",
            "accepted",
            "enter",
            "join",
            "participate",
            "take part",
            "qualify",
        ),
        any_case(
            rf"\b(?:(?:is|are|was|were)\s+{_SO}(?:eligible\b{_OF_STUDY}|accepted\b)"
            rf"|(?:will|may|can|should|shall|could)\s+{_SO}be\s+{_SO}(?:eligible\b{_OF_STUDY}|included\b"
            r"|enrolled\b|admitted\b|recruited\b|registered\b|re-?screened\b|accepted\b)"
            rf"|(?:may|can)\s+{_SO}(?:enter|join|participate|take\s+part|enrol|qualify)\b)"
        ),
        of_people=True,
    ),
    Contrary(
        "it is allowed",
        ("NCT02204020", "NCT05605119", "NCT06606327", "NCT07226856", "NCT02227940"),
        _ALLOWED_HINTS,
        any_case(
            rf"\b(?:is|are|was|were|(?:will|may|can|would|could)\s+{_SO}be)\s+{_SO}{ALLOWED}\b"
            r"(?!\s+(?:an?\s+)?(?:methods?|forms?))"
        ),
    ),
    Contrary(
        "allowed, without a verb",
        ("NCT05536349", "NCT06754501", "NCT01105130"),
        _ALLOWED_HINTS,
        any_case(rf"(?<!\bnot\s)\b{ALLOWED}\s*$|^\W*allowed\b"),
    ),
    Contrary(
        "not excluded",
        ("NCT07226856", "NCT06860815", "NCT07107451", "NCT05018585"),
        ("exclu",),
        any_case(
            rf"{_NOT}\s+(?:be\s+)?{_SO}(?:as\s+)?(?:an?\s+)?(?:excluded?\b|exclusion(?:ary)?\b{_SAYS_NOTHING}"
            r"|(?:reasons?|grounds?|cause)\s+for\s+exclusion)"
        ),
    ),
    Contrary(
        "an exception by itself",
        ("NCT04687059", "NCT05717140", "NCT05414032", "NCT03447678", "NCT04870190"),
        ("exception",),
        any_case(
            r"^\W*(?:note\W+|nb\W+)?exceptions?\b|\b(?:is|are)\s+(?:an\s+)?exceptions?\s+(?:to|for)\b"
        ),
    ),
    Contrary(
        "it may be so, or be treated",
        ("NCT04770285", "NCT06299332"),
        ("may be", "can be"),
        any_case(r"\b(?:can|may)\s+be\s+(?:present\s+as\s+long\s+as|treated\s+only)\b"),
    ),
    Contrary(
        "nobody is kept out",
        ("NCT04682665", "NCT04327063"),
        ("no exclusion", "no prohibition"),
        any_case(r"\bthere\s+(?:are|is)\s+no\s+(?:exclusions?|prohibition)\b"),
    ),
    Contrary(
        "it must be so",
        ("NCT00480298", "NCT04497038", "NCT06561386", "NCT02619617", "NCT05798663", "NCT05420935"),
        ("must", "required to", "requisite"),
        any_case(
            r"^\W*pre-?requisites?\b|\b(?:must|(?:is|are|be)\s+required\s+to)\b(?!\s+be\s+(?:excluded|ruled"
            r"|read\b)|\s+not\s+(?:be\s+(?:includ|enrol)|(?:participate|take\s+part)\s+in\s+th|enter|join"
            r"|meet\b|fulfil)|\s+(?:or|and)\b|[^.;]*:\s*$)"
        ),
    ),
    Contrary(
        "people should be so",
        ("NCT06112379", "NCT06060704", "NCT07189871"),
        ("should",),
        any_case(
            r"\bshould\b(?!\s+(?:only\s+)?be\s+(?:excluded|discussed|considered|offered)"
            r"|\s+not\s+(?:be\b|participate|take\s+part|enter|join|meet\b|fulfil)|\s+(?:preclude|exclude"
            r"|prevent|have\s+rendered|undergo)|[^.;]*:\s*$)"
        ),
        of_people=True,
    ),
    Contrary(
        "what people must not have, said with no",
        ("NCT03830164", "NCT03941132", "NCT02371993", "NCT00522249", "NCT01105130", "NCT05132660"),
        ("no ", "not ", "without "),
        any_case(
            r"^\W*(?:no|not|without)\s+(?!sexual)(?:\w+\s+)?(?:known|histor\w+|prior|previous|other|concurrent"
            r"|concomitant|current|currently|active|recent|evidence|significant|serious|major|acute"
            r"|ongoing|uncontrolled|underlying|severe|additional|pregnan\w+|contra-?indicat\w+|conditions?"
            r"|disease|infection|cancers?|carcinoma|disorder|patients|taken|undergone|co-?morbid\w*)\b"
            rf"|^\W*no\s[^.;]*\b{ALLOWED}\b"
            r"|^\W*no\s+(?:more\s+than|(?!improve|recover|access|respon|consent)(?:[^\s.;]+\s+){0,3}"
            r"(?:carcinoma|injur\w+|impairments?|treatments?|medications?|drugs?|therapy|surgery)\b)"
        ),
    ),
)
"""What lets people in among exclusions."""
