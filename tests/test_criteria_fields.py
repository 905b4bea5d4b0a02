"""Registries with a field for each kind of criteria, whose text says another kind."""

from __future__ import annotations

import pytest

from trialpages.importers.criteria_fields import by_field
from trialpages.importers.plain_lines import commonmark
from trialpages.prose.blocks import texts
from trialpages.prose.criteria import criteria

BOTH = "Inclusion criteria:\n- Aged 18\nExclusion criteria:\n- HIV"


def _told(inclusion: str, exclusion: str) -> list[tuple[str, list[str]]]:
    whole = by_field((("inclusion", commonmark(inclusion)), ("exclusion", commonmark(exclusion))))
    return [(one.told, [*texts(one.blocks)]) for one in criteria(whole or "")]


@pytest.mark.parametrize(
    ("inclusion", "exclusion", "told"),
    [
        ("", "Inclusion criteria:\n- Aged 18", [("inclusion", ["Aged 18"])]),
        ("Exclusion criteria:\n- HIV", "", [("exclusion", ["HIV"])]),
        ("", BOTH, [("inclusion", ["Aged 18"]), ("exclusion", ["HIV"])]),
        ("", "Einschlusskriterien:\n- Alter", [("inclusion", ["Alter"])]),
        (
            "- Adults",
            "Inclusion criteria: aged 18",
            [("inclusion", ["Adults"]), ("nothing", []), ("other", ["aged 18"])],
        ),
        (
            "1. Adults",
            "1. Inclusion criteria:\n2. Aged 18",
            [("inclusion", ["Adults"]), ("nothing", []), ("other", ["Aged 18"])],
        ),
        (
            "1. Adults",
            "1. Inclusion criteria: see above\n2. HIV",
            [("inclusion", ["Adults"]), ("nothing", []), ("other", ["see above", "HIV"])],
        ),
        (
            "Exclusion criteria:\n- Adults",
            "- HIV",
            [("nothing", []), ("other", ["Adults"]), ("exclusion", ["HIV"])],
        ),
        (
            "- Adults",
            BOTH,
            [("inclusion", ["Adults"]), ("inclusion", ["Aged 18"]), ("exclusion", ["HIV"])],
        ),
        (
            "- Adults",
            "Pregnancy\nInclusion criteria:\n- Aged 18",
            [("inclusion", ["Adults"]), ("exclusion", ["Pregnancy"]), ("inclusion", ["Aged 18"])],
        ),
        ("- Adults", "- HIV", [("inclusion", ["Adults"]), ("exclusion", ["HIV"])]),
    ],
)
def test_a_fields_own_heading_is_believed_where_no_other_field_contradicts_it(
    inclusion: str, exclusion: str, told: list[tuple[str, list[str]]]
) -> None:
    assert _told(inclusion, exclusion) == told


def test_none_are_listed_only_where_the_field_held_nothing_else() -> None:
    twice = "Inclusion Criteria:\n\n- Adults\n\nExclusion Criteria:\n\nInclusion criteria: aged 18"
    assert [one.told for one in criteria(twice)] == ["inclusion", "nothing", "other"]
    once = "Exclusion Criteria:\n\nInclusion criteria: aged 18"
    assert [one.told for one in criteria(once)] == ["none_listed", "inclusion"]
