"""What a record holds that no field can: shown in words."""

from __future__ import annotations

import pytest

from trialpages.trial.leftovers import Leftover, leftovers


@pytest.mark.parametrize(
    ("pointer", "text", "label", "lines"),
    [
        (
            "/protocolSection/contactsLocationsModule/locations_nested",
            '[{"facility": "Clinic", "geoPoint": {"lat": 33.3, "lon": -1}}, {"city": "Gilbert"}]',
            "Contacts locations, locations nested",
            ("facility: Clinic; geo point: lat: 33.3, lon: -1", "city: Gilbert"),
        ),
        (
            "/protocolSection/armsInterventionsModule/interventions/0/interventionMappedName",
            "[]",
            "Arms interventions, interventions, 1, intervention mapped name",
            (),
        ),
        ("/derivedSection/x~1y", "true", "X/y", ("true",)),
        ("/a/" + 5_000 * "9", "5", "A, " + 5_000 * "9", ("5",)),
        ("/a", "not JSON {", "A", ("not JSON {",)),
        ("/a", '["<b>", null, 5]', "A", ("<b>", "5")),
        ("/a", 11 * "[" + '"x"' + 11 * "]", "A", ('[["x"]]',)),
        ("/a", 300 * "[" + "5" + 300 * "]", "A", (291 * "[" + "5" + 291 * "]",)),
    ],
)
def test_a_place_and_its_json_in_words(
    pointer: str, text: str, label: str, lines: tuple[str, ...]
) -> None:
    assert leftovers({pointer: text}) == (Leftover(pointer, label, lines),)
