"""Of the table of all trials: whole, the record's own words, and nothing that a spreadsheet runs."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from itertools import zip_longest

from trialpages.records.model import Trial
from truths.record import single
from truths.register import Answers, Scope, answer, edits, truth
from truths.site import Site


@truth(
    "The table of all trials has a row for each, of the columns that the data package describes",
    things="rows",
    scope=Scope.SITE,
    mutations=(
        *edits("\r\nNCT00000001,", "\r\nNCT00000002,", ending="trials.csv"),
        *edits(",sponsor,", ",sponser,", ending="trials.csv"),
        *edits('"name": "sponsor"', '"name": "sponser"', ending="datapackage.json"),
        *edits(",RECRUITING,", ",RECRUTING,", ending="trials.csv"),
    ),
)
def the_table_is_whole(site: Site) -> Answers:
    (resource,) = json.loads(site.read("datapackage.json"))["resources"]
    fields = resource["schema"]["fields"]
    rows = _rows(site)
    yield answer(list(rows[0]) == [one["name"] for one in fields], "trials.csv", str(list(rows[0])))
    asked = {one["name"]: one["constraints"]["enum"] for one in fields if "constraints" in one}
    for row, name in zip_longest(sorted(rows, key=lambda row: row["id"]), sorted(site.trial_ids)):
        odd = [one for one, values in asked.items() if row and row[one] not in ("", *values)]
        found = (row or {}).get("id", "").replace("/", "-")
        yield answer(found == name and not odd, "trials.csv", f"{found} for {name}, odd: {odd}")


@truth(
    "Each cell of the table of all trials says what the record says",
    things="cells",
    scope=Scope.SITE,
    mutations=(
        *edits("INTERVENTIONAL", "OBSERVATIONAL", ending="trials.csv"),
        *edits("18 Years", "19 Years", ending="trials.csv"),
        *edits("Migraine", "Migrane", ending="trials.csv"),
    ),
)
def the_table_says_what_records_say(site: Site) -> Answers:
    rows = {row["id"]: row for row in _rows(site)}
    for trial in site.trials:
        row = rows.get(trial.nct_id, {})
        for name, asked in _asked(trial).items():
            said = _without_apostrophes(row.get(name, ""))
            wrong = f"{trial.nct_id}, {name}: {said!r} instead of {asked!r}"
            same = single(said) == single(_without_apostrophes(asked))
            yield answer(same, "trials.csv", wrong)


def _without_apostrophes(cell: str) -> str:
    return re.sub(rf"(^|[;|])'(?=\s*[{_FORMULA}])", r"\1", cell)


_FORMULA = r"=+\-@＝＋－＠"


def _asked(trial: Trial) -> Mapping[str, str]:
    lead, enrolled = trial.lead_sponsor, trial.enrollment_info
    return {
        "title": trial.brief_title,
        "status": trial.overall_status.value,
        "study_type": trial.study_type.value,
        "conditions": "|".join(
            re.sub(r"[\\|]", r"\\\g<0>", single(one)) for one in trial.conditions
        ),
        "sponsor": (lead.name or "") if lead else "",
        "minimum_age": trial.minimum_age or "",
        "enrollment": str(enrolled.count) if enrolled and enrolled.count is not None else "",
        "start_date": trial.start_date.date if trial.start_date and trial.start_date.date else "",
    }


@truth(
    "No cell of a table begins as a formula does, whatever divides cells",
    things="cells",
    scope=Scope.SITE,
    mutations=(
        *edits("\r\nNCT00000001,", "\r\nNCT00000001,=", ending="trials.csv"),
        *edits("Migraine", "Migraine; =1", "Migraine\t=1", "Migraine|=1", ending="trials.csv"),
    ),
)
def tables_run_nothing(site: Site) -> Answers:
    for row in _rows(site):
        for name, cell in row.items():
            runs = re.search(rf"(?:^|[;|\t])\s*[{_FORMULA}]", cell)
            yield answer(not runs, "trials.csv", f"{name}: {cell!r}")


def _rows(site: Site) -> list[dict[str, str]]:
    text = site.read("trials.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))
