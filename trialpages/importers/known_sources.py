"""The forms of a record that are known, and which of them something is. One entry adds a form."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache

import msgspec

from trialpages.importers.ctis import CTIS_JSON
from trialpages.importers.euctr import EUCTR
from trialpages.importers.ictrp import ICTRP_TRIAL, ICTRP_XML
from trialpages.importers.installed import guarded, installed_sources, our_fault
from trialpages.importers.isrctn import ISRCTN, ISRCTN_XML
from trialpages.importers.page_text import read_page_text
from trialpages.importers.registry_json import Imported, is_record, read_record
from trialpages.importers.source import Content, Source, refuse_bad_values
from trialpages.problems import ContentFailure, Problem, Where
from trialpages.records import model
from trialpages.text.file_text import decode, with_plain_ends

LOOKED_AT = 4096
"""Bytes of a file by which it is recognised."""


def _is_page(_content: Content, _where: str) -> bool:
    return True  # and if it isn't, reading says why


def _read_page(content: Content, where: str) -> Imported:
    assert isinstance(content, bytes)
    text, problems = decode(content, where)
    if text is None:
        raise ContentFailure(*problems)
    name = where.replace("\\", "/").rpartition("/")[2]
    sha256 = hashlib.sha256(with_plain_ends(content, name)).hexdigest()
    try:
        page = read_page_text(text, name, sha256)
    except ContentFailure as failure:  # which knows no more of the way there than the record
        raise ContentFailure(*(_told_with(one, where) for one in failure.problems)) from None
    return Imported(page.trial, coverage=page.coverage)


def _told_with(problem: Problem, path: str) -> Problem:
    place = replace(problem.where, path=path) if problem.where else Where(path)
    return replace(problem, where=place)


def _is_study(content: Content, _where: str) -> bool:
    return isinstance(content, dict) and is_record(content)


def _read_study(content: Content, where: str) -> Imported:
    assert isinstance(content, dict)
    return read_record(content, where)


_STUDY = Source("a study's JSON", _is_study, _read_study, registry="ClinicalTrials.gov")

SHIPPED: tuple[Source, ...] = (
    _STUDY,
    CTIS_JSON,
    EUCTR,
    ICTRP_TRIAL,
    ICTRP_XML,
    ISRCTN,
    ISRCTN_XML,
    Source("the text of a trial's page", _is_page, _read_page, (".txt",)),
)


@cache
def sources() -> tuple[Source, ...]:
    """Every form, those of installed packages first: whoever installs one wants it.

    Raises MachineFailure where one can't be loaded.
    """
    return (*installed_sources(), *(guarded(source, our_fault) for source in SHIPPED))


def source_of(content: Content, where: str) -> Source | None:
    """The form of a JSON object, or of a file by its first bytes."""
    return next((source for source in sources() if source.takes(content, where)), None)


def endings() -> tuple[str, ...]:
    """How the names of files end that aren't JSON."""
    return tuple(ending for source in sources() for ending in source.endings)


def read(content: Content, where: str) -> Imported:
    """The trial in a record of any form, with its registry's name. Raises ContentFailure."""
    start = content[:LOOKED_AT] if isinstance(content, bytes) else content
    # What is of no form is read as a study, which says what a record must have.
    source = source_of(start, where) or guarded(_STUDY, our_fault)
    imported = source.read(content, where)
    refuse_bad_values(imported.trial, where)
    return _named(imported, source)


def _named(imported: Imported, source: Source) -> Imported:
    """The record says itself which registry it is of: no build has to know its form."""
    if not source.registry:
        return imported
    trial = imported.trial
    said = trial.source or model.RecordSource()
    url = said.url or (source.page.format(trial.nct_id) if source.page else None)
    registry = said.registry or source.registry
    named = msgspec.structs.replace(said, registry=registry, url=url)
    return replace(imported, trial=msgspec.structs.replace(trial, source=named))
