"""Content to measure with: real registry records repeated under new ids, or made-up ones.

python bench/content.py 10000 FOLDER [RECORDS.ndjson.gz]
"""

from __future__ import annotations

import gzip
import itertools
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import msgspec

from trialpages.records.model import Trial, to_trial
from trialpages.records.registry_shape import from_registry
from trialpages.records.trial_file import write_trial

CORPUS = Path(__file__).resolve().parents[2] / "shared/corpus/ctgov-v2.ndjson.gz"
OF_FIVE = "zolprextide"
"""A word that five trials say, however many there are: the records' own are said by each copy."""
SITE = "title: Trials to measure with\nurl: https://trials.example/\n"


def trials(count: int, corpus: Path = CORPUS) -> Iterator[Trial]:
    """So many trials, without posted results, which the peers' pages don't show either."""
    records = itertools.cycle(_records(corpus))
    for number, record in zip(range(1, count + 1), records, strict=False):
        trial = from_registry(record) if "protocolSection" in record else to_trial(record)
        words = (*trial.keywords, OF_FIVE) if number % (count // 5 or 1) == 0 else trial.keywords
        yield msgspec.structs.replace(
            trial, nct_id=f"NCT{number:08}", nct_id_aliases=(), keywords=words
        )


def record_ids(count: int) -> dict[str, list[str]]:
    """The ids that each record of the corpus has among so many trials, by its own id."""
    found: dict[str, list[str]] = {}
    for number, record in zip(range(1, count + 1), itertools.cycle(_records(CORPUS)), strict=False):
        own = from_registry(record).nct_id
        found.setdefault(own, []).append(f"NCT{number:08}")
    return found


def write_content(count: int, folder: Path, corpus: Path = CORPUS) -> None:
    """A content folder with so many trials."""
    (folder / "trials").mkdir(parents=True)
    (folder / "site.yaml").write_text(SITE, encoding="utf-8")
    for trial in trials(count, corpus):
        path = folder / "trials" / f"{trial.nct_id}.md"
        path.write_text(write_trial(trial), encoding="utf-8")


def _records(corpus: Path) -> list[dict[str, Any]]:
    if corpus.exists():
        with gzip.open(corpus, "rt", encoding="utf-8") as lines:
            return [json.loads(line) for line in lines]
    print("the corpus of real records isn't here: measuring with made-up ones", file=sys.stderr)
    return [_made_up(number) for number in range(100)]


def _made_up(number: int) -> dict[str, Any]:
    """A record of the size and shape of most."""
    items = "\n".join(
        f"{item}. Criterion {item} of {number}, at least 5 \\> 3" for item in range(1, 16)
    )
    return {
        "nct_id": "NCT00000000",
        "brief_title": f"Rest number {number} for migraine",
        "official_title": f"A randomised trial of rest number {number} in adults with migraine",
        "overall_status": "RECRUITING" if number % 3 else "COMPLETED",
        "study_type": "INTERVENTIONAL",
        "phases": [f"PHASE{number % 4 + 1}"],
        "conditions": ["Migraine", f"Condition {number % 37}"],
        "lead_sponsor": {"name": f"Hospital {number % 23}", "class": "OTHER"},
        "start_date": {"date": "2024-07", "type": "ACTUAL"},
        "last_update_post_date": {"date": f"2025-{number % 12 + 1:02}-01", "type": "ACTUAL"},
        "brief_summary": f"Does rest number {number} help?\n\nA second paragraph says more.",
        "eligibility_criteria": f"Inclusion Criteria:\n\n{items}\n\nExclusion Criteria:\n\n{items}",
        "arm_groups": [
            {"label": "Rest", "type": "EXPERIMENTAL", "intervention_names": ["Behavioral: Rest"]},
            {"label": "None", "type": "NO_INTERVENTION"},
        ],
        "interventions": [{"type": "BEHAVIORAL", "name": "Rest", "description": "One hour"}],
        "primary_outcomes": [{"measure": "Pain", "time_frame": "24 hours"}],
        "locations": [
            {"facility": f"Hospital {site}", "city": f"City {site}", "country": "France"}
            for site in range(number % 9 + 1)
        ],
    }


if __name__ == "__main__":
    write_content(int(sys.argv[1]), Path(sys.argv[2]), *map(Path, sys.argv[3:4]))
