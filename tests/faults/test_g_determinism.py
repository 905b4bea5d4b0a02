"""Group G: same in, same out. H: browser and privacy."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import serve, visit
from playwright.sync_api import Browser, Page
from rich import RICH_ID, rich_results, rich_trial
from sites import (
    PROJECT,
    SAMPLE,
    digest,
    trial_text,
    write_files,
)

from faults.counts import FULL, count
from faults.rows import Row
from faults.sandbox import EPOCH, Project

pytestmark = pytest.mark.browser


# --- 41 -----------------------------------------------------------------------------------------

_CLOCK = """\
import datetime, time
_time = time.time
time.time = lambda: _time() + 3 * 365 * 86400
"""
_VARIANTS: dict[str, dict[str, str]] = {
    "plain": {},
    "time zone": {"TZ": "Pacific/Kiritimati"},
    "locale": {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "tr"},
    "umask": {"UMASK": "077"},
    "hash seed": {"PYTHONHASHSEED": "4711"},
    "path": {"IN": "a folder/with ümläuts"},
    "core count": {"JOBS": "3"},
    "directory order": {"REVERSED": "1"},
    "clock": {"CLOCK": "1"},
}


def _variants() -> dict[str, dict[str, str]]:
    """One after the other, or for the quick set all of them at once."""
    if FULL:
        return _VARIANTS
    return {"plain": {}, "all": dict(pair for each in _VARIANTS.values() for pair in each.items())}


def test_row_41_same_in_same_out(row: Row, tmp_path: Path, browser: Browser) -> None:
    digests, indexes = dict[str, str](), dict[str, str]()
    variants = _variants()
    for name, variant in variants.items():
        made = _built(tmp_path / name, variant)
        indexes[name] = digest(made.site / "pagefind")
        shutil.copytree(made.site, tmp_path / "kept" / name)
        shutil.rmtree(made.site / "pagefind")
        digests[name] = digest(made.site)
    queries = _queries(tmp_path / "kept/plain", count("41 queries"))
    differing = {indexes[name]: name for name in reversed(variants)}  # one site for each index
    answers = [_answers(browser, tmp_path / "kept" / name, queries) for name in differing.values()]
    found = sum(len(each) > 1 for each in answers[0])
    apart = "" if FULL else " at once"
    told = "the same answers" if _same(answers) else "OTHER ANSWERS"
    row.reached(
        f"{len(_VARIANTS) - 1} variants{apart} and the plain one: {len(set(digests.values()))} "
        f"digest of all but the index, {len(set(indexes.values()))} of the index; {len(queries)} "
        f"queries ({found} with results): {told}"
    )
    assert len(set(digests.values())) == 1, digests
    assert _same(answers)
    assert found > len(queries) / 2


def _same(answers: list[list[list[str]]]) -> bool:
    return all(each == answers[0] for each in answers)


def _built(folder: Path, variant: dict[str, str]) -> Project:
    made = Project(folder / variant.get("IN", "p"))
    files = {path: path.read_bytes() for path in (SAMPLE / "content").rglob("*") if path.is_file()}
    order = sorted(files, reverse="REVERSED" in variant)
    named = {path.relative_to(SAMPLE / "content").as_posix(): files[path] for path in order}
    many = {
        f"trials/NCT0001{number:04}.md": _text(number).replace(RICH_ID, f"NCT0001{number:04}")
        for number in (range(100, 0, -1) if "REVERSED" in variant else range(1, 101))
    }
    made.write({**named, **many, f"trials/{RICH_ID}.results.json": rich_results()})
    made.write({f"trials/{RICH_ID}.md": rich_trial()})
    clock = folder / "clock"
    write_files(clock, {"sitecustomize.py": _CLOCK if "CLOCK" in variant else ""})
    environment = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH, "PYTHONPATH": str(clock), **variant}
    words = made.words("--jobs", variant.get("JOBS", "2"), "--url", "https://trials.example/")
    umask = variant.get("UMASK", "022")
    command = [
        "sh",
        "-c",
        f'umask {umask}; exec "$@"',
        "sh",
        sys.executable,
        str(PROJECT / "build.py"),
    ]
    subprocess.run([*command, *words[1:]], env=environment, check=True, capture_output=True)
    return made


def _text(number: int) -> str:
    return rich_trial(3) if number % 5 == 0 else trial_text(RICH_ID, f"Rest {number}")


def _queries(site: Path, wanted: int) -> list[str]:
    """Words of the records' texts, some in pairs, one that is nowhere."""
    paths = [site / f"trials/{RICH_ID}.html", *sorted(site.glob("trials/NCT0[6-9]*.html"))]
    pages = "".join(path.read_text() for path in paths)
    texts = re.findall(r'class="prose"[^>]*>(.*?)</d', pages, re.DOTALL)
    text = re.sub(r"<[^>]+>", " ", " ".join(texts))
    words = sorted({word.lower() for word in re.findall(r"\b[A-Za-z]{5,12}\b", text)})
    step = max(1, len(words) // wanted)
    chosen = words[::step][: wanted - 2]
    return [*chosen, f"{words[3]} {words[40]}", "zzyzx"]


def _answers(browser: Browser, site: Path, queries: list[str]) -> list[list[str]]:
    with serve(site) as address, visit(browser, address, clean=False) as tab:
        return [_answer(tab.page, f"{address}search.html?q={query}") for query in queries]


def _answer(page: Page, address: str) -> list[str]:
    page.goto(address)
    page.wait_for_function(
        "() => /found|No trial|trial/i.test(document.querySelector('#search-status').textContent)"
    )
    page.wait_for_load_state("networkidle")
    status = page.locator("#search-status").inner_text()
    return [status, *page.locator("#results .card-title a").all_inner_texts()]


# --- 42, 43 -------------------------------------------------------------------------------------

_PAGES = (
    "index.html", "search.html", "search.html?q=migraine", "404.html", "about.html",
    "glossary.html", "trials/index.html", f"trials/{RICH_ID}.html",
    f"trials/{RICH_ID}.results.html",
    "trials/OLD-0007.html", "conditions/index.html", "conditions/migraine.html",
    "countries/index.html", "countries/france.html", "sponsors/index.html", "phases/index.html",
    "statuses/recruiting.html", "interventions/index.html", "trials/NCT06494995.html",
)  # fmt: skip
_STRICT = re.compile(
    r"default-src 'none'; script-src 'self'[^;]*; style-src 'self'; img-src 'self' data:;"
)


def _addresses(site: Path) -> Iterator[tuple[str, str]]:
    with serve(site, "/") as address:
        yield "http", address
    yield "file", site.as_uri() + "/"


def test_row_42_content_security_policy(row: Row, rich_site: Path, browser: Browser) -> None:
    loose = [
        path.name
        for path in rich_site.rglob("*.html")
        if len(_STRICT.findall(path.read_text())) != 1
        or re.search(r"unsafe-(inline|eval)\b(?!')|<style|\sstyle=|\son\w+=", path.read_text())
    ]
    complaints, visited = list[str](), 0
    for kind, address in _addresses(rich_site):
        with visit(browser, address, clean=False) as tab:
            for path in _PAGES:
                if path == "404.html" and kind == "file":
                    continue  # a server shows it, and its links begin at the server's root
                _open(tab.page, address, path)
                visited += 1
            complaints += [f"{kind}: {each}" for each in tab.complaints]
    row.reached(
        f"{len(loose)} of {len(list(rich_site.rglob('*.html')))} pages without the strict policy; "
        f"{len(complaints)} violations or complaints on {visited} visits ({len(_PAGES)} page "
        "types, over http and file://; 404.html over http alone)"
    )
    assert loose == []
    assert complaints == []


def _open(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    page.wait_for_load_state("networkidle" if "?" in path else "load")
    if "OLD-" in path:  # it leads on
        page.wait_for_url(f"**/{RICH_ID}.html*")


_STORED = """async () => [
  document.cookie, localStorage.length, sessionStorage.length,
  (await indexedDB.databases?.() ?? []).length, (await caches?.keys?.() ?? []).length,
].map(String)"""


def test_row_43_requests_cookies_storage(row: Row, rich_site: Path, browser: Browser) -> None:
    strays, stored, visited = list[str](), list[object](), 0
    with serve(rich_site, "/") as address, visit(browser, address, clean=False) as tab:
        for path in _PAGES:
            _open(tab.page, address, path)
            visited += 1
            found = tab.page.evaluate(_STORED)
            stored += [(path, found)] if found != ["", "0", "0", "0", "0"] else []
        strays = list(tab.strays)
        cookies = tab.page.context.cookies()
    row.reached(
        f"{visited} pages in one visit: {len(strays)} requests off the site's origin, "
        f"{len(cookies)} cookies, {len(stored)} pages that stored anything unasked"
    )
    assert strays == []
    assert cookies == []
    assert stored == []
