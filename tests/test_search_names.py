"""What a name is worth in a trial, and which trials another name of it finds."""

from __future__ import annotations

from array import array

from trialpages.search.facts import SearchFacts
from trialpages.search.names import named


def worths(postings: array[int]) -> dict[int, int]:
    return {posting >> 8: posting & 255 for posting in postings}


def test_a_drug_is_found_by_each_name_where_prose_alone_says_another() -> None:
    rows = [
        SearchFacts(url="a", title="A", treatments=(("Sildenafil", "Viagra"),)),
        SearchFacts(url="b", title="B"),
    ]
    words = {"sildenafil": [0 << 8 | 200, 1 << 8 | 40]}
    found = named(rows, (), words).postings
    assert set(worths(found["viagra="])) == {0, 1}
    assert worths(found["viagra="])[1] < 40


def test_one_condition_of_very_many_is_worth_less() -> None:
    many = tuple(f"condition {letter}" for letter in "abcdefghijklmnopqrstuvwxyz")
    rows = [
        SearchFacts(url="a", title="A", conditions=("Asthma",)),
        SearchFacts(url="b", title="B", conditions=("Asthma", *many)),
    ]
    found = worths(named(rows, ()).postings["asthma="])
    assert found[1] < 0.7 * found[0]


def test_a_name_in_the_title_too_is_worth_more() -> None:
    rows = [
        SearchFacts(url="a", title="Walking", conditions=("Asthma",)),
        SearchFacts(url="b", title="Walking with asthma", conditions=("Asthma",)),
    ]
    found = worths(named(rows, ()).postings["asthma="])
    assert found[1] > found[0]


def test_a_lay_name_finds_what_few_are_about_where_prose_says_it() -> None:
    rows = [SearchFacts(url=letter, title="Walking") for letter in "abc"]
    words = {"hemorrhoids": [1 << 8 | 40], "piles": [2 << 8 | 40]}
    found = named(rows, [("hemorrhoids", "piles")], words)
    assert set(worths(found.postings["pile="])) == {1}
    assert found.others["pile="] == ["hemorrhoid"]
    many = [SearchFacts(url=str(at), title="Of hemorrhoids") for at in range(10)]
    found = named([*rows, *many], [("hemorrhoids", "piles")], words)
    assert set(worths(found.postings["pile="])) == set(range(3, 13))
