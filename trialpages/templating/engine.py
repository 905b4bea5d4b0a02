"""What the search page has to know to ask a search engine elsewhere."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trialpages.language.cldr import countries_in
from trialpages.language.site_language import Language, read_language
from trialpages.settings.search_engine import SearchEngine
from trialpages.templating.look import Look


@dataclass(frozen=True, slots=True)
class AskedEngine:
    """As search.html sees it."""

    host: str
    """What the page may connect to."""
    script: str
    """The adapter, among the theme's files."""
    settings: str
    """JSON for theme/engine.js."""


def asked_engine(look: Look) -> AskedEngine | None:
    asked = look.site.search
    if asked is None:
        return None
    return AskedEngine(asked.host, asked.scripts[0], json.dumps(_settings(asked, look)))


def _settings(asked: SearchEngine, look: Look) -> dict[str, Any]:
    from trialpages.search.engine_fields import FIELDS, searched  # few sites need them
    from trialpages.search.engine_settings import MOST_FOUND, MOST_LABELS, query_weights
    from trialpages.search.facts import STATUS_ORDER

    first = _first_language(look)
    return {
        "url": asked.address,
        "collection": asked.collection,
        "key": asked.key,
        "language": look.edition.code,
        "fields": {one.group: {"name": one.name, "kind": one.kind} for one in FIELDS if one.group},
        "searched": [one.name for one, _ in searched()],
        "weights": query_weights(),
        "mostLabels": MOST_LABELS,
        "mostFound": MOST_FOUND,
        "statuses": {look.language.label(one): one.value for one in STATUS_ORDER},
        "order": [first.label(one) for one in STATUS_ORDER],
        "said": _said(first, look.language),
    }


def _first_language(look: Look) -> Language:
    """That of the documents."""
    is_first = not look.versions or look.versions[0].code == look.edition.code
    return look.language if is_first else read_language(look.versions[0].code, look.templates)


def _said(first: Language, language: Language) -> Mapping[str, Mapping[str, str]]:
    """What the page says for labels of the documents, by group, where that is another word."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    if first is language:
        return found
    from trialpages.search.other_languages import words_of_ours

    for group, (label, word) in words_of_ours(first, language):
        found[group][label] = word
    for label, names in countries_in(first.code).items():
        found["country"][label] = language.country(next(iter(names), label))
    return {
        group: {label: word for label, word in words.items() if label != word}
        for group, words in found.items()
    }
