"""What a visitor meets, measured in headless Chromium over http and from the folder."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

import browser
from browser import chromium, serve
from playwright.sync_api import Browser, Page

RARE, THOUSAND, COMMON = "cadonilimab", "insulin", "study"
"""Said by some ten trials, by a thousand and by nearly all."""
REPEATS = 12
SHOWN = 10

SEARCH = """async (words) => {
  const box = document.getElementById('q');
  const status = document.getElementById('search-status');
  const said = () => status.textContent && !/…$/.test(status.textContent);
  status.textContent = '';
  const start = performance.now();
  const first = new Promise((resolve) => {
    const seen = new MutationObserver(() => {
      if (said()) { seen.disconnect(); resolve(performance.now() - start); }
    });
    seen.observe(status, { childList: true });
  });
  box.value = words;
  box.dispatchEvent(new Event('input', { bubbles: true }));
  const milliseconds = await first;
  const hits = Number((/([\\d,.]+) trials? found/.exec(status.textContent) || [0, '0'])[1]);
  return { milliseconds, hits };
}"""

CLICK = """async (name) => {
  const box = document.querySelector(`fieldset[data-group=${name}] input[type=checkbox]`);
  const counts = document.querySelector('fieldset[data-group=phase]');
  const start = performance.now();
  const changed = new Promise((resolve) => {
    new MutationObserver(() => resolve(performance.now() - start))
      .observe(counts, { childList: true, subtree: true });
  });
  box.click();
  return changed;
}"""

PLAIN = """async ([index, words, most]) => {
  window.plain ??= await import(index);
  const found = await window.plain.search(words);
  const data = await Promise.all(found.results.slice(0, most).map((one) => one.data()));
  return data.map((one) => [one.url, one.meta.title]);
}"""


@dataclass
class Measured:
    ranks: dict[str, dict[str, int | None]] = field(default_factory=dict)
    """By where it was searched: the place of the wanted record among different titles, by query."""
    bytes: dict[str, tuple[int, int]] = field(default_factory=dict)
    """What was sent, and how many KB it may be."""
    milliseconds: dict[str, tuple[list[float], int]] = field(default_factory=dict)
    """How long it took each time, and how long the 95th percentile may be."""


def in_browser(site: Path, ids: Mapping[str, list[str]], queries: Path) -> Measured:
    found = Measured()
    asked = list(_queries(queries, ids))
    with chromium() as opened, _counting(site) as (address, sent):
        for name, words, most in (
            ("all but the last digit of an id", ids["NCT04892173"][0][:-1], 400),
            ("a sponsor's id", "NANORAY-312", 400),
            (f"a rare word, {RARE}", RARE, 400),
            (f"a common word, {COMMON}", COMMON, 700),
        ):
            found.bytes[name] = _cold_bytes(opened, address, words, sent), most
        found.milliseconds["file, cold, first result"] = _cold_times(opened, site), 1500
        for world, home in {"http": address, "file": site.as_uri() + "/"}.items():
            page = opened.new_page(viewport={"width": 1280, "height": 900})
            page.goto(home + "search.html")
            page.wait_for_selector("#search[data-answered]")
            found.ranks[world] = {words: _rank(page, words, wanted) for words, wanted in asked}
            _times(page, world, found)
            page.close()
        page = opened.new_page()
        page.goto(address + "404.html")
        page.context.set_default_timeout(60_000)
        found.ranks["plain"] = _plain_ranks(opened, address, asked)
    return found


def _queries(path: Path, ids: Mapping[str, list[str]]) -> Iterator[tuple[str, set[str]]]:
    """What is typed, and the ids that answer it."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        words, wanted = line.split("\t")
        own = ids[wanted][0]
        words = words.replace("{id}", own).replace("{id:lower}", own.lower().replace("nct", "nct "))
        yield words, set(ids[wanted])


# --- answers --------------------------------------------------------------------------------------


