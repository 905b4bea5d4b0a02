"""Fields that a content file may write as one value: `lead_sponsor: Charité`."""

from __future__ import annotations

from typing import Any

_DATES = (
    "start_date",
    "primary_completion_date",
    "completion_date",
    "study_first_post_date",
    "results_first_post_date",
    "disp_first_post_date",
    "last_update_post_date",
    "reviewed",
)
SHORTHAND = {**dict.fromkeys(_DATES, "date"), "lead_sponsor": "name"}
"""The fields, and the inner field that the one value is."""


def long_forms(tree: dict[str, Any]) -> dict[str, Any]:
    """A trial's tree with each of these fields as a mapping; as it is where all are."""
    short = {
        field: {inner: tree[field]}
        for field, inner in SHORTHAND.items()
        if isinstance(tree.get(field), str)
    }
    return tree | short if short else tree
