"""Records in several versions, and whether what is told of two versions is all that differs."""

from __future__ import annotations

import copy
import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from trialpages.changes.fields import UNTOLD
from trialpages.importing import import_records
from trialpages.records.model import Change, Trial, to_tree
from trialpages.records.own_vocabulary import ChangeKind
from trialpages.records.trial_file import read_trial
from trialpages.records.vocabulary import ContactRole
from trialpages.updating.arrivals import Arrival, Policy

Record = dict[str, Any]

ID = "NCT00000001"


def site(facility: str, city: str, status: str | None = "RECRUITING", **more: Any) -> Record:
    found = {"facility": facility, "status": status, "city": city, "country": "Germany", **more}
    return {key: value for key, value in found.items() if value is not None}


def full_record(day: str = "2024-08-01", **modules: dict[str, Any]) -> Record:
    """A record with all that each record of the registry has; `modules` renew fields in them."""
    protocol: dict[str, Any] = {
        "identificationModule": {
            "nctId": ID,
            "orgStudyIdInfo": {"id": "R-1"},
            "organization": {"fullName": "Example Hospital", "class": "OTHER"},
            "briefTitle": "Rest for migraine",
        },
        "statusModule": {
            "statusVerifiedDate": day[:7],
            "overallStatus": "RECRUITING",
            "startDateStruct": {"date": "2024-07", "type": "ACTUAL"},
            "studyFirstSubmitDate": "2024-01-02",
            "studyFirstPostDateStruct": {"date": "2024-01-09", "type": "ACTUAL"},
            "lastUpdateSubmitDate": day,
            "lastUpdatePostDateStruct": {"date": day, "type": "ACTUAL"},
        },
        "sponsorCollaboratorsModule": {
            "leadSponsor": {"name": "Example Hospital", "class": "OTHER"},
        },
        "descriptionModule": {"briefSummary": "Does rest help? Nobody knows. We ask."},
        "conditionsModule": {"conditions": ["Migraine"], "keywords": ["rest"]},
        "designModule": {
            "studyType": "INTERVENTIONAL",
            "phases": ["PHASE2"],
            "enrollmentInfo": {"count": 40, "type": "ESTIMATED"},
        },
        "armsInterventionsModule": {
            "armGroups": [
                {"label": "Rest", "type": "EXPERIMENTAL", "interventionNames": ["Other: Rest"]},
                {"label": "Usual care", "type": "NO_INTERVENTION"},
            ],
            "interventions": [{"type": "OTHER", "name": "Rest", "armGroupLabels": ["Rest"]}],
        },
        "outcomesModule": {
            "primaryOutcomes": [{"measure": "Days with headache", "timeFrame": "12 weeks"}],
            "secondaryOutcomes": [
                {"measure": "Sleep", "description": "Hours a night.", "timeFrame": "12 weeks"},
                {"measure": "Mood", "timeFrame": "12 weeks"},
            ],
        },
        "eligibilityModule": {
            "eligibilityCriteria": (
                "Inclusion Criteria:\n\n1. Age \\> 18 years\n2. Migraine for a year\n\n"
                "Exclusion Criteria:\n\n* Pregnancy\n* Other headaches"
            ),
            "healthyVolunteers": False,
            "sex": "ALL",
            "minimumAge": "18 Years",
            "stdAges": ["ADULT", "OLDER_ADULT"],
        },
        "contactsLocationsModule": {
            "centralContacts": [{"name": "Ann Lee", "role": "CONTACT", "phone": "1"}],
            "locations": [site("Charité", "Berlin"), site("Clinic", "Köln"), site("Praxis", "Ulm")],
        },
        "referencesModule": {"references": [{"pmid": "1", "citation": "Lee A. Rest. 2020."}]},
    }
    for name, fields in modules.items():
        protocol.setdefault(name, {}).update(copy.deepcopy(fields))
    return {
        "protocolSection": protocol,
        "derivedSection": {"miscInfoModule": {"versionHolder": day}},
        "hasResults": False,
    }


def without(record: Record, *names: str) -> Record:
    """A record without these modules or fields: `eligibilityModule`, `statusModule.whyStopped`."""
    made = copy.deepcopy(record)
    for name in names:
        node, steps = made["protocolSection"], name.split(".")
        for step in steps[:-1]:
            node = node[step]
        del node[steps[-1]]
    return made


