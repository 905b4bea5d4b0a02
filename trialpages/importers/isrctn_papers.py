"""What an ISRCTN record names beside the study: numbers, publications, links, files, data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from trialpages.importers import isrctn_words as words
from trialpages.importers.escape import escape
from trialpages.importers.isrctn_design import one_line, prose
from trialpages.importers.leaves import Leaves
from trialpages.records.registry_numbers import CLINICALTRIALS_GOV, registry_of

Fields = dict[str, Any]

_REFS = "/trial/externalRefs"
_RESULTS = "/trial/results"


# --- numbers -------------------------------------------------------------------------------------


def numbers(leaves: Leaves) -> Fields:
    """Each number once, though the registry has most of them in two fields."""
    found = {one["id"]: one for one in _registries(leaves)}
    for place in leaves.entries(f"{_REFS}/secondaryNumbers/secondaryNumber"):
        text = one_line(leaves.take(place))
        if text and text not in found:
            kind = leaves.take(f"{place}/@numberType")
            found[text] = {"id": text, "domain": kind} if kind else {"id": text}
    serial = leaves.text(f"{_REFS}/protocolSerialNumber")
    if serial and all(one.strip() in found for one in serial.split(",")):
        leaves.take(f"{_REFS}/protocolSerialNumber")
    for name, called in (("protocolSerialNumber", "Protocol serial number"), ("doi", "DOI")):
        if text := one_line(leaves.take(f"{_REFS}/{name}")):
            found.setdefault(text, {"id": text, "domain": called})
    return {"secondary_id_infos": list(found.values())}


def _registries(leaves: Leaves) -> Iterator[Fields]:
    """Those with a field of their own. What is no such number stays where it is."""
    for name, kind in (("clinicalTrialsGovNumber", "REGISTRY"), ("eudraCTNumber", "")):
        text = leaves.text(f"{_REFS}/{name}")
        registry = registry_of(text)
        if registry and registry.name == CLINICALTRIALS_GOV and kind:
            leaves.take(f"{_REFS}/{name}")
            yield {"id": text, "type": kind, "domain": registry.name}
        elif registry and registry.name in _EUROPEAN and not kind:
            leaves.take(f"{_REFS}/{name}")
            yield {"id": text, "type": _EUROPEAN[registry.name]}
    if iras := one_line(leaves.take(f"{_REFS}/irasNumber")):
        yield {"id": iras, "domain": "IRAS number"}


_EUROPEAN = {
    "EU Clinical Trials Register": "EUDRACT_NUMBER",
    "EU Clinical Trials Information System (CTIS)": "CTIS",
}


# --- publications and files ----------------------------------------------------------------------


def references(leaves: Leaves) -> Fields:
    details = leaves.take(f"{_RESULTS}/publicationDetails") or ""
    lines = [line for one in details.splitlines() if (line := " ".join(one.split()))]
    return {
        "references": [_reference(line) for line in lines],
        "see_also_links": list(_links(leaves, details)),
        "large_docs": [_file(leaves, one) for one in leaves.entries(_FILES)],
    }


_FILES = "/trial/attachedFiles/attachedFile"
_PUBMED = re.compile(
    r"https?://(?:pubmed\.ncbi\.nlm\.nih\.gov|(?:www\.)?ncbi\.nlm\.nih\.gov/pubmed)/(\d{1,8})\b",
    re.ASCII,
)
_RESULT = re.compile(r"\d{4} Results article in ", re.ASCII)


def _reference(line: str) -> Fields:
    """A line of the registry's list: `2021 Results article in https://… (added 20/10/2020)`."""
    pubmed = _PUBMED.findall(line)
    found: Fields = {"citation": line}
    if len(pubmed) == 1:
        found["pmid"] = pubmed[0]
    if _RESULT.match(line):
        found["type"] = "RESULT"
    return found


_WEB = re.compile(r"https?://\S+")


def _links(leaves: Leaves, details: str) -> Iterator[Fields]:
    """The study's site, and outputs that no line of the publications names."""
    site = f"{_TOLD}/trialWebsite"
    if _WEB.fullmatch(leaves.text(site)):
        yield {"label": "Trial website", "url": leaves.take(site)}
    for one in leaves.entries("/trial/outputs/output"):
        url = leaves.text(f"{one}/externalLink/@url")
        if url and url in details.split():
            leaves.take(f"{one}/externalLink/@url")
        elif _WEB.fullmatch(url):
            label = one_line(leaves.take(f"{one}/description"))
            link = {"url": leaves.take(f"{one}/externalLink/@url")}
            yield {"label": escape(label), **link} if label else link


_TOLD = "/trial/trialDescription"


def _file(leaves: Leaves, place: str) -> Fields:
    length = leaves.text(f"{place}/length")
    is_size = length.isascii() and length.isdecimal() and len(length) < 16
    return {
        "label": one_line(leaves.take(f"{place}/description")),
        "filename": one_line(leaves.take(f"{place}/name")),
        "size": int(leaves.take(f"{place}/length") or 0) if is_size else None,
    }


# --- data of those who take part -----------------------------------------------------------------


def sharing(leaves: Leaves) -> Fields:
    """Whether they are passed on, where plan and policy agree: many a plan's `No` says nothing."""
    plan = leaves.text("/trial/miscellaneous/ipdSharingPlan")
    policies = {leaves.text(one) for one in leaves.entries(f"{_RESULTS}/dataPolicies/dataPolicy")}
    found: Fields = {"description": prose(leaves.take(f"{_RESULTS}/ipdSharingStatement"))}
    if plan == "No" and policies == {words.NO_DATA}:
        found["ipd_sharing"] = "NO"
    elif plan == "Yes" and policies and policies <= set(words.SHARED_DATA):
        found["ipd_sharing"] = "YES"
    if "ipd_sharing" in found:
        leaves.take("/trial/miscellaneous/ipdSharingPlan")
    return {"ipd_sharing_statement": found}
