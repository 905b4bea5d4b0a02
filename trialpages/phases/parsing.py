"""Parsing, a file at a time and on any core: what a content file says, and what is wrong with it.

A trial itself is put into the record store, so that no more than small facts of it stay in memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from trialpages.changes.corrections import corrections, status_at_registry
from trialpages.changes.corrections import encode as encode_corrections
from trialpages.content.accepting import look_at_imported, look_at_results, look_at_trial
from trialpages.content.content_file import look_at, read_file
from trialpages.digests import digest
from trialpages.phases.as_it_came import path_as_it_came, read_as_it_came
from trialpages.problems import ContentFailure
from trialpages.records.codes import as_meant
from trialpages.records.our_sites import OurSites
from trialpages.state.cache import Known, rested, signature
from trialpages.state.record_store import store_record
from trialpages.text.files import TRIAL_SUFFIXES, SourcePath
from trialpages.trial.facts import encode
from trialpages.trial.reading_facts import trial_facts


@dataclass(frozen=True, slots=True)
class Parser:
    """Turns a content file into what is known of it. Nothing is found out twice."""

    state: Path
    known: Mapping[str, Known]
    """What the last build knew, by path."""
    build: str
    """A name that no other build has."""
    ours: OurSites
    """The editor's own institutions."""

    def look(self, file: SourcePath) -> Known:
        """What a file says, a trial's or that of its posted results, and what is wrong with it."""
        is_trial = file.path.endswith(TRIAL_SUFFIXES)
        last = self.known.get(file.path)
        try:
            taken = signature(look_at(file))
            content = read_file(file)
            came = read_as_it_came(file, content) if is_trial else b""
        except ContentFailure as failure:
            return Known(b"", problems=failure.problems)
        name = digest(content, came) if came else digest(content)
        if last and last.digest == name:
            known = last
        elif is_trial:
            known = self._read_trial(content, came, name, file)
        else:
            known = Known(name, problems=look_at_results(content, file.path))
        return msgspec.structs.replace(known, signature=rested(taken))

    def _read_trial(self, content: bytes, came: bytes, name: bytes, file: SourcePath) -> Known:
        trial, problems = look_at_trial(content, file.path)
        if trial is None:
            return Known(name, problems=problems)
        stored = store_record(self.state, self.build, name, trial)
        said, unsaid = look_at_imported(came, path_as_it_came(file).path)
        found = corrections(trial, said) if came else ()
        facts = encode(trial_facts(as_meant(trial), self.ours, status_at_registry(found)))
        corrected = encode_corrections(found)
        problems = (*problems, *unsaid)
        return Known(name, None, facts, digest(facts), stored, trial.draft, problems, corrected)
