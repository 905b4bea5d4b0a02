"""Group C: Markdown and text."""

from __future__ import annotations

import gc
import gzip
import json
import os
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import serve, settle, visit
from fidelity import leaves, visible_text
from playwright.sync_api import Browser
from selectolax.lexbor import LexborHTMLParser
from sites import PROJECT, SAMPLE

from faults.counts import SLACK, count
from faults.rows import Row
from faults.sandbox import Project, project, sample, trial
from faults.vectors import ALLOWED_TAGS, LINKS, SCRIPTS, TEMPLATES
from trialpages.importers.escape import escape
from trialpages.prose.markup import editors_prose, prose
from trialpages.records.registry_shape import from_registry
from trialpages.text.commonmark import TooDeep

CORPUS = Path(os.environ.get("TRIALPAGES_CORPUS", PROJECT.parent / "shared/corpus"))
"""Real records, for whoever has them at hand."""

# --- 17 -----------------------------------------------------------------------------------------

_UNITS: dict[str, tuple[str, str, str]] = {
    # name: before, what is repeated, after
    "open images": ("", "![", ""),
    "open CDATA": ("", "x <![CDATA[", ""),
    "open brackets": ("", "[", "a"),
    "closed brackets": ("", "[a]", ""),
    "brackets in paragraphs": ("", "[" * 30 + "\n\n", ""),
    "pairs in paragraphs": ("", "[" * 30 + "]" * 30 + "\n\n", ""),
    "open links": ("", "[a](", ""),
    "links in links": ("", "[a](b)", ""),
    "angle links": ("", "[a](<b", ""),
    "link titles": ("", '[a](b "', ""),
    "link parentheses": ("", "[a](b ((", ""),
    "references": ("", "[a]: b\n", "[a]"),
    "open references": ("", "[a\n", ""),
    "open emphasis": ("", "*a ", ""),
    "closed emphasis": ("", "a* ", ""),
    "mixed emphasis": ("", "*a_ ", ""),
    "strong in emphasis": ("", "*a **a ", ""),
    "long runs": ("", "a***b", ""),
    "alternating runs": ("", "_*", ""),
    "one long run": ("", "*", "a"),
    "open code": ("", "`a ", ""),
    "code runs": ("e", "``a`", ""),
    "quotes": ("", ">", "a"),
    "quotes with spaces": ("", "> ", "a"),
    "lines in deep quotes": (">" * 8 + "a\n", "b\n", ""),
    "lines in deep lists": ("* " * 24 + "a\n", "b\n", ""),
    "quotes in lists": ("", "> - ", "a"),
    "lists": ("", "* ", "a"),
    "numbers": ("", "1. ", "a"),
    "mixed lists": ("", "- 1. ", "a"),
    "a long list": ("", "* a\n", ""),
    "a loose list": ("", "* a\n\n", ""),
    "empty items": ("", "-\n", ""),
    "a long quote": ("", "> a\n>\n", ""),
    "fences": ("", "```\n", ""),
    "an open fence": ("~~~\n", "a\n", ""),
    "indented code": ("", "    a\n", ""),
    "a long heading": ("", "#", ""),
    "underlined": ("", "a\n", "==="),
    "underlines": ("", "a\n-", ""),
    "rules": ("", "* * *\n", ""),
    "less-than signs": ("", "<", ""),
    "open tags": ("", "<a:b", ""),
    "open comments": ("", "a <!-- ", ""),
    "open instructions": ("", "a <? ", ""),
    "open declarations": ("", "a <!A ", ""),
    "addresses": ("<a@", "a.", ""),
    "ampersands": ("", "&", ""),
    "open entities": ("", "&#", ""),
    "backslashes": ("", "\\", ""),
    "hard breaks": ("", "a  \n", ""),
    "tabs": ("", "\t", "a"),
    "spaces": ("", " ", "a"),
    "empty lines": ("", "\n", "a"),
    "line separators": ("", "\u2028", "a"),
    "bidi marks": ("", "\u202e", "a"),
}


