"""Group K: long records cost no more than they are long."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from random import Random

import msgspec

from faults import growing
from faults.counts import FULL, count
from faults.growing import (
    DEEPEST,
    SPELLINGS,
    Cost,
    Grows,
    Maker,
    Spell,
    shipped_templates,
)
from faults.rows import Row
from faults.sandbox import Project, id_of
from trialpages.phases.as_it_came import says_imported
from trialpages.problems import Problem
from trialpages.records import checks
from trialpages.records.codes import markup_meant
from trialpages.records.model import ArmGroup, Intervention, Trial
from trialpages.records.results import Results
from trialpages.records.trial_file import write_trial
from trialpages.records.unfit import check_unfit_json
from trialpages.records.vocabulary import InterventionType
from trialpages.search.short_forms import short_forms

_MOST = 2.4
"""How many times as much a record twice as long may cost."""
_ENTRIES = 20 if not FULL else 40
_FELT = 0.05
"""Of what the short record costs: growth below that tells nothing yet."""


def _cost(grows: Grows, entries: int, spell: Spell, folder: Path) -> Cost:
    maker = Maker(grows, entries, spell)
    trial = msgspec.structs.replace(maker.make(Trial), nct_id=id_of(1))
    return growing.cost(trial, maker.make(Results), shipped_templates(), folder)


def _nothing(_path: growing.Path, _around: int) -> bool:
    return False


def _doublings() -> Iterator[tuple[str, Grows]]:
    """All lists at each depth at once, then lists one at a time: in the full run, every one."""
    for depth in range(DEEPEST + 1):
        yield f"all lists in {depth} others", growing.level(depth)
    paths = [*growing.growing(Trial), *growing.growing(Results)]
    for path in Random(58).sample(paths, min(count("58 fields"), len(paths))):
        yield ".".join(path), growing.alone(path)


def _too_steep(short: Cost, one: Cost, two: Cost) -> Iterator[str]:
    """What a record twice as long costs far more than twice as much of, beside the short one."""
    for name, before in short.items():
        once = max(one[name] - before, int(before * _FELT))
        twice = two[name] - before
        if twice > _MOST * once:
            yield f"{name}: {before:,}, then {once:,} and {twice:,} more"


def test_row_58_a_record_twice_as_long_costs_twice_as_much(row: Row, tmp_path: Path) -> None:
    steep, tried = list[str](), 0
    for spelling, spell in list(SPELLINGS.items())[: None if FULL else 1]:
        _cost(_nothing, 1, spell, tmp_path)  # what is made once is there from here on
        short = _cost(_nothing, 1, spell, tmp_path)
        for name, grows in _doublings():
            one = _cost(grows, _ENTRIES, spell, tmp_path)
            two = _cost(grows, 2 * _ENTRIES, spell, tmp_path)
            steep += [f"{name}, {spelling}: {fault}" for fault in _too_steep(short, one, two)]
            tried += 1
    row.reached(f"{tried} doublings of lists: {len(steep)} cost more than {_MOST} times as much")
    assert steep == []


# --- arms and interventions ---------------------------------------------------------------------


def _arms(many: int, names: str) -> Trial:
    """So many arms and interventions; each arm names one, spelled by `names`."""
    base: Trial = Maker(_nothing, 1, SPELLINGS["entries name nothing"]).make(Trial)
    numbers = range(many)
    return msgspec.structs.replace(
        base,
        nct_id=id_of(1),
        arm_groups=tuple(
            ArmGroup(label=f"Arm {n}", intervention_names=(names.format(n=n),)) for n in numbers
        ),
        interventions=tuple(
            Intervention(type=InterventionType.DRUG, name=f"Substance {n}") for n in numbers
        ),
    )


def _page(folder: Path, trial: Trial) -> str:
    made = Project(folder)
    made.write({f"trials/{id_of(1)}.md": write_trial(trial)})
    made.build()
    return (made.site / f"trials/{id_of(1)}.html").read_text("utf-8")


def test_row_58_many_arms_and_interventions_have_no_table_and_the_page_says_so(
    row: Row, tmp_path: Path
) -> None:
    few, many = (_page(tmp_path / str(n), _arms(n, "Substance {n}")) for n in (20, 300))
    left_out = shipped_templates().look.language.words["matrix_left_out"]
    assert '<table class="matrix' in few
    assert left_out not in few
    assert '<table class="matrix' not in many
    assert left_out in many
    assert all(f">Substance {n}</a>" in many for n in range(300))
    row.reached(f"300 arms × 300 interventions: {len(many) / 1e6:.2f} MB, names where to look")
    assert len(many) <= 500_000


def test_row_58_many_arms_that_each_name_many_interventions_fit_on_a_page(
    row: Row, tmp_path: Path
) -> None:
    every = tuple(f"Substance {n}" for n in range(300))
    labels = tuple(f"Arm {n}" for n in range(300))
    plain = _arms(300, "Substance {n}")
    trial = msgspec.structs.replace(
        plain,
        arm_groups=tuple(
            msgspec.structs.replace(arm, intervention_names=every) for arm in plain.arm_groups
        ),
        interventions=tuple(
            msgspec.structs.replace(given, arm_group_labels=labels) for given in plain.interventions
        ),
    )
    page = _page(tmp_path, trial)
    row.reached(f"300 arms that name 300 interventions each: {len(page) / 1e6:.2f} MB")
    assert len(page) <= 500_000
    left_out = re.findall(r'<a href="([^"]+)">and 294 more, for which this page has no room', page)
    assert left_out == [f"{id_of(1)}.json"] * 600
    assert json.loads((tmp_path / f"site/trials/{id_of(1)}.json").read_text())


def _warnings(trial: Trial) -> list[Problem]:
    found = checks.check_trial(trial, f"trials/{id_of(1)}.md")
    return [problem for problem in found if problem.code == "undefined-intervention"]


def test_row_58_names_that_nobody_defined_are_compared_with_few(row: Row) -> None:
    once, twice = (growing.steps(partial(_warnings, _arms(n, "Substence {n}"))) for n in (100, 200))
    assert "did you mean" in once[1][0].hint
    assert len(once[1]) <= len(twice[1])
    row.reached(f"twice as many undefined names: {twice[0] / once[0]:.1f} times the work")
    assert twice[0] <= _MOST * once[0]


def test_row_58_nothing_is_tried_in_more_ways_than_it_is_long(row: Row) -> None:
    """Each of these took minutes, or for ever: twice the length, twice as many ways or more."""
    assert not says_imported(b"source:\n" + b"    a word\n" * 2_000 + b"\nend")
    assert says_imported(b"source:\n  file: a.json\n  sha256: 0\n")
    assert not list(short_forms(f"monitored ({'A' * 4_000} patients)"))
    assert list(short_forms("non-small cell lung cancer (NSCLC)")) == [
        ("NSCLC", "non-small cell lung cancer")
    ]
    assert markup_meant("Take <b>" + " " * 4_000 + "x<br>y").endswith("y")
    assert markup_meant("Take <b> two </b>daily") == "Take  **two** daily"
    assert len(list(check_unfit_json(b"\\b" + b"\\" * 200_001 + b"a", "x"))) == 1
    row.reached("a source without a digest, a bracket of capitals, blanks behind a tag: at once")
