"""A short fuzz of every target with a fixed seed, and all that longer ones have found."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from fuzz.run import CORPUS, mixed
from fuzz.targets import TARGETS

SHORT = 400


@pytest.mark.parametrize("name", TARGETS)
def test_a_short_fuzz(name: str) -> None:
    dice = random.Random(f"seed of {name}")
    for _ in range(SHORT):
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
