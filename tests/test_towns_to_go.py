"""A checklist names the towns that its table of places would have named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser
from sites import build_site, trial_text

from trialpages.records.model import Trial, to_trial
from trialpages.trial.towns_to_go import MOST, CountryTowns, towns_to_go


def at(city: str, country: str = "Chad", status: str | None = None) -> dict[str, Any]:
    return {"city": city, "country": country, "status": status}


def trial(*places: dict[str, Any]) -> Trial:
    needed = {"nct_id": "NCT00000001", "brief_title": "A", "study_type": "INTERVENTIONAL"}
    return to_trial({**needed, "overall_status": "RECRUITING", "locations": [*places]})


@pytest.mark.parametrize(
    ("statuses", "stand", "towns"),
    [
        ((None, None, None), "all", ("A", "B", "C")),
        (("RECRUITING", "COMPLETED", "RECRUITING"), "taking", ("A", "C")),
        (("COMPLETED", "NOT_YET_RECRUITING", "COMPLETED"), "not_yet", ("B",)),
    ],
)
def test_towns_are_those_where_people_are_taken_or_will_be(
    statuses: tuple[str | None, ...], stand: str, towns: tuple[str, ...]
) -> None:
    places = [at(city, status=status) for city, status in zip("ABC", statuses, strict=True)]
    found = towns_to_go(trial(*places, places[0]))
    assert (found.stand, found.countries) == (stand, (CountryTowns("Chad", towns, 0),))


def test_of_too_many_towns_each_country_has_its_first_and_says_how_many_more() -> None:
    first = [f"T{n}" for n in range(MOST + 3)]
    found = towns_to_go(trial(*map(at, first), at("Ulm", "Germany")))
    chad = CountryTowns("Chad", tuple(first[: MOST - 1]), 4)
    assert found.countries == (chad, CountryTowns("Germany", ("Ulm",), 0))
    many = towns_to_go(trial(*(at(town, land) for town in "AB" for land in first)))
    assert many.countries == tuple(CountryTowns(land, ("A",), 1) for land in first)


def test_only_a_checklist_names_them_and_on_paper_alone(tmp_path: Path) -> None:
    names = [*(f"{{city: T{n}, country: Chad}}" for n in range(5)), "{city: Ulm, country: Germany}"]
    places = f"locations: [{', '.join(names)}]\n"
    text = trial_text("NCT00000001", "Rest").replace("conditions:\n", f"{places}conditions:\n")
    text += "\n## Eligibility criteria\n\n* Adults\n"
    closed = text.replace("NCT00000001", "NCT00000002").replace("RECRUITING", "COMPLETED")
    build_site(tmp_path, {"trials/NCT00000001.md": text, "trials/NCT00000002.md": closed})
    said = []
    for number in (1, 2):
        page = (tmp_path / f"site/trials/NCT0000000{number}.html").read_text("utf-8")
        said += [one.text() for one in LexborHTMLParser(page).css(".print-only.towns-to-go")]
    assert said == ["Towns of its places: Chad: T0, T1, T2, T3, T4; Germany: Ulm"]
