"""Lines that may be headings of eligibility criteria which no form knows: `EC:`, `Exelusion`.

Nobody can tell what stands below such a line, so nothing is said of the group that holds it. A
line within a list must look like a heading of the other kind; one that stands between lists, with a
colon or all in another script, must read as a topic (`Renal:`) or name people to be none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from trialpages.prose.criteria_headings import GroupKind
from trialpages.prose.criteria_keys import NOUN, any_case
from trialpages.prose.criteria_marks import headings
from trialpages.prose.criteria_scope import is_bare_title, is_for_some, is_people, names_somebody


def may_be_heading(text: str, kind: GroupKind) -> bool:
    """Whether a line there, or what stands before its colon, looks like a heading that ends a
    group of that kind."""
    return any(_may_be_heading(one, kind) and not headings(one) for one in text.split("\n"))


def _may_be_heading(line: str, kind: GroupKind) -> bool:
    lead, colon, _ = line[: 2 * _LONGEST].replace("：", ":").partition(":")
    if len(lead) > _LONGEST:
        return False
    if _ABBREVIATED.fullmatch(lead) and (colon or lead.isupper()):
        return True
    looks_so = bool(colon and _ABROAD[kind].search(lead)) or _is_misspelt(lead)
    return looks_so and not NOUN.pattern.search(lead)


def is_unplaced(text: str) -> bool:
    """Whether a paragraph stands above others and doesn't say what it is of, nor for whom."""
    line = text.replace("：", ":").rstrip("*_ ")
    if len(line) > _LONGEST or "\n" in line or NOUN.pattern.search(line):
        return False
    if is_in_other_script(line) or _ORDERS.fullmatch(line):
        return True
    if not line.endswith(":") or _TOPIC.search(line):
        return False
    return not (is_bare_title(line) or is_people(line) or is_for_some(line) or names_somebody(line))


def is_in_other_script(line: str) -> bool:
    """Whether it has letters, and no Latin one."""
    return not _LATIN.search(line) and any(map(str.isalpha, line))


def _is_misspelt(lead: str) -> bool:
    letters = "".join(filter(str.isalpha, unicodedata.normalize("NFKC", lead).lower()))
    return any(
        abs(len(letters) - len(word)) <= slips
        and len(set(word) - set(letters)) <= slips
        and _distance(letters, word) <= slips
        for word, slips in _WORDS.items()
    )


@lru_cache(maxsize=256)  # nearly all trials have the same two
def _distance(one: str, other: str) -> int:
    """How many letters must be put in, left out or changed to make one of the other."""
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        above, row = row, [at]
        for column, sign in enumerate(other, 1):
            row.append(min(above[column] + 1, row[-1] + 1, above[column - 1] + (letter != sign)))
    return row[-1]


_LONGEST = 60
_WORDS = {"exclusioncriteria": 2, "inclusioncriteria": 2, "exclusion": 1, "inclusion": 1}
"""With so many slips of the pen at the most. `Occlusion:` has two."""
_ABBREVIATED = any_case(r"\W*(?:n\.?\s?)?(?:[ei]\.?\s?c|exc?l?|incl?|e/c|i/c)\W*")
_LATIN = re.compile("[A-Za-zÀ-ɏḀ-ỿ]")
_ABROAD: Mapping[GroupKind, re.Pattern[str]] = {
    "inclusion": any_case(
        r"\b(?:against|stop(?:ping)?|contra|refus\w*|gegen|nicht|não|nao|no\s+(?:pued|podr|deb)\w+"
        r"|(?:ne|n['’])\s*(?:peu|doiv|pas)\w*|pas|non\s+(?:poss|dev|id)\w+|nie|niet|geen|inte|ikke|ej|ei|nem|nu\s+pot|nesm\w+"
        r"|ne\s+mo\w+|tidak|không|olmayan|olamaz|alınmayacak\w*|not\s+for|(?<!-)out|red\s+flags?|deal-?breakers?"
        r"|barriers?|avoid|do\s+not|don['’]t)\b"
    ),
    "exclusion": any_case(
        r"\b(?:pueden|podrán|podem|poderão|peuvent|possono|können|kunnen|mogą|teilnehmen|welcome"
        r"|criteria\s+(?:for|in\s+favou?r)|(?:who|what)\s+we\s+want|we\s+want|looking\s+for|seeking|wanted)\W*$"
    ),
    "other": any_case(r"(?!)"),
}
"""Words of a line above others that ends a group of that kind, in plain words or abroad."""
_ORDERS = any_case(r"\W*(?:(?:include|accept|take|admit)s?\s*:|criteria\s*#?[2-9]\W*)")
"""What behind criteria may begin those that let people in, or others: `Criteria 2`."""
_TOPIC = any_case(
    r"\b(?:follow\w*|includ\w*|defin\w*|note[sd]?|related|specific|additional\w*|adequate\w*|both|one|two|three"
    r"|any|all|the|with|of|to|by|in|general\w*|medic\w+|clinic\w+|surg\w+|laborator\w+|lab|organ|function\w*"
    r"|treatments?|therap\w+|diseases?|conditions?|histor\w+|diagnos\w+|pathol\w+|age|sex|gender|consent|imag\w+"
    r"|eyes?|ocular|skin|pregnan\w+|contracepti\w+|smok\w+|alcohol|drugs?|allerg\w+|asthma\w*|cancers?|tumou?rs?"
    r"|infect\w+|disorders?|syndromes?|performance|status|tests?|values?|levels?|screening|baseline|phase"
    r"|stage|visits?|renal|kidneys?|hepatic|liver|cardi\w+|cardiovascular|heart|lungs?|pulmon\w+|bone|marrow"
    r"|blood|ha?emat\w+|coagul\w+|neuro\w+|psych\w+|gastro\w+|endocrin\w+|immun\w+|metabol\w+|vital|signs"
    r"|symptoms?|other|others|demograph\w+|social|language|cognit\w+|\w+ology|\w+istry|\w+itis|\w+osis"
    r"|\w+emia|\w+aemia)\b"
)
"""Words of a line above criteria that says what they are about, or that they follow."""
