"""A trial in the forms other programs read."""

from __future__ import annotations

import json
from typing import Any

from trialpages.records.model import Trial
from trialpages.records.registry_shape import to_registry


def registry_json(trial: Trial, results: dict[str, Any] | None = None) -> str:
    """The record in the registry's API v2 shape, with its posted results where it has any."""
    record = to_registry(trial)
    if results is not None:
        record["resultsSection"] = results
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"
