"""Values of the right form that can't be right, or hardly: errors and warnings with their place."""

from __future__ import annotations

from pathlib import Path

import pytest
from sites import build_site, trial_text

from trialpages.pages.editorial import read_editorial
from trialpages.problems import ContentFailure, Problem
from trialpages.records.registry_shape import from_registry, to_registry
from trialpages.settings.site_file import read_site


def problems_of(folder: Path, fields: str) -> tuple[Problem, ...]:
    text = trial_text().replace("study_type:", f"{fields}study_type:")
    try:
        return build_site(
            folder, {"site.yaml": "title: T\n", "trials/NCT00000001.md": text}
        ).warnings
    except ContentFailure as failure:
        return failure.problems


PLACE = "locations:\n  - city: Ulm\n    "


@pytest.mark.parametrize(
    ("fields", "code", "place", "said", "hint"),
    [
        (
            f"{PLACE}geo_point:\n      lat: 9999\n      lon: 1\n",
            "wrong-value",
            "10:12",
            "as large as `9999`",
            "from -90 to 90",
        ),
        (
            f"{PLACE}geo_point:\n      lat: 1\n      lon: -180.5\n",
            "wrong-value",
            "11:12",
            "as small as `-180.5`",
            "from -180 to 180",
        ),
        ("enrollment_info:\n  count: -5\n", "wrong-value", "8:10", "as small as `-5`", "from 0 on"),
        (
            f"enrollment_info:\n  count: {2**70}\n",
            "wrong-value",
            "8:10",
            "as large as",
            "of the source",
        ),
        (
            f"{PLACE}country: UK\n",
            "country",
            "9:14",
            "the registry calls `UK` `United Kingdom`",
            "write `country: United Kingdom`",
        ),
        (
            "minimum_age: 65 Years\nmaximum_age: 18 Years\n",
            "ages",
            "8:14",
            "nobody can take part",
            "wrong way round",
        ),
        (
            "minimum_age: 1 Year\nmaximum_age: 6 Months\n",
            "ages",
            "8:14",
            "nobody can take part",
            "wrong way round",
        ),
        ('lang: "../x"\n', "wrong-value", "7:7", "`lang` can't be `../x`", "write it like en"),
        (
            "central_contacts:\n  - email: a at b.example\n",
            "email",
            "8:12",
            "e-mail",
            "one address",
        ),
        (
            f"{PLACE}contacts:\n      - email: a@b.example; c@d.example\n",
            "email",
            "10:16",
            "e-mail",
            "one address",
        ),
        (
            "central_contacts:\n  - phone: E-mail only\n",
            "phone",
            "8:12",
            "phone number",
            "area code",
        ),
        (
            "keywords:\n  - a\u202eb\n",
            "bidi-control",
            "8:6",
            "U+202E, right-to-left override",
            "remove it",
        ),
    ],
)
def test_the_place_and_the_remedy(
    tmp_path: Path, fields: str, code: str, place: str, said: str, hint: str
) -> None:
    (problem,) = (p for p in problems_of(tmp_path, fields) if p.code == code)
    assert str(problem.where) == f"content/trials/NCT00000001.md:{place}"
    assert said in problem.message
    assert hint in problem.hint


@pytest.mark.parametrize(
    "fields",
    [
        "minimum_age: 24 Months\nmaximum_age: 2 Years\n",
        "central_contacts:\n  - email: a.o'b@c.example\n    phone: 1-833-445-3230 ext. 5\n",
        f"{PLACE}geo_point:\n      lat: -90\n      lon: 180\n",
        "lang: pt-BR\n",
        "enrollment_info:\n  count: 0\n",
    ],
)
def test_what_can_be_is_left_alone(tmp_path: Path, fields: str) -> None:
    found = problems_of(tmp_path, fields)
    assert {problem.code for problem in found} <= {"absent"}


def test_the_signs_are_named_wherever_text_is_read() -> None:
    _, (problem,) = read_site("title: T\nfooter: a\u2066b\n".encode(), "content/site.yaml")
    assert (problem.severity, str(problem.where)) == ("warning", "content/site.yaml:2:10")
    _, (problem,) = read_editorial("# A\n\nx\u200fy\n".encode(), "a", "content/pages/a.md", ())
    assert str(problem.where) == "content/pages/a.md:3:2"


def test_the_registry_may_send_what_cannot_be() -> None:
    record = {
        "protocolSection": {
            "identificationModule": {"nctId": "NCT00000001", "briefTitle": "A"},
            "statusModule": {"overallStatus": "RECRUITING"},
            "designModule": {"studyType": "INTERVENTIONAL", "enrollmentInfo": {"count": -1}},
            "contactsLocationsModule": {
                "locations": [{"city": "Ulm", "geoPoint": {"lat": 9999.0, "lon": 1.0}}]
            },
        }
    }
    trial = from_registry(record)
    assert to_registry(trial) == record
    assert trial.locations[0].city == "Ulm"
    assert len(trial.extra) == 2


@pytest.mark.parametrize("address", ["a@b", "a/../b@x.example", "a/b@x.example", "a..b@x.example"])
def test_what_can_hardly_be_an_address_is_no_link(tmp_path: Path, address: str) -> None:
    contact = f"central_contacts:\n  - name: N\n    email: {address}\nconditions:"
    text = trial_text().replace("conditions:", contact)
    built = build_site(tmp_path, {"trials/NCT00000001.md": text})
    assert "email" in {one.code for one in built.warnings}
    page = (tmp_path / "site/trials/NCT00000001.html").read_text("utf-8")
    assert address in page and "mailto:" not in page
