"""Group K: a search whose files can't be had, or not as they were made."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from sites import PATIENCE, Once, build_site, trial_text

from faults.counts import count
from faults.rows import Row

FAULTS = ("missing", "refused", "cut", "late", "another build")
MIGRAINES = 4
WRONG_OR_LOADING = re.compile(r"\d+ trials? found")

# Which question needs which file; * stands for names that are digests.
QUESTIONS = {
    "index.js": "?q=migraine",
    "*/type.js": "?q=migraine&type=Interventional",
    "*/ages.js": "?q=migraine&age=40",
    "*/words/0": "?q=migraine",
    "*/texts/0": "?q=migraine",
    "*/sorting.js": "?q=migraine&sort=start",
    "*/ids.js": "?q=00000001",
    "*/words.js": "?q=migrane",
    "*/condition.js": "?condition=Migraine",
    "*/city.js": "?city=Oslo,+Norway",
    "*/places.js": '?q="rest+for+migraine"',
    "engine.js": '?q="rest+for+migraine"',
    "wasm.*": '?q="rest+for+migraine"',
    "*/pagefind-entry.json": '?q="rest+for+migraine"',
    "*/*.pf_meta": '?q="rest+for+migraine"',
    "*/index/*": '?q="rest+for+migraine"',
}
TRUE = {"*/ids.js": "1 trial found."}

# Waiting is shortened twentyfold, and every sentence the page says is kept.
WATCH = """
const wait = window.setTimeout;
window.setTimeout = (call, time, ...more) => wait(call, (time || 0) / 20, ...more);
window.said = [];
document.addEventListener('DOMContentLoaded', () => {
  const status = document.getElementById('search-status');
  new MutationObserver(() => window.said.push(status.textContent))
    .observe(status, { childList: true, characterData: true, subtree: true });
});
"""


class _Handler(SimpleHTTPRequestHandler):
    """Serves a site, but for one file, which has a fault."""

    faulty: tuple[str, str, Path] | None = None  # pattern, fault, the other build's folder

    def do_GET(self) -> None:
        name = self.path.split("?")[0].removeprefix("/pagefind/")
        if self.path.startswith("/pagefind/") and self.server.faulty:  # type: ignore[attr-defined]
            pattern, fault, other = self.server.faulty  # type: ignore[attr-defined]
            if re.fullmatch(pattern, name):
                self._at_fault(fault, name, pattern, other)
                return
        super().do_GET()

    def _at_fault(self, fault: str, name: str, pattern: str, other: Path) -> None:
        content = Path(self.directory, "pagefind", name).read_bytes()
        if fault in ("missing", "refused"):
            self.send_error(404 if fault == "missing" else 503)
            return
        if fault == "late":
            time.sleep(1.5)
        if fault == "cut":
            content = content[: len(content) * 2 // 3]
        if fault == "another build":
            content = next(
                file.read_bytes()
                for file in sorted(other.rglob("*"))
                if file.is_file() and re.fullmatch(pattern, file.relative_to(other).as_posix())
            )
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(name))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "max-age=600")  # as GitHub Pages says of every file
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its name there)
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A tab that gives up on a late file breaks its connection: that is what is tested."""


@contextmanager
def _serving(site: Path) -> Iterator[_Server]:
    with _Server(("127.0.0.1", 0), partial(_Handler, directory=str(site))) as server:
        server.faulty = None  # type: ignore[attr-defined]
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def _files(trials: int, place: str) -> dict[str, str | bytes]:
    where = f"locations:\n  - city: {place}\n    country: Norway\n---\n"
    return {
        f"trials/NCT0000000{n}.md": trial_text(f"NCT0000000{n}", f"Rest for migraine {n}").replace(
            "\n---\n", f"\n{where}", 1
        )
        for n in range(1, trials + 1)
    }


