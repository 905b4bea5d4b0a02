"""A trial as the WHO's International Clinical Trials Registry Platform (ICTRP) hands it out.

Its search exports `Trials_downloaded_from_ICTRP`, a `Trial` for each, an element for an item of
the WHO's data set. For most registries it is the only form there is. What fits a field is one; the
rest is in `extra`, under the WHO's names. Which registry a trial is of follows from its number: the
WHO only passes its record on, which the trial's source says. Registries that hand out their own
records have more than the WHO's copy: of theirs none is made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import zip_longest
from typing import Any

from trialpages.importers import ictrp_words as words
from trialpages.importers.archives import Readable
from trialpages.importers.escape import escape
from trialpages.importers.found import BETTER_SOURCE, Found, LeftToRegistry
from trialpages.importers.ictrp_dates import registered, start
from trialpages.importers.ictrp_texts import (
    ages,
    criteria,
    in_lines,
    interventions,
    names_in,
    one_line,
    outcomes,
)
from trialpages.importers.leaves import Leaves, filled
from trialpages.importers.registry_json import Imported, record_digest
from trialpages.importers.source import Content, Source, trial_of
from trialpages.importers.xml_records import one_of_xml, records_of_xml
from trialpages.problems import ContentFailure, Problem, Where
from trialpages.records.registry_numbers import (
    CLINICALTRIALS_GOV,
    CTIS,
    ICTRP,
    ISRCTN,
    as_written,
    is_address_of,
    registry_of,
)
from trialpages.text.weblinks import web_url

Fields = dict[str, Any]

RECORD = "Trial"
_LONGEST = 2_000_000
"""Characters of a record: many times what one has."""


def read_ictrp(record: Fields, where: str) -> Imported:
    """The trial in a record. Raises ContentFailure."""
    leaves = Leaves(record[RECORD])
    if leaves.size > _LONGEST:
        message = f"this record has {leaves.size:,} characters; more than {_LONGEST:,} aren't read"
        hint = "see whether it is one trial's; the others go on"
        raise ContentFailure(Problem("too-large", "error", message, Where(where), hint))
    number = _number(leaves, where)
    status, notes = _status(leaves)
    tree = {
        "nct_id": number,
        **_titles(leaves),
        "overall_status": status,
        "study_type": _study_type(leaves, number, where),
        "phases": _phases(leaves),
        "start_date": start(leaves),
        "study_first_post_date": registered(leaves),
        "conditions": names_in(leaves, "/Condition"),
        "interventions": interventions(leaves),
        "primary_outcomes": outcomes(leaves, "/Primary_outcome"),
        "secondary_outcomes": outcomes(leaves, "/Secondary_outcome"),
        "enrollment_info": _size(leaves),
        **_eligibility(leaves),
        "lead_sponsor": {"name": one_line(leaves.take("/Primary_sponsor"))},
        "central_contacts": list(_contacts(leaves)),
        "secondary_id_infos": list(_numbers(leaves)),
        "see_also_links": list(_results(leaves)),
        "has_results": _shows_results(leaves),
        "ipd_sharing_statement": _sharing(leaves),
        "source": _source(leaves, record, number),
        "import_notes": notes,
    }
    return Imported(trial_of(filled({**tree, "extra": leaves.left()}), where))


# --- what it is ----------------------------------------------------------------------------------

_PREFIX = re.compile(r"JPRN-|CTIS(?=20)")
"""What the WHO sets before the numbers of some registries."""

_OWN_RECORDS = {
    CLINICALTRIALS_GOV: "`fetch {}` brings the registry's own record",
    ISRCTN: "`fetch {}` brings the registry's own record",
    CTIS: "`fetch {}` brings the registry's own record",
}


def _number(leaves: Leaves, where: str) -> str:
    said = leaves.text("/TrialID")
    number = as_written(_PREFIX.sub("", said))
    registry = registry_of(number)
    if registry and (hint := _OWN_RECORDS.get(registry.name)):
        message = f"{number} is of {registry.name}, of whose record the WHO has a part"
        told = f"{hint.format(number)}; nothing was written of this one"
        raise LeftToRegistry(number, Problem(BETTER_SOURCE, "warning", message, Where(where), told))
    if not said:
        message = "this record has no number: its `TrialID` is empty"
        hint = "export it again from the WHO's search"
        raise ContentFailure(Problem("no-number", "error", message, Where(where), hint))
    if number == said:
        leaves.take("/TrialID")
    return number


def _titles(leaves: Leaves) -> Fields:
    public = one_line(leaves.take("/Public_title"))
    official = one_line(leaves.take("/Scientific_title"))
    acronym = one_line(leaves.take("/Acronym"))
    return {"brief_title": public or official, "official_title": official, "acronym": acronym}


def _status(leaves: Leaves) -> tuple[str, list[Fields]]:
    """The WHO's word, if it has an equal here; else none, and the word stays."""
    said = leaves.text("/Recruitment_Status")
    if ours := words.OUR_STATUSES.get(said.casefold()):
        leaves.take("/Recruitment_Status")
        return ours, []
    told = "The WHO's copy gives no status."
    if said:
        told = f"The WHO's copy says “{said}”, which is no status here."
    return "UNKNOWN", [{"field": "overall_status", "code": "unfit-value", "message": told}]


