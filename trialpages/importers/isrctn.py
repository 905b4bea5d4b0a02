"""A record of ISRCTN: its own XML, and the JSON that the R package ctrdata makes of it.

What fits a field of a trial is one; all the rest is in `extra`, under the registry's own names.
Nothing is put into another registry's words: phases, designs and roles without an equal of ours
stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from trialpages.importers import isrctn_design, isrctn_papers, isrctn_people
from trialpages.importers.archives import Readable
from trialpages.importers.found import Found
from trialpages.importers.leaves import Leaves, filled
from trialpages.importers.registry_json import Imported, record_digest
from trialpages.importers.source import Content, Source, trial_of
from trialpages.importers.xml_records import one_of_xml, records_of_xml
from trialpages.problems import ContentFailure, Problem, Where
from trialpages.records.note_codes import PARTIAL_FORM

Fields = dict[str, Any]

REGISTRY = "ISRCTN"
RECORD = "fullTrial"
"""The element of its XML that a record is."""
_PAGE = "https://www.isrctn.com/{}"
_TOLD = "/trial/trialDescription"
_LONGEST = 2_000_000
"""Characters of a record: many times what one has."""


def read_isrctn(record: Fields, where: str, today: date) -> Imported:
    """The trial in a record, its status as of a day. Raises ContentFailure."""
    is_xml = RECORD in record
    leaves = Leaves(record[RECORD] if is_xml else {"trial": record})
    if leaves.size > _LONGEST:
        message = f"this record has {leaves.size:,} characters; more than {_LONGEST:,} aren't read"
        hint = "see whether it is one trial's; the others go on"
        raise ContentFailure(Problem("too-large", "error", message, Where(where), hint))
    standing = isrctn_design.standing(leaves, today)
    tree = {
        **_identity(leaves, where),
        "overall_status": standing.status,
        **_about(leaves),
        **isrctn_design.dates(leaves),
        **isrctn_design.design(leaves),
        **isrctn_design.outcomes(leaves),
        **isrctn_people.eligibility(leaves),
        **isrctn_people.places(leaves),
        **isrctn_people.people(leaves),
        **isrctn_papers.numbers(leaves),
        **isrctn_papers.references(leaves),
        **isrctn_papers.sharing(leaves),
    }
    if not tree["study_type"]:
        raise _no_type(leaves, where)
    said = [("overall_status", standing.code, standing.note)] if standing.code else []
    tree["source"] = {"registry": REGISTRY, "sha256": record_digest(record)}
    if not is_xml:
        said += [("source", PARTIAL_FORM, _of_ctrdata(leaves, tree["source"]))]
    tree["import_notes"] = [dict(zip(_NOTE, one, strict=True)) for one in said]
    tree["extra"] = leaves.left()
    return Imported(trial_of(filled(tree), where))


_NOTE = ("field", "code", "message")


# --- what every trial has ------------------------------------------------------------------------

_NUMBER = re.compile(r"(?:ISRCTN)?(\d{8})", re.ASCII)


def _identity(leaves: Leaves, where: str) -> Fields:
    found = _NUMBER.fullmatch(leaves.text("/trial/isrctn"))
    if not found:
        message = "this record has no ISRCTN number: its `isrctn` isn't eight digits"
        hint = "fetch it again from the registry"
        raise ContentFailure(Problem("no-number", "error", message, Where(where), hint))
    number = f"{REGISTRY}{found[1]}"
    leaves.take("/trial/isrctn")
    for again in ("/trial/@publicIdentifierCanonical", "/trial/_id"):
        if leaves.text(again) in (number, found[1]):
            leaves.take(again)
    title = isrctn_design.one_line(leaves.take(f"{_TOLD}/title"))
    official = isrctn_design.one_line(leaves.take(f"{_TOLD}/scientificTitle"))
    return {"nct_id": number, "brief_title": title or official, "official_title": official}


def _no_type(leaves: Leaves, where: str) -> ContentFailure:
    said = leaves.text("/trial/trialDesign/primaryStudyDesign")
    what = f"is `{said}`" if said else "isn't given"
    message = f"its primary study design {what}: neither interventional nor observational"
    hint = "a trial's page has no form for it; the record was left out, and the others go on"
    return ContentFailure(Problem("no-study-type", "error", message, Where(where), hint))


def _about(leaves: Leaves) -> Fields:
    prose, one_line = isrctn_design.prose, isrctn_design.one_line
    aims = prose(leaves.take(f"{_TOLD}/studyHypothesis"))
    conditions = [
        line
        for one in leaves.entries("/trial/conditions/condition")
        for line in (leaves.take(f"{one}/description") or "").splitlines()
    ]
    return {
        "acronym": one_line(leaves.take(f"{_TOLD}/acronym")),
        "brief_summary": prose(leaves.take(f"{_TOLD}/plainEnglishSummary")),
        "detailed_description": f"Study hypothesis:\n\n{aims}" if aims else None,
        "conditions": [one_line(line) for line in conditions],
        "why_stopped": prose(leaves.take("/trial/trialDesign/reasonAbandoned")),
    }


# --- ctrdata's JSON ------------------------------------------------------------------------------


def _of_ctrdata(leaves: Leaves, source: Fields) -> str:
    """What that form leaves out of the registry's record, and when it was made."""
    made = leaves.take("/trial/record_last_import") or ""
    leaves.take("/trial/ctrname")
    day = re.match(r"\d{4}-\d\d-\d\d(?= |$)", made, re.ASCII)
    source["date"] = day[0] if day else None
    return (
        f"This copy is the JSON that ctrdata made of the record{f' on {made}' if made else ''}. It "
        "lacks the sponsors, funders and contacts of the registry's own XML, and most attributes."
    )


# --- the two forms -------------------------------------------------------------------------------


def _is_record(content: Content, _where: str) -> bool:
    if not isinstance(content, dict):
        return False
    return RECORD in content or ("isrctn" in content and "trialDescription" in content)


def _read(content: Content, where: str) -> Imported:
    assert isinstance(content, dict)
    return read_isrctn(content, where, datetime.now(UTC).date())


def _is_xml(content: Content, _where: str) -> bool:
    return isinstance(content, bytes) and b"www.67bricks.com/isrctn" in content


def _read_xml(content: Content, where: str) -> Imported:
    assert isinstance(content, bytes)
    return _read(one_of_xml(content, where, RECORD), where)


def _apart(stream: Readable, where: str) -> Iterator[Found]:
    return records_of_xml(stream, where, RECORD)


ISRCTN = Source("a record of ISRCTN", _is_record, _read, registry=REGISTRY, page=_PAGE)
ISRCTN_XML = Source(
    "ISRCTN's XML",
    _is_xml,
    _read_xml,
    endings=(".xml",),
    registry=REGISTRY,
    page=_PAGE,
    apart=_apart,
)