@pytest.fixture(scope="module")
def built(once: Once) -> tuple[Path, Path]:
    """A site, and the index of another build of it with more trials."""

    def make(folder: Path) -> None:
        build_site(folder / "one", _files(MIGRAINES, "Oslo"), search=True)
        build_site(folder / "other", _files(MIGRAINES + 3, "Oslo"), search=True)

    folder = once("faults of search", make)
    return folder / "one/site", folder / "other/site/pagefind"


def _pattern(name: str) -> str:
    return re.escape(name).replace(r"\*", "[^/]*")


def _case(page: Page, server: _Server, name: str, fault: str, other: Path) -> list[str]:
    """Everything the page said until the file was had again and the true count shown."""
    true = TRUE.get(name, f"{MIGRAINES} trials found.")
    server.faulty = (_pattern(name), fault, other)  # type: ignore[attr-defined]
    page.goto(f"http://127.0.0.1:{server.server_port}/search.html{QUESTIONS[name]}")
    status = page.locator("#search-status")
    expect(status).to_contain_text(re.compile(f"couldn’t be loaded|{re.escape(true)}"))
    server.faulty = None  # type: ignore[attr-defined]
    expect(status).to_contain_text(true)
    said: list[str] = page.evaluate("window.said")
    assert not [text for text in said if WRONG_OR_LOADING.search(text) and true not in text]
    assert not [text for text in said if "No trial" in text]
    return said


@pytest.mark.browser
def test_row_64_search_whose_files_cannot_be_had(
    built: tuple[Path, Path], browser: Browser, row: Row
) -> None:
    site, other = built
    cases = failed = 0
    with _serving(site) as server:
        for at, name in enumerate(QUESTIONS):
            for fault in [FAULTS[(at + k) % 5] for k in range(count("64 faults"))]:
                context = browser.new_context()
                page = context.new_page()
                page.set_default_timeout(1000 * PATIENCE)
                page.add_init_script(WATCH)
                said = _case(page, server, name, fault, other)
                failed += any("couldn’t be loaded" in text for text in said)
                cases += 1
                context.close()
    row.reached(
        f"{cases} cases of {len(QUESTIONS)} files: {failed} said so and healed, "
        f"{cases - failed} were had at once or again; 0 wrong counts"
    )


@pytest.mark.browser
def test_row_64_a_site_published_anew_under_an_open_page(
    tmp_path: Path, browser: Browser, row: Row
) -> None:
    build_site(tmp_path, _files(MIGRAINES, "Oslo"), search=True)
    with _serving(tmp_path / "site") as server:
        page = browser.new_context().new_page()
        page.add_init_script(WATCH)
        page.goto(f"http://127.0.0.1:{server.server_port}/search.html?q=rest")
        status = page.locator("#search-status")
        expect(status).to_have_text("4 trials found.")
        build_site(tmp_path, _files(MIGRAINES + 3, "Oslo"), search=True)
        page.fill("#q", "migraine 1")
        page.locator("[data-group=city] > summary").click()
        expect(page.locator("#results .card-title a").first).to_have_text("Rest for migraine 1")
        page.fill("#q", '"rest for"')
        expect(status).to_have_text("7 trials found.")
        page.context.close()
    shutil.rmtree(tmp_path / "site")
    row.reached("an open page found its way to the new index")


@pytest.mark.browser
def test_row_58_an_address_of_many_parts_says_a_few_of_them(
    built: tuple[Path, Path], browser: Browser, row: Row
) -> None:
    with _serving(built[0]) as server:
        page = browser.new_context().new_page()
        many = "&".join(f"condition=x{n}" for n in range(2_000))
        page.goto(f"http://127.0.0.1:{server.server_port}/search.html?{many}")
        status = page.locator("#search-status")
        expect(status).to_contain_text("“Condition: x0”")
        said = status.text_content() or ""
        page.context.close()
    row.reached(f"2,000 filters that nothing has: {said.count('Condition:')} named")
    assert said.count("Condition:") <= 5
