"""Words of sentences and titles around eligibility criteria: what tells of which kind the list
behind a sentence is, and what a part of a protocol is called. `criteria_marks.py` looks for them.
"""

from __future__ import annotations

import re
from functools import partial

from trialpages.prose.criteria_headings import words_of

_pattern = partial(re.compile, flags=re.IGNORECASE)

DECIDES = _pattern(
    r"\b(?:(?P<exclusion>excluded?|excludes|ineligible|disqualif\w+"
    r"|(?:not|never|n['’]t)\s+(?:to\s+)?(?:be\s+)?(?:able\s+to\s+)?(?:considered\s+|deemed\s+)?"
    r"(?:eligible|included?|enrol\w*|allowed|admitted|recruited|randomi[sz]ed|participate|enter"
    r"|join|take\s+part)"
    r"|can(?:not|['’]t)\s+(?:be\s+)?(?:included|enrolled|participate|enter|join|take\s+part)"
    r"|(?:must|may|should|can|shall)\s*not\s+(?:\w+\s+){1,6}(?:following|below|criteria)"
    r"|none\s+of\s+the\s+(?:following|exclusion)|(?:reasons?|criteria)\s+for\s+(?:exclusion"
    r"|non-?inclusion))"
    r"|(?P<inclusion>eligible|included|enrolled|qualif(?:y|ied)"
    r"|(?:can|may)\s+(?:participate|enter|join|take\s+part)"
    r"|(?:must|should|shall|has\s+to|have\s+to|needs?\s+to)\s+(?:also\s+)?(?:meet|fulfil\w*|satisfy)"
    r"))\b"
)
"""What a sentence decides on whoever meets the criteria of a list: out, or in.

Seen in NCT04790240, NCT00295503, NCT05097287, NCT05276609, NCT01315262, NCT04442932; in
NCT05980455, NCT05838625, NCT04619017, NCT02890979."""

DENIES = _pattern(r"\b(?:not?|never|none|cannot|unable|exclu\w*|ineligible)\b|n['’]t\b")

OPENS = _pattern(r"(?:[:：]|\b(?:if|if they|if you|when)\W*|\bcriteria[^.:;]{0,40};)\s*$")
"""How a sentence ends that stands before a list."""

BELOW = _pattern(r"\b(?:following|below|these|those|(?:any|all|one|none|each)\s+of\s+the)\b")
"""What a sentence points at a list with."""

PERSONS = words_of(
    "patient patients subject subjects participant participants individual individuals person "
    "persons people volunteer volunteers candidate candidates man men woman women male males "
    "female females child children infant infants mother mothers father fathers parent parents "
    "control controls donor donors recruit recruits those they he she you adult adults "
    "adolescent adolescents family families caregiver caregivers anyone"
)
EVERYBODY = PERSONS | words_of(
    "a an the all any each every potential eligible prospective study trial research who which "
    "that meet meets meeting met has have having had fulfil fulfill fulfills fulfils fulfilling "
    "fulfilled satisfy satisfying display displaying exhibit exhibiting present presenting fall "
    "falls into with one or more at least two of following below these this criteria criterion "
    "condition conditions characteristic characteristics requirement requirements exclusion "
    "inclusion will shall be are is was were must should may can could would to in order for "
    "from if either both also do does and presence by deemed considered automatically not enter "
    "participate participation addition above only entry enrollment enrolment able"
)
"""Words that name nobody in particular. `Patients with brain metastases are eligible if:` is part
of a criterion; `Patients who meet any of the following are not eligible:` stands above criteria."""

# --- titles of a part ---------------------------------------------------------------------------

PART = _pattern(
    r"\b(?:parts?|cohorts?|phases?|arms?|groups?|stages?|steps?|modules?|sub-?stud(?:y|ies)"
    r"|protocol|panels?|tracks?)\b|:\s*$"
)
"""What makes a short paragraph right before a heading the title of a part: NCT01515527,
NCT05003804, NCT07276152, NCT01637220."""