def _rank(page: Page, words: str, wanted: set[str]) -> int | None:
    """The place of the wanted record; copies of one record, alike in title, count once."""
    before = page.url
    page.fill("#q", "")
    page.wait_for_timeout(100)
    page.fill("#q", words)
    page.wait_for_timeout(150)
    if "/trials/" not in page.url:
        page.wait_for_selector("#results:not([aria-busy])", state="attached")
        page.wait_for_timeout(1000)
    if "/trials/" in page.url:  # a whole id goes to its trial
        here = re.search(r"NCT\d+", page.url)
        page.goto(re.sub(r"\?.*", "", before))
        page.wait_for_selector("#search[data-answered]")
        return 1 if here and here[0] in wanted else None
    links = page.locator(".result-link").evaluate_all(
        "all => all.map((link) => [link.href, link.textContent])"
    )
    return _place(links, wanted)


def _place(links: list[list[str]], wanted: set[str]) -> int | None:
    titles: dict[str, None] = {}
    for address, title in links:
        titles[title] = None
        trial = re.search(r"NCT\d{8}", address)
        if trial and trial[0] in wanted:
            return len(titles)
    return None


def _plain_ranks(
    opened: Browser, address: str, asked: list[tuple[str, set[str]]]
) -> dict[str, int | None]:
    context = opened.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(address + "404.html")
    index = address + "plain/pagefind.js"
    found = {}
    for words, wanted in asked:
        found[words] = _place(page.evaluate(PLAIN, [index, words, 4 * SHOWN]), wanted)
    context.close()
    return found


# --- times ----------------------------------------------------------------------------------------


def _times(page: Page, world: str, found: Measured) -> None:
    """Each word is found, then another, then it again: its files are read, its answer isn't."""
    fast = 100 if world == "http" else 300
    for words, most in (RARE, fast), (THOUSAND, fast), (COMMON, 300):
        times = []
        for turn in range(REPEATS + 1):
            page.evaluate(SEARCH, "placebo" if turn % 2 else "asthma")
            answer = page.evaluate(SEARCH, words)
            times.append(answer["milliseconds"])
        name = f"{world}, warm, {words} ({answer['hits']} hits), key to results"
        found.milliseconds[name] = times[1:], most
    page.fill("#q", "")
    page.wait_for_timeout(300)
    clicks = [page.evaluate(CLICK, name) for _ in range(REPEATS) for name in ("status", "type")]
    found.milliseconds[f"{world}, a filter click to new counts"] = clicks, 50


def _cold_times(opened: Browser, site: Path) -> list[float]:
    """From opening the page to its first result, each time in a new context."""
    times = []
    for _ in range(REPEATS):
        context = opened.new_context()
        page = context.new_page()
        page.goto(f"{site.as_uri()}/search.html?q={THOUSAND}")
        page.wait_for_selector(".result")
        times.append(page.evaluate("performance.now()"))
        context.close()
    return times


# --- bytes ----------------------------------------------------------------------------------------

_COMPRESSED = (".html", ".css", ".js", ".json", ".svg")
"""What GitHub Pages compresses on the way."""


@contextmanager
def _counting(site: Path) -> Iterator[tuple[str, list[int]]]:
    """A server that counts the bytes it sends, after the compression GitHub Pages would do."""
    sent: list[int] = []
    lock = Lock()
    plain = browser._Handler.send_head

    def send_head(handler: browser._Handler) -> object:
        path = Path(handler.translate_path(handler.path.split("?")[0]))
        if path.is_file():
            content = path.read_bytes()
            small = len(gzip.compress(content, 6)) if path.suffix in _COMPRESSED else len(content)
            with lock:
                sent.append(small)
        return plain(handler)

    browser._Handler.send_head = send_head  # type: ignore[method-assign, assignment]
    try:
        with serve(site) as address:
            yield address, sent
    finally:
        browser._Handler.send_head = plain  # type: ignore[method-assign]


def _cold_bytes(opened: Browser, address: str, words: str, sent: list[int]) -> int:
    """Everything from opening the search page to the first twenty results of words typed there."""
    context = opened.new_context()
    page = context.new_page()
    sent.clear()
    page.goto(f"{address}search.html")
    page.wait_for_selector("#search[data-answered]")
    page.fill("#q", words)
    page.wait_for_selector(".result")
    page.wait_for_timeout(1500)
    total = sum(sent)
    context.close()
    return total
