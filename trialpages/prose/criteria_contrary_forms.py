"""The forms of lines that let people in among exclusions: one of two tables of contraries.

No pattern holds a repetition inside another that could share its characters.
`criteria_contraries.py` says where a form counts; `criteria_refusal_forms.py` has the other table.
"""

from __future__ import annotations

import re

import msgspec

from trialpages.prose.criteria_keys import OF_STUDY, any_case


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


SO = (
    r"(?:(?:also|all|still|then|therefore|thus|automatically|generally|usually|strictly|only"
    r"|specifically|considered|deemed|regarded|to\s+be)\s+){0,2}"
)
NOT = r"(?:\s*not|n['’]t)"
SAYS_NOTHING = r"(?!\s+(?:criteri\w+\s+)?(?:[#\d(]|below|above|listed))"
"""Not `an exclusion criterion below`: that points at a list."""

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
            rf"\b(?:(?:is|are|was|were)\s+{SO}(?:eligible\b{OF_STUDY}|accepted\b)"
            rf"|(?:will|may|can|should|shall|could)\s+{SO}be\s+{SO}(?:eligible\b{OF_STUDY}|included\b"
            r"|enrolled\b|admitted\b|recruited\b|registered\b|re-?screened\b|accepted\b)"
            rf"|(?:may|can)\s+{SO}(?:enter|join|participate|take\s+part|enrol+|qualify)\b)"
        ),
        of_people=True,
    ),
    Contrary(
        "it is allowed",
        ("NCT02204020", "NCT05605119", "NCT06606327", "NCT07226856", "NCT02227940"),
        _ALLOWED_HINTS,
        any_case(
            rf"\b(?:is|are|was|were|(?:will|may|can|would|could)\s+{SO}be)\s+{SO}{ALLOWED}\b"
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
            rf"{NOT}\s+(?:be\s+)?{SO}(?:as\s+)?(?:an?\s+)?(?:excluded?\b|exclusion(?:ary)?\b{SAYS_NOTHING}"
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
        "people are welcome, or qualify",
        ("made up",),
        ("welcome", "invited", "qualif", "suitable", "are in"),
        any_case(
            r"\b(?:is|are)\s+(?:also\s+)?(?:welcome|invited|suitable|in)(?=\s*[.;]|\s*$)"
            r"|\bqualif(?:y|ies)(?=\s*[.;]|\s*$|\s+if\b)"
        ),
        of_people=True,
    ),
    Contrary(
        "eligible, if",
        ("made up",),
        ("eligible if", "included if", "eligible when", "inclusion"),
        any_case(
            r"^\W*(?:eligible|included)\s+(?:if|when)\b|\bis\s+an?\s+inclusion\b|\brequired\s+for\s+inclusion\b"
        ),
    ),
    Contrary(
        "it doesn't matter",
        ("made up",),
        ("matter", "no exclusion", "ok", "fine", "we "),
        any_case(
            r"\b(?:does|do)(?:\s+not|n['’]t)\s+matter\b|\bno\s+(?:reason\s+for\s+)?exclusion\W*$"
            r"|\b(?:ok(?:ay)?|(?:is|are)\s+fine)\W*$|\bwe\s+(?:also\s+)?(?:include|accept|take|welcome|enrol)\b"
        ),
    ),
    Contrary(
        "taken, whoever they are",
        ("made up",),
        (
            "welcome",
            "let in",
            "admitted",
            "no problem",
            "include",
            "inclusion",
            "participation",
            "not rule",
        ),
        any_case(
            r"\b(?:is|are)\s+(?:also\s+)?(?:welcome|let\s+in|admitted)\W*$|\bno\s+problem\W*$"
            r"|^\W*included?(?:\s+are)?(?:\s*[:：]|\s+\w+ers\W*$)"
            r"|\b(?:inclusion|participation)\s+(?:of\s+[^.;]{1,40}\s)?is\s+possible\b|\bnot\s+rule\s+(?:you|them)\s+out\b"
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
        "it keeps nobody out",
        ("made up",),
        ("preclud", "disqualif", "no contra", "exempt", "considered", "entered"),
        any_case(
            rf"{NOT}\s+(?:preclude|disqualify)\b|\b(?:is|are)\s+(?:no\s+contra-?indications?|exempt)\b"
            r"|\b(?:may|can|will|should)\s+be\s+(?:considered(?:\s+for\s+(?:th(?:is|e)\s+(?:stud|trial)|inclusion|enrol"
            r"|participa)\w*)?|entered)(?=\s*[.;]|\s*$)"
        ),
    ),
    Contrary(
        "what must be so, or is taken, first in its line",
        ("made up",),
        ("include", "required", "to have", "willing"),
        any_case(
            r"(?m:(?:^|(?<=[.;]\s))[^\w\n]*(?:includes\s+\w|included\s+(?:is|are|was|were)\b|(?:needs?|has|have|willing)\s+to\s+have\b))"
            r"|^(?![^.;]*\b(?:not|if|or|that|which|no)\b)[^.;]*\brequired\W*$"
        ),
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
        "in, by a sign or in brackets",
        ("made up",),
        (
            "inclu",
            "eligible",
            "required",
            "mandatory",
            "obligat",
            "compul",
            "necess",
            "need",
            "must",
        ),
        any_case(
            r"(?:[:：(\[=–—,→⇒>]|\s-)\s*(?:include[ds]?|inclusion(?:\s+criterion)?|incl\.?|eligible|required|mandatory|obligatory"
            r"|compulsory|necessary|needed|must)\s*[)\].]?\s*$"
            r"|^\W*[(\[](?:inclusion|included?|incl?\.?)[)\]]|(?-i:\bINCLUDED\W*$)|^\W*eligible\s*[–—-]\s"
        ),
    ),
    Contrary(
        "what is allowed, first in its line",
        ("made up",),
        ("permitted", "allowed", "acceptable", "accepted", "suitable", "mandatory", "exempt"),
        any_case(
            r"^\W*(?:permitted|allowed|acceptable|accepted|suitable|mandatory|exempt)\b[^.;:]{0,40}[:：]"
            rf"|^(?!.*\bnot\b)[^.;:]*\b{ALLOWED}\s+(?:if|when|provided|as\s+long\s+as)\b"
        ),
    ),
    Contrary(
        "it is no hindrance",
        ("made up",),
        (
            "issue",
            "lead to",
            "problem",
            "barrier",
            "hindrance",
            "no exclusion",
            "no reason",
            " bar ",
        ),
        any_case(
            r"\bnot\s+an?\s+(?:problem|barrier|bar|hindrance|issue)\b|\bno\s+(?:reason\s+for\s+)?exclusion\b"
            rf"|{NOT}\s+(?:(?:bar|prevent|prohibit|hinder)\s+(?:participa|inclusion|enrol|entry)|lead\s+to\s+exclusion)"
        ),
    ),
    Contrary(
        "it may go on, or is needed, at the end of a line",
        ("made up",),
        ("continued", "used", "taken", "mandatory", "necessary", "needed", "compulsory"),
        any_case(
            r"\b(?:can|may)\s+(?:still\s+)?be\s+(?:continued|used|taken|given|maintained)\W*$"
            r"|\b(?:is|are)\s+(?:mandatory|necessary|compulsory)\W*$|\b(?:consent|scans?|tests?|biopsy|referral)"
            r"\s+(?:is\s+|are\s+)?needed\W*$"
        ),
    ),
    Contrary(
        "people have to be so",
        ("made up",),
        ("ha", "need", "willing", "agree", "able to", "able and"),
        any_case(
            r"\b(?:have|has|need|needs)\s+to\s+(?:be|have|sign|give|agree|meet)\b(?!\s+(?:excluded|hospitali|treated|admitted))"
        ),
        of_people=True,
    ),
    Contrary(
        "it is demanded",
        ("made up",),
        (
            *("requisite", "precondition", "obligat", "essential", "indispensable", "imperative"),
            *("requirement", "condition of", "condition for", "required", "needed", "necessary"),
            *("mandatory", "compulsory", "a must", "require", "demand", "need"),
        ),
        any_case(
            r"\b(?:is|are)\s+(?:(?:an?|the|absolutely|absolute|also)\s+)*(?:pre-?requisites?|preconditions?"
            r"|obligatory|essential|indispensable|imperative|requirements?|must"
            r"|conditions?\s+(?:of|for)\s+(?:entry|participa\w+|inclusion|enrol\w+))"
            r"(?=\W*$|\s+(?:for|of|to)\s+(?:(?:the|this)\s+)?(?:stud|trial|entry|participa|inclusion|enrol)"
            r")"
            r"|(?m:^[^\w\n]*(?:(?:what\s+is\s+)?(?:needed|required|necessary)(?:\s+(?:is|are))?|obligatory|compulsory"
            r"|essential|requirements?|(?:condition|requirement)s?\s+(?:of|for)\s+(?:entry|participation|inclusion"
            r"|enrol\w+))\s*[:：])|^[^\w\n]*(?:an?\s+)?preconditions?\b|^[^.;:]*\b(?:obligatory|compulsory"
            r"|indispensable|mandatory)\W*$|^[^\w\n]*(?:obligatory|compulsory|indispensable|mandatory)\s+\w+\W*$"
            r"|\b(?:we|(?:this|the|our)\s+(?:study|trial|protocol))\s+(?:requires?|needs?|demands?)\b"
            r"|\b(?:following|these|those|below)\s+(?:is|are)\s+(?:required|needed|mandatory|necessary)\b"
        ),
    ),
    Contrary(
        "it shall be so",
        ("made up",),
        ("shall", "has to", "have to", "needs to", "need to", "ought to", "should", "to be"),
        any_case(
            r"\bshall\b(?!\s+(?:be\s+(?:excluded|ruled)|not\b|or\b|and\b))"
            r"|(?m:^[^\w\n]*(?:(?:has|have|needs|ought|is|are)\s+to\b|need\s+to\s+be\s+(?:able|willing|at\s+least"
            r"|over|under|aged)\b|should\s+(?:be|have)\b(?!\s+(?:excluded|ruled)\b)))"
        ),
    ),
    Contrary(
        "people have to do so",
        ("made up",),
        ("has to", "have to", "ought to", "needs to"),
        any_case(r"\b(?:(?:has|have|needs)\s+to\s+(?!be\b|have\b)|ought\s+to\s+)\w"),
        of_people=True,
    ),
    Contrary(
        "willing, first in its line",
        ("made up",),
        ("willing", "agree", "able "),
        any_case(
            r"^\W*(?:willing\b(?!\s+to\s+(?:become|conceive|get))|able\s+(?:and\s+willing|to\s+(?:consent|give|provide|understand|comply|sign|read|speak))"
            r"|agree(?:s|ment)?\s+to\b)"
        ),
    ),
    Contrary(
        "the study is open to them",
        ("made up",),
        ("open to", "study ", "trial ", "if ", "apply"),
        any_case(
            r"(?:^\W*|\bis\s+)open\s+to\s+(?:people|patients|wom[ae]n|m[ae]n|adults|children|anyone|all)\b"
            r"|^[^.;]*\b(?:people|patients|wom[ae]n|adults)\b[^.;]*\bcan\s+apply\W*$"
            r"|^\W*(?:the|this|our)\s+(?:study|trial)\s+(?:includes|accepts|takes|welcomes|enrol+s)\b"
            r"|^\W*if\b[^.;]*[,:→]\s*(?:then\s+)?(?:still\s+)?(?:include|eligible)\b"
        ),
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
