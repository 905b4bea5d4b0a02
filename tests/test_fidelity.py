"""The proof of fidelity: every leaf of a record is on its page, and a record goes out as it came.

Runs on odd records written here and, where the corpus of real records lies beside the project, on
those: every thirtieth, or all of them with ALL_RECORDS=1.
"""

from __future__ import annotations

import gzip
import json
import os
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec
import pytest
from fidelity import Leaf, leaves, missing, visible_text
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sites import AS_OF, PROJECT

from trialpages.addresses import trial_path
from trialpages.importers.registry_json import read_record
from trialpages.language.site_language import read_language
from trialpages.prose.criteria import criteria
from trialpages.records.model import Trial
from trialpages.records.registry_shape import from_registry, registry_json
from trialpages.records.trial_file import read_trial, write_trial
from trialpages.settings.site_file import Site
from trialpages.templating.look import Look
from trialpages.templating.templates import Templates
from trialpages.templating.theme import fingerprinted
from trialpages.trial.views import Context, TrialPage

CORPUS = PROJECT.parent / "shared/corpus/ctgov-v2.ndjson.gz"
EVERY = 1 if os.environ.get("ALL_RECORDS") else 30


@cache
def renderer() -> Templates:
    def files(folder: str) -> dict[str, bytes]:
        base = PROJECT / folder
        found = (path for path in base.rglob("*") if path.is_file())
        return {path.relative_to(base).as_posix(): path.read_bytes() for path in found}

    templates = {name: content.decode() for name, content in files("templates").items()}
    language = read_language("en", templates)
    theme = fingerprinted(files("theme"))
    return Templates(Look(templates, Site(), AS_OF, language, theme))


def page_of(trial: Trial) -> str:
    context = Context(renderer().look.language, "", AS_OF, {}, with_results=False)
    view = TrialPage(trial, context)
    return renderer().fill("trial.html", trial_path(trial.nct_id), view, trial=trial)


_UNREAD = re.compile(r"\.geo_point\.|\.relevance$")


def registry_leaves(trial: Trial) -> Iterator[Leaf]:
    """The leaves that came from the registry. The criteria come group by group, as on the page.

    What nobody reads is in the JSON alone: latitude and longitude, the relevance of a heading.
    """
    others = msgspec.structs.replace(trial, source=None, import_notes=(), eligibility_criteria=None)
    yield from (leaf for leaf in leaves(others) if not _UNREAD.search(leaf.path))
    for group in criteria(trial.eligibility_criteria or ""):
        yield Leaf(f"criteria.{group.id}", group.part, "text")
        yield Leaf(f"criteria.{group.id}", group.heading, "text")
        yield Leaf(f"criteria.{group.id}", visible_text(group.html), "text")


def corpus() -> Iterator[dict[str, Any]]:
    if not CORPUS.exists():
        pytest.skip(f"the corpus of real records isn't at {CORPUS}")
    with gzip.open(CORPUS) as lines:
        for number, line in enumerate(lines):
            if number % EVERY == 0:
                yield json.loads(line)


def shown_numbers(html: str) -> list[str]:
    return re.findall(r'<li value="(\d+)"', html)


_NUMBERED = re.compile(r"^ *(?:[*+-] +)*(\d{1,9})[.)] ", re.MULTILINE)
_AMIDST = re.compile(r"(?:^|[\s;:；：])\(?(\d+)\\?[.)]", re.MULTILINE)


# --- real records -------------------------------------------------------------------------------


def test_real_records_go_out_as_they_came() -> None:
    count = 0
    for record in corpus():
        imported = read_record(record, "corpus")
        content = write_trial(imported.trial).encode()
        read = read_trial(content, "x.md").trial
        assert read == imported.trial
        assert write_trial(read).encode() == content
        results = msgspec.json.encode(imported.results) if imported.results else None
        assert json.loads(registry_json(read, results)) == record
        count += 1
    print(f"\n{count} real records: each came out equal")
    assert count


def test_every_leaf_of_real_records_is_on_the_page() -> None:
    total = 0
    for record in corpus():
        trial = read_record(record, "corpus").trial
        wanted = list(registry_leaves(trial))
        total += len(wanted)
        assert missing(page_of(trial), wanted) == [], trial.nct_id
    print(f"\n{total:,} leaves of real records are on their pages")
    assert total


def test_criteria_of_real_records_show_the_numbers_of_the_source() -> None:
    numbered = 0
    for record in corpus():
        text = from_registry(record).eligibility_criteria or ""
        html = "".join(group.html for group in criteria(text))
        shown, written = shown_numbers(html), _NUMBERED.findall(text)
        # CommonMark keeps a number in the middle of a paragraph as text of that paragraph.
        as_text = [number for number in written if number not in shown]
        assert all(f"{int(number)}" in html for number in as_text), text
        # A number amidst a line may be that of a criterion, and then is an item's.
        amidst = _AMIDST.findall(text)
        assert [number for number in shown if number not in written + amidst] == []
        numbered += len(shown)
    print(f"\n{numbered:,} numbers of criteria are those of the source")
    assert numbered


# --- odd records --------------------------------------------------------------------------------

