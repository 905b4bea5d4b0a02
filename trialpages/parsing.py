"""Parsing, a file at a time and on any core: what a content file says, and what is wrong with it.

A trial itself is put into the record store, so that no more than small facts of it stay in memory.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from trialpages.accepting import look_at_results, look_at_trial
from trialpages.content_file import look_at, read_file
from trialpages.digests import digest
from trialpages.problems import ContentFailure
from trialpages.records.codes import as_meant
from trialpages.records.files import TRIAL_SUFFIXES, SourcePath
from trialpages.state.cache import Known, Signature, signature
from trialpages.state.record_store import store_record
from trialpages.trial.facts import encode
from trialpages.trial.reading_facts import trial_facts

_STILL_WARM = 2_000_000_000
"""Nanoseconds a file must have rested before its signature stands for its content: clocks of file
systems tick as slowly as every two seconds."""


@dataclass(frozen=True, slots=True)
class Parser:
    """Turns a content file into what is known of it. Nothing is found out twice."""

    state: Path
    known: Mapping[str, Known]
    """What the last build knew, by path."""
    build: str
    """A name that no other build has."""

    def look(self, file: SourcePath) -> Known:
        """What a file says, a trial's or that of its posted results, and what is wrong with it."""
        read = self._read_trial if file.path.endswith(TRIAL_SUFFIXES) else _read_results
        last = self.known.get(file.path)
        try:
            taken = signature(look_at(file))
            content = read_file(file)
        except ContentFailure as failure:
            return Known(b"", problems=failure.problems)
        name = digest(content)
        known = last if last and last.digest == name else read(content, name, file.path)
        return msgspec.structs.replace(known, signature=_rested(taken))

    def _read_trial(self, content: bytes, name: bytes, path: str) -> Known:
        trial, problems = look_at_trial(content, path)
        if trial is None:
            return Known(name, problems=problems)
        stored = store_record(self.state, self.build, name, trial)
        facts = encode(trial_facts(as_meant(trial)))
        return Known(name, None, facts, digest(facts), stored, trial.draft, problems)


def _read_results(content: bytes, name: bytes, path: str) -> Known:
    return Known(name, problems=look_at_results(content, path))


def _rested(taken: Signature) -> Signature | None:
    """The signature, if the file can't have changed since without showing it.

    On Windows `ctime` is the time of creation, which an edit doesn't move.
    """
    if sys.platform == "win32" or time.time_ns() - taken.changed < _STILL_WARM:
        return None
    return taken
