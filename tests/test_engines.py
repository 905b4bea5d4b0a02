"""Search in Firefox and in WebKit, over http and from the folder, as tests of it do in Chromium."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import serve
from engines import Engine, engine, missing
from sites import build_site, trial_text

pytestmark = pytest.mark.browser

QUESTIONS = {
    "migraine": "2 trials found.",
    "jaqueca": "2 trials found.",  # a table's name for it
    '"sleep for migraine"': "1 trial found.",
    "migraine recruiting": "2 trials found.",  # a filter
    "migrane": "Did you mean migraine",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("engines")
    content: dict[str, str | bytes] = {
        "trials/NCT00000001.md": trial_text(),
        "trials/NCT00000002.md": trial_text("NCT00000002", "Sleep for migraine"),
    }
    build_site(project, content, search=True)
    return project / "site"


@pytest.fixture(scope="module", params=["firefox", "webkit"])
def tab(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    if without := missing(request.param):
        pytest.skip(f"NOT RUN: {request.param} isn't here ({without})")
    with engine(request.param, tmp_path_factory.mktemp("profile")) as found:
        yield found


@pytest.mark.parametrize("over", ["http", "file"])
def test_words_names_quotes_filters_and_slips_are_answered(
    tab: Engine, folder: Path, over: str
) -> None:
    with serve(folder) as address:
        home = address if over == "http" else folder.as_uri() + "/"
        said = {words: _said(tab, f"{home}search.html?q={words}") for words in QUESTIONS}
    assert {words: found for words, found in said.items() if QUESTIONS[words] not in found} == {}


def _said(tab: Engine, url: str) -> str:
    tab.go(url.replace(" ", "+").replace('"', "%22"))
    end = time.monotonic() + 60
    while not tab.value("document.getElementById('search').dataset.answered || null"):
        assert time.monotonic() < end, f"{url} is never answered"
        time.sleep(0.05)
    return str(tab.value("document.getElementById('search-status').textContent"))