def _study_type(leaves: Leaves, number: str, where: str) -> str:
    """Ours, or that of another kind, whose word stays."""
    said = one_line(leaves.text("/Study_type")) or ""
    if ours := words.STUDY_TYPES.get(said.casefold()):
        leaves.take("/Study_type")
        return ours
    found = [ours for form, ours in words.WIDER_TYPES if form.match(said)]
    if said:
        return found[0] if found else "OTHER"
    message = f"the study type of {number} isn't given"
    hint = "a trial's page says it first; the record was left out, and the others go on"
    raise ContentFailure(Problem("no-study-type", "error", message, Where(where), hint))


def _phases(leaves: Leaves) -> tuple[str, ...]:
    """What says of each phase whether the trial is of it has more words, and stays."""
    said = one_line(leaves.text("/Phase")) or ""
    if found := words.phases(said):
        leaves.take("/Phase")
    return found or words.phases_of_each(said)


# --- dates and numbers ---------------------------------------------------------------------------


def _size(leaves: Leaves) -> Fields | None:
    text = leaves.text("/Target_size")
    if not (text.isascii() and text.isdecimal() and 0 < len(text.lstrip("0")) < 10):
        return None
    leaves.take("/Target_size")
    return {"count": int(text), "type": "ESTIMATED"}


# --- people --------------------------------------------------------------------------------------


def _eligibility(leaves: Leaves) -> Fields:
    found: Fields = {"eligibility_criteria": criteria(leaves)}
    gender = " ".join(in_lines(leaves.text("/Inclusion_gender"))).casefold()
    if sex := words.SEXES.get(gender):
        leaves.take("/Inclusion_gender")
        found["sex"] = sex
    return {**found, **ages(leaves)}


def _contacts(leaves: Leaves) -> Iterator[Fields]:
    """Of several, two parts or more have as many semicolons each; else one may be of a name."""
    found = [leaves.text(f"/Contact_{part}") for part in _PARTS]
    several = [text.count(";") for text in found if text]
    if any(several) and (len(several) < 2 or len(set(several)) > 1):
        return
    for part in _PARTS:
        leaves.take(f"/Contact_{part}")
    apart = (text.split(";") for text in found)
    for parts in zip_longest(*apart, fillvalue=""):
        first, last, phone, email = map(one_line, parts)
        yield {"name": " ".join(filter(None, (first, last))), "phone": phone, "email": email}


_PARTS = ("Firstname", "Lastname", "Tel", "Email")


# --- other numbers, links, source ----------------------------------------------------------------

_NO_NUMBER = re.compile(r"(?:nil|none|no|nil known|n/?a|not applicable|-)\.?", re.IGNORECASE)
_UTN = re.compile(r"U1111-\d{4}-\d{4}", re.ASCII)


