"""A trial in the forms other programs read, each a file beside its page.

One entry makes a form: its name in site.yaml, the ending of its files, and what makes them. The
link to it says the words `download_<ending>`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import msgspec

from trialpages.addresses import form_path
from trialpages.changes.corrections import Correction, decode
from trialpages.changes.fields import top_field
from trialpages.exports.citations import bibtex, ris
from trialpages.exports.fhir.study import research_study
from trialpages.records.codes import as_meant
from trialpages.records.model import Trial
from trialpages.records.own_vocabulary import ChangeKind
from trialpages.records.registry_shape import name_at_registry, registry_json
from trialpages.trial.citation import passed_on
from trialpages.trial.registry import page_address


@dataclass(frozen=True, slots=True)
class Material:
    """What a form is made from."""

    sent: Trial
    """With its texts as the registry sent them."""
    trial: Trial
    """With the signs that their codes stand for."""
    results: bytes | None
    """The JSON of its posted results."""
    url: str
    """The trial's page: here, or at its registry for a site without an address."""
    day: date
    """Of the build."""
    corrections: bytes = b""
    """What this site says otherwise than the registry, as `changes.corrections` writes it."""


@dataclass(frozen=True, slots=True)
class Form:
    ending: str
    make: Callable[[Material], str | bytes]


FORMS: Mapping[str, Form] = {
    "json": Form("json", lambda of: _marked(of) + b"\n"),
    "fhir": Form("fhir.json", lambda of: _fhir(of) + b"\n"),
    "ris": Form("ris", lambda of: ris(of.trial, of.url, of.day)),
    "bib": Form("bib", lambda of: bibtex(of.trial, of.url, of.day)),
}
"""By the name that site.yaml says under `publish: forms:`."""

_BY_ENDING = {form.ending: form for form in FORMS.values()}


def exports(
    trial: Trial,
    results: bytes | None,
    address: str,
    as_of: str,
    endings: Iterable[str],
    corrections: bytes = b"",
) -> Iterator[tuple[str, str | bytes]]:
    """Path and content of each of a trial's forms with these endings; `results` is the JSON of its
    posted results, `address` the site's, `corrections` are as in `Material`."""
    day, url = date.fromisoformat(as_of), page_address(trial, address)
    material = Material(trial, as_meant(trial), results, url, day, corrections)
    for ending in endings:
        yield form_path(trial.nct_id, ending), _BY_ENDING[ending].make(material)


def _kind(one: Correction) -> str:
    """`kept` is what the registry had too, and has no more; `earlier`, what it has changed since,
    and this site hasn't."""
    change = one.change
    if change.kind is ChangeKind.ADDED and change.old is not None:
        return "kept"
    if one.is_earlier:
        return "earlier"
    return change.kind.value.lower() if change.kind else "changed"


def _fhir(of: Material) -> bytes:
    found = (name_at_registry(top_field(one.change.field)) for one in decode(of.corrections))
    return research_study(of.trial, of.url, tuple(dict.fromkeys(found)))


def _marked(of: Material) -> bytes:
    """The record in the registry's own form; where an editor says otherwise than the registry, or
    adds to it, or somebody else passed it on, members of their own say so, first of all: nobody
    takes it for its word."""
    record = registry_json(of.sent, of.results)
    if not (of.corrections or of.sent.ours or passed_on(of.sent)):
        return record
    added = {"addedHere": {"note": _ADDED, "texts": of.sent.ours}} if of.sent.ours else {}
    more = {**_passed_on(of.sent), **_corrected(of), **added}
    return msgspec.json.encode({**more, **msgspec.json.decode(record)})


def _passed_on(trial: Trial) -> dict[str, object]:
    """Whose record it is and by whom it came: of a registry's own one its number says it."""
    source = trial.source
    if not source or not source.via:
        return {}
    said = {"registry": source.registry, "via": source.via, "url": source.url}
    said |= {"date": str(source.date) if source.date else None}
    return {"passedOn": {name: text for name, text in said.items() if text}}


def _corrected(of: Material) -> dict[str, object]:
    if not of.corrections:
        return {}
    changed = [
        {
            "field": name_at_registry(top_field(one.change.field)),
            "what": one.change.field,
            "entries": one.change.entries,
            **_at_registry(one),
            "here": one.change.new,
            "kind": _kind(one),
            "undecided": one.is_open,
        }
        for one in decode(of.corrections)
    ]
    return {"correctedHere": {"note": _NOTE, "corrections": changed}}


def _at_registry(one: Correction) -> dict[str, str | None]:
    """What it says now; of what it has no more what it had said."""
    if one.is_former:
        return {"registry": None, "before": one.change.old}
    return {"registry": None if one.change.kind is ChangeKind.ADDED else one.change.old}


_ADDED = "Not the registry's: what this site adds to the record, in Markdown."


_NOTE = (
    "Not the registry's record as it stands: in these places this site says something else, or "
    "still what the registry said before. Where a value was added or removed, the "
    "other side says nothing."
)
