"""The card of a trial: a list's, made by a template, and a result's, made by a script, are one."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser import Visit, visit
from playwright.sync_api import Browser, Locator, expect
from sites import build_site, trial_text

pytestmark = pytest.mark.browser

SITE = "title: Mine\nour_sites:\n  - North Clinic\n"

RECORD = """phases: [PHASE2, PHASE3]
minimum_age: 18 Years
locations:
  - facility: North Clinic
    city: Leeds
    country: United Kingdom
  - facility: Other
    city: Paris
    country: France
"""

SKELETON = """one => [...one.querySelectorAll(':scope, :scope > *, :scope > * > *')]
  .filter(node => !node.matches('.star'))
  .map(node => [node.tagName, node.matches('.result-link') ? '' : node.className])"""


def _card(tab: Visit, address: str) -> Locator:
    tab.page.goto(tab.site + address)
    card = tab.page.locator(".cards > .card")
    expect(card.locator(".star")).to_have_count(1)
    return card


def test_a_result_is_the_card_that_lists_have(tmp_path: Path, browser: Browser) -> None:
    more = "".join(f"  - Ache {n}\n" for n in range(5))
    text = trial_text("NCT00000001", "Rest").replace(
        "conditions:\n", f"{RECORD}conditions:\n{more}"
    )
    build_site(tmp_path, {"site.yaml": SITE, "trials/NCT00000001.md": text}, search=True)
    with visit(browser, (tmp_path / "site").as_uri() + "/") as tab:
        listed = _card(tab, "statuses/recruiting.html")
        words, skeleton = listed.inner_text(), listed.evaluate(SKELETON)
        result = _card(tab, "search.html?status=RECRUITING")
        assert result.inner_text() == words
        # How much of a line is in the record's own words is marked by `dir` or by `lang`.
        assert [one for one in result.evaluate(SKELETON) if one != ["SPAN", ""]] == [
            one for one in skeleton if one != ["SPAN", ""]
        ]
        found = _card(tab, "search.html?q=rest")
        href = found.locator(".result-link").get_attribute("href") or ""
        assert "/trials/NCT00000001.html" in href
        kinds = "all => all.map((one) => one.className)"
        parts = found.locator("> *").evaluate_all(kinds)
        assert parts == ["card-title", "star", "card-tags", "card-ours", "card-where", "places"]
