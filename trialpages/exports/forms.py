"""A trial in the forms other programs read, each a file beside its page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

import msgspec

from trialpages.addresses import form_path
from trialpages.exports.citations import bibtex, ris
from trialpages.exports.fhir.study import research_study
from trialpages.records.model import Trial
from trialpages.records.registry_shape import registry_json
from trialpages.trial.registry import page_address
from trialpages.trial.views import FORMATS


def exports(
    trial: Trial,
    results: bytes | None,
    address: str,
    as_of: str,
    formats: Iterable[str] = FORMATS,
) -> Iterator[tuple[str, str | bytes]]:
    """Path and content of each export of a trial; `results` is the JSON of its posted results."""
    url, day = page_address(trial, address), date.fromisoformat(as_of)
    made: dict[str, Callable[[], str | bytes]] = {
        "json": lambda: _indented(registry_json(trial, results)),
        "fhir.json": lambda: _indented(research_study(trial, url)),
        "ris": lambda: ris(trial, url, day),
        "bib": lambda: bibtex(trial, url, day),
    }
    for ending in formats:
        yield form_path(trial.nct_id, ending), made[ending]()


def _indented(json: bytes) -> bytes:
    return msgspec.json.format(json, indent=1) + b"\n"
