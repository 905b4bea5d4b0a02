"""A short fuzz of every target with a fixed seed, and all that longer ones have found."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from faults.counts import FULL
from fuzz.run import CORPUS, mixed, seeds
from fuzz.targets import TARGETS, WORDS
from hypothesis import given, settings
from hypothesis import strategies as st


@pytest.mark.parametrize("name", TARGETS)
@settings(max_examples=300 if FULL else 80, derandomize=True, deadline=None)
@given(data=st.data())
def test_a_short_fuzz(name: str, data: st.DataObject) -> None:
    pieces = st.sampled_from(WORDS[name]) | st.sampled_from(seeds(name)) | st.binary(max_size=4)
    TARGETS[name](b"".join(data.draw(st.lists(pieces, max_size=24))))


@pytest.mark.parametrize("name", TARGETS)
def test_a_short_fuzz_of_spoilt_seeds(name: str) -> None:
    dice = random.Random(f"seed of {name}")
    for _ in range(200 if FULL else 60):
        data = mixed(name, dice)
        try:
            TARGETS[name](data)
        except Exception as error:
            raise AssertionError(f"{name} failed on {data!r}") from error


FOUND = sorted(path for path in CORPUS.rglob("*") if path.is_file())


@pytest.mark.parametrize("path", FOUND, ids=lambda path: f"{path.parent.name}/{path.name[:24]}")
def test_what_was_found_once(path: Path) -> None:
    TARGETS[path.parent.name](path.read_bytes())


def test_there_is_a_corpus_for_every_target() -> None:
    assert {path.parent.name for path in FOUND} == set(TARGETS)
