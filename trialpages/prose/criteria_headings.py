"""Headings of eligibility criteria: the one table of their forms.

A heading says of what follows whether it lets people in or keeps them out. Sources write it in
many ways: in paragraphs, in list items, behind the last words of a criterion. Each form names
records or registries where it was seen. `criteria_marks.py` finds them in a text.

A form has a key, the words that tell the kind, and says what may stand before it, from the
beginning of the line or sentence, and behind it. A key's group `inclusion` or `exclusion` is the
kind; a key without one is of neither. No pattern holds a repetition inside another that could
share its characters, so that time grows with the text.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from trialpages.prose.criteria_keys import (
    ABOUT,
    ABROAD,
    AGAINST,
    ALLOWED,
    BOTH,
    ELIGIBILITY,
    ELIGIBILITY_ALONE,
    LEAVING,
    NOUN,
    OF_STUDY,
    PARTICIPLE,
    REQUIRED,
    WHO_CAN,
    CriteriaKey,
    any_case,
    words_of,
)

GroupKind = Literal["inclusion", "exclusion", "other"]


class HeadingForm(msgspec.Struct, frozen=True):
    """A way to write a heading."""

    name: str
    seen: tuple[str, ...]
    key: CriteriaKey
    before: re.Pattern[str]
    """All of what stands before the key; beyond numbers and names of groups no word of `SPEAKS`."""
    behind: re.Pattern[str]
    """What stands behind the key and belongs to the heading."""
    before_list: bool = False
    """Whether it is a heading only where a list follows: criteria are written so too."""
    starts_line: bool = False
    """Whether it is a heading only where a line starts, and not deep in a list."""
    fits_inclusion: bool = False
    """Whether a group of inclusion criteria may go on under it."""
    restarts: bool = False
    """Whether behind criteria of one kind it opens a list of which nobody can tell the kind."""
    is_topical: bool = False
    """Whether it stands over one list, and says nothing of a paragraph behind that list."""
    is_sentence: bool = False
    """Whether it is a sentence that goes on: its words then belong to what follows."""


# --- what stands before and behind them ---------------------------------------------------------

REFERS = words_of(
    "meet meets meeting met fulfil fulfill fulfils fulfills fulfilling fulfilled fulfilment "
    "fulfillment nonfulfillment satisfy satisfies satisfying satisfied satisfaction conform "
    "conforms conforming comply complies complying compliance compliant noncompliance match "
    "matches matching unmatched unmatching violate violates violating violation violations fail "
    "fails failing failed failure lack lacks lacking adhere adheres adherence nonadherence "
    "deviate deviates deviation deviations see per according listed unlisted defined specified "
    "mentioned described stated noted apply applies applied understand understanding protocol"
)
"""Words of a text that speaks about criteria which stand elsewhere."""
SPEAKS = REFERS | words_of(
    "not no none any all as under within without above below has have having had is are was "
    "were be must will may should can that who which if because due than from by free absence "
    "presence another unless previous previously inclusion exclusion eligibility addition least "
    "one among out outside also following these this those unmet missing unfulfilled unsatisfied "
    "anti anti- counter counter- contra contra- reverse inverse opposite"
)
"""Words before the key that make a sentence about criteria, which is no heading."""

_LEAD = (
    r"[\W_]*(?:<\w{1,6}>)?(?:(?:[IVX]+|\d+|[A-Z])(?:[.-]\d+)*(?:[.)\]:-]+\s*|\s+))?[\W_]*"
    r"(?:<\w{1,6}>)?(?:the\s+)?"
)
"""Bullets, numbers and raw HTML that CommonMark takes for text."""
_QUALIFIED = rf"{_LEAD}[^.;]{{0,120}}"
_FEW = rf"{_LEAD}(?:[^\s.;:]+\s+){{0,3}}"
_TITLE = rf"{_LEAD}(?:(?:(?-i:[A-Z0-9])[^\s.;]*|[^\s\w]\S*|and|of|for|the|in|or|with)\s+){{0,12}}"
_RANK = (
    r"(?:key|main|major|principal|primary|secondary|other|additional|general|specific|important)"
)
_NAMED = (
    rf"{_LEAD}(?:(?:{_RANK}|common|further|patients?|subjects?|participants?|donors?|recipients?"
    r"|controls?|partners?|siblings?|individual|family|cases?|groups?|cohort|part|phase|arm|stage"
    r"|study|sub-?study|trial|list|of|for|and|the|healthy|medical|\w+[\s-](?:specific|related))"
    r"[\s,/-]+){0,6}"
)
_CRITERIA = r"\s*(?:crit\w*|crtieria|citeria|criteira|requirements?|conditions?|factors?)\b"
_COLON = r"\s*(?:</\w{1,6}>)?[\s*_]*:+[*_]*(?:</\w{1,6}>)?"
_STOP = rf"(?:{_COLON}|\s*(?:</\w{{1,6}}>)?[].,;*_–—-]*\s*$)"
_NO_VERB = (
    r"(?![^.:;]*\b(?:inclusion|exclusion"
    r"|apply|applies|applied|must|may|should|shall|can|could|is|are|was|were|be|will"
    r"|would|has|have|met|meet|listed|defined|specified|described|stated)\b)"
)
_FOR = (
    r"(?:\s*\([^()]{0,90}\))?(?:\s+#?\d+\s*(?:-|–|to|and)\s*\d+)?"
    rf"(?:\s*[–—,-]?\s+(?:for|of|in|at|to|on|during|before|prior|after|specific|regarding|only"
    rf"|common|by|concerning)\b{_NO_VERB}[^.:;]{{0,150}}(?:\.\s?\([^()]{{0,90}}\)(?=\W*$))?"
    rf"|\s*[–—,-]\s+{_NO_VERB}[^.:;]{{0,80}}"
    r"|(?:\s+(?:(?-i:[A-Z0-9&/])[\w/&+-]*|and|of|the|only)){1,6})?"
)
"""Whom or which part the criteria are for."""
_TOPIC = (
    r"(?:(?:(?:concurrent|prior|previous|concomitant|co-?existing|other|risk)[\s/-]+(?:and\s+|or\s+)?)+"
    r"(?:medications?|treatments?|therap(?:y|ies)|conditions?|behaviou?rs?|drugs?|substances?)[\s:–-]+)"
)
"""What old records say first: `Concurrent Medication: Excluded`, `Prior Treatment: Required`."""
_PEOPLE = r"(?:patients|subjects|participants|individuals|people|women|men|children|volunteers)"

# --- the table ----------------------------------------------------------------------------------

FORMS: tuple[HeadingForm, ...] = (
    HeadingForm(
        "both kinds at once",
        ("NCT03141021", "NCT06330974", "NCT02519556", "NCT02204020"),
        BOTH,
        any_case(_FEW),
        any_case(rf"(?:{_CRITERIA})?{_FOR}{_STOP}"),
    ),
    HeadingForm(
        "with whom it is for, and how many of them behind it",
        ("NCT05147818",),
        NOUN,
        any_case(_FEW),
        any_case(
            rf"{_CRITERIA}\s+for\s+(?:\w+\s+){{0,2}}(?:{_PEOPLE}|controls|cases)"
            r"(?=\s+\d+\s+(?:\w+\s+){1,2}of\s)"
        ),
    ),
    HeadingForm(
        "plain, with whom it is for",
        ("NCT00000410", "NCT02210780", "NCT00813748", "NCT01880827", "NCT02853175", "NCT03532360"),
        NOUN,
        any_case(_NAMED),
        any_case(_CRITERIA + _FOR + _STOP),
    ),
    HeadingForm(
        "behind a title",
        ("NCT04521413", "NCT06772168", "NCT04345965"),
        NOUN,
        any_case(_TITLE),
        any_case(_CRITERIA + _FOR + _STOP),
    ),
    HeadingForm(
        "behind other words, with a colon",
        ("NCT06657144", "NCT05868668", "NCT05690581"),
        NOUN,
        any_case(_QUALIFIED),
        any_case(_CRITERIA + _FOR + _COLON),
    ),
    HeadingForm(
        "behind other words, before a list",
        ("NCT02555345",),
        NOUN,
        any_case(_QUALIFIED),
        any_case(_CRITERIA + _FOR + _STOP),
        before_list=True,
    ),
    HeadingForm(
        "criteria for it, conditions of it",
        ("NCT04643704", "NCT03849365", "NCT06194448"),
        NOUN,
        any_case(rf"{_FEW}(?:criteria|reasons?|grounds?|causes?|conditions?)\s+(?:for|of)\s+"),
        any_case(_FOR + _STOP),
    ),
    HeadingForm(
        "one word",
        ("NCT02560883", "NCT01126879", "NCT07048717"),
        NOUN,
        any_case(rf"{_LEAD}(?:{_RANK}\s+)?"),
        any_case(rf"(?:\s*[\])]?(?:\s*\([^()]{{0,60}}\))?{_STOP}|\s+[–—-]\s)"),
    ),
    HeadingForm(
        "one word behind others, which name no thing as `social exclusion` does",
        ("NCT01048554", "NCT03563716", "NCT00664833", "NCT00661219"),
        NOUN,
        any_case(_NAMED),
        any_case(rf"(?:(?<=s){_STOP}|{_COLON})"),
    ),
    HeadingForm(
        "with a full stop or nothing between it and the first criterion",
        ("NCT04664634", "NCT07563140", "NCT05587452", "NCT05294952", "NCT02490007"),
        NOUN,
        any_case(_FEW),
        any_case(
            rf"{_CRITERIA}(?:\s+for\s[^.:;()]{{0,50}}(?=\s\d[.)]\s)"
            r"|\s*[.:–—-]?(?=\s+(?:\d+[.)]|(?-i:[A-Z•>≥(-]))))"
        ),
    ),
    HeadingForm(
        "a sentence that goes on",
        ("NCT01160289", "NCT06489431", "NCT05670262", "NCT02413099", "NCT01054430"),
        NOUN,
        any_case(_QUALIFIED),
        any_case(
            rf"{_CRITERIA}\s+(?:(?:for|of|in)\s[^.:;]{{0,80}}?)?(?:are|were|is|was|will be"
            r"|(?:would |will )?(?:include[sd]?|including|consists?|comprises?)|as follows)\b"
        ),
        is_sentence=True,
    ),
    HeadingForm(
        "one word behind the name of a part",
        ("NCT03563716",),
        NOUN,
        any_case(
            rf"{_LEAD}(?:part|cohort|arm|group|phase|stage|step|panel)\s+[A-Z0-9]{{1,4}}[\s:–-]+"
        ),
        any_case(rf"\s*{_STOP}"),
    ),
    HeadingForm(
        "eligibility",
        ("NCT03630471", "NCT02490007", "NCT04353830"),
        ELIGIBILITY,
        any_case(_FEW),
        any_case(_FOR + _STOP),
        fits_inclusion=True,
        restarts=True,
    ),
    HeadingForm(
        "eligibility alone",
        ("NCT00003641",),
        ELIGIBILITY_ALONE,
        any_case(_LEAD),
        any_case(_STOP),
        starts_line=True,
        fits_inclusion=True,
        restarts=True,
    ),
    HeadingForm(
        "when somebody leaves",
        ("NCT05649592", "NCT03909802"),
        LEAVING,
        any_case(_FEW),
        any_case(_FOR + _STOP),
    ),
    HeadingForm(
        "about inclusion, not criteria",
        ("NCT03661047", "NCT00021840"),
        ABOUT,
        any_case(rf"{_FEW}(?:for\s+)?"),
        any_case(r"(?:\s+(?:of|for)\s[^.:;]{1,60})?\s*$"),
        fits_inclusion=True,
    ),
    HeadingForm(
        "participle",
        ("NCT00002297",),
        PARTICIPLE,
        any_case(rf"{_LEAD}(?:{_TOPIC})?(?:{_PEOPLE}\s+)?"),
        any_case(rf"(?:\s+{_PEOPLE})?(?:\s+within\s[^.:;]{{0,60}})?{_COLON}"),
        starts_line=True,
        is_topical=True,
    ),
    HeadingForm(
        "participle before a list",
        ("NCT00002297",),
        PARTICIPLE,
        any_case(rf"{_LEAD}(?:{_TOPIC})?(?:{_PEOPLE}\s+)?"),
        any_case(rf"(?:\s+{_PEOPLE})?{_STOP}"),
        before_list=True,
        is_topical=True,
    ),
    HeadingForm(
        "what is allowed",
        ("NCT00002297", "NCT05717140"),
        ALLOWED,
        any_case(rf"{_LEAD}(?:{_TOPIC})?"),
        any_case(rf"(?:\s+(?:within|for|with|during|at)\s[^.:;]{{0,60}})?{_STOP}"),
        before_list=True,
        is_topical=True,
    ),
    HeadingForm(
        "what is required",
        ("NCT00002297",),
        REQUIRED,
        any_case(rf"{_LEAD}(?:{_TOPIC})?"),
        any_case(rf"(?:\s+(?:within|for|with|during|at)\s[^.:;]{{0,60}})?{_STOP}"),
        before_list=True,
        fits_inclusion=True,
        is_topical=True,
    ),
    HeadingForm(
        "what speaks against it",
        ("DRKS", "REec"),
        AGAINST,
        any_case(rf"{_LEAD}(?:(?:{_RANK}|absolute|relative|known|medical|any|study)\s+)?"),
        any_case(rf"{OF_STUDY}(?:\s+(?:conditions?|factors?|(?:to|for)\s[^.:;]{{0,40}}))?{_STOP}"),
        before_list=True,
    ),
    HeadingForm(
        "a plain question",
        ("ISRCTN's plain English summaries",),
        WHO_CAN,
        any_case(_LEAD),
        any_case(r"[^.:;?]{0,40}[?:]"),
        starts_line=True,
    ),
    HeadingForm(
        "in another language",
        ("REec", "ReBEC", "DRKS", "ChiCTR", "jRCT", "CRIS"),
        ABROAD,
        any_case(_FEW),
        any_case(rf"[^.:;]{{0,60}}{_STOP}"),
    ),
)
"""Which comes first is tried first."""

KEYS = tuple(dict.fromkeys(form.key for form in FORMS))
