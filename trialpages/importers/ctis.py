"""A record of EU CTIS, as its public interface sends it (`/ctis-public-api/retrieve/{number}`).

Also what the R package ctrdata keeps of one: the same, merged with the row of a search. Until June
2024 the parts of an application stood a level higher; both forms are read. What fits a field of a
trial is one; all the rest is in `extra`, under the registry's own names: translations with their
languages, what each member state decided and when, documents. CTIS gives no status of a place and
no limits of age, so there are none here.
"""

from __future__ import annotations

import re
from typing import Any

from trialpages.importers import ctis_design, ctis_people
from trialpages.importers.ctis_words import OUR_STATUSES
from trialpages.importers.leaves import Leaves, filled
from trialpages.importers.registry_json import Imported, record_digest
from trialpages.importers.source import Content, Source, trial_of
from trialpages.problems import ContentFailure, Problem, Where
from trialpages.records.ctis_codes import STATUSES
from trialpages.records.registry_numbers import CTIS, registry_of

Fields = dict[str, Any]

_PAGE = "https://euclinicaltrials.eu/search-for-clinical-trials/?lang=en&EUCT={}"
_LONGEST = 20_000_000
"""Characters of a record: many times what one has."""


def read_ctis(record: Fields, where: str) -> Imported:
    """The trial in a record. Raises ContentFailure."""
    leaves = Leaves(record)
    if leaves.size > _LONGEST:
        message = f"this record has {leaves.size:,} characters; more than {_LONGEST:,} aren't read"
        hint = "see whether it is one trial's; the others go on"
        raise ContentFailure(Problem("too-large", "error", message, Where(where), hint))
    around = "/authorizedApplication" if "authorizedApplication" in record else ""
    status, notes = _status(leaves)
    tree = {
        "nct_id": _number(leaves, where),
        "overall_status": status,
        **ctis_design.titles(leaves, around),
        **ctis_design.about(leaves, around),
        **ctis_design.dates(leaves, around),
        **ctis_design.design(leaves, around),
        **ctis_design.outcomes(leaves, around),
        **ctis_people.eligibility(leaves, around),
        **ctis_people.places(leaves, around),
        **ctis_people.sponsors(leaves, around),
        **ctis_people.numbers(leaves, around),
        "source": {"registry": CTIS, "sha256": record_digest(record)},
        "import_notes": notes,
        "extra": _by_use(leaves.left()),
    }
    _of_ctrdata(leaves, tree)
    return Imported(trial_of(filled(tree), where))


def _number(leaves: Leaves, where: str) -> str:
    number = leaves.text("/ctNumber")
    registry = registry_of(number)
    if registry is None or registry.name != CTIS:
        message = "this record has no EU CT number: its `ctNumber` isn't like 2024-512345-67-00"
        hint = "fetch it again from the registry"
        raise ContentFailure(Problem("no-number", "error", message, Where(where), hint))
    leaves.take("/ctNumber")
    return number


# --- status --------------------------------------------------------------------------------------


def _status(leaves: Leaves) -> tuple[str, list[Fields]]:
    """The trial's as a whole, and a note where it is none of ours: its own words stay.

    A record's `ctStatus` is its code once more, or its words, or an application's, such as
    `Authorised`; only where it is a public status it has to agree.
    """
    found = (leaves.text(place) for place in ("/ctPublicStatusCode", "/ctStatus"))
    said = dict.fromkeys(STATUSES.get(text, text) for text in found if text)
    public = [one for one in said if one in STATUSES.values()] or [*OUR_STATUSES.keys() & said]
    if len(public) == 1 and public[0] in OUR_STATUSES:
        return OUR_STATUSES[public[0]], []
    words = " and ".join(f"“{one}”" for one in public or said)
    note = f"CTIS says {words}, which is no status here." if words else "CTIS gives no status."
    return "UNKNOWN", [{"field": "overall_status", "code": "unfit-value", "message": note}]


# --- what no field takes -------------------------------------------------------------------------


def _by_use(left: dict[str, str]) -> dict[str, str]:
    """First how and when each member state has it, which readers ask for; the rest as it came."""
    states = [one for one in left if _OF_STATES.match(one)]
    return {one: left[one] for one in (*states, *left)}


_OF_STATES = re.compile("/ct(?:PublicStatusCode|Status)$|/events/|.*/memberStatesConcerned")


# --- ctrdata's JSON ------------------------------------------------------------------------------


def _of_ctrdata(leaves: Leaves, tree: Fields) -> None:
    """When that copy was made, if it is one; the rest of it is the registry's."""
    made = re.match(r"\d{4}-\d\d-\d\d(?= |$)", leaves.text("/record_last_import"), re.ASCII)
    if made:
        tree["source"]["date"] = made[0]


# --- the form ------------------------------------------------------------------------------------


def _is_record(content: Content, _where: str) -> bool:
    if not isinstance(content, dict) or "ctNumber" not in content:
        return False
    return any(name in content for name in ("authorizedApplication", "authorizedPartI", "ctTitle"))


def _read(content: Content, where: str) -> Imported:
    assert isinstance(content, dict)
    if "authorizedApplication" not in content and "authorizedPartI" not in content:
        message = "this is a row of a search of CTIS, which has only a part of the record"
        hint = "give what `/ctis-public-api/retrieve/` and its number bring"
        raise ContentFailure(Problem("cut-record", "error", message, Where(where), hint))
    return read_ctis(content, where)


CTIS_JSON = Source("a record of EU CTIS", _is_record, _read, registry=CTIS, page=_PAGE)
