"""Words that tell of criteria whether they let people in or keep them out.

A key's group `inclusion` or `exclusion` is the kind; a key without one is of neither. The forms of
`criteria_headings.py` say what may stand around them.
"""

from __future__ import annotations

import re
from typing import Any, cast

import msgspec


class CriteriaKey(msgspec.Struct, frozen=True):
    """Words that tell a kind."""

    pattern: re.Pattern[str]
    hints: tuple[str, ...]
    """In small letters: each text the pattern finds holds one. Most texts hold none of any key."""


def words_of(text: str) -> frozenset[str]:
    return frozenset(text.split())


def any_case(pattern: str) -> re.Pattern[str]:
    """A pattern for capitals and small letters alike."""
    return cast("re.Pattern[str]", _Unread(pattern))


class _Unread:
    """A pattern that is compiled once somebody asks it: a trial's criteria ask a sixth of them all,
    and to compile all takes longer than to make the trial's page."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self._pattern, re.IGNORECASE)
        for method in ("search", "match", "fullmatch", "finditer"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


OF_STUDY = (
    r"(?!\s+(?:for|to)\s+(?!the\s+(?:present\s+|current\s+)?(?:stud|trial|protocol)|th(?:is|ese)\b"
    r"|our\b|inclusion|enrol|participa(?!\w*\s+in\s+an?\b)|(?:sub-?)?stud|trial|entry|enter|randomi|join"
    r"|take\s+part|be\s+(?:includ|enrol)|part\b|phase|cohort|arm|(?:treatment|therapy)\s+(?:in|on)\s+th))"
)
"""Not `eligible for transplantation`: that tells of a treatment, and is a criterion."""


def _slips(word: str) -> str:
    """A pattern for a word and each slip of the pen that drops, doubles or swaps a letter."""
    at = range(len(word))
    dropped = (word[:i] + word[i + 1 :] for i in at)
    doubled = (word[:i] + word[i] + word[i:] for i in at)
    swapped = (word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in at[:-1])
    ordered = sorted({word, *dropped, *doubled, *swapped}, key=lambda one: (-len(one), one))
    return "|".join(ordered)


_SION = (
    *("usion", "ulsion", "lsion", "luion", "luson", "lusin", "lsuion", "luison", "lusoin", "lusio"),
    *("ussion", "uusion", "usiion", "usioon", "usionn"),
)
"""In each of the slips of `inclusion` and `exclusion` is one of these."""
_INCLUSION = rf"(?:(?:inc|pre[\s-]*)?(?:{_slips('inclusion')})(?:ary|s)?)"
_EXCLUSION = rf"(?:(?:{_slips('exclusion')}|exclsusion|exclution)(?:ary|s)?|e x c l u s i o n)"
_NOT_INCLUSION = (
    r"(?:(?:non|not|anti|contra|counter)[\s-]*|no-)inclusion(?:ary|s)?|(?:in|non[\s-]*)eligibility"
)
"""With the slips of the pen that records hold: `Incinclusion`, `Inlcusion`."""

NOUN = CriteriaKey(
    any_case(rf"\b(?:(?P<exclusion>{_NOT_INCLUSION}|{_EXCLUSION})|(?P<inclusion>{_INCLUSION}))\b"),
    (*_SION, "lution", "neligib", "n-eligib", "n eligib", "s i o n"),
)
_AND = r"(?:\s+criteria)?\s*(?:/|,|\band\b|\bor\b|&)\s*(?:the\s+)?"
BOTH = CriteriaKey(
    any_case(
        rf"\b(?:(?:no\s+)?(?:in[-‐]?|inclusion|eligibility){_AND}(?:{_NOT_INCLUSION}|{_EXCLUSION})"
        rf"|(?:ex|exclusion){_AND}{_INCLUSION})\b"
    ),
    _SION,
)
ELIGIBILITY = CriteriaKey(
    any_case(
        r"\b(?:eligibility|entry|enrol?lment|selection)\s+criteria\b"
        r"|\bcrit[eé]rios? de (?:elegibilidade?|selecci[oó]n)\b"
        r"|\bcrit[eè]res? (?:d['’]\s?[eé]ligibilit[eé]|de s[eé]lection)\b"
    ),
    ("criteria", "crit"),
)
ELIGIBILITY_ALONE = CriteriaKey(any_case(r"\beligibility\b"), ("eligibility",))
LEAVING = CriteriaKey(
    any_case(
        r"\b(?:withdrawal|discontinuation|termination|remov(?:al|ing)|elimination|rejection|exit"
        r"|drop-?out|shedding|stopping|suspension)\s+criteria\b"
        r"|\bcrit[eé]rios? de (?:elimina\w+|retirada|salida|suspensi[oó]n|discontinua\w+)"
        r"|\bcrit[eè]res? (?:de (?:sortie|retrait)|d['’]\s?arr[eê]t)|\babbruchkriterien\b"
    ),
    ("criteria", "crit", "abbruch"),
)
ABOUT = CriteriaKey(any_case(r"(?<!\bnon\s)\binclusion\b"), ("inclusion",))
PARTICIPLE = CriteriaKey(
    any_case(
        r"\b(?:(?P<exclusion>not\s+(?:included|eligible|allowed|permitted)|excluded?|ineligible"
        r"|non[\s-]?eligible|prohibited|forbidden|disallowed)"
        r"|(?P<inclusion>included|eligible))\b"
    ),
    ("include", "exclude", "eligible", "allowed", "permitted", "prohibited", "forbidden"),
)
ALLOWED = CriteriaKey(
    any_case(r"\b(?:allowed|permitted|acceptable|exceptions?)\b"),
    ("allowed", "permitted", "acceptable", "exception"),
)
REQUIRED = CriteriaKey(any_case(r"\brequired\b"), ("required",))
AGAINST = CriteriaKey(
    any_case(r"\b(?P<exclusion>contra-?indications?|disqualif\w+|do not include)\b"),
    ("indication", "disqualif", "do not include"),
)
WHO_CAN = CriteriaKey(
    any_case(
        r"\bwho\s+(?:(?P<exclusion>can(?:not|['’]t|\s+not)|may\s+not|(?:should|will)\s+not)"
        r"|(?P<inclusion>can|may|will))\s+(?:be\s+included|take\s+part|participate|join)\b"
    ),
    ("who can", "who may", "who should", "who will"),
)
ABROAD = CriteriaKey(
    any_case(
        r"(?:(?P<exclusion>crit[eé]rios? de (?:no |não )?(?:ex|(?<=no )in|(?<=não )in)"
        r"clus(?:ión|ion|ão)|crit[eé]rios? de (?:no|não) elegibilidade?"
        r"|crit[eè]res? (?:d['’]\s?exclusion|de non[\s-](?:inclusion|[eé]ligibilit[eé]))"
        r"|criteri di (?:esclusione|non inclusione)"
        r"|(?:kriterien für den )?ausschluss(?:kriteri\w+)?"
        r"|exclusiecriteri\w+|ex[ck]lusionskriteri\w+|(?:kryteria )?(?:wykluczenia|wyłączenia)"
        r"|\bexclusi(?:ón|ão)"
        r"|排除标准|排除標準|剔除标准|不纳入标准|不符合条件|禁忌症|除外基準|不適格基準|対象外|제외\s?기준"
        r"|критерии (?:не\s?включения|исключения)|критерії (?:не\s?включення|виключення)"
        r"|критерии за (?:не\s?включване|изключване)|kriteriji? (?:za )?(?:ne\s?uključ|isključ)\w+"
        r"|tiêu (?:chuẩn|chí) loại (?:trừ|ra)|קריטריוני (?:אי[ -]?הכללה|החרגה)"
        r"|เกณฑ์การคัด(?:เลือก)?ออก"
        r"|معیارهای (?:خروج|عدم ورود)|معايير (?:الاستبعاد|الإقصاء|عدم الإدراج)"
        r"|kriteria (?:eksklusi|pengecualian)"
        r"|(?:dışlama|hariç tutma|dışlanma) (?:kriterleri|ölçütleri))"
        r"|(?P<inclusion>crit[eé]rios? de inclus(?:ión|ion|ão)|crit[eè]res? d['’]\s?inclusion"
        r"|criteri di inclusione|(?:kriterien für den )?einschluss(?:kriteri\w+)?"
        r"|inclusiecriteri\w+|in[ck]lusionskriteri\w+|(?:kryteria )?włączenia|\binclusi(?:ón|ão)"
        r"|纳入标准|納入標準|入[选组]标准|選択基準|入組基準"
        r"|(?<!不)適格基準|선정\s?기준|критерии включения|критерії включення"
        r"|критерии за включване|kriteriji? (?:za )?uključ\w+"
        r"|tiêu (?:chuẩn|chí) (?:lựa chọn|chọn|nhận)"
        r"|קריטריוני הכללה|เกณฑ์การคัด(?:เลือก)?เข้า|معیارهای ورود"
        r"|معايير (?:الإدراج|الاشتمال|التضمين|الشمول)|kriteria inklusi"
        r"|dahil (?:edil?me|olma) (?:kriterleri|ölçütleri)))"
    ),
    (
        *("criterio", "critério", "critère", "critere", "criteri di", "schluss", "lusionskriteri"),
        *("clusiecriteri", "kryteria", "клю", "标准", "標準", "基準", "기준", "clusión", "clusão"),
        *(
            "不符合条件",
            "禁忌症",
            "対象外",
            "критер",
            "kriter",
            "tiêu ch",
            "קריטריוני",
            "เกณฑ์",
            "معی",
        ),
        *("معايير", "ölçütleri"),
        *("wykluczenia", "wyłączenia", "włączenia"),
    ),
)
