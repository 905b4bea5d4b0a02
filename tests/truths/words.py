"""The theme's words in a language, from templates/strings/, and the registry's in English."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import yaml
from sites import PROJECT

from trialpages.records import results_vocabulary, vocabulary
from trialpages.records.vocabulary import Vocabulary


@cache
def _file(language: str) -> Mapping[str, object]:
    text = (PROJECT / f"templates/strings/{language}.yaml").read_text("utf-8")
    read: Mapping[str, object] = yaml.load(text, yaml.BaseLoader)
    return read


@cache
def words(language: str) -> Mapping[str, str]:
    """The theme's phrases by their keys."""
    phrases = _file(language).items()
    return {key: " ".join(said.split()) for key, said in phrases if isinstance(said, str)}


@cache
def vocabularies() -> Mapping[str, type[Vocabulary]]:
    """Every list of values, by its name."""
    return {
        name: kind
        for module in (vocabulary, results_vocabulary)
        for name, kind in vars(module).items()
        if isinstance(kind, type) and issubclass(kind, Vocabulary) and kind is not Vocabulary
    }


@cache
def values(language: str) -> Mapping[str, tuple[str, str]]:
    """`Status.RECRUITING` -> its label and what we say that it means."""
    if language == "en":
        return {
            f"{name}.{value.value}": (value.label, value.meaning)
            for name, kind in vocabularies().items()
            for value in kind
        }
    found: dict[str, tuple[str, str]] = {}
    lists = _file(language)["vocabulary"]
    assert isinstance(lists, dict)
    for name, said in lists.items():
        for value, texts in said.items():
            label, meaning = (texts, "") if isinstance(texts, str) else texts
            found[f"{name}.{value}"] = (label, " ".join(meaning.split()))
    return found
