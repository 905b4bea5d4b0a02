"""Which trials are alike, and why."""

from __future__ import annotations

import random

from trialpages.records.vocabulary import InterventionType, Status
from trialpages.trial.facts import InterventionFact, TrialFacts
from trialpages.trial.likeness import Names, Reason, likeness, names_of, reasons, terms_of
from trialpages.trial.related import alike_trials, most_alike


def test_what_is_shared_is_the_reason_in_the_trials_own_spelling() -> None:
    a: Names = {"drug": ["Cadonilimab"], "condition": ["Gastric  cancer"]}
    b: Names = {"drug": ["CADONILIMAB"], "condition": ["gastric cancer", "Ulcer"]}
    c: Names = {"drug": ["Aspirin"], "condition": ["Migraine"]}
    assert likeness([("A", a), ("B", b), ("C", c)]) == {"A": ("B",), "B": ("A",), "C": ()}
    shared = (Reason("drug", ("Cadonilimab",)), Reason("condition", ("Gastric  cancer",)))
    assert reasons(terms_of(a), b) == shared
    assert reasons(terms_of(b), a)[0] == Reason("drug", ("CADONILIMAB",))
    assert reasons(terms_of(a), c) == ()


def test_a_rare_term_counts_more_than_a_common_one() -> None:
    common = [(f"X{n}", {"condition": ["Asthma"]}) for n in range(20)]
    trials: list[tuple[str, Names]] = [
        *common,
        ("A", {"condition": ["Asthma", "Churg-Strauss syndrome"]}),
        ("B", {"condition": ["Churg-Strauss syndrome"]}),
    ]
    assert likeness(trials)["A"][0] == "B"


def test_keywords_and_placebos_alone_make_no_likeness() -> None:
    trials: list[tuple[str, Names]] = [
        ("A", {"drug": ["Placebo"], "keyword": ["children"], "condition": ["Asthma"]}),
        ("B", {"drug": ["placebo"], "keyword": ["Children"], "condition": ["Migraine"]}),
    ]
    assert likeness(trials) == {"A": (), "B": ()}


def test_a_term_named_twice_is_given_once() -> None:
    names = {"condition": ["Asthma"], "mesh": ["Asthma"], "keyword": ["asthma", "wheeze"]}
    assert reasons(terms_of(names), names) == (
        Reason("condition", ("Asthma",)),
        Reason("keyword", ("wheeze",)),
    )


def test_the_order_of_the_trials_plays_no_part_and_six_are_the_most() -> None:
    trials: list[tuple[str, Names]] = [
        (f"T{n:03}", {"condition": ["Asthma", f"Kind {n % 7}"], "mesh": [f"Heading {n % 3}"]})
        for n in range(200)
    ]
    found = likeness(trials)
    shuffled = random.Random(1).sample(trials, len(trials))
    assert likeness(shuffled) == found
    assert {len(others) for others in found.values()} == {6}
    for trial, others in found.items():
        assert trial not in others


def test_the_work_grows_with_the_trials_and_not_with_their_square() -> None:
    """A term that all trials share leads each of them to a few neighbours only."""

    class Counted(list[int]):
        looked_at = 0

        def __getitem__(self, key):  # type: ignore[no-untyped-def]
            found = super().__getitem__(key)
            Counted.looked_at += len(found) if isinstance(key, slice) else 1
            return found

    from trialpages.trial.likeness import _Index

    def looked_at(count: int) -> int:
        names = {"condition": ["Asthma"]}
        index = _Index((f"T{n:05}", names) for n in range(count))
        index._places = [Counted(places) for places in index._places]
        Counted.looked_at = 0
        index.all()
        return Counted.looked_at

    assert looked_at(2000) < 2.5 * looked_at(1000)


def test_what_the_source_names_is_not_named_again() -> None:
    drug = InterventionFact("Cadonilimab", InterventionType.DRUG)
    one = TrialFacts("A", "One", Status.RECRUITING, interventions=(drug,), related=("B",))
    two = TrialFacts("B", "Two", Status.COMPLETED, interventions=(drug,))
    assert names_of(one)["drug"] == ["Cadonilimab"]
    assert most_alike([one, two]) == {"A": (), "B": (one,)}
    (found,) = alike_trials(two, [one])
    assert (found.id, found.title, found.href) == ("A", "One", "A.html")