TEXT = st.sampled_from(
    [
        "<b>bold</b> & <script>",
        "≥ 18 & ≤ 75",
        "5*10^9/L and p*q",
        "2021. The study",
        "> 18 years",
        "&amp; &lt;",
        "{{ 7*7 }} {% raw %}",
        "e\u0301 \u4e2d\u6587 \ue000 \u202e",
        "PD-1/CTLA-4",
        "a  b",
        "NO",
        "`code` [x](y)",
    ]
)
MARKUP = st.sampled_from(
    [
        "Plain \\> escaped \\< and \\[x\\]",
        "Inclusion Criteria:\n\n2. Two\n9. Nine\n   1. One\n   2. Two\n10. Ten\n\n"
        "Exclusion Criteria:\n\n* A\n* B\n  * C\n    * D\n      1. E\n         * F",
        "* 1\\. one\n* 1. two",
        "raw < and > and <b> and &amp; and &nbsp;x",
        "1.5×10\\^9/L; 1.5×109/L",
        "text\n\n---\n\nmore\n\n# heading\n\nunder\n===",
        "> quoted\n> > twice",
        "    indented\n\n```\nfenced\n```",
        "a  \nb\nc",
        "[link](https://x.example/?a=1&b=2) [bad](javascript:x) ![image](https://x.example/i.png)",
        "1) one\n2) two\n\n7. seven",
        "*emphasis* **strong** `code` <https://x.example>",
        "\u4e2d\u6587 e\u0301 \ue000",
    ]
)
DATE = st.sampled_from(["2024", "2024-07", "2024-07-03"])
STRUCT = st.fixed_dictionaries({"date": DATE}, optional={"type": st.just("ESTIMATED")})


@st.composite
def records(draw: st.DrawFn) -> dict[str, Any]:
    contact = st.fixed_dictionaries({}, optional={"name": TEXT, "phone": TEXT, "email": TEXT})
    outcome = st.fixed_dictionaries(
        {"measure": TEXT}, optional={"description": MARKUP, "timeFrame": TEXT}
    )
    location = st.fixed_dictionaries(
        {},
        optional={
            "facility": TEXT,
            "city": TEXT,
            "country": TEXT,
            "status": st.just("WITHDRAWN"),
            "contacts": st.lists(contact, min_size=1, max_size=2),
            "geoPoint": st.just({"lat": 1.5, "lon": -2.25}),
        },
    )
    arm = st.fixed_dictionaries(
        {},
        optional={
            "label": TEXT,
            "type": st.just("SHAM_COMPARATOR"),
            "description": MARKUP,
            "interventionNames": st.lists(TEXT, min_size=1, max_size=2),
        },
    )
    intervention = st.fixed_dictionaries(
        {"name": TEXT}, optional={"type": st.just("DRUG"), "description": MARKUP}
    )
    some = st.integers(0, 3)

    def many(each: st.SearchStrategy[Any]) -> list[Any]:
        return draw(st.lists(each, min_size=0, max_size=draw(some)))

    section = {
        "identificationModule": {
            "nctId": "NCT00000001",
            "briefTitle": draw(TEXT),
            "officialTitle": draw(TEXT),
        },
        "statusModule": {
            "overallStatus": draw(st.sampled_from(["UNKNOWN", "WITHHELD", "RECRUITING"])),
            "whyStopped": draw(MARKUP),
            "startDateStruct": draw(STRUCT),
        },
        "descriptionModule": {"briefSummary": draw(MARKUP), "detailedDescription": draw(MARKUP)},
        "conditionsModule": {"conditions": many(TEXT), "keywords": many(TEXT)},
        "designModule": {
            "studyType": draw(
                st.sampled_from(["INTERVENTIONAL", "OBSERVATIONAL", "EXPANDED_ACCESS"])
            ),
            "phases": many(st.sampled_from(["PHASE1", "NA"])),
            "designInfo": {"maskingInfo": {"maskingDescription": draw(MARKUP)}},
        },
        "armsInterventionsModule": {"armGroups": many(arm), "interventions": many(intervention)},
        "outcomesModule": {"primaryOutcomes": many(outcome), "otherOutcomes": many(outcome)},
        "eligibilityModule": {
            "eligibilityCriteria": draw(MARKUP),
            "minimumAge": draw(st.sampled_from(["30 Minutes", "18 Years"])),
            "genderDescription": draw(MARKUP),
        },
        "contactsLocationsModule": {"centralContacts": many(contact), "locations": many(location)},
        "referencesModule": {
            "references": many(st.fixed_dictionaries({"citation": TEXT})),
            "seeAlsoLinks": many(st.fixed_dictionaries({"label": MARKUP, "url": TEXT})),
        },
        "ipdSharingStatementModule": {"ipdSharing": "NO", "description": draw(MARKUP)},
    }
    return {"protocolSection": section, "hasResults": False}


@settings(
    max_examples=settings().max_examples * 3 // 10,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(records())
def test_odd_records_lose_nothing(record: dict[str, Any]) -> None:
    trial = from_registry(record)
    content = write_trial(trial).encode()
    assert read_trial(content, "x.md").trial == trial
    assert json.loads(registry_json(trial, None)) == record
    assert missing(page_of(trial), registry_leaves(trial)) == []


def with_sites(count: int) -> dict[str, Any]:
    sites = [
        {"facility": f"Hospital {n}", "city": f"City {n % 300}", "country": f"Land {n % 40}"}
        for n in range(count)
    ]
    return {
        "protocolSection": {
            "identificationModule": {"nctId": "NCT00000001", "briefTitle": "Many"},
            "statusModule": {"overallStatus": "RECRUITING"},
            "designModule": {"studyType": "INTERVENTIONAL"},
            "contactsLocationsModule": {"locations": sites},
        }
    }


def test_a_leaf_that_is_not_on_the_page_is_missed() -> None:
    """The harness itself can fail."""
    trial = from_registry(with_sites(1))
    page = page_of(trial).replace("Hospital 0", "Hospital")
    assert [leaf.path for leaf in missing(page, registry_leaves(trial))] == [
        "locations[0].facility"
    ]


def test_a_trial_of_1148_sites_has_them_all() -> None:
    trial = from_registry(with_sites(1148))
    wanted = list(registry_leaves(trial))
    assert len(wanted) > 3 * 1148
    assert missing(page_of(trial), wanted) == []
