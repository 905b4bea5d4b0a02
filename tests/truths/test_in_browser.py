"""The truths that only a browser knows, of the small site."""

from __future__ import annotations

from dataclasses import replace

import pytest

from truths.every import NOT_YET, TRUTHS
from truths.register import Mutation, Scope, Truth, is_violated, mutated
from truths.site import Site

pytestmark = pytest.mark.browser

_IN_BROWSER = [one for one in TRUTHS if one.scope is Scope.MACHINE]


@pytest.mark.parametrize("one", _IN_BROWSER, ids=lambda one: one.name)
def test_truth_holds(one: Truth, main_in_browser: Site) -> None:
    if one.name in NOT_YET:
        pytest.skip(f"NOT YET TRUE, and so not asked: {one.says}: {NOT_YET[one.name]}")
    answers = list(one.ask(main_in_browser))
    wrong = [answer for answer in answers if answer]
    assert not wrong, f"{len(wrong)} of {len(answers)}: {wrong[:5]}"
    assert answers, "nothing was asked"


_MUTATIONS = [
    pytest.param(one, mutation, id=f"{one.name}-{number}")
    for one in _IN_BROWSER
    for number, mutation in enumerate(one.mutations, start=1)
]


@pytest.mark.parametrize(("one", "mutation"), _MUTATIONS)
def test_mutation_is_noticed(one: Truth, mutation: Mutation, main_in_browser: Site) -> None:
    site = mutated(main_in_browser, mutation(main_in_browser))
    assert is_violated(one, replace(site, browser=main_in_browser.browser)), "nothing was noticed"
