"""Fields that a content file may write as one value: `lead_sponsor: Charité`.

So may each entry of `ours`, which else is a list: `Fare: refunded`.
"""

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
    short: dict[str, Any] = {
        field: {inner: tree[field]}
        for field, inner in SHORTHAND.items()
        if isinstance(tree.get(field), str)
    }
    ours = tree.get("ours")
    if isinstance(ours, dict) and any(isinstance(said, str) for said in ours.values()):
        short["ours"] = {
            name: [said] if isinstance(said, str) else said for name, said in ours.items()
        }
    return tree | short if short else tree


def short_texts(ours: dict[str, list[str]]) -> dict[str, Any]:
    """The entries of `ours` as a file has them: one text stands alone."""
    return {name: said[0] if len(said) == 1 else said for name, said in ours.items()}
