"""Of the criteria: none under a sentence that isn't true of it.

What a source means is read here once more, from its lines, by rules of this module's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Literal

from selectolax.lexbor import LexborNode

from truths.page import Page
from truths.record import shown, single
from truths.register import Answers, Scope, Violation, answer, edits, truth
from truths.site import Site
from truths.words import words

Kind = Literal["inclusion", "exclusion", "unsure"]

_MARKS = re.compile(r"^(?:\s|[*+\-•·‐–—#>]|\\?[*#\-+]|\(?\w{1,2}[.)\\]+\s)+|[*_\s]+$")
_PLAIN = re.compile(
    r"(?:\W*(?:key|main|major|general|principal|primary|additional|other|specific|subject|patient"
    r"|participant|study|donor|control|the|list|of|for|all|protocol|part|cohort|group|phase|stage"
    r"|arm|criteria|\w|\d+)s?\W+)*"
    r"(?P<named>(?:non?[\s-]?inclusion|inclusions?|exclusions?)"
    r"(?:\s*(?:/|and|&|or|,)\s*(?:inclusions?|exclusions?))?"
    r"(?:\s+(?:criteria|criterion|criterias|crit[eè]res?))?)"
    r"(?P<more>\s*[:.\-–(]\s*\S.*|\s+(?:for|in|of|include[sd]?)\s.{1,60})?\W*",
    re.I,
)
"""`Key exclusion criteria for cohort A:`, `Exclusion Criteria: none`, `Criteria for non-inclusion`."""
_NAMED = re.compile(
    r"(?!.*\b(?:not|any|no|meet\w*|fulfil\w*|all)\b).*"
    r"\b(?P<named>(?:inclusion|exclusion) criteria)\b[^:]{0,60}:",
    re.I,
)
"""`Sibling inclusion criteria for genetic testing:`, `Exclusion criteria were as follows:`."""
_WHO = re.compile(
    r"(?:(?:subject|patient|participant|people|wom[ae]n|m[ae]n|children|volunteer)s?\s+)?"
    r"(?P<kind>not\s+(?:eligible|included)|ineligible|non-?eligible|excluded?|eligible|included)"
    r"(?:\s+(?:subject|patient|participant|people|wom[ae]n|m[ae]n|children|volunteer)s?)?\s*:",
    re.I,
)
"""`Eligible:`, `Excluded patients:`, `Not eligible:`."""
_ADMITS = re.compile(
    r".*\b(?:eligible|included|inclusion|enrolled|must meet all|have to meet)\b.*"
    r"\b(?:following|criteria|must|if they)\b.*:",
    re.I,
)
"""`Patients are eligible if all of the following apply:` at the very beginning."""
_REFUSES = re.compile(
    r".*\b(?:subject|patient|participant|candidate|individual|volunteer|person|people|wom[ae]n|m[ae]n"
    r"|child|children|donor|those|anyone)s?\b.*"
    r"(?:\b(?:not|n[o']t|n’t)\b.{0,30}\b(?:eligible|included|enrolled|recruited|participate|meet any)\b"
    r"|\bineligible\b.*\b(?:study|trial|participat\w*|enrol\w*|if they)\b"
    r"|\b(?:be|are|is) excluded\b|\bmust not (?:have|be)(?=\s*:)|\bnot have any of the following\b.*\bexclusion\b).*:",
    re.I,
)
"""`A subject will not be eligible for inclusion if any of these apply:` and the like."""
_TITLED = re.compile(
    r"(?!note\b)(?![^:]*\b(?:not|any|no|meet\w*|fulfil\w*|all|have|has|is|are|be|see|per|than|mentioned)\b)"
    r"(?:[^;]{0,60}?[\s.])?(?P<named>(?:(?:eligibility|inclusion)\s+(?:and|or|/)\s+)?"
    r"(?:inc)?(?:inclusion|exclusion)s?\s+(?:crit|cit)(?!erion)\w*)(?:\s+[^.;:]{0,40}|\s*:.{0,90})?",
    re.I,
)
"""`Screening (Visit 1) Inclusion Criteria`, `Exclusion Citeria:`, `III.6 EXCLUSION CRITERIA`."""
_BEHIND = re.compile(
    r"(?!.*\b(?:in|of|the|by|per|see|to|for)\s+\S+ Criteria)(\s*.*[\w.])\s+((?:Inclusion|Exclusion)(?: Criteria)?\s*:?\s*)"
)
"""A heading behind the last words of an item: `Own a smartphone Exclusion Criteria`."""
_BEFORE = re.compile(r"((?:\w+ )?(?:Inclusion|Exclusion) Criteria)\s*-?\s+([A-Z].{20,})")
"""A heading and the text behind it: `Exclusion Criteria Outside age-range`."""
_NEITHER = re.compile(r"(?:eligibility|selection|entry) criteria\s*[:.]", re.I)
"""Behind criteria of one kind it may stand over either."""
_LONGEST = 160


@lru_cache(1 << 14)
def heading_kind(line: str) -> Kind | None:
    """The kind of criteria that a line announces as their heading; None for another line."""
    text = _bare(line)
    if _NEITHER.fullmatch(text):
        return "unsure"
    if len(text) <= _LONGEST and _REFUSES.fullmatch(text):
        return "exclusion"
    if told := _WHO.fullmatch(text):
        return "inclusion" if told["kind"].lower() in ("eligible", "included") else "exclusion"
    found = _PLAIN.fullmatch(text) or _NAMED.fullmatch(text)
    if not found and len(text.split()) <= 14:
        found = _TITLED.fullmatch(text)
    if not found or not _is_heading(text, found["named"]):
        return None
    return _kind(found["named"].lower())


def _is_heading(text: str, named: str) -> bool:
    """Told by a colon, by the word `criteria`, or by standing alone."""
    return ":" in text or "crit" in text.lower() or named.lower() == text.lower().rstrip(" .:")


def _kind(named: str) -> Kind:
    if re.match(r"non?[\s-]?inclusion", named):
        return "unsure" if "exclusion" in named and not named.startswith("non-") else "exclusion"
    words_for = {"inclusion": "inclusion", "exclusion": "exclusion", "eligibility": "inclusion"}
    kinds = {kind for word, kind in words_for.items() if word in named}
    if len(kinds) > 1:
        return "unsure"
    return "exclusion" if "exclusion" in kinds else "inclusion"


def _bare(line: str) -> str:
    """A line without bullets, numbers, emphasis and escapes."""
    text = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", line)
    text = text.translate(str.maketrans("：（）．，；", ":().,;"))
    return single(_MARKS.sub("", _MARKS.sub("", text)))


def wanted(source: str) -> Mapping[str, set[Kind | None]]:
    """For each line of the criteria, under headings of which kinds it stands in the source.

    A list item that refuses some people speaks of what is nested in it, a heading of all that
    follows.
    """
    found: dict[str, set[Kind | None]] = {}
    kind: Kind | None = None
    inner: tuple[int, Kind] | None = None
    for line in _lines(source):
        depth = len(line) - len(line.lstrip())
        if inner and line.strip() and depth <= inner[0]:
            inner = None
        named = heading_kind(line)
        if kind in (None, "unsure") and not named and _ADMITS.fullmatch(_bare(line)):
            named = "inclusion"
        if named and _REFUSES.fullmatch(_bare(line)) and re.match(r"\s*(?:[*+-]|\d+[.)])\s", line):
            inner = (depth, named)
        elif named:
            kind, inner = named, None
        elif text := shown(_bare(line).replace("\\", "\\\\")) or _bare(line):
            found.setdefault(_key(text), set()).add(inner[1] if inner else kind)
    return found


def _lines(source: str) -> Iterator[str]:
    """The lines of a source, a heading that stands in a line with other words by itself."""
    for line in source.split("\n"):
        parts = _BEHIND.fullmatch(line) or _BEFORE.fullmatch(line)
        yield from parts.groups() if parts and not heading_kind(line) else (line,)


def _key(text: str) -> str:
    """A line as it can be told again on the page: its letters and digits."""
    return re.sub(r"[\W_]+", "", text).casefold()[:80]


_FINER: Mapping[Kind, Sequence[str]] = {
    "inclusion": ("_permitting", "_choices", "_some"),
    "exclusion": ("_excepted", "_later", "_some"),
}


def groups(page: Page, language: str) -> Iterator[tuple[Kind, LexborNode]]:
    """The groups of criteria that carry a sentence of ours, and what the sentence says."""
    said = {
        words(language)[f"say_{kind}{more}"]: kind
        for kind in _FINER
        for more in ("", "_access", *_FINER[kind])
    }
    for node in page.tree.css(".criteria"):
        for lead in node.css(".lead"):
            if kind := said.get(single(lead.text())):
                yield kind, node


def lines_of(group: LexborNode) -> Iterator[str]:
    """The lines of a group as they stand on the page: each item's own words, each paragraph's."""
    for node in group.css("h3, h4, h5, h6, .criteria-text p, .criteria-text li"):
        own = "".join(_own_text(node))
        for line in own.split("\n"):
            if text := single(line):
                yield text


def _own_text(node: LexborNode) -> Iterator[str]:
    """The text of an element up to the blocks within it; a line break stays one."""
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            yield child.text_content or ""
        elif child.tag == "br":
            yield "\n"
        elif child.tag not in ("ul", "ol", "li", "p", "blockquote", "pre"):
            yield from _own_text(child)


_SURE = '<p class="lead">What lets someone take part.</p>'


@truth(
    "A group of criteria that carries our sentence holds no heading of the other kind",
    things="lines of criteria",
    mutations=(*edits("></a>Adult<", ">Exclusion Criteria:<", "><p>Non-inclusion criteria:</p><"),),
)
def no_heading_under_the_other(site: Site) -> Answers:
    for page, _ in site.trial_pages:
        for kind, group in groups(page, site.language):
            for line in lines_of(group):
                named = heading_kind(line)
                if named == "unsure" and "eligibility" in line.lower():
                    continue  # a title of both parts; what follows has headings of its own
                wrong = f"{line[:100]!r} stands under our sentence of {kind}"
                yield answer(named in (None, kind), page.path, wrong)


@truth(
    "Each criterion under our sentence stands, in the source, under a heading of that kind",
    things="lines of criteria",
    mutations=(
        *edits("What lets someone take part.", "What keeps someone from taking part."),
        *edits(
            '<div class="prose criteria-text"><ul>\n<li id="crit-1">',
            _SURE + '<div class="prose criteria-text"><ul>\n<li id="crit-1">',
        ),
    ),
)
def criteria_stand_where_they_stood(site: Site) -> Answers:
    for page, record in site.trial_pages:
        source = wanted(record.trial.eligibility_criteria or "")
        for kind, group in groups(page, site.language):
            for line in lines_of(group):
                kinds = source.get(_key(line))
                if kinds and not heading_kind(line):
                    wrong = (
                        f"under our sentence of {kind} stands {line[:80]!r}, in the source {kinds}"
                    )
                    yield answer(kind in kinds, page.path, wrong)


_TICKS = [f"{kind}{more}" for kind, finer in _FINER.items() for more in finer if more != "_later"]


@truth(
    "On the checklist each group of criteria says what a tick in it means",
    things="groups on checklists",
    mutations=edits("A tick here may keep you out.", "A tick here counts for you."),
)
def ticks_mean_what_they_say(site: Site) -> Answers:
    told = words(site.language)
    said = {
        kind: told[f"tick_{kind}"]
        for kind in (
            "inclusion",
            "exclusion",
            *_TICKS,
            "other",
        )
    }
    mixed = [told[f"say_{kind}_mixed"] for kind in ("inclusion", "exclusion")]
    some = told["say_for_some"]
    paper = told["say_paper_is_checklist"]
    for page, _ in site.trial_pages:
        hints = [single(node.text()) for node in page.tree.css(".print-hint")]
        if not any(hint.startswith(paper) for hint in hints):
            continue
        for node in page.tree.css("section.criteria"):
            kind = (node.attributes["class"] or "").rpartition("-")[2]
            found = [single(one.text()) for one in node.css(".print-only")]
            leads = [single(one.text()) for one in node.css(".lead")]
            if any(lead in mixed for lead in leads):
                kind = "other"
            for finer in _TICKS:
                if told[f"say_{finer}"] in leads:
                    kind = finer if some not in leads or finer.endswith("_some") else "other"
            wanted = [said[kind]] if node.css(".criteria-text") else []
            yield answer(found == wanted, page.path, f"says {found} over a group of {kind}")


_ENOUGH = 0.99
_NO_CRITERION = re.compile(
    "(?:(?:this|the)(?:study|trial)has)?no(?:(?:in|ex)clusioncriteria)?|none(?:identified)?|nil|na"
    "|notapplicable"
)


def _criteria_of(source: str) -> Iterator[set[Kind | None]]:
    """Under headings of which kinds each line stands that says of a criterion at all."""
    return (kinds for line, kinds in wanted(source).items() if not _NO_CRITERION.fullmatch(line))


@truth(
    "Of the records with criteria under headings of either kind at least 99 % show both groups under our sentences",
    things="records with both headings",
    scope=Scope.SITE,
    mutations=edits(_SURE, ""),
)
def both_kinds_are_told(site: Site) -> Answers:
    told = words(site.language)
    want = [
        {
            told[name]
            for name in (
                f"say_{kind}",
                f"say_{kind}_mixed",
                *(f"say_{kind}{more}" for more in _FINER[kind]),
            )
            if name in told
        }
        for kind in ("inclusion", "exclusion")
    ]
    without = []
    asked = 0
    for trial in site.trials:
        source = trial.eligibility_criteria or ""
        kinds = [heading_kind(line) for line in source.split("\n")]
        path = f"trials/{trial.nct_id}.html"
        if (
            site.has(path)
            and "unsure" not in kinds
            and {"inclusion", "exclusion"} <= set(kinds)
            and {"inclusion", "exclusion"} <= {*chain(*_criteria_of(source))}
        ):
            asked += 1
            leads = set(site.facts(path).group_leads)
            if any(leads.isdisjoint(said) for said in want):
                without.append(trial.nct_id)
            yield None
    if asked and 1 - len(without) / asked < _ENOUGH:
        yield Violation(
            ", ".join(without[:12]), f"{len(without)} of {asked} don't show both groups"
        )
