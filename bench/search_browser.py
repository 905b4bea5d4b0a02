"""What a visitor meets, measured in headless Chromium over http and from the folder."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar, NamedTuple
from urllib.parse import quote

from browser import chromium
from playwright.sync_api import Browser, Page

from content import OF_FIVE

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
  const count = (/([\\d,.]+) trials? found/.exec(status.textContent) || [0, '0'])[1];
  const hits = Number(count.replaceAll(',', ''));
  return { milliseconds, hits };
}"""

CLICK = """async (name) => {
  const box = document.querySelector(`[data-group=${name}] input[type=checkbox]`);
  const counts = document.querySelector('[data-group=phase]');
  const start = performance.now();
  const changed = new Promise((resolve) => {
    new MutationObserver(() => resolve(performance.now() - start))
      .observe(counts, { childList: true, subtree: true });
  });
  box.click();
  return changed;
}"""

NOTE = """
new MutationObserver(() => {
  const now = performance.now();
  if (document.querySelector('#results .card')) window.firstSeen ??= now;
  if (document.querySelector('#search[data-answered]')) window.allSeen ??= now;
}).observe(document, { attributes: true, childList: true, subtree: true });
"""
"""The page itself notes when its first result stands; who asks from outside asks twice a second."""

PLAIN = """async ([index, words, most]) => {
  window.plain ??= await import(index);
  const found = await window.plain.search(words);
  const data = await Promise.all(found.results.slice(0, most).map((one) => one.data()));
  return data.map((one) => [one.url, one.meta.title]);
}"""


ASKED = {
    "all but the last digit of an id": ("", 400),
    "a sponsor's id": ("NANORAY-312", 400),
    "a word of five": (OF_FIVE, 200),
    "a rare word": (RARE, 200),
    "a condition": ("asthma", 260),
    "three words": ("type 2 diabetes metformin", 260),
    "a sentence": ("I am 67 and have lung cancer", 260),
    "a word of nearly all": (COMMON, 260),
}
"""What is typed, and how many KB it may cost a first visitor."""


SLOWLY = OF_FIVE, "asthma", "type 2 diabetes metformin", "I am 67 and have lung cancer"


class Sent(NamedTuple):
    bytes: int
    requests: int


@dataclass
class Measured:
    ranks: dict[str, dict[str, int | None]] = field(default_factory=dict)
    """By where it was searched: the place of the wanted record among different titles, by query."""
    sent: dict[str, tuple[Sent, Sent | None, int]] = field(default_factory=dict)
    """By what is typed: what ours and plain Pagefind send, and how many KB ours may."""
    slow: dict[str, list[float]] = field(default_factory=dict)
    """By what is typed: seconds to the first result and to twenty over a slow link."""
    milliseconds: dict[str, tuple[list[float], int]] = field(default_factory=dict)
    """How long it took each time, and how long the 95th percentile may be."""


def in_browser(site: Path, ids: Mapping[str, list[str]], queries: Path) -> Measured:
    found = Measured()
    asked = list(_queries(queries, ids))
    has_plain = (site / "plain").exists()
    with chromium() as opened, _serving(site) as address:
        for name, (typed, most) in ASKED.items():
            words = typed or ids["NCT04892173"][0][:-1]
            ours = _sent_by_ours(opened, address, words)
            plain = _sent_by_plain(opened, address, words) if has_plain else None
            found.sent[f"{name}, {words}"] = ours, plain, most
        for words in (
            OF_FIVE,
            "asthma",
            "type 2 diabetes metformin",
            "I am 67 and have lung cancer",
        ):
            found.slow[words] = _slow_seconds(opened, address, words)
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
        if has_plain:
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
    links = page.locator("#results .card-title a").evaluate_all(
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
    page.evaluate(
        "document.querySelectorAll('[data-group]').forEach((one) => { one.open = true; })"
    )
    page.wait_for_timeout(1000)
    clicks = [page.evaluate(CLICK, name) for _ in range(REPEATS) for name in ("status", "type")]
    found.milliseconds[f"{world}, a filter click to new counts"] = clicks, 50


def _cold_times(opened: Browser, site: Path) -> list[float]:
    """From opening the page to its first result, each time in a new context."""
    times = []
    for _ in range(REPEATS):
        context = opened.new_context()
        page = context.new_page()
        page.goto(f"{site.as_uri()}/search.html?q={THOUSAND}")
        page.wait_for_selector("#results .card")
        times.append(page.evaluate("performance.now()"))
        context.close()
    return times


# --- what is sent ---------------------------------------------------------------------------------

_COMPRESSED = (".html", ".css", ".js", ".json", ".svg")
"""What GitHub Pages compresses on the way."""

_SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""A link of 400 ms and 50 KB/s, as Chromium's developer tools slow one down."""


class _Compressing(SimpleHTTPRequestHandler):
    """Sends what GitHub Pages would, compressed where it would, and notes how much."""

    protocol_version = "HTTP/1.1"
    sent: ClassVar[list[int]] = []

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path.split("?")[0]))
        if not path.is_file():
            self.send_error(404)
            return
        content = path.read_bytes()
        self.send_response(200)
        if path.suffix in _COMPRESSED:
            content = gzip.compress(content, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        self.sent.append(len(content))

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def _serving(site: Path) -> Iterator[str]:
    """The address of a server whose `_Compressing.sent` grows."""
    handler = partial(_Compressing, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def _sent_by_ours(opened: Browser, address: str, words: str) -> Sent:
    """All from opening the search page to the first twenty results of words typed there."""
    context = opened.new_context()
    page = context.new_page()
    _Compressing.sent.clear()
    page.goto(f"{address}search.html")
    page.wait_for_selector("#search[data-answered]", state="attached")
    page.fill("#q", words)
    page.wait_for_selector("#results .card")
    page.wait_for_timeout(1500)
    context.close()
    return Sent(sum(_Compressing.sent), len(_Compressing.sent))


def _sent_by_plain(opened: Browser, address: str, words: str) -> Sent:
    """What plain Pagefind reads for the same, without any page around it."""
    context = opened.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(f"{address}404.html")
    _Compressing.sent.clear()
    page.evaluate(PLAIN, [f"{address}plain/pagefind.js", words, 20])
    page.wait_for_timeout(500)
    context.close()
    return Sent(sum(_Compressing.sent), len(_Compressing.sent))


def _slow_seconds(opened: Browser, address: str, words: str) -> list[float]:
    """From asking for the page over a slow link to its first result and to all of the first page,
    with nothing kept from before."""
    context = opened.new_context()
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.add_init_script(NOTE)
    context.new_cdp_session(page).send("Network.emulateNetworkConditions", _SLOW)
    page.goto(f"{address}search.html?q={quote(words)}", wait_until="commit")
    page.wait_for_selector("#search[data-answered]", state="attached")
    milliseconds: list[float] = page.evaluate("[window.firstSeen, window.allSeen]")
    context.close()
    return [one / 1000 for one in milliseconds]
