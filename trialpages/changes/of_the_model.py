"""Whether a value that a file in `.imported/` has is one of the model."""

from __future__ import annotations

from typing import Any

import msgspec

from trialpages.records.model import to_tree, to_trial


def is_of_the_model(name: str, value: Any) -> bool:
    """Whether a value has the shape of its field: its file may be of another version of this
    program, or nobody's."""
    if value is None:
        return True
    try:
        return bool(to_tree(to_trial({**_REQUIRED, name: value})).get(name) == value)
    except (msgspec.ValidationError, ValueError, LookupError, TypeError, AttributeError):
        return False


_REQUIRED = {
    "nct_id": "NCT00000000",
    "brief_title": "-",
    "overall_status": "UNKNOWN",
    "study_type": "INTERVENTIONAL",
}
