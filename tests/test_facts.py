"""The small facts that lists and likeness are made from."""

from __future__ import annotations

import msgspec
import pytest
from sites import PROJECT

from trialpages.records.model import PartialDate, to_trial
from trialpages.records.vocabulary import InterventionType, Phase, Status
from trialpages.trial.facts import InterventionFact, TrialFacts, decode, encode
from trialpages.trial.freshness import RecordDates
from trialpages.trial.kinds import KINDS
from trialpages.trial.reading_facts import trial_facts

TREE = {
    "nct_id": "NCT00000001",
    "brief_title": "Rest & <play> for migraine",
    "overall_status": "RECRUITING",
    "study_type": "INTERVENTIONAL",
    "last_update_post_date": {"date": "2024-07"},
    "phases": ["PHASE1", "PHASE2"],
    "conditions": ["Migraine"],
    "keywords": ["headache"],
    "interventions": [{"type": "DRUG", "name": "Cadonilimab"}, {"type": "DEVICE"}],
    "condition_browse": {
        "meshes": [{"id": "D008881", "term": "Migraine Disorders"}],
        "ancestors": [{"term": "Brain Diseases"}, {"term": "Nervous System Diseases"}],
    },
    "intervention_browse": {"meshes": [{"term": "Antibodies"}, {"id": "D1"}]},
    "lead_sponsor": {"name": "Hospital"},
    "collaborators": [{"name": "Charity"}, {"class": "OTHER"}],
    "locations": [{"country": "Peru"}, {"city": "Lima"}, {"country": "Chile"}, {"country": "Peru"}],
    "aliases": ["OLD-2020-1"],
    "minimum_age": "18 Years",
    "enrollment_info": {"count": 40},
    "related_trials": [{"nct_id": "NCT00000002"}],
}


def test_facts_are_those_of_the_record() -> None:
    assert trial_facts(to_trial(TREE)) == TrialFacts(
        id="NCT00000001",
        title="Rest & <play> for migraine",
        status=Status.RECRUITING,
        updated=PartialDate("2024-07"),
        phases=(Phase.PHASE1, Phase.PHASE2),
        conditions=("Migraine",),
        interventions=(InterventionFact("Cadonilimab", InterventionType.DRUG),),
        keywords=("headache",),
        mesh=("Migraine Disorders", "Antibodies"),
        countries=("Peru", "Chile"),
        dates=RecordDates(updated=PartialDate("2024-07")),
        sponsors=("Hospital", "Charity"),
        sponsor="Hospital",
        aliases=("OLD-2020-1",),
        related=("NCT00000002",),
        study_type="INTERVENTIONAL",
        minimum_age="18 Years",
        enrollment=40,
        terms={"areas": ("nerves",), "headings": ("Migraine Disorders",)},
        registry_page="https://clinicaltrials.gov/study/NCT00000001",
    )


def test_facts_of_the_smallest_record() -> None:
    names = ("nct_id", "brief_title", "overall_status", "study_type")
    smallest = trial_facts(to_trial({name: TREE[name] for name in names}))
    assert smallest == TrialFacts(
        "NCT00000001",
        "Rest & <play> for migraine",
        Status.RECRUITING,
        study_type="INTERVENTIONAL",
        registry_page="https://clinicaltrials.gov/study/NCT00000001",
    )


def test_written_facts_read_back_the_same() -> None:
    facts = trial_facts(to_trial(TREE))
    assert decode(encode(facts)) == facts
    assert isinstance(decode(encode(facts)).updated, PartialDate)


def test_bytes_of_another_shape_are_refused() -> None:
    for wrong in (b"", b"\x00", encode(trial_facts(to_trial(TREE)))[:-3]):
        with pytest.raises(msgspec.DecodeError):
            decode(wrong)


def test_the_list_of_sponsors_is_called_after_all_it_counts() -> None:
    assert [*KINDS["sponsors"].terms(trial_facts(to_trial(TREE)))] == ["Hospital", "Charity"]
    words = (PROJECT / "templates/strings/en.yaml").read_text("utf-8")
    assert "\nsponsors_title: Sponsors and collaborators\n" in words