# --- importing ----------------------------------------------------------------------------------


def put(
    content: Path, *records: Record, policy: Policy = Policy.UPDATE, name: str = ""
) -> tuple[Arrival, ...]:
    """Import records as NDJSON from standard input; or as a file of that name."""
    lines = "".join(f"{json.dumps(record)}\n" for record in records).encode()
    if name:
        path = content.parent / name
        path.write_bytes(lines)
        return tuple(import_records([str(path)], io.BytesIO(), content, policy))
    return tuple(import_records(["-"], io.BytesIO(lines), content, policy))


def file_of(content: Path, trial_id: str = ID) -> Path:
    return content / f"trials/{trial_id}.md"


def trial_of(content: Path, trial_id: str = ID) -> Trial:
    found = read_trial(file_of(content, trial_id).read_bytes(), trial_id)
    assert found.trial is not None, found.problems
    return found.trial


def edit(content: Path, old: str, new: str) -> None:
    path = file_of(content)
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def everything(content: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {str(p.relative_to(content)): p.read_bytes() for p in content.rglob("*") if p.is_file()}


# --- is everything told? ------------------------------------------------------------------------


def untold(old: Trial, new: Trial, changes: Sequence[Change]) -> list[str]:
    """Every leaf that one version has more often than the other and that no change tells.

    A leaf is told by a change of its very field whose texts hold it, or by the entry around it
    that came or went. Texts are compared word by word.
    """
    told: dict[str, set[str]] = {}
    for change in changes:
        words = (change.old or "", change.new or "", *change.entries)
        told.setdefault(change.field, set()).update(_words(" ".join(words)))
    before = Counter(_leaves(old, _whole(changes, ChangeKind.REMOVED)))
    after = Counter(_leaves(new, _whole(changes, ChangeKind.ADDED)))
    differing = ((before - after) + (after - before)).keys()
    return [f"{path}: {word}" for path, word in differing if word not in told.get(path, ())]


Whole = Counter[tuple[str, str]]
"""Entries that came or went as a whole: list and name, and how many there are."""


def _whole(changes: Sequence[Change], kind: ChangeKind) -> Whole:
    return Counter((c.field, name) for c in changes if c.kind is kind for name in c.entries)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+|[^\w\s]", re.sub(r"\\(?=[!-/:-@\[-`{-~])", "", text)))


def _leaves(trial: Trial, whole: Whole) -> Iterator[tuple[str, str]]:
    """Path and word of every leaf that no change tells as part of an entry."""
    tree = to_tree(trial)
    for name in ("nct_id", "source", "import_notes", "history", "extra"):
        tree.pop(name, None)
    for name, value in tree.items():
        yield from _inside(name, value, whole, set())


def _inside(path: str, value: Any, whole: Whole, around: set[str]) -> Iterator[tuple[str, str]]:
    if path in UNTOLD:
        return
    if isinstance(value, dict):
        plain = {key: inner for key, inner in value.items() if not isinstance(inner, list)}
        words = around | _words(json.dumps(plain, ensure_ascii=False))
        words |= _ROLES.get(plain.get("role"), set())
        if not _is_told(path, words, whole):
            for key, inner in value.items():
                yield from _inside(f"{path}.{key}", inner, whole, words)
    elif isinstance(value, list):
        for item in value:
            yield from _inside(path, item, whole, around)
    else:
        text = value if isinstance(value, str) else json.dumps(value)
        yield from ((path, word) for word in _words(_NUMBER.sub("", text)))


_ROLES = {role.value: _words(role.label) for role in ContactRole}
"""Of two contacts of one name each is told by its role, too."""

_NUMBER = re.compile(r"(?m)^\s*(?:[*+•●▪-]|\(?\d{1,3}[.)]|\(?[A-Za-z][.)])\s+")


def _is_told(path: str, words: set[str], whole: Whole) -> bool:
    """Whether a change tells the entry that has these words, each change of one entry only."""
    for (field, name), left in whole.items():
        if left and field == path and _words(name) - {",", "–"} <= words:
            whole[field, name] -= 1
            return True
    return False