def _numbers(leaves: Leaves) -> Iterator[Fields]:
    """Each number once; one that says itself whose it is, with its registry."""
    found = dict.fromkeys(
        one.strip()
        for line in in_lines(leaves.text("/Secondary_ID"))
        for one in line.split(";")
        if one.strip()
    )
    if not any(_NO_NUMBER.fullmatch(one) for one in found):
        leaves.take("/Secondary_ID")
    for one in found:
        number = as_written(_PREFIX.sub("", one))
        if registry := registry_of(number):
            yield {"id": number, "type": "REGISTRY", "domain": registry.name}
        elif _UTN.fullmatch(one):
            yield {"id": one, "domain": "Universal Trial Number (UTN)"}
        elif not _NO_NUMBER.fullmatch(one):
            yield {"id": one}


def _results(leaves: Leaves) -> Iterator[Fields]:
    for name, label in (("results_url_link", "Results"), ("results_url_protocol", "Protocol")):
        if " " not in leaves.text(f"/{name}") and web_url(leaves.text(f"/{name}")):
            yield {"label": label, "url": leaves.take(f"/{name}")}


def _shows_results(leaves: Leaves) -> bool | None:
    """None where a record has no word of them: not each registry tells the WHO."""
    if any(map(leaves.text, ("/results_date_posted", "/results_summary"))):
        return True
    return {"yes": True, "no": False}.get(leaves.text("/results_yes_no").strip().casefold())


def _sharing(leaves: Leaves) -> Fields:
    plan = leaves.text("/results_ipd_plan").casefold()
    told = one_line(leaves.take("/results_ipd_description"))
    found: Fields = {"description": escape(told) if told else None}
    if ours := words.PLANS.get(plan):
        leaves.take("/results_ipd_plan")
        found["ipd_sharing"] = ours
    return found


def _source(leaves: Leaves, record: Fields, number: str) -> Fields:
    """The registry by the number, or as the WHO names it; and of when the WHO's copy is. The day of
    an export says nothing of the record: it stands here, where it makes no change of the trial."""
    registry = registry_of(number)
    named = leaves.text("/Source_Register")
    if named and (registry is None or named in registry.name):
        leaves.take("/Source_Register")
    exported = leaves.take("/Export_date")
    via = f"{ICTRP}, export of {exported}" if exported else ICTRP
    found: Fields = {"registry": registry.name if registry else named, "via": via}
    url = leaves.text("/web_address")
    if web_url(url) and is_address_of(url, number):
        found["url"] = leaves.take("/web_address")
    if day := _refreshed(leaves.text("/Last_Refreshed_on")):
        leaves.take("/Last_Refreshed_on")
        found["date"] = day
    kept = {name: text for name, text in record[RECORD].items() if name != "Export_date"}
    return {**found, "sha256": record_digest(kept)}


def _refreshed(text: str) -> str | None:
    """`21 September 2026` as a day; its months are English, whatever language a machine speaks."""
    day, _, rest = text.partition(" ")
    month, _, year = rest.partition(" ")
    if month not in _MONTHS:
        return None
    try:
        return str(datetime.strptime(f"{day} {_MONTHS.index(month) + 1} {year}", "%d %m %Y").date())
    except ValueError:
        return None


_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


# --- the form ------------------------------------------------------------------------------------


def _is_record(content: Content, _where: str) -> bool:
    if not isinstance(content, dict) or not isinstance(content.get(RECORD), dict):
        return False
    return "TrialID" in content[RECORD]


def _read(content: Content, where: str) -> Imported:
    assert isinstance(content, dict)
    return read_ictrp(content, where)


def _is_xml(content: Content, _where: str) -> bool:
    return isinstance(content, bytes) and b"<Trials_downloaded_from_ICTRP" in content


def _read_xml(content: Content, where: str) -> Imported:
    assert isinstance(content, bytes)
    return _read(one_of_xml(content, where, RECORD), where)


def _apart(stream: Readable, where: str) -> Iterator[Found]:
    return records_of_xml(stream, where, RECORD)


ICTRP_TRIAL = Source("a trial of the WHO's ICTRP", _is_record, _read)
ICTRP_XML = Source("the WHO's ICTRP XML", _is_xml, _read_xml, endings=(".xml",), apart=_apart)
