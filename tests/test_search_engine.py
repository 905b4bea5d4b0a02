"""The search page of a site whose search is a search engine elsewhere: `search:` in site.yaml."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from browser import Visit, serve, visit
from engines_served import KEY, Answer, Served, served
from playwright.sync_api import Browser, expect
from sites import AS_OF, build_site, folders, write_files

from trialpages.build import Request
from trialpages.exporting import export

pytestmark = pytest.mark.browser

TRIALS = 23
RECORD = """---
nct_id: NCT000000{number:02}
brief_title: Walking {number} after a fall
overall_status: {status}
study_type: INTERVENTIONAL
conditions: [Falls]
minimum_age: {age} Years
has_results: {results}
last_update_post_date: 2024-01-{number:02}
locations:
  - {{facility: Ward, city: Oslo, country: Norway, status: {stand}}}
---
"""


def record(number: int) -> str:
    first = number == 1
    status, stand = ("RECRUITING", "WITHDRAWN") if first else ("COMPLETED", "COMPLETED")
    results, age = str(first).lower(), 60 if first else 18
    text = RECORD.format(number=number, status=status, stand=stand, results=results, age=age)
    return text if number % 2 else text.replace("Norway", "Viet Nam")


CONTENT: dict[str, str | bytes] = {
    f"trials/NCT000000{number:02}.md": record(number) for number in range(1, TRIALS + 1)
}


@dataclass
class Asked:
    engine: str
    server: Served
    site: Path
    tab: Visit


@pytest.fixture(scope="module", params=["typesense", "meilisearch"])
def asked(
    request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Asked]:
    project = tmp_path_factory.mktemp(request.param)
    write_files(project / "content", {"site.yaml": "title: T\n", **CONTENT})
    export(Request(folders(project), AS_OF), project / "out")
    lines = (project / "out/trials.ndjson").read_text("utf-8").splitlines()
    made = [
        json.loads((project / f"out/{name}.json").read_text("utf-8"))
        for name in ("typesense.schema", "meilisearch.settings")
    ]
    with served([json.loads(line) for line in lines], *made) as server:
        engine = {"engine": request.param, "url": server.address, "key": KEY}
        build_site(project, {"site.yaml": f"title: T\nsearch: {json.dumps(engine)}\n"}, search=True)
        with serve(project / "site") as address, visit(browser, address, clean=False) as tab:
            yield Asked(request.param, server, project / "site", tab)


def test_the_engine_answers_and_nobody_else_is_asked(asked: Asked) -> None:
    page, hosts = asked.tab.page, set[str]()
    page.on("request", lambda request: hosts.add(request.url.split("/repo/")[0]))
    page.goto(f"{asked.tab.site}search.html?q=walking")
    expect(page.locator("#search-status")).to_contain_text("23 trials")
    expect(page.locator("#results .card")).to_have_count(20)
    page.locator("#more-results").click()
    expect(page.locator("#results .card")).to_have_count(TRIALS)
    page.goto(f"{asked.tab.site}search.html?q=walking+7")
    card = page.locator("#results .card").first
    expect(card.locator(".card-title a")).to_have_attribute(
        "href", f"{asked.tab.site}trials/NCT00000007.html"
    )
    shown = [
        card.locator(f".{name}").inner_text() for name in ("status", "card-where", "card-about")
    ]
    page.goto(f"{asked.tab.site}trials/index.html")
    listed = page.locator(".card", has=page.locator('a[href$="NCT00000007.html"]'))
    assert shown[:2] == [listed.locator(f".{n}").inner_text() for n in ("status", "card-where")]
    assert shown[2] == "Conditions: Falls"
    assert hosts == {asked.tab.site.split("/repo/")[0], *_asked_at(hosts, asked)}
    assert not (asked.site / "pagefind").exists(), "no index of the site's own"
    policy = (asked.site / "search.html").read_text("utf-8").split('Policy" content="')[1]
    assert f"connect-src {asked.server.address};" in policy.split('"')[0]


def _asked_at(hosts: set[str], asked: Asked) -> set[str]:
    return {host for host in hosts if host.startswith(asked.server.address)}


def test_filters_are_the_engines(asked: Asked) -> None:
    page = asked.tab.page
    page.goto(f"{asked.tab.site}search.html?q=walking&age=40&results=no")
    expect(page.locator("#search-status")).to_contain_text("22 trials")
    group = page.locator('details[data-group="country"]')
    group.evaluate("(group) => { group.open = true; }")
    expect(group.locator(".choice", has_text="Norway")).to_contain_text("11")
    group.locator(".choice", has_text="Vietnam").locator("input").check()
    expect(page.locator("#search-status")).to_contain_text("11 trials")
    expect(group.locator(".choice", has_text="Norway")).to_contain_text("11")
    page.goto(f"{asked.tab.site}search.html?q=walking&country=Norway&status=Recruiting")
    expect(page.locator("#results .card")).to_have_count(1)
    expect(page.locator("#results .card-note")).to_have_text(re.compile("Withdrawn.*Norway"))
    page.goto(f"{asked.tab.site}search.html?q=swimming&country=Norway")
    expect(page.locator("#search-status")).to_contain_text("No trial found for “swimming”")
    page.goto(f"{asked.tab.site}search.html?q=walking&near=Oslo")
    expect(page.locator("#search-status")).to_contain_text("can’t look near “Oslo”")
    assert 'name="near"' not in (asked.site / "index.html").read_text("utf-8")
    page.goto(f"{asked.tab.site}search.html?sort=updated&country=Norway")
    expect(page.locator("#results .card-title").first).to_have_text("Walking 23 after a fall")


_SENTENCES: dict[str, Answer] = {
    "accept the site’s key": (401, {"message": "Forbidden"}),
    "can’t read": (200, {"results": [{"found": None, "hits": []}], "hits": [], "totalHits": None}),
    "doesn’t answer": (503, {"message": "Not Ready or Lagging"}),
}


@pytest.mark.parametrize("sentence", _SENTENCES)
def test_what_fails_is_said_and_is_no_empty_answer(asked: Asked, sentence: str) -> None:
    page, server = asked.tab.page, asked.server
    page.goto(f"{asked.tab.site}search.html?q=walking")
    expect(page.locator("#results .card")).to_have_count(20)
    server.instead = lambda: _SENTENCES[sentence]
    try:
        page.locator("#q").fill("fall")
        expect(page.locator("#search-status")).to_contain_text(sentence)
        expect(page.locator("#search-status")).not_to_contain_text("No trial")
        expect(page.locator("#results .card")).to_have_count(0)
    finally:
        server.instead = None


def test_an_engine_that_is_late_or_gone_is_said_to_be(asked: Asked, browser: Browser) -> None:
    everything = f"{asked.server.address}/**"
    with visit(browser, asked.tab.site, clean=False) as tab:
        page = tab.page
        page.clock.install()
        page.route(everything, lambda _: None)
        page.goto(f"{tab.site}search.html?q=walking")
        page.clock.run_for(11_000)
        expect(page.locator("#search-status")).to_contain_text("takes too long")
        page.unroute(everything)
        page.route(everything, lambda route: route.abort("connectionrefused"))
        page.locator("#q").fill("fall")
        page.clock.run_for(1_000)
        expect(page.locator("#search-status")).to_contain_text("doesn’t answer")
        page.close()  # the clock can't be taken back
