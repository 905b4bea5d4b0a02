"""Every truth holds of the small site, in each of its forms, and notices what would break it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from truths.every import NOT_YET, TRUTHS
from truths.odd_site import MUTATED
from truths.register import Answers, Mutation, Scope, Truth, is_violated, mutated, truth
from truths.search import number_said
from truths.site import Site

_FROM_FILES = [one for one in TRUTHS if one.scope is not Scope.MACHINE]


@pytest.mark.parametrize("one", _FROM_FILES, ids=lambda one: one.name)
def test_truth_holds(one: Truth, forms: Mapping[str, Site]) -> None:
    if one.name in NOT_YET:
        pytest.skip(f"NOT YET, and so not asked: {one.says}: {NOT_YET[one.name]}")
    # What is asked of a site as a whole is asked of its first language, which is at its root.
    asked = (site for site in forms.values() if one.scope is Scope.PAGE or not site.place)
    answers = [answer for site in asked for answer in one.ask(site)]
    wrong = [answer for answer in answers if answer]
    assert not wrong, f"{len(wrong)} of {len(answers)}: {wrong[:5]}"
    assert answers or one.needs_more, "nothing was asked"


_MUTATIONS = [
    pytest.param(one, mutation, id=f"{one.name}-{number}")
    for one in _FROM_FILES
    for number, mutation in enumerate(one.mutations, start=1)
]


@pytest.mark.parametrize(("one", "mutation"), _MUTATIONS)
def test_mutation_is_noticed(one: Truth, mutation: Mutation, forms: Mapping[str, Site]) -> None:
    whole = forms[MUTATED.get(one.name, "main")]
    change = mutation(whole)
    site = mutated(whole, change)
    if one.scope is Scope.PAGE and change.files:
        site = site.part(change.files)
    assert is_violated(one, site), "nothing was noticed"


def test_a_truth_without_a_mutation_is_refused_by_name() -> None:
    def never_seen_to_fail(site: Site) -> Answers:
        del site
        yield None

    with pytest.raises(TypeError, match="never-seen-to-fail has no mutation"):
        truth("It holds", things="things")(never_seen_to_fail)


@pytest.mark.parametrize(
    ("status", "language", "number"),
    [
        ("Did you mean mellitus? (579 trials) 4 trials found.", "en", 4),
        ("1 trial found. 12 more say at least 2 of the 4 words.", "en", 1),
        ("No trial says all these words together. 1,035 trials say 2 of the 3 words.", "en", 1035),
        ("¿Quiso decir mellitus? (579 ensayos) 1 ensayo encontrado.", "es", 1),
        ("Type a word, or choose a filter.", "en", 0),
    ],
)
def test_the_number_found_is_none_of_the_others_that_the_page_says(
    status: str, language: str, number: int
) -> None:
    assert number_said(status, language) == number