def _text_of(unit: tuple[str, str, str], size: int) -> str:
    before, repeated, after = unit
    return before + repeated * ((size - len(before) - len(after)) // len(repeated)) + after


def test_row_17_pathological_markdown(row: Row) -> None:
    size, slowest, refused, ratios = count("17 characters"), (0.0, ""), 0, list[tuple[float, str]]()
    for name, unit in _UNITS.items():
        half, _ = _cost(_text_of(unit, size // 2))
        whole, is_refused = _cost(_text_of(unit, size))
        slowest = max(slowest, (whole, name))
        refused += is_refused
        ratios += [(whole / half, name)] if whole > 0.2 else []  # below that noise is all there is
    _, too_long = _cost("*a* " * 15_000)
    row.reached(
        f"{len(_UNITS)} kinds of {size:,} characters: the slowest takes {slowest[0]:.2f} s "
        f"({slowest[1]}), {refused} refused; time ratio on doubling {_worst(ratios)} of "
        f"those above 0.2 s; marked texts above 50,000 characters refused. The bound holds for a "
        "field: a page takes the sum of its fields"
    )
    assert too_long
    assert slowest[0] <= 2 * SLACK
    assert SLACK > 1 or max(ratios)[0] <= 2.4


def _worst(ratios: list[tuple[float, str]]) -> str:
    return "at most {:.2f} ({})".format(*max(ratios)) if ratios else "not measurable"


def _cost(text: str) -> tuple[float, bool]:
    """Seconds of processor time, the best of some tries, and whether the text was refused."""
    best, refused = 99.0, False
    for _ in range(count("17 tries")):
        gc.disable()
        started = time.thread_time()
        try:
            prose.__wrapped__(text)
            editors_prose.__wrapped__(text)
        except TooDeep:
            refused = True
        best = min(best, time.thread_time() - started)
        gc.enable()
    return best, refused


# --- 18 -----------------------------------------------------------------------------------------


def test_row_18_no_text_lost_by_nesting(row: Row) -> None:
    shown, refused, lost = 0, 0, list[object]()
    for depth in (1, 5, 10, 20, 24, 40, 60, 100, 200, 1_000, 5_000):
        for name, text in _nested(depth):
            try:
                seen = Counter(re.findall(r"w\d+", visible_text(prose(text))))
            except TooDeep:
                refused += 1
                continue
            shown += 1
            if seen != Counter(re.findall(r"w\d+", text)):
                lost.append((name, depth))
    records, fields = 0, 0
    for trial_of_record in real_trials(count("18 records")):
        records += 1
        for leaf in leaves(trial_of_record):
            if leaf.is_markup:
                fields += 1
                if _words(visible_text(prose(leaf.text))) != _words(_unmarked(leaf.text)):
                    lost.append((trial_of_record.nct_id, leaf.path))
    row.reached(
        f"{shown} nested texts shown with every word, {refused} deeper ones refused, {len(lost)} "
        f"with a word lost; {records:,} real records, {fields:,} fields: words in = words out"
    )
    assert lost == []
    assert shown >= 20
    assert refused >= 10


def _nested(depth: int) -> Iterator[tuple[str, str]]:
    levels = range(depth)
    yield "lists by indentation", "".join(f"{'  ' * n}* w{n}\n" for n in levels)
    yield "numbers by indentation", "".join(f"{'   ' * n}1. w{n}\n" for n in levels)
    yield "quotes", "".join(f"{'>' * (n + 1)} w{n}\n\n" for n in levels)
    yield "lists on a line", "* " * depth + "w1"
    yield "brackets", "".join(f"[w{n} " for n in levels) + "]" * depth
    yield "emphasis", "".join(f"*w{n} " for n in levels) + "".join(f"w{n}* " for n in levels)


_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile(r"\\(?=[!-/:-@\[-`{-~])")


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text))


def _unmarked(markup: str) -> str:
    """The text without backslashes; what signs a list has is no word."""
    return _MARKS.sub("", re.sub(r"(?<!\\)&(?:amp|lt|gt|quot|nbsp);", " ", markup))


def real_trials(most: int) -> Iterator[Any]:
    """Trials of real records where they are at hand; else those of the sample."""
    if not (CORPUS / "ctgov-v2.ndjson.gz").exists():
        from trialpages.records.trial_file import read_trial

        for path in sorted((SAMPLE / "content/trials").glob("*.md")):
            yield read_trial(path.read_bytes(), path.name).trial
        return
    with gzip.open(CORPUS / "ctgov-v2.ndjson.gz") as lines:
        wanted = set(sample(3_002, most, seed=18))
        for number, line in enumerate(lines):
            if number in wanted:
                yield from_registry(json.loads(line))


# --- 19 -----------------------------------------------------------------------------------------

_SIGNS = (
    "> 18 years", "5*10^9/L", "p*q", "2021. The study", "---", "***", "===", "# 1", "#", "1)",
    "10.", "- ", "+ 3", "* ", "_x_", "__", "`", "``", "~~~", "```", "<b>", "<", "≥", "&amp;", "&",
    "\\>", "\\", "[x](y)", "![", "]", "[a]: b", "|", "    ", "\t", "a", "B9", " ", "×10⁹",
    "\u00a0", "é", "\u2028", "https://x.org", "a@b.org", "!", '"', "'", "^", "{", "$",
)  # fmt: skip


def test_row_19_text_is_not_changed_by_markdown(row: Row) -> None:
    dice, changed = random.Random(19), list[str]()
    strings = count("19 strings")
    for _ in range(strings):
        text = "".join(dice.choices(_SIGNS, k=dice.randint(1, 8)))
        if _shown(prose.__wrapped__(escape(text))) != _normal(text):
            changed.append(text)
    records, fields, wrong = 0, 0, list[str]()
    for one in real_trials(count("19 records")):
        records += 1
        for leaf in leaves(one):
            if leaf.form == "text" and "\n" not in leaf.text and len(leaf.text) < 20_000:
                fields += 1
                wrong += [leaf.path] * (
                    _shown(prose.__wrapped__(escape(leaf.text))) != _normal(leaf.text)
                )
    row.reached(
        f"{strings - len(changed):,} of {strings:,} random strings and {fields - len(wrong):,} of "
        f"{fields:,} texts of {records:,} real records: shown = written (criteria and every leaf "
        "on its page: tests/test_fidelity.py)"
    )
    assert changed == wrong == []


def _normal(text: str) -> str:
    return " ".join(text.split())


def _shown(html: str) -> str:
    return " ".join(visible_text(html).split())


# --- 20, 23, 24 ---------------------------------------------------------------------------------


def hostile_site(folder: Path) -> Project:
    """Every vector in every kind of text that content has."""
    made = project(folder, trials=1)
    listed = "".join(f"  - {json.dumps(each, ensure_ascii=False)}\n" for each in SCRIPTS)
    prose_of_all = "\n\n".join(SCRIPTS)
    front = f"keywords:\n{listed}"
    arms = "arm_groups:\n" + "".join(
        f"  - label: {json.dumps(each, ensure_ascii=False)}\n"
        f"    description: {json.dumps(each, ensure_ascii=False)}\n"
        for each in SCRIPTS
    )
    text = trial(1, front=front + arms, body=f"\n## Detailed description\n\n{prose_of_all}\n")
    title = json.dumps(" ".join(SCRIPTS[:20]), ensure_ascii=False)
    text = text.replace("brief_title: Rest", f"brief_title: {title}")
    text = text.replace("  - Migraine\n", f"  - Migraine\n{listed}")
    made.write(
        {
            "trials/NCT00000001.md": text,
            "pages/about.md": f"# {SCRIPTS[0]}\n\n{prose_of_all}\n",
            "site.yaml": f"title: {json.dumps(SCRIPTS[0])}\n",
        }
    )
    return made


_COUNT_HITS = """
window.hits = 0;
for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = () => { hits += 1 };
"""


@pytest.mark.browser
def test_row_20_scripts_in_content(row: Row, tmp_path: Path, browser: Browser) -> None:
    made = hostile_site(tmp_path)
    made.build()
    pages = list(made.site.rglob("*.html"))
    tags = Counter[str]()
    handlers = list[str]()
    for path in pages:
        for node in LexborHTMLParser(path.read_text()).css("*"):
            tags[node.tag or ""] += 1
            handlers += [
                f"{path.name}: {name}"
                for name in node.attributes
                if name.startswith(("on", "style", "srcdoc"))
            ]
    foreign = {tag for tag in tags if tag not in ALLOWED_TAGS}
    executed = sum(_executions(browser, made, bypass) for bypass in (False, True))
    row.reached(
        f"{len(SCRIPTS)} vectors in titles, lists, arms, prose, page and settings of "
        f"{len(pages)} pages, with the policy and with it off: {executed} executions; "
        f"{len(foreign)} tags not on the list, {len(handlers)} handlers or styles"
    )
    assert len(SCRIPTS) >= 150
    assert executed == 0
    assert foreign == set()
    assert handlers == []


def _executions(browser: Browser, made: Project, bypass: bool) -> int:
    """How often a vector ran on the trial's, the page's and the list's page."""
    hits = 0
    with serve(made.site, "/") as address:
        context = browser.new_context(bypass_csp=bypass)
        context.add_init_script(_COUNT_HITS)
        page = context.new_page()
        for path in (
            "trials/NCT00000001.html",
            "about.html",
            "conditions/index.html",
            "index.html",
        ):
            page.goto(address + path)
            page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
            for event in ("mouseover", "focus", "click", "error", "toggle", "animationstart"):
                page.evaluate(
                    "event => document.querySelectorAll('main *').forEach("
                    "each => each.dispatchEvent(new Event(event)))",
                    event,
                )
            page.wait_for_timeout(100)
            hits += page.evaluate("window.hits")
        context.close()
    return hits


@pytest.mark.browser
def test_row_23_remote_pictures_styles_and_ids(row: Row, tmp_path: Path, browser: Browser) -> None:
    made = project(tmp_path, trials=1)
    body = """
## Detailed description

![a](https://evil.example/a.png) ![b](//evil.example/b.png) ![c][d]

[d]: http://evil.example/d.png

<img src=https://evil.example/e.png><link rel=stylesheet href=https://evil.example/f.css>
<p style="background:url(https://evil.example/g.png)">styled</p><b id="summary">clash</b>

## Eligibility criteria

Inclusion Criteria:

1. one
1. one again
1. summary

Inclusion Criteria:

1. one
9. <i id="inc-1">x</i>
"""
    made.write({"trials/NCT00000001.md": trial(1, body=body), "pages/about.md": f"# About\n{body}"})
    made.build()
    twice = [path.name for path in made.site.rglob("*.html") if _has_twin_ids(path)]
    styled = [path.name for path in made.site.rglob("*.html") if _has_style(path)]
    strays = list[str]()
    with serve(made.site) as address, visit(browser, address, clean=False) as tab:
        for path in ("trials/NCT00000001.html", "about.html", "index.html"):
            tab.page.goto(address + path)
            settle(tab.page)
        strays = list(tab.strays)
    row.reached(
        f"{len(strays)} external requests, {len(twice)} pages with an id twice, {len(styled)} with "
        "an inline style"
    )
    assert strays == twice == styled == []


def _has_twin_ids(path: Path) -> bool:
    ids = [node.attributes["id"] for node in LexborHTMLParser(path.read_text()).css("[id]")]
    return len(ids) != len(set(ids))


def _has_style(path: Path) -> bool:
    return bool(LexborHTMLParser(path.read_text()).css("[style], style"))


def test_row_24_template_code_in_content(row: Row, tmp_path: Path) -> None:
    made = project(tmp_path, trials=1)
    listed = "".join(f"  - {json.dumps(each)}\n" for each in TEMPLATES)
    text = trial(1, front=f"keywords:\n{listed}", body="\n## Detailed description\n\n")
    made.write({"trials/NCT00000001.md": text + "\n\n".join(map(escape, TEMPLATES)) + "\n"})
    made.write({"pages/about.md": "# {{ 7 * 7 }}\n\n" + "\n\n".join(map(escape, TEMPLATES)) + "\n"})
    made.write({"site.yaml": 'title: "{{ site }}"\n'})
    made.build()
    pages = [made.site / name for name in ("trials/NCT00000001.html", "about.html")]
    shown = [visible_text(path.read_text()) for path in pages]
    literal = [each for each in TEMPLATES if all(_normal(each) in text for text in shown)]
    run = [text for text in shown if "49" in text]
    row.reached(f"{len(literal)} of {len(TEMPLATES)} payloads stand on the page as written")
    assert len(TEMPLATES) >= 40
    assert literal == TEMPLATES
    assert run == []


# --- 21, 22 -------------------------------------------------------------------------------------

_HARMLESS = re.compile(r"(https?://[^\s]+|mailto:[^\s]+@[^\s]+)", re.IGNORECASE)


def test_row_21_link_schemes(row: Row) -> None:
    passed = []
    for url in LINKS:
        for text in (
            f"[a]({url})",
            f"[a](<{url}>)",
            f"<{url}>",
            f"[a]\n\n[a]: {url}",
            f"![a]({url})",
        ):
            try:
                found = LexborHTMLParser(prose.__wrapped__(text)).css("[href], [src]")
            except TooDeep:
                continue
            for node in found:
                href = node.attributes.get("href") or node.attributes.get("src") or ""
                passed += [] if _HARMLESS.fullmatch(href) else [href]
    good = ["https://a.org/x?y=1", "http://a.org", "mailto:a@b.org"]
    links = [LexborHTMLParser(editors_prose(f"[a]({url})")).css("[href]") for url in good]
    kept = [url for url, link in zip(good, links, strict=True) if link]
    row.reached(
        f"{len(LINKS)} vectors in 5 forms each: {len(passed)} pass; {len(kept)} of {len(good)} "
        "good links kept"
    )
    assert len(LINKS) >= 60
    assert passed == []
    assert kept == good


_URL_FIELDS: dict[str, Callable[[str], str]] = {
    "see_also_links": lambda url: f"see_also_links:\n  - label: a\n    url: {url}\n",
    "avail_ipds": lambda url: f"avail_ipds:\n  - type: x\n    url: {url}\n",
    "ipd_sharing_statement": lambda url: f"ipd_sharing_statement:\n  url: {url}\n",
    "references": lambda url: f"references:\n  - pmid: {url}\n    citation: {url}\n",
    "source": lambda url: f"source:\n  registry: R\n  url: {url}\n  file: {url}\n",
    "secondary_id_infos": lambda url: f"secondary_id_infos:\n  - id: a\n    link: {url}\n",
    "central_contacts": lambda url: (
        f"central_contacts:\n  - name: a\n    email: {url}\n    phone: {url}\n"
    ),
    "large_documents": lambda url: f"large_documents:\n  - filename: {url}\n    label: a\n",
    "related_trials": lambda url: f"related_trials:\n  - nct_id: NCT00000009\n    title: {url}\n",
}


def test_row_22_every_address_of_data_is_checked(row: Row, tmp_path: Path) -> None:
    made, refused, built = project(tmp_path, trials=1), list[str](), 0
    bad, hrefs = list[str](), 0
    for name, field in _URL_FIELDS.items():
        for url in (
            "javascript:alert(1)",
            "data:text/html,x",
            "JaVaScRiPt:alert(1)//@x",
            "../../x",
        ):
            made.write({"trials/NCT00000001.md": trial(1, front=field(json.dumps(url)))})
            done = made.command("--no-search")
            if done.status:
                refused.append(name)
                continue
            built += 1
            for path in made.site.rglob("*.html"):
                for node in LexborHTMLParser(path.read_text()).css("[href], [src], [action]"):
                    attributes = node.attributes
                    href = (
                        attributes.get("href") or attributes.get("src") or attributes.get("action")
                    )
                    hrefs += 1
                    if re.match(r"\s*(javascript|data|vbscript):", href or "", re.IGNORECASE):
                        bad.append(f"{name}: {href}")
    loose = _unchecked_in_templates()
    row.reached(
        f"{built} sites with a hostile address in one of {len(_URL_FIELDS)} fields: {hrefs:,} "
        f"addresses, {len(bad)} hostile; {len(loose)} address in a template without a check"
    )
    assert bad == []
    assert built >= 3 * len(_URL_FIELDS), set(refused)
    assert loose == []


_SAFE_ADDRESS = re.compile(
    r"""asset\(|root\b|folder\b|base\b|\blink\.href\ if\ link\.outside
    |\|\s*(web_url|mailto|registry_url|pmid_url)
    |(\w+\.)*(href|permalink|feed|previous|next|address|whole_record)$|registry$|href$|address$
    |address_of\(|^code$""",
    re.VERBOSE,
)
"""What a template may begin an address with: the site's own, or what a check has passed."""
_BEGINS_ADDRESS = re.compile(r'(?:href|src|action|poster)="\{\{\s*(.*?)\s*\}\}')


def _unchecked_in_templates() -> list[str]:
    return [
        f"{path.name}: {expression}"
        for path in sorted((PROJECT / "templates").glob("*.*ml"))
        for expression in _BEGINS_ADDRESS.findall(path.read_text("utf-8"))
        if not _SAFE_ADDRESS.search(expression)
    ]
