"""Examples in documents and docstrings, run as they stand."""

from __future__ import annotations

import doctest
import importlib
import re
from pathlib import Path

import pytest
from sites import PROJECT

from trialpages import api


def with_examples(folder: str, ending: str) -> list[Path]:
    paths = sorted((PROJECT / folder).rglob(f"*{ending}"))
    return [path for path in paths if re.search(r"^ *>>> ", path.read_text("utf-8"), re.MULTILINE)]


@pytest.mark.parametrize("path", with_examples("docs", ".md"), ids=lambda path: path.name)
def test_documents(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    failed, tried = doctest.testfile(str(path), module_relative=False, encoding="utf-8")
    assert tried and not failed


@pytest.mark.parametrize("path", with_examples("trialpages", ".py"), ids=lambda path: path.stem)
def test_docstrings(path: Path) -> None:
    name = ".".join(path.relative_to(PROJECT).with_suffix("").parts)
    failed, tried = doctest.testmod(importlib.import_module(name))
    assert tried and not failed


def test_all_that_is_public_is_documented() -> None:
    document = (PROJECT / "docs/python.md").read_text("utf-8")
    functions = [name for name in api.__all__ if name[0].islower()]
    assert functions and all(name in document for name in functions)
