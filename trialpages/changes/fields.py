"""What stands where in a record, told by its path: `locations.contacts.phone`."""

from __future__ import annotations

import re
import typing
from functools import cache
from typing import Any

import msgspec

from trialpages.records.explain import bare
from trialpages.records.model import Root, Trial

REGISTRY_FIELDS = tuple(field for field in Root.__struct_fields__ if field != "nct_id")
"""The fields that a newer version of a record can change."""


def top_field(path: str) -> str:
    """The trial's field that a path begins with: `locations` of `locations[3].status`."""
    return path.partition(".")[0].partition("[")[0]


@cache
def kind_of(path: str) -> Any:
    """The type of what stands at a path, of a list that of its entries; None for no such path.

    Numbers of entries (`locations[3].status`) are passed over.
    """
    kind: Any = Trial
    for step in re.sub(r"\[\d+\]", "", path).split("."):
        if not (isinstance(kind, type) and issubclass(kind, msgspec.Struct)):
            return None
        fields = {field.encode_name: field.type for field in msgspec.structs.fields(kind)}
        kind = bare(fields.get(step))
        if typing.get_origin(kind) is tuple:
            kind = bare(typing.get_args(kind)[0])
    return kind


@cache
def is_list(name: str) -> bool:
    """Whether a field of a record holds several values."""
    kinds = {field.encode_name: field.type for field in msgspec.structs.fields(Trial)}
    return typing.get_origin(bare(kinds.get(name))) is tuple


UNTOLD_EXTRA = (
    *("/trial/@lastUpdated", "/trial/@version"),
    *("/publishDate", "/lastPublicationUpdate", "/lastUpdated", "/record_last_import"),
)
"""What of `extra` is never told as a change: of ISRCTN and EU CTIS, which version it is, and when
ctrdata made its copy."""

POSITION = "locations.geo_point"

UNTOLD = {
    "version_holder": "the date of the registry's data set, not of the record",
    "last_update_submit_date": "the date of the change itself",
    "last_update_post_date": "the date of the change itself",
    "status_verified_date": "says that the rest was looked at, not that it changed",
    POSITION: "worked out by the registry from the city",
    "condition_browse.ancestors": "follow from the headings",
    "condition_browse.browse_leaves": "follow from the headings",
    "condition_browse.browse_branches": "follow from the headings",
    "intervention_browse.ancestors": "follow from the headings",
    "intervention_browse.browse_leaves": "follow from the headings",
    "intervention_browse.browse_branches": "follow from the headings",
}
"""What is renewed with the record and never told as a change, and why. Nor is the order of a list,
nor a text's numbering, list markers, escapes and white space."""

NEVER_A_CHANGE = ("version_holder",)
"""What alone doesn't make a record another version: a file stays as it is."""
