"""Of paper, printed by a browser: what is on the screen is on it, on sheets that are filled."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import PurePosixPath

from browser import serve, visit
from paper import covers, left_out, on_screen, printed, runs_over

from truths.register import Answers, Change, Mutation, Scope, answer, edit, truth
from truths.site import LISTS, Site

SEED = 18
"""Which pages of a large site are printed; always the same."""
_MOST = 20
"""So many pages of a kind, of a large site."""


def _kind(path: str) -> str:
    folder, name = PurePosixPath(path).parts[0], PurePosixPath(path).name
    if folder == "trials" and name[0].isupper():
        return "results" if name.endswith(".results.html") else "trial"
    return "list" if folder in (*LISTS, "trials") else "page"


def _sample(site: Site) -> Iterator[str]:
    """Some pages of each kind: of a small site the one with most to lose."""
    kinds: dict[str, list[str]] = {}
    for path in site.files(".html"):
        if path not in ("search.html", "404.html") and not site.facts(path).is_redirect:
            kinds.setdefault(_kind(path), []).append(path)
    for paths in kinds.values():
        if site.is_large:
            yield from random.Random(SEED).sample(paths, min(len(paths), _MOST))
        else:
            yield max(paths, key=lambda path: len(site.read(path)))


def _style(old: str, new: str) -> Mutation:
    def changed(site: Site) -> Change:
        return edit(site, old, new, ".css")

    return changed


@truth(
    "What is on the screen is on the paper too; no sheet is blank or but half full before the "
    "last, and nothing runs over its edge or lies over another",
    things="questions to printed pages",
    scope=Scope.MACHINE,
    mutations=(
        _style("content-visibility: visible; block-size: auto;", "content-visibility: hidden;"),
        _style("table.print-only { display: table;", "table.print-only { display: none;"),
        _style("table-layout: fixed; width: 100%;", "table-layout: fixed; width: 200%;"),
        _style(
            "main { padding: 0; }",
            'main::before { content: ""; display: block; break-after: page; }',
        ),
    ),
)
def paper_has_what_the_screen_has(site: Site) -> Answers:
    with site.on_disk() as folder, serve(folder) as address, visit(site.browser, address) as tab:
        for path in _sample(site):
            tab.page.goto("about:blank")
            tab.page.goto(f"{address}{path}#whole-record")
            texts, sheets = on_screen(tab.page), printed(tab.page)
            lost = left_out(texts, sheets)
            yield answer(bool(texts) and not lost, path, f"the paper lacks {lost[:5]}")
            empty = [n for n, sheet in enumerate(sheets[:-1], 1) if sheet.filled < 0.5]
            blank = [n for n, sheet in enumerate(sheets, 1) if not sheet.text.strip()]
            wrong = f"of {len(sheets)} sheets are half empty {empty}, blank {blank}"
            yield answer(not empty and not blank, path, wrong)
            cut = runs_over(tab.page)
            yield answer(not cut, path, f"runs over the edge of A4: {cut[:5]}")
            over = covers(tab.page)
            yield answer(not over, path, f"lies over the sheet: {over[:5]}")
