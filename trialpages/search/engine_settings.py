"""The settings of search engines for the documents of engine_fields.py, as the documentation of
Typesense (29) and of Meilisearch (1) has them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from trialpages.search.engine_fields import FIELDS, EngineField, is_indexed, searched
from trialpages.search.keys import is_abbreviation

_SEPARATORS = "-/,;:()[]+"
"""Typesense would join what these part: `PD-1/CTLA-4` would be one word."""

MOST_LABELS = 1_000
"""Of a group of filters, as many are counted."""

MOST_FOUND = 100_000
"""Trials up to which Meilisearch counts what it found."""


def typesense_schema(collection: str) -> dict[str, Any]:
    """What `POST /collections` takes."""
    fields = [_typesense_field(one) for one in FIELDS if is_indexed(one)]
    return {"name": collection, "fields": fields, "token_separators": list(_SEPARATORS)}


def _typesense_field(one: EngineField) -> dict[str, Any]:
    more = {"facet": bool(one.group), "sort": one.sorts, "optional": one.name != "title"}
    return {"name": one.name, "type": one.kind} | {
        key: True for key, is_so in more.items() if is_so
    }


def query_weights() -> Sequence[int]:
    """Of the fields in the order of `searched`, as Typesense takes them: whole, up to 127."""
    return [max(1, round(6 * worth)) for _, worth in searched()]


def meilisearch_settings(lay: Iterable[Sequence[str]]) -> dict[str, Any]:
    """What `PATCH /indexes/…/settings` takes; `lay` are names, each row those of one thing."""
    asked = [one for one in FIELDS if one.group or one.filters or one.sorts]
    return {
        "searchableAttributes": [one.name for one, _ in searched()],
        "filterableAttributes": [one.name for one in asked],
        "sortableAttributes": [one.name for one in FIELDS if one.sorts],
        "rankingRules": ["sort", "words", "typo", "proximity", "attribute", "exactness"],
        "synonyms": _synonyms(lay),
        "typoTolerance": {
            "enabled": True,
            "minWordSizeForTypos": {"oneTypo": 5, "twoTypos": 9},
            "disableOnAttributes": ["numbers"],
        },
        "faceting": {"maxValuesPerFacet": MOST_LABELS, "sortFacetValuesBy": {"*": "count"}},
        "pagination": {"maxTotalHits": MOST_FOUND},
    }


def _synonyms(lay: Iterable[Sequence[str]]) -> Mapping[str, Sequence[str]]:
    """By each name the others. An abbreviation leads nowhere: `add` is a word, too."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for names in lay:
        for name in names:
            if not is_abbreviation(name):
                others = (one.lower() for one in names if one.lower() != name.lower())
                found[name.lower()].update(dict.fromkeys(others))
    return {name: list(others) for name, others in sorted(found.items()) if others}


def readme(collection: str, trials: int) -> str:
    """How the documents get into an engine, and what each field is."""
    rows = "\n".join(f"| `{one.name}` | {one.kind} | {one.told} |" for one in FIELDS)
    return _README.format(collection=collection, trials=f"{trials:,}", rows=rows)


_README = """# {trials} trials for a search engine

Made by `build.py export`. `trials.ndjson` has a trial a line. Drafts aren't in it, nor what a
registry withholds, nor further records of one trial. Load it anew after each build; trials that are
gone have to be taken out there, or the collection made anew.

Keep the engine's own key on your machine: the site gets one that may search and nothing else.

## Typesense

    curl "$HOST/collections" -H "X-TYPESENSE-API-KEY: $ADMIN" \\
      -H "Content-Type: application/json" --data-binary @typesense.schema.json
    curl "$HOST/collections/{collection}/documents/import?action=upsert" \\
      -H "X-TYPESENSE-API-KEY: $ADMIN" -X POST -T trials.ndjson
    curl "$HOST/keys" -H "X-TYPESENSE-API-KEY: $ADMIN" -H "Content-Type: application/json" \\
      --data-binary '{{"description": "search of the site", "actions": ["documents:search"],
        "collections": ["{collection}"]}}'

The second answers with a line a trial: look for `"success":false`. The server has to allow requests
from the site's pages (`--enable-cors`).

## Meilisearch

    curl -X PATCH "$HOST/indexes/{collection}/settings" -H "Authorization: Bearer $ADMIN" \\
      -H "Content-Type: application/json" --data-binary @meilisearch.settings.json
    curl -X POST "$HOST/indexes/{collection}/documents?primaryKey=id" \\
      -H "Authorization: Bearer $ADMIN" -H "Content-Type: application/x-ndjson" -T trials.ndjson
    curl -X POST "$HOST/keys" -H "Authorization: Bearer $ADMIN" \\
      -H "Content-Type: application/json" \\
      --data-binary '{{"description": "search of the site", "actions": ["search"],
        "indexes": ["{collection}"], "expiresAt": null}}'

The first two answer with the number of a task: `$HOST/tasks/NUMBER` says what came of it. A file of
more than 100 MB has to come in parts (`split -l 5000 trials.ndjson`), or the server to take more
(`--http-payload-size-limit`). Meilisearch takes one position a document, so `positions` are there
to be shown and not to be searched.

## Then

    search:
      engine: typesense
      url: https://search.example.org
      collection: {collection}
      key: the key that the third command answered with

in `site.yaml`, and build.

## The fields

Dates are seconds since 1970, of the first day that a partial date may mean. A field that a record
doesn't give isn't in its document.

| field | kind | what it is |
|---|---|---|
| `id` | string | the trial's number in ASCII letters, digits, `-` and `_` |
{rows}
"""
